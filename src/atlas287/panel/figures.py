"""Whom agreements reach in one county at one moment: two figures, never added up.

*Jail and warrant agreements* (jem, wso, the jail half of hybrid) act on everyone booked into the
jail, whoever made the arrest. They expose all residents of the counties whose arrests are booked
there: a county's sheriff, jail or board exposes the county, a regional jail all its members. A
city's or campus's lock-up holds its own arrests for hours and does not; it is told apart. A state's
department of corrections holds the sentenced and not the arrested: it counts statewide alone.

*Task-force agreements* (tfm, the field half of hybrid) act where the signatory polices. They reach
the residents it polices by the FBI's count, in which each resident is one agency's: a city's police
have the city, the sheriff what is left of the county, and campuses, ports, constables and
prosecutors none of their own. Where the count of an agency that polices residents is missing, the
figure is a range: nothing of what is unknown at the low end, at the high end all of the county
that no agency of known count polices. That is reckoned from residents of one year and counts of
another: where the counts reach the residents nothing credible is left. Then a town without a count
is at most what the county's own agencies have, for the FBI counts it with them; anything else is
bounded by the county's residents alone.

The method is section 3 of the design ("Exposure differs by model").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from .world import STATE, Agency, County

JAIL_MODELS = frozenset({"jem", "wso", "hybrid"})
FIELD_MODELS = frozenset({"tfm", "hybrid"})
#: Bodies of a county that run no jail; any other with a jail or warrant agreement runs the county's
#: (Las Vegas's metropolitan police do, and Okmulgee's criminal justice authority).
NO_KEEPERS = frozenset({"attorney", "constable", "guard", "marshal"})
#: Regional bodies that run a jail for their members.
REGIONAL_KEEPERS = frozenset({"board", "jail", "other", "sheriff"})
#: Bodies that police no residents of their own by the FBI's count, whatever they may do in the field.
NONE_OF_THEIR_OWN = frozenset({"jail", "attorney", "constable", "guard"})
#: Levels whose agencies police residents; of a campus, a port, a district they are the city's and county's.
POLICING = frozenset({"County", "Municipal", "Regional", "Tribal"})


class Standing(NamedTuple):
    """An agency under a model."""

    agency: Agency
    model: str


class Figures(NamedTuple):
    """What agreements come to in one county at one moment.

    ``jail``: its arrests are booked under a jail or warrant agreement, of the models
    ``jail_models``. ``city_jail``: a lock-up below the county is. ``field_low`` to
    ``field_high``: residents policed by task-force signatories; None is unbounded. ``cut``: people
    by whom their counts pass the county's residents. ``doubt``: what a reader should know of these
    figures; None if nothing.
    """

    jail: bool = False
    jail_models: str | None = None
    city_jail: bool = False
    field: bool = False
    field_low: int = 0
    field_high: int | None = 0
    cut: int = 0
    doubt: str | None = None


NOTHING = Figures()


class Policed(NamedTuple):
    """Residents policed in a county by agencies of known count; by the county's own among them."""

    people: int = 0
    countys: int = 0


def books_arrests(agency: Agency) -> bool:
    """Whether the arrests of the counties an agency serves are booked into its jail."""
    if agency.level == "County":
        return agency.kind not in NO_KEEPERS
    if agency.level == "Regional":
        return agency.kind in REGIONAL_KEEPERS
    # A sheriff is the county's at whatever level it is printed: that of an independent city too.
    return agency.level == "Municipal" and agency.kind == "sheriff"


def polices_residents(agency: Agency) -> bool:
    """Whether residents are an agency's own by the FBI's count."""
    if agency.population is not None:
        return True
    return agency.level in POLICING and agency.kind not in NONE_OF_THEIR_OWN


def ground(agency: Agency) -> tuple[str, str]:
    """What tells the residents of one agency from another's: two bodies of one town share them."""
    if agency.level == "Municipal" and agency.municipality:
        return "town", agency.municipality.casefold()
    if agency.kind == "sheriff":
        return "sheriff", ""
    return "agency", agency.id


