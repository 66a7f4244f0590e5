"""Exposure by day, of the nation and of each state: the figures side by side, never added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from .schema import NATION_DAY, STATE_DAY
from .segments import (
    Segment,
    Statewide,
    county_segments,
    distinct_over_time,
    over_time,
    statewide_segments,
)
from .world import STATE, County, Stint, World


def by_day(world: World, by: str = "nation", segments: Sequence[Segment] | None = None) -> pl.DataFrame:
    """Exposure of every day from the first list to the newest.

    Args:
        by: ``nation`` (:data:`schema.NATION_DAY`) or ``state`` (:data:`schema.STATE_DAY`: all
            states and territories, listed or not).
    """
    panel = NATION_DAY if by == "nation" else STATE_DAY
    days = pl.DataFrame({"day": pl.date_range(world.rulings[0].day, world.rulings[-1].day, eager=True)})
    lists = by_list(world, by, segments).sort("ruling")
    units = lists.select("state").unique().sort("state")
    return (
        units.join(days, how="cross")
        .sort("day")
        .join_asof(lists, left_on="day", right_on="ruling", by="state", check_sortedness=False)
        .with_columns(age_days=(pl.col("day") - pl.col("ruling")).dt.total_days())
        .select(pl.col(c).cast(t) for c, t in panel.frame_schema.items())
        .sort(panel.key)
    )


def by_list(world: World, by: str = "nation", segments: Sequence[Segment] | None = None) -> pl.DataFrame:
    """Exposure at every list that rules a day: ``state`` ("" for the nation), ``ruling`` (its
    day) and the columns of the series."""
    found = county_segments(world) if segments is None else segments
    counties = world.counties
    if by == "nation":
        parts = {"": (list(counties.values()), found, statewide_segments(world), world.stints)}
    else:
        states = sorted({c.state for c in counties.values()} | {s.agency.state for s in world.stints})
        own, segs, wide, stints = (defaultdict(list) for _ in range(4))
        for c in counties.values():
            own[c.state].append(c)
        for s in found:
            segs[counties[s.fips].state].append(s)
        for w in statewide_segments(world):
            wide[w.state].append(w)
        for stint in world.stints:
            stints[stint.agency.state].append(stint)
        parts = {state: (own[state], segs[state], wide[state], stints[state]) for state in states}
    return pl.concat([_lists_of(world, state, *part) for state, part in parts.items()])


def _lists_of(
    world: World,
    state: str,
    counties: Sequence[County],
    segments: Sequence[Segment],
    wide: Sequence[Statewide],
    stints: Sequence[Stint],
) -> pl.DataFrame:
    n = len(world.rulings)
    known = [c.population for c in counties if c.population is not None]
    population = sum(known) if known else None
    jail = [s for s in segments if s.figures.jail]
    field = [s for s in segments if s.figures.field]

    def residents(parts: Iterable[tuple[int, int, int | None]]) -> list[int] | None:
        return None if population is None else over_time(n, ((a, b, v or 0) for a, b, v in parts))

    def of_state(what: str) -> dict[str, Any]:
        own = [w for w in wide if w.what == what]
        in_state: Mapping[str, int] = _by_state(world)
        name = "tfm" if what == "tfm" else "jail_states"
        return {
            "tfm_states" if what == "tfm" else "jail_states": over_time(
                n, ((w.first, w.last, 1) for w in own)
            ),
            f"{name}_residents": residents((w.first, w.last, in_state.get(w.state)) for w in own),
        }

    local = [s for s in stints if s.agency.level != STATE]
    roster = (
        None
        if world.roster is None
        else sum(count for own, count in world.roster.items() if state in ("", own))
    )
    on = [(s.agency.id, s.first, s.last) for s in stints if s.agency.id in world.on_roster]
    unbounded = over_time(n, ((s.first, s.last, int(s.figures.field_high is None)) for s in field))
    high = over_time(n, ((s.first, s.last, s.figures.field_high or 0) for s in field))
    people = world.counties
    columns: dict[str, Any] = {
        "state": [state] * n,
        "ruling": [r.day for r in world.rulings],
        "source": [r.file for r in world.rulings],
        "agencies": distinct_over_time(n, [(s.agency.id, s.first, s.last) for s in stints]),
        "roster_agencies": [roster] * n,
        "roster_share": [c / roster if roster else None for c in distinct_over_time(n, on)],
        "jail_counties": over_time(n, ((s.first, s.last, 1) for s in jail)),
        "jail_residents": residents((s.first, s.last, people[s.fips].population) for s in jail),
        "jail_hispanic": residents((s.first, s.last, people[s.fips].hispanic) for s in jail)
        if any(c.hispanic is not None for c in counties)
        else None,
        "field_counties": over_time(n, ((s.first, s.last, 1) for s in field)),
        "field_low": over_time(n, ((s.first, s.last, s.figures.field_low) for s in field)),
        "field_high": [None if u else h for u, h in zip(unbounded, high, strict=True)],
        **of_state("tfm"),
        **of_state("jail"),
        "unplaced": distinct_over_time(n, [
            (s.agency.id, s.first, s.last) for s in local if not any(f in people for f in s.agency.counties)
        ]),
        "population": [population] * n,
    }  # fmt: skip
    shares = {
        "jail_share": "jail_residents",
        "field_share_low": "field_low",
        "field_share_high": "field_high",
    }
    types = {**STATE_DAY.frame_schema, "ruling": pl.Date()}
    frame = pl.DataFrame(
        {c: [None] * n if values is None else values for c, values in columns.items()},
        schema={c: types[c] for c in columns},
    )
    return frame.with_columns((pl.col(of) / pl.col("population")).alias(c) for c, of in shares.items())


def _by_state(world: World) -> dict[str, int]:
    people: dict[str, int] = defaultdict(int)
    for county in world.counties.values():
        people[county.state] += county.population or 0
    return {state: count for state, count in people.items() if count}
