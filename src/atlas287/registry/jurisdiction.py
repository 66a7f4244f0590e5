"""The ground that an agency covers: its level, the counties it serves, its municipality.

Level, from the most telling sign on: a verdict (``corrections/jurisdictions.csv``), the
roster's type, the words of the name, ICE's TYPE (which calls a university's police
"Municipality" and a regional jail "State Agency", so it comes last).

Counties are FIPS codes, each with how it was found: ``verdict``; ``name`` (the name says it);
``roster`` (the FBI prints it with the agency: a city across county lines has several);
``ICE`` (the COUNTY cell); with ``, misspelt`` where only one county can be meant. A state's
agency serves its state and has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .names import kind_of
from .places import Counties
from .roster_keys import PORT, SCHOOL, atlas_key
from .roster_match import Match, Sought
from .verdicts import GroundVerdict

_TRIBAL = re.compile(r"\b(tribal|tribe|tribes|pueblo|band of|nation)\b")
_JUDICIAL = re.compile(r"\bjudicial (circuit|district|distric)\b")
_WARD = re.compile(r"\b(ward|precinct|district) \d+\b")
_COUNTY_WIDE = re.compile(r"\b(county|parish|precinct|district)\b", re.IGNORECASE)
_JOINT = re.compile(
    r"\b(regional|task force|cooperative|district jail|jail authority|police authority|metro police)\b"
)
#: Words in the longest name of a county.
LONGEST = 5
#: What of a name is no part of a municipality's.
_OFFICE = re.compile(
    r"^(the )?(city|constable|office of constable) (of )?|"
    r"\b(pa|pennsylvania) state constables?('s)?( office)?,?|"
    r"\b\w+ ward\b|\b(state )?constab?le?s?('s|s')?( office)?\b|\bmarshal('s)? office\b|"
    r"\b(police( services)?|public safety)\b.*|\b(department|division) of\b.*|,\s*\w\w$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where an agency is the law.

    Attributes:
        level: one of :data:`text.LEVELS`, or None.
        level_why: the sign it was read from.
        counties: (FIPS, how, why), none twice.
        doubts: (result, why) where a county does not exist, is unknown or is contradicted.
    """

    level: str | None
    level_why: str
    municipality: str | None
    counties: list[tuple[str, str, str]]
    doubts: list[tuple[str, str]] = field(default_factory=list)


def ground(
    sought: Sought, name: str, match: Match | None, verdict: GroundVerdict | None, counties: Counties
) -> Ground:
    """Where an agency is the law.

    Args:
        name: as ICE last printed it.
        match: the roster's agency that it is, if that is known.
    """
    read, sign = level_of(sought, match, counties)
    level, why = (
        (verdict.level, f"verdict: {verdict.evidence}") if verdict and verdict.level else (read, sign)
    )
    doubts: list[tuple[str, str]] = []
    served: list[tuple[str, str, str]] = []
    if verdict and verdict.counties:
        real = [fips for fips in verdict.counties if counties.states.get(fips) == sought.state]
        served = [(fips, "verdict", verdict.evidence) for fips in dict.fromkeys(real)]
        wrong = [fips for fips in verdict.counties if fips not in real]
        doubts += [
            ("no such county", f"a verdict says {fips}, which {sought.state} has not") for fips in wrong
        ]
    elif level != "State":
        served = _counties(sought, level, match, counties, doubts)
    municipality = verdict.municipality if verdict else None
    if municipality is None and level == "Municipal":
        municipality = match.now.printed if match else _municipality(name)
    if municipality is None and level == "Constable District" and not _COUNTY_WIDE.search(name):
        municipality = _municipality(name)
    return Ground(level, why, municipality, served, doubts)


