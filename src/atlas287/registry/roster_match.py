"""Which agency of the FBI's roster one of ours is: its current ORI, and former ones.

A match never crosses a state, a group (sheriffs, municipal police, campus police, constables
…) or, where the name or ICE says the county, a county. Ways, in order; each names itself in
``how``:

- ``verdict``: a row of ``corrections/oris.csv``.
- ``exact``: the telling words agree, in the county (or, where ICE prints none, there is one such
  agency in the state).
- a rule: one difference that tells nothing ("form left out": Mohawk Village, Mohawk).
- ``fuzzy``: letters nearly agree, and no other agency's of the county (state) come near.

``sure`` is one of two: ``sure`` where a verdict says so, or the name agrees and nothing else of
that name could be meant; ``likely`` where one difference had to be explained. What is less
than likely is no match: it is reported as *ambiguous* (several readings, or a county
that disagrees) or *missing* (the roster has none).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .names import name_key, tellers
from .places import Counties, county_word
from .roster import Listed, Roster, State
from .roster_keys import KINDS, Key, atlas_key, kind_said
from .roster_near import by_form, nearest, nearest_name
from .text import STATE_NAMES


@dataclass(frozen=True, slots=True)
class Sought:
    """An agency of ours to be found in the roster.

    Attributes:
        keys: its name keys, the best first.
        type: ICE's TYPE, as read.
        counties: FIPS of the county that ICE's newest COUNTY cell names, if it names one.
        earlier: of those that its earlier cells name.
        cells: the cells as evened, the newest first.
    """

    state: str
    keys: Sequence[str]
    type: str | None = None
    counties: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    cells: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The roster's agency that ours is, and the ORIs it had before."""

    now: Listed
    how: str
    sure: str
    why: str
    former: list[Listed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Why the roster has no agency that ours can be told to be."""

    result: str  # "missing" or "ambiguous"
    kind: str  # of agencies: "constables", "jails" …
    why: str


def find(sought: Sought, roster: Roster, counties: Counties) -> Match | Unmatched:
    """Look an agency up in the roster by rule; verdicts are the caller's to ask first."""
    search = _Search(sought, roster.state(sought.state), counties)
    found: list[Match | Unmatched] = []
    for key in sought.keys:
        found.append(search.by_key(key))
        if isinstance(found[-1], Match):
            return found[-1]
    for key in sought.keys:
        if match := search.nearly(key):
            return match
    return next((f for f in found if isinstance(f, Unmatched) and f.result == "ambiguous"), found[0])


class _Search:
    def __init__(self, sought: Sought, state: State, counties: Counties) -> None:
        self.sought = sought
        self.state = state
        self.counties = counties

    def by_key(self, name: str) -> Match | Unmatched:
        key = atlas_key(name, self.sought.state, self.sought.type)
        if key.group == "sheriff":
            return self._sheriff(key)
        if key.group == "constable":
            return self._constable(key, name)
        if key.group == "state":
            return self._of_state(key, name)
        if key.group == "attorney":
            return self._attorney(key, name)
        return self._placed(key, name)

    # By kind -------------------------------------------------------------------------------

    def _sheriff(self, key: Key) -> Match | Unmatched:
        """A county has one sheriff: the roster's row of that county, whatever it calls it."""
        code, own = self.sought.state, self.counties.fips(self.sought.state, key.key)
        how, sure = "exact", "sure"
        named = self.state.called("sheriff", key.key)
        rows = [r for r in named if own in r.counties] if own else named
        if own and not rows:
            rows, how = self.state.sheriffs.get(own, []), "sheriff of the county"
        if not own and not rows and (own := self.counties.near(code, key.key)):
            rows, how, sure = self.state.sheriffs.get(own, []), "county misspelt", "likely"
        if rows:
            where = self.counties.names[own] if own else "its county"
            return self._one(rows, how, sure, f"the sheriff of {where}", "sheriffs")
        if not own:
            what = f"{STATE_NAMES[code]} has no county {key.key!r}"
            return Unmatched("missing", "sheriffs", what)
        why = f"the roster has no sheriff of {self.counties.names[own]}, {STATE_NAMES[code]}"
        return Unmatched("missing", "sheriffs", why)

    def _constable(self, key: Key, name: str) -> Match | Unmatched:
        rows = self.state.called("constable", key.key)
        if not rows:
            return self._missing(key, "constables", name)
        same = [r for r in rows if r.form == key.form]
        if len(same) == 1 and (key.form or len(rows) == 1):
            how, sure = ("exact", "sure") if key.form else ("the county's one constable", "likely")
            return self._one(same, how, sure, f"{key.key} {key.form}".strip(), "constables")
        n = f"{len(rows)} constables" if len(rows) > 1 else "one constable"
        why = f"the roster has {n} of the county and does not say of which precinct"
        return Unmatched("ambiguous", "constables", why)

    def _attorney(self, key: Key, name: str) -> Match | Unmatched:
        own = self.counties.fips(self.sought.state, key.key) if key.key else None
        rows = [r for r in self.state.group("attorney") if own in r.counties] if own else []
        if not rows:
            return self._missing(key, "prosecutors", name)
        how = "exact" if "detective" not in rows[0].name.lower() else "detectives of the district attorney"
        return self._one(
            rows, how, "likely", f"one such office of {self.counties.names[own or '']}", "prosecutors"
        )

    def _of_state(self, key: Key, name: str) -> Match | Unmatched:
        rows = self.state.called("state", key.key)
        if not rows:
            return self._missing(key, "state agencies", name)
        if len(rows) == 1 and rows[0].name.rstrip().endswith(","):
            why = "one such row of the state, whose name breaks off before a unit's"
            return self._one(rows, "perhaps a unit of it", "likely", why, "state agencies")
        if len(rows) == 1:
            return self._one(rows, "exact", "sure", "one such agency of the state", "state agencies")
        whole = [r for r in rows if not r.counties]
        newest = max(r.year or 0 for r in rows)
        last = [r for r in rows if (r.year or 0) == newest]
        if len(whole) == 1:
            return Match(whole[0], "statewide row", "likely", f"{len(rows)} rows, one of no county")
        if len(last) == 1:
            why = f"{len(rows)} rows, one of {newest}; the others are field offices of before"
            return Match(last[0], "statewide row", "likely", why)
        why = f"the roster has its field offices in {len(rows)} counties and no row of the whole"
        return Unmatched("missing", "state agencies", why)

    def _placed(self, key: Key, name: str) -> Match | Unmatched:
        """Municipal, county and campus police, and what else has a place: by name and county."""
        rows = self.state.called(key.group, key.key)
        kind = KINDS.get(key.group) or kind_said(name)
        if not rows:
            if key.group == "marshal" and any(map(self._here, self.state.called("police", key.key))):
                why = "the roster has a municipal police of the place, which may be the marshal's or another"
                return Unmatched("ambiguous", kind, why)
            return self._missing(key, kind, name)
        if self.sought.counties:
            # The roster prints some agencies without a county.
            here = [r for r in rows if self._here(r)] or [r for r in rows if not r.counties]
            if not here:
                return self._elsewhere(key, rows, kind)
            rows = here
        fits, how = by_form(key.form, rows)
        if not fits:
            told = ", ".join(sorted({r.printed for r in rows}))
            return Unmatched("ambiguous", kind, f"the roster's {told} may be another municipality")
        where = "in ICE's county" if self.sought.counties else "the only one of its name in the state"
        return self._one(fits, how, "sure" if how == "exact" else "likely", where, kind)

    def _elsewhere(self, key: Key, rows: list[Listed], kind: str) -> Match | Unmatched:
        """ICE names another county than the roster. Where its cell only repeats the agency's
        name ("Cherokee Police Department", "cherokee county") it says nothing."""
        fits, how = by_form(key.form, rows)
        ice = ", ".join(sorted(self.counties.names[f] for f in self.sought.counties))
        there = "; ".join(sorted({", ".join(self.counties.names[f] for f in r.counties) for r in rows}))
        if fits and how == "exact" and county_word(self.sought.cells[0]) == key.key:
            why = f"the only one of its name in the state, in {there}; ICE's COUNTY repeats the name"
            return self._one(fits, "county repeats the name", "likely", why, kind)
        why = f"ICE prints {ice}; the roster's agency of this name is in {there}"
        before = any(not self.sought.earlier.isdisjoint(r.counties) for r in rows)
        either = (how == "exact" and len(rows) == 1) or before  # the cell may be wrong
        return Unmatched("ambiguous" if either else "missing", kind, why)

    # Shared ----------------------------------------------------------------------------------

    def _here(self, row: Listed) -> bool:
        return not self.sought.counties.isdisjoint(row.counties)

    def _one(self, rows: Sequence[Listed], how: str, sure: str, why: str, kind: str) -> Match | Unmatched:
        """The newest of the rows, if they are one agency over the years."""
        newest = max(r.year or 0 for r in rows)
        last = [r for r in rows if (r.year or 0) == newest]
        if len(last) > 1 or len({frozenset(r.counties) for r in rows}) > 1:
            told = ", ".join(f"{r.printed} ({r.ori})" for r in rows)
            return Unmatched("ambiguous", kind, f"the roster has {len(rows)} that fit: {told}")
        former = [r for r in rows if r is not last[0]]
        return Match(last[0], how, sure, why, former + self._consolidated(last[0]))

    def _consolidated(self, now: Listed) -> list[Listed]:
        """A sheriff who goes by a city's name polices it; the city's own ORI of before is his.

        Jacksonville's sheriff (FL0160000, County) was counted as the city's police (FL0160200,
        City) until 2020.
        """
        if now.group != "sheriff" or len(now.counties) != 1:
            return []
        if county_word(self.counties.names[now.counties[0]]).startswith(now.key):
            return []
        before = self.state.called("police", now.key)
        return [r for r in before if r.counties == now.counties and (r.year or 0) < (now.year or 0)]

    def nearly(self, name: str) -> Match | None:
        """The one agency of the group whose letters nearly agree."""
        key = atlas_key(name, self.sought.state, self.sought.type)
        rows, likeness = nearest(key, self.state, self.sought.counties)
        fits, _ = by_form(key.form, rows)
        if not fits or tellers(name_key(rows[0].name, self.sought.state)) != tellers(name):
            return None
        why = f"letters {likeness:.0f} % alike, and no other name near"
        found = self._one(fits, "fuzzy", "likely", why, "")
        return found if isinstance(found, Match) else None

    def _missing(self, key: Key, kind: str, name: str) -> Unmatched:
        where, own = STATE_NAMES[self.sought.state], kind_said(name)
        keys = self.state.keys(key.group)
        here = len(keys) if key.group != "other" else sum(kind_said(k) == own for k in keys)
        if not here:
            return Unmatched("missing", kind, f"the roster has no {kind} of {where}")
        why = f"no {kind} of this name among the roster's {here:,} of {where}"
        if next_best := nearest_name(key, self.state):
            counties = " and ".join(self.counties.names[f] for f in next_best.counties)
            why += f"; the nearest is {next_best.printed}, {counties or 'of no county'}"
        return Unmatched("missing", kind, why)
