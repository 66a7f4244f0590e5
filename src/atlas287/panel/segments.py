"""Exposure over time: each county's figures between the lists that change them.

A segment is a run of moments (ruling lists, see :mod:`world`) on which a county's, or a state's,
figures stay as they are. Each is computed once, however many days and months it lasts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from .figures import FIELD_MODELS, JAIL_MODELS, NOTHING, Figures, Standing, figures
from .world import STATE, Stint, World, joined


class Segment(NamedTuple):
    """A county's figures from one moment to another, both included."""

    fips: str
    first: int
    last: int
    figures: Figures


class Statewide(NamedTuple):
    """A run of moments on which a statewide agency stands under a jail or a field model."""

    state: str
    what: str  # "tfm" or "jail"
    first: int
    last: int


def county_segments(world: World, of: Callable[[Stint], bool] = lambda _: True) -> list[Segment]:
    """Every county's segments on which some agreement stands, in order of county and moment.

    Args:
        of: which stints count; all, unless told.
    """
    out: list[Segment] = []
    for fips, stints in world.of_county().items():
        county, stints = world.counties[fips], [s for s in stints if of(s)]
        turns = sorted({s.first for s in stints} | {s.last + 1 for s in stints})
        for first, after in pairwise(turns):
            standing = {Standing(s.agency, s.model) for s in stints if s.first <= first <= s.last}
            if not standing:
                continue
            found = figures(county, standing, world.policed)
            if out and out[-1].fips == fips and out[-1].last == first - 1 and out[-1].figures == found:
                out[-1] = out[-1]._replace(last=after - 1)
            elif found != NOTHING:
                out.append(Segment(fips, first, after - 1, found))
    return out


def statewide_segments(world: World) -> list[Statewide]:
    """When a statewide agency of each state stood under a task-force, and under a jail, agreement."""
    runs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for stint in world.stints:
        if stint.agency.level == STATE:
            for what, models in (("tfm", FIELD_MODELS), ("jail", JAIL_MODELS)):
                if stint.model in models:
                    runs[stint.agency.state, what].append((stint.first, stint.last))
    return [Statewide(*key, *run) for key in sorted(runs) for run in joined(runs[key])]


def over_time(moments: int, parts: Iterable[tuple[int, int, int]]) -> list[int]:
    """At each moment the sum of the values whose run (first, last, value) covers it."""
    steps = [0] * (moments + 1)
    for first, last, value in parts:
        steps[first] += value
        steps[last + 1] -= value
    total, out = 0, []
    for step in steps[:moments]:
        total += step
        out.append(total)
    return out


def distinct_over_time(moments: int, parts: Sequence[tuple[str, int, int]]) -> list[int]:
    """At each moment how many distinct names have a run (name, first, last) that covers it."""
    runs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, first, last in parts:
        runs[name].append((first, last))
    return over_time(moments, ((a, b, 1) for own in runs.values() for a, b in joined(own)))