def policed_by_county(agencies: Iterable[Agency], residents: Mapping[str, int | None]) -> dict[str, Policed]:
    """By county, the residents policed there by agencies of known count, each ground once.

    An agency of several counties polices in each at least what the others have no room for: its
    count less their ``residents``, none where one of these is not known. The order of its counties
    says nothing, for the FBI prints them by the alphabet (Houston's begin with Fort Bend).
    """
    known: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    countys: dict[str, int] = defaultdict(int)
    for agency in agencies:
        if agency.population is None or agency.level == STATE:
            continue
        for fips in agency.counties:
            others = [residents.get(f) for f in agency.counties if f != fips]
            room = None if None in others else sum(n for n in others if n is not None)
            least = 0 if room is None else max(0, agency.population - room)
            if least:
                known[fips][ground(agency)] = max(known[fips].get(ground(agency), 0), least)
                if agency.level == "County":
                    countys[fips] += least
    return {fips: Policed(sum(own.values()), countys.get(fips, 0)) for fips, own in sorted(known.items())}


#: What ``doubt`` may say, shortly, for the county's agreements are listed beside it wherever it is shown.
LOCKUP = "a lock-up below the county, not counted as its jail"
UNKNOWN = "residents policed not known, so a range"
CAPPED = "capped at the county's population"
FULL = "signatories of known count alone police as many as the county has, so no range is left"
HERE = "a town of several counties counted here alone"
ELSEWHERE = "a town of several counties counted elsewhere"
NONE = "a signatory with no residents of its own adds none"
NO_POPULATION = "the county's population is not known"


def figures(county: County, standing: Collection[Standing], policed: Mapping[str, Policed]) -> Figures:
    """The figures of one county under these agreements of agencies below state level.

    Args:
        policed: :func:`policed_by_county` over all agencies known, signatories or not.
    """
    jail = [s for s in standing if s.model in JAIL_MODELS]
    keepers = [s for s in jail if books_arrests(s.agency)]
    field = {s.agency for s in standing if s.model in FIELD_MODELS}
    low, high, cut, doubts = _field(county, field, policed.get(county.fips, Policed()))
    if len(keepers) < len(jail):
        doubts.append(LOCKUP)
    if (keepers or field) and county.population is None:
        doubts.append(NO_POPULATION)
    return Figures(
        bool(keepers),
        ",".join(sorted({s.model for s in keepers})) or None,
        len(keepers) < len(jail),
        bool(field),
        low,
        high,
        cut,
        "; ".join(doubts) or None,
    )


def _field(
    county: County, field: Collection[Agency], policed: Policed
) -> tuple[int, int | None, int, list[str]]:
    """The residents of a county policed by these agencies, at least and at most, those beyond the
    county's residents, and what is doubtful."""
    known: dict[tuple[str, str], int] = {}
    unknown: set[tuple[str, str]] = set()
    doubts: set[str] = set()
    for agency in field:
        if not polices_residents(agency):
            doubts.add(NONE)
        elif agency.home != county.fips:
            doubts.add(ELSEWHERE)
        elif agency.population is None:
            unknown.add(ground(agency))
        else:
            known[ground(agency)] = max(known.get(ground(agency), 0), agency.population)
            if len(agency.counties) > 1:
                doubts.add(HERE)
    total, people = sum(known.values()), county.population
    low = total if people is None else min(total, people)
    high: int | None = low
    if unknown := unknown - known.keys():
        doubts.add(UNKNOWN)
        high = None if people is None else min(people, total + _left(people, policed, unknown))
        if low == high:
            doubts.add(FULL)
    cut = 0 if people is None else max(0, total - people)
    if cut:
        doubts.add(CAPPED)
    return low, high, cut, [d for d in (UNKNOWN, FULL, CAPPED, HERE, ELSEWHERE, NONE) if d in doubts]


def _left(people: int, policed: Policed, unknown: Collection[tuple[str, str]]) -> int:
    """How many of a county's residents agencies of unknown count on these grounds police at most."""
    if policed.people < people:
        return people - policed.people
    # The counts leave nobody: they are of a later year than the residents, and prove nothing.
    towns = all(kind == "town" for kind, _ in unknown)
    return policed.countys if towns and policed.countys else people