def level_of(sought: Sought, match: Match | None, counties: Counties) -> tuple[str | None, str]:
    """What kind of jurisdiction an agency has, and the sign that says so."""
    key = sought.keys[0]
    kind, type_ = kind_of(key), match.now.type if match else None
    if type_ == "Tribal" or sought.type == "Tribal" or _TRIBAL.search(key):
        return "Tribal", "the name or the roster says tribal"
    if kind == "sheriff":
        return "County", "a sheriff is a county's"
    if kind == "constable" or (kind == "marshal" and _WARD.search(key)):
        return "Constable District", f"a {kind} is elected by a district"
    if found := _JUDICIAL.search(key):
        return "Judicial District", f"the name says {found[0]}"
    if type_ == "University or College" or SCHOOL.search(key):
        return "Campus", "a school's police by its name or the roster"
    if found := PORT.search(key):
        return "Port", f"the name says {found[0]}"
    if found := _JOINT.search(key):
        own = _named(key, sought.state, counties)
        if "attorney" not in key or not own:
            return "Regional", f"the name says {found[0]}"
    group = atlas_key(key, sought.state, sought.type).group
    if group == "state":
        by = sought.type == "State Agency"
        return "State", "TYPE says State Agency" if by else "the name is of a body of the state"
    if kind == "police" or kind == "marshal":
        named = group == "county police" and _named(key, sought.state, counties)
        return ("County", "the name says the county") if named else ("Municipal", f"a municipal {kind}")
    if _named(key, sought.state, counties):
        return "County", "the name says the county"
    by_type = {
        "State Agency": "State",
        "County": "County",
        "Municipality": "Municipal",
        "University": "Campus",
    }
    return by_type.get(sought.type or ""), f"TYPE says {sought.type}" if sought.type else "nothing says it"


def _counties(
    sought: Sought, level: str | None, match: Match | None, counties: Counties, doubts: list[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    cells = [(cell, *read_cell(sought.state, cell, counties)) for cell in sought.cells]
    printed = list(dict.fromkeys(fips for _, fips, _ in cells if fips))
    doubts += [("no such county", f"ICE prints {cell!r}") for cell, fips, _ in cells if not fips]
    if len(printed) > 1:
        told = ", then ".join(counties.names[f] for f in reversed(printed))
        doubts.append(("changed", f"ICE's COUNTY has said {told}"))
    own = _named(sought.keys[0], sought.state, counties) if level != "Municipal" else None
    # The county that ICE prints comes first of those that the roster lists.
    listed = sorted(match.now.counties, key=lambda fips: fips not in printed) if match else []
    served: list[tuple[str, str, str]] = []
    if own:
        served = [(own[0], own[1], f"the name says {counties.names[own[0]]}")]
    if match and (not own or level == "Regional"):
        more = [f for f in listed if not own or f != own[0]]
        served += [(f, "roster", f"{match.now.ori} lists {counties.names[f]}") for f in more]
    if served and printed and not {f for f, _, _ in served} & set(printed):
        is_ = ", ".join(counties.names[f] for f, _, _ in served)
        said = ", ".join(counties.names[f] for f in printed)
        doubts.append(("contradicted", f"the {served[0][1]} says {is_}, ICE's COUNTY {said}"))
    if served:
        return served
    for cell, fips, how in cells:
        if fips:
            return [(fips, how, f"ICE prints {cell!r}")]
    doubts.append(("missing", "neither name, roster nor ICE says a county of the state"))
    return []


def read_cell(state: str, cell: str, counties: Counties) -> tuple[str | None, str]:
    """The county that ICE's COUNTY cell names, and how that was read."""
    if fips := counties.fips(state, cell):
        return fips, "ICE"
    return counties.near(state, cell), "ICE, misspelt"


def _named(key: str, state: str, counties: Counties) -> tuple[str, str] | None:
    """The county that a name says ("frederick county sheriff"), and how that was read."""
    words = key.split()
    before = [words[max(0, n - LONGEST) : n] for n, w in enumerate(words) if w in ("county", "parish")]
    if not before and kind_of(key) == "sheriff":  # an independent city's: "portsmouth sheriff"
        before = [words[: words.index("sheriff")] if "sheriff" in words else words]
    said = [" ".join(part[n:]) for part in before for n in range(len(part))]
    for how, look in (("name", counties.fips), ("name, misspelt", counties.near)):
        if found := next((fips for county in said if (fips := look(state, county))), None):
            return found, how
    return None


def _municipality(name: str) -> str | None:
    left = _OFFICE.sub(" ", name)
    return re.sub(r"\s+", " ", left).strip(" ,.-/'") or None


def counties_printed(state: str, cells: Iterable[str], counties: Counties) -> list[str]:
    """The counties that ICE's cells name, in order, none twice."""
    return list(dict.fromkeys(f for cell in cells if (f := read_cell(state, cell, counties)[0])))
