"""The map of a day, and of every day of the record: which counties are exposed, shortly.

What pages draw and the slider plays; the figures are those of :mod:`segments`, on basis ``listed``.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

from ..registry.questions.newest import list_on, told, with_newest
from ..sources.fips import STATES
from .figures import FIELD_MODELS, JAIL_MODELS, Figures
from .reading import read_world
from .segments import county_segments, over_time
from .statejails import STATE_RUN
from .world import STATE, Stint, World, joined

#: Upper ends of the steps of field exposure, in shares of a county's residents.
STEPS = (0.1, 0.5, 0.9)
#: The step of a county whose residents policed, at least and at most, lie in several; 0 is none.
NOT_KNOWN = 5


def map_on(db: sqlite3.Connection, on: date | None = None) -> dict[str, Any]:
    """The counties and agencies of the map at the end of a day.

    Returns:
        ``on``, ``basis``, ``list``, ``counties`` (by FIPS code, those in which a local agency stands:
        ``jail``, ``field``, ``field_low``, ``field_high``, ``step`` (see :func:`step_of`),
        ``population``, ``doubt``), ``wide`` (states and territories that a statewide agency reaches:
        ``tfm``, a task-force agreement; ``jails``, the state runs the jails and has signed),
        ``agencies`` (agency_id, name, state, level, fips (home, "" if statewide or not known),
        residents, models), ``newest_list``.

    Raises:
        NoListError: no list is held for that day.
    """
    row = list_on(db, on)
    world = read_world(db)
    day = on or date.fromisoformat(row["at"][:10])
    moment = world.moment(day)
    assert moment is not None, "list_on has found a list"
    counties = {}
    for s in county_segments(world):
        if s.first <= moment <= s.last:
            people = world.counties[s.fips].population
            keys = ("jail", "field", "field_low", "field_high", "doubt")
            counties[s.fips] = {
                **{k: getattr(s.figures, k) for k in keys},
                "step": step_of(s.figures, people),
                "population": people,
            }
    models: dict[str, set[str]] = defaultdict(set)
    agencies = {}
    for stint in world.stints:
        if stint.first <= moment <= stint.last:
            agencies[stint.agency.id] = stint.agency
            models[stint.agency.id].add(stint.model)
    return with_newest(
        db,
        {
            "on": day.isoformat(),
            "basis": "listed",
            "list": told(row),
            "counties": counties,
            "wide": {
                state: ["tfm"] * bool(code & 1) + ["jails"] * bool(code & 2)
                for state, runs in _wide(world).items()
                if (code := sum(c for a, b, c in runs if a <= moment <= b))
            },
            "agencies": [
                {
                    "agency_id": a.id,
                    "name": a.name,
                    "state": a.state,
                    "level": a.level,
                    "fips": a.home or "" if a.level != STATE else "",
                    "residents": a.population,
                    "models": sorted(models[a.id]),
                }
                for a in sorted(agencies.values(), key=lambda a: a.id)
            ],
        },
    )


def map_days(db: sqlite3.Connection) -> dict[str, Any]:
    """Every day of the record, from the first list to the newest, as the slider reads it.

    Moments are the lists that rule days, numbered from 0; a day is ruled by the last at or before it.

    Returns:
        ``basis``, ``first`` and ``last`` (days), ``gaps`` (days to each moment from the one before),
        ``agreements``, ``agencies``, ``states``, ``territories`` (each: the number at moment 0, then
        the change at every further one), ``counties`` (by FIPS code: moment, code, moment, code …
        where the code is 1 for jail plus twice the step of the field), ``wide`` (by state: likewise,
        with 1 for a statewide task-force agreement plus 2 for state-run jails), ``by_state``
        (likewise, with the number of agreements), ``steps`` (:data:`STEPS`), ``state_codes`` (the
        states by the first two digits of their counties' codes). A code holds from its
        moment to the next; before the first it is 0.

    Raises:
        NoListError: no list is held.
    """
    list_on(db, None)
    world = read_world(db)
    days = [r.day.toordinal() for r in world.rulings]
    codes: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for s in county_segments(world):
        if code := int(s.figures.jail) + 2 * step_of(s.figures, world.counties[s.fips].population):
            codes[s.fips].append((s.first, s.last, code))
    counts = {r["list_no"]: r for r in db.execute("SELECT * FROM list WHERE kind = 'participating'")}
    rows = [counts[r.list_no] for r in world.rulings]
    kept = ("agreements", "states", "territories")
    return {
        "basis": "listed",
        "first": world.rulings[0].day.isoformat(),
        "last": world.rulings[-1].day.isoformat(),
        "gaps": _changes([days[0], *days], first=0)[1:],
        **{name: _changes([row[name] for row in rows]) for name in kept},
        "agencies": _changes([row["agencies_resolved"] for row in rows]),
        "counties": {fips: _turns(runs) for fips, runs in sorted(codes.items())},
        "wide": {state: _turns(runs) for state, runs in _wide(world).items()},
        "by_state": _by_state(db, world),
        "steps": list(STEPS),
        "state_codes": dict(STATES),
    }


def day_of(data: Mapping[str, Any], on: date) -> dict[str, Any]:
    """One day from what :func:`map_days` gives, as the browser reads it.

    Returns:
        ``agreements``, ``agencies``, ``states``, ``territories``, and by their keys the codes that are not 0:
        ``counties``, ``wide``, ``by_state``. A day outside the record is the nearest in it.
    """
    ruled = list(accumulate(data["gaps"]))
    number = (on - date.fromisoformat(data["first"])).days
    moment = max(0, bisect_right(ruled, number) - 1)
    counted = ("agreements", "agencies", "states", "territories")
    coded = ("counties", "wide", "by_state")
    return {
        **{name: sum(data[name][: moment + 1]) for name in counted},
        **{
            name: {key: code for key, turns in data[name].items() if (code := _code_at(turns, moment))}
            for name in coded
        },
    }


def _code_at(turns: Sequence[int], moment: int) -> int:
    at = bisect_right(turns[::2], moment)
    return turns[2 * at - 1] if at else 0


def step_of(figures: Figures, population: int | None) -> int:
    """The step of a county's field exposure: 0 for none, 1 to 4 by :data:`STEPS`, or :data:`NOT_KNOWN`."""
    if not figures.field:
        return 0
    if not population or figures.field_high is None:
        return NOT_KNOWN
    low, high = figures.field_low / population, figures.field_high / population
    steps = {1 + sum(share >= end for end in STEPS) for share in (low, high)}
    return steps.pop() if len(steps) == 1 else NOT_KNOWN


def _wide(world: World) -> dict[str, list[tuple[int, int, int]]]:
    """By state, the runs of moments (first, last, code) on which a statewide agency reaches all of it."""
    runs: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for code, reaches in ((1, _is_field), (2, _is_jails)):
        own: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for stint in world.stints:
            if stint.agency.level == STATE and reaches(stint):
                own[stint.agency.state].append((stint.first, stint.last))
        for state, found in own.items():
            runs[state] += [(a, b, code) for a, b in joined(found)]
    return {state: runs[state] for state in sorted(runs)}


def _is_field(stint: Stint) -> bool:
    return stint.model in FIELD_MODELS


def _is_jails(stint: Stint) -> bool:
    return stint.model in JAIL_MODELS and stint.agency.state in STATE_RUN


def _by_state(db: sqlite3.Connection, world: World) -> dict[str, list[int]]:
    """By state, the number of agreements where it changes."""
    order = [r.list_no for r in world.rulings]
    moment = {no: n for n, no in enumerate(order)}
    spans: dict[tuple[str, int], set[int]] = defaultdict(set)
    for state, no, first, last in db.execute(
        "SELECT state, agreement_no, first_list, last_list FROM standing ORDER BY state, agreement_no"
    ):
        spans[state, no] |= {moment[n] for n in range(first, last + 1) if n in moment}
    parts: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for (state, _), moments in spans.items():
        parts[state] += [(a, b, 1) for a, b in joined((m, m) for m in moments)]
    return {
        state: [x for n, value in _steps(over_time(len(order), own)) for x in (n, value)]
        for state, own in parts.items()
    }


def _steps(values: list[int]) -> Iterable[tuple[int, int]]:
    before = 0
    for n, value in enumerate(values):
        if value != before:
            yield n, value
        before = value


def _turns(runs: Iterable[tuple[int, int, int]]) -> list[int]:
    """Runs (first, last, code) as moment, code, moment, code …; codes of runs at one time add up."""
    found = list(runs)
    ends = max(b for _, b, _ in found) + 2
    return [x for turn in _steps(over_time(ends, found)) for x in turn]


def _changes(values: list[int], first: int | None = None) -> list[int]:
    begin = values[0] if first is None else first
    return [begin, *(b - a for a, b in pairwise(values))]
