"""The world of exposure on basis in-force: spells over all sources, day by day since 2002.

No list rules a day here: moments are the days on which a spell surely or possibly starts or ends,
and the last day of each month. Where sources leave a range there are two worlds: the spells known in
force, and those that may be. Between two models of one agency that both act through the jail, the
jail half is known in force all along.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from ..registry.questions.in_force import Stretch, first_day, stretches
from .figures import JAIL_MODELS
from .reading import read_agencies, read_world
from .world import Agency, Ruling, Stint, World, joined

#: What stands in place of a list's file.
BASIS = "in-force"
_DAY = timedelta(days=1)


def read_past(db: sqlite3.Connection, until: date | None = None) -> tuple[World, World]:
    """The world of spells known in force, and that of spells that may have been.

    Args:
        until: the last day; by default the newest list's.

    Raises:
        NoListError: no list, or no agreement, is held.
    """
    listed = read_world(db)
    last = until or listed.rulings[-1].day
    first = date.fromisoformat(first_day(db))
    spells = stretches(db)
    days = sorted({first, last, *_month_ends(first, last), *_turns(spells, first, last)})
    rulings = [Ruling(day, day.isoformat(), BASIS) for day in days]
    agencies = read_agencies(db)
    known = _stints(agencies, [(s, s.starts_by, s.ends_from) for s in spells] + _between(spells), days)
    maybe = _stints(agencies, [(s, s.starts_from, _day_before(s)) for s in spells], days)
    return tuple(replace(listed, rulings=rulings, stints=list(of)) for of in (known, maybe))  # type: ignore[return-value]


def _month_ends(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        if month - _DAY <= last:
            yield month - _DAY


def _turns(spells: Iterable[Stretch], first: date, last: date) -> Iterator[date]:
    for s in spells:
        for day in (s.starts_from, s.starts_by, s.ends_by):
            if day < "9999" and first <= date.fromisoformat(day) <= last:
                yield date.fromisoformat(day)
        if s.ends_from < "9999" and first <= (after := date.fromisoformat(s.ends_from) + _DAY) <= last:
            yield after


def _between(spells: Iterable[Stretch]) -> list[tuple[Stretch, str, str]]:
    """Jail stints of agencies whose model is going over from one with a jail half into another."""
    ending = {(s.agency_no, s.switched_to): s for s in spells if s.switched_to and s.model in JAIL_MODELS}
    found = []
    for s in spells:
        before = ending.get((s.agency_no, s.model)) if s.switched_from else None
        if before and s.model in JAIL_MODELS and before.ends_from < s.starts_by:
            found.append((s, before.ends_from, s.starts_by))
    return found


def _day_before(s: Stretch) -> str:
    """The last day on which a spell may have been in force."""
    if s.ends_by == "9999" or s.ends_by == s.ends_from:
        return s.ends_from
    return (date.fromisoformat(s.ends_by) - _DAY).isoformat()


def _stints(
    agencies: dict[int, Agency], spells: Iterable[tuple[Stretch, str, str]], days: list[date]
) -> Iterator[Stint]:
    iso = [d.isoformat() for d in days]
    runs: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for s, first, last in spells:
        begun, ended = bisect_left(iso, first), bisect_right(iso, last) - 1
        if begun <= ended:
            runs[s.agency_no, s.model].append((begun, ended))
    for (no, model), own in runs.items():
        for begun, ended in joined(own):
            yield Stint(agencies[no], model, begun, ended)
