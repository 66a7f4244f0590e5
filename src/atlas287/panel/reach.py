"""Exposure for those who ask often: the world of a register, read once.

The answers are those of :mod:`coverage` and :mod:`county`; here is what all of them share, and
what is asked of every county at once.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import bundle
from ..registry.questions.growth import growth
from ..registry.questions.newest import list_on
from ..registry.questions.status import status
from ..registry.text import STATE_NAMES
from ..sources import fips as codes
from .county import Snapshot, beside, county_coverage
from .coverage import coverage
from .figures import Figures
from .finding import Entry, entries, search
from .reading import read_world
from .segments import Segment, county_segments
from .world import STATE


class Reach:
    """Whom the agreements of one register reach.

    Args:
        neighbours: table of neighbouring counties, if there is one.
    """

    def __init__(self, db: sqlite3.Connection, neighbours: Path | None = bundle.NEIGHBOURS) -> None:
        self._db = db
        self._beside = beside(neighbours)
        self._newest: Snapshot | None = None
        self.world = read_world(db)

    def coverage(self, on: date | None = None, state: str | None = None) -> dict[str, Any]:
        """Of the nation or a state, on a day: :func:`coverage.coverage`."""
        return coverage(self._db, self.world, on, state)

    def county(self, fips: str, on: date | None = None) -> dict[str, Any]:
        """Who covers one county on a day: :func:`county.county_coverage`."""
        return county_coverage(self._db, self.world, fips, on, self._beside, self._snapshot(on))

    def counties(self, on: date | None = None) -> list[dict[str, Any]]:
        """Every county on a day, in order of FIPS.

        Returns:
            ``fips``, ``name``, ``state``, ``population``, ``jail`` (its arrests are booked under a
            jail or warrant agreement), ``jail_models``, ``state_run_jail``, ``field`` (a task-force
            signatory has ground there), ``field_low`` and ``field_high`` (residents they police),
            ``agencies`` (with an agreement, that serve it), ``doubt``.

        Raises:
            NoListError: no list is held for that day.
        """
        standing, booking, found = self._snapshot(on)
        serving: dict[str, set[str]] = defaultdict(set)
        for stint in (s for s in standing if s.agency.level != STATE):
            for code in stint.agency.counties:
                serving[code].add(stint.agency.id)
        kept = ("jail", "jail_models", "field", "field_low", "field_high", "doubt")
        return [
            {
                "fips": code,
                "name": county.name,
                "state": county.state,
                "population": county.population,
                **{k: v for k, v in found.get(county, Figures())._asdict().items() if k in kept},
                "state_run_jail": county.state in booking,
                "agencies": len(serving[code]),
            }
            for code, county in sorted(self.world.counties.items())
        ]

    def states(self) -> list[dict[str, Any]]:
        """Every state and territory on the newest list, in order of name.

        Returns:
            ``state``, ``agreements``, ``by_model`` (numbers of agreements), ``agencies``,
            ``roster_agencies`` and ``roster_share`` (of the agencies on the FBI's roster),
            ``jail_counties``, ``jail_residents``, ``jail_share``, ``field_counties``, ``field_low``,
            ``field_high``, ``statewide`` (ids of statewide agencies), ``state_run_jails``,
            ``counties`` (it has), ``population``, ``first_listed`` (the first
            list with one of its agreements, or None).

        Raises:
            NoListError: no list is held.
        """
        first = {r["state"]: r["first_listed"] for r in growth(self._db, "state")}
        out = []
        for code in sorted(STATE_NAMES, key=STATE_NAMES.__getitem__):
            listed = status(self._db, state=code)
            reached = self.coverage(state=code)
            jail, field, wide = reached["jail"], reached["field"], reached["statewide"]
            out.append(
                {
                    "state": code,
                    "agreements": listed["agreements"],
                    "by_model": listed["by_model"],
                    "agencies": reached["agencies"],
                    "roster_agencies": reached["roster"]["agencies"],
                    "roster_share": reached["roster"]["share"],
                    "jail_counties": jail["counties"],
                    "jail_residents": jail["residents"],
                    "jail_share": jail["share"],
                    "field_counties": field["counties"],
                    "field_low": field["low"],
                    "field_high": field["high"],
                    "statewide": sorted({*wide["tfm"]["agencies"], *wide["jail"]["agencies"]}),
                    "state_run_jails": bool(reached["state_run_jails"]["states"]),
                    "counties": reached["counties"],
                    "population": reached["population"],
                    "first_listed": first.get(code),
                }
            )
        return out

    def times(self, fips: str) -> list[dict[str, Any]]:
        """One county's exposure over time, oldest first; what is between two rows was none.

        Returns:
            ``first_day`` and ``last_day`` (of the record; the last is the day before the list that
            changed it, or the newest list's), ``until_newest``, ``jail_models``, ``field``,
            ``field_low``, ``field_high``.
        """
        rulings = self.world.rulings
        return [
            {
                "first_day": rulings[s.first].day.isoformat(),
                "last_day": (
                    rulings[s.last + 1].day - timedelta(days=1)
                    if s.last + 1 < len(rulings)
                    else rulings[s.last].day
                ).isoformat(),
                "until_newest": s.last + 1 == len(rulings),
                "jail_models": s.figures.jail_models,
                "field": s.figures.field,
                "field_low": s.figures.field_low,
                "field_high": s.figures.field_high,
            }
            for s in self._segments[fips]
        ]

    def former(self) -> dict[str, str]:
        """From codes that counties once had to the code they go by here."""
        old = {c.old for c in codes.changes() if c.old} - self.world.counties.keys()
        now = {code: codes.code_on(code) for code in sorted(old)}
        return {code: new for code, new in now.items() if new in self.world.counties}

    def search(self, text: str, limit: int = 50) -> list[dict[str, Any]]:
        """Agencies, counties and states that go by these words: :func:`finding.search`."""
        return search(self.entries, text, limit)

    @cached_property
    def entries(self) -> list[Entry]:
        """Everything that can be found: :func:`finding.entries`."""
        return entries(self._db, (c for _, c in sorted(self.world.counties.items())))

    def _snapshot(self, on: date | None) -> Snapshot:
        """A day's; the newest list's is kept, for it is asked for most."""
        row = list_on(self._db, on)
        if on is None and self._newest is not None:
            return self._newest
        found = Snapshot.of(self.world, self.world.moment(on or date.fromisoformat(row["at"][:10])))
        if on is None:
            self._newest = found
        return found

    @cached_property
    def _segments(self) -> dict[str, list[Segment]]:
        by: dict[str, list[Segment]] = defaultdict(list)
        for segment in county_segments(self.world):
            by[segment.fips].append(segment)
        return by
