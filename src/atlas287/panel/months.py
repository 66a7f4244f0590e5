"""Exposure by month: the value of a month is that of its last list, with the days exposed beside it.

A month of which no list is held has no value: the lists say nothing of it, and that is not zero.
Days are counted from the first list held to the newest, each by the newest list at or before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from .figures import FIELD_MODELS, JAIL_MODELS, LOCKUP, Standing, books_arrests, figures
from .schema import AGENCY_MONTH, COUNTY_MONTH
from .segments import Segment, county_segments, statewide_segments
from .statejails import RUNS_JAILS, STATE_RUN
from .world import STATE, Agency, Stint, World, joined

#: Stands for a figure that is not known, until what nothing reaches has been set to zero.
_UNBOUNDED = -1
NO_LIST = "no list of this month is held"


class Month(NamedTuple):
    """A month: the moment of its last list (None: no list), the days that lists speak for."""

    name: str
    moment: int | None
    first: int  # ordinals of days
    last: int


def months_of(world: World) -> list[Month]:
    """Every month from the first list to the newest."""
    last_of: dict[str, int] = {f"{r.day:%Y-%m}": n for n, r in enumerate(world.rulings)}
    begun, ended = world.rulings[0].day, world.rulings[-1].day
    out = []
    day = begun.replace(day=1)
    while day <= ended:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        span = max(day, begun).toordinal(), min(after.toordinal() - 1, ended.toordinal())
        out.append(Month(f"{day:%Y-%m}", last_of.get(f"{day:%Y-%m}"), *span))
        day = after
    return out


class Calendar:
    """From moments to months and days."""

    def __init__(self, world: World) -> None:
        self.months = months_of(world)
        days = [r.day.toordinal() for r in world.rulings]
        self._from = days
        self._until = [*(d - 1 for d in days[1:]), days[-1]]  # the last day that a moment rules
        self._ends = [(k, m.moment) for k, m in enumerate(self.months) if m.moment is not None]

    def ends(self, first: int, last: int) -> list[int]:
        """The months whose last list lies in a run of moments."""
        return [k for k, moment in self._ends if first <= moment <= last]

    def days(self, runs: Iterable[tuple[int, int]]) -> dict[int, int]:
        """By month, the days that runs of moments rule, no day twice."""
        out: dict[int, int] = defaultdict(int)
        for first, last in joined(runs):
            begun, ended = self._from[first], self._until[last]
            for k, month in enumerate(self.months):
                overlap = min(ended, month.last) - max(begun, month.first) + 1
                if overlap > 0:
                    out[k] += overlap
        return out

    def frame(self, world: World) -> pl.DataFrame:
        """The months as a frame: ``k``, ``month``, ``days``, ``source``, ``held``."""
        return pl.DataFrame(
            {
                "k": range(len(self.months)),
                "month": [m.name for m in self.months],
                "days": [None if m.moment is None else m.last - m.first + 1 for m in self.months],
                "source": [None if m.moment is None else world.rulings[m.moment].file for m in self.months],
                "held": [m.moment is not None for m in self.months],
            },
            schema_overrides={"k": pl.Int64, "days": pl.Int64, "source": pl.String},
        )


def by_county(world: World, segments: Sequence[Segment] | None = None) -> pl.DataFrame:
    """Every county in every month: the columns of :data:`schema.COUNTY_MONTH`."""
    calendar = Calendar(world)
    cells: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    runs: dict[str, dict[str, list[tuple[int, int]]]] = {
        "jail_days": defaultdict(list),
        "field_days": defaultdict(list),
    }
    for s in county_segments(world) if segments is None else segments:
        high = s.figures.field_high
        told = s.figures._asdict() | {"field_high": _UNBOUNDED if high is None else high}
        for k in calendar.ends(s.first, s.last):
            cells[s.fips, k] |= told
        for what, on in (("jail_days", s.figures.jail), ("field_days", s.figures.field)):
            if on:
                runs[what][s.fips].append((s.first, s.last))
    for what, of in runs.items():
        for fips, own in of.items():
            for k, days in calendar.days(own).items():
                cells[fips, k][what] = days
    columns = ("jail", "jail_models", "jail_days", "city_jail", "field", "field_low", "field_high")
    found = _cells(cells, "fips", COUNTY_MONTH.frame_schema, (*columns, "field_days", "doubt"))
    states: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for part in statewide_segments(world):
        for k in calendar.ends(part.first, part.last):
            states[part.state, k][f"statewide_{part.what}"] = 1
    wide = _cells(states, "state", COUNTY_MONTH.frame_schema, ("statewide_tfm", "statewide_jail"))
    counties = pl.DataFrame(
        [(c.fips, c.name, c.state, c.population) for c in world.counties.values()],
        schema={"fips": pl.String, "county": pl.String, "state": pl.String, "population": pl.Int64},
        orient="row",
    )
    grid = (
        counties.join(calendar.frame(world), how="cross")
        .join(found, on=["fips", "k"], how="left")
        .join(wide, on=["state", "k"], how="left")
    )
    flags = ["jail", "jail_days", "city_jail", "field", "field_low", "field_high", "field_days",
             "statewide_tfm", "statewide_jail"]  # fmt: skip
    runs_jails = pl.col("state").is_in(list(STATE_RUN)) & (pl.col("statewide_jail") == 1)
    return (
        _silent(grid, flags, ["jail_models"])
        .with_columns(pl.when(pl.col("field_high") >= 0).then(pl.col("field_high")).alias("field_high"))
        .with_columns(
            pl.concat_str(
                "doubt", pl.when(runs_jails).then(pl.lit(RUNS_JAILS)), separator="; ", ignore_nulls=True
            )
            .replace("", None)
            .alias("doubt")
        )
        .select(pl.col(c).cast(t) for c, t in COUNTY_MONTH.frame_schema.items())
        .sort("fips", "month")
    )


def _silent(grid: pl.DataFrame, numbers: Sequence[str], texts: Sequence[str]) -> pl.DataFrame:
    """Zero where a list of the month prints nothing, null where no list of the month is held."""
    return grid.with_columns(
        *(pl.when("held").then(pl.col(c).fill_null(0)).alias(c) for c in numbers),
        *(pl.when("held").then(pl.col(c)).alias(c) for c in texts),
        pl.when("held").then(pl.col("doubt")).otherwise(pl.lit(NO_LIST)).alias("doubt"),
    )


def _cells(
    cells: Mapping[tuple[str, int], Mapping[str, Any]],
    unit: str,
    schema: Mapping[str, pl.DataType],
    columns: Sequence[str],
) -> pl.DataFrame:
    rows = [(own, k, *(_plain(cell.get(c)) for c in columns)) for (own, k), cell in cells.items()]
    types = {unit: pl.String(), "k": pl.Int64(), **{c: schema[c] for c in columns}}
    return pl.DataFrame(rows, schema=types, orient="row")


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def by_agency(world: World) -> pl.DataFrame:
    """Every agency ever listed in every month: the columns of :data:`schema.AGENCY_MONTH`."""
    calendar = Calendar(world)
    stints: dict[Agency, list[Stint]] = defaultdict(list)
    for stint in world.stints:
        stints[stint.agency].append(stint)
    cells: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for agency, own in stints.items():
        jail, field = _reach(world, agency)
        for s in own:
            for k in calendar.ends(s.first, s.last):
                cell = cells[agency.id, k]
                cell[s.model] = 1
                for reach, models in ((jail, JAIL_MODELS), (field, FIELD_MODELS)):
                    if s.model in models:
                        doubts = dict.fromkeys(filter(None, (cell.get("doubt"), reach.get("doubt"))))
                        cell |= reach | {"doubt": "; ".join(doubts) or None}
        for k, days in calendar.days((s.first, s.last) for s in own).items():
            cells[agency.id, k]["listed_days"] = days
    counts = ("jem", "tfm", "wso", "hybrid", "listed_days", "jail_counties", "field_low")
    bounds = ("jail_residents", "field_high", "doubt")
    found = _cells(cells, "agency_id", AGENCY_MONTH.frame_schema, (*counts, *bounds))
    agencies = pl.DataFrame(
        sorted((a.id, a.state, a.level, int(a.level == STATE)) for a in stints),
        schema={"agency_id": pl.String, "state": pl.String, "level": pl.String, "statewide": pl.Int8},
        orient="row",
    )
    grid = agencies.join(calendar.frame(world), how="cross").join(found, on=["agency_id", "k"], how="left")
    return (
        _silent(grid, (*counts, "jail_residents", "field_high"), ())
        .with_columns(
            pl.when(pl.col(c) >= 0).then(pl.col(c)).alias(c) for c in ("jail_residents", "field_high")
        )
        .select(pl.col(c).cast(t) for c, t in AGENCY_MONTH.frame_schema.items())
        .sort("agency_id", "month")
    )


def _reach(world: World, agency: Agency) -> tuple[dict[str, Any], dict[str, Any]]:
    """Whom one agency reaches, alone, under a jail and under a task-force agreement (-1: not known)."""
    if agency.level == STATE:
        return {}, {}
    here = [world.counties[f] for f in agency.counties if f in world.counties]
    jail: dict[str, Any] = {}
    if books_arrests(agency):
        people = [c.population for c in here]
        known = None not in people and bool(people)
        jail = {
            "jail_counties": len(here),
            "jail_residents": sum(p or 0 for p in people) if known else _UNBOUNDED,
        }
    else:
        jail = {"doubt": LOCKUP}
    if not here:
        return {"doubt": "of no known county"}, {
            "doubt": "of no known county",
            "field_high": agency.population or _UNBOUNDED,
            "field_low": agency.population or 0,
        }
    alone = figures(here[0], {Standing(agency, "tfm")}, world.policed)
    high = _UNBOUNDED if alone.field_high is None else alone.field_high
    doubt = {"doubt": alone.doubt} if alone.doubt else {}
    return jail, {"field_low": alone.field_low, "field_high": high, **doubt}
