"""Reading the world of exposure from a register and the bundle."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from .. import bundle
from ..registry.places import Counties
from ..registry.text import MODELS
from .figures import policed_by_county
from .world import Agency, County, Ruling, Stint, World, joined

#: Types of the FBI's roster that are agencies of a state or its parts.
NOT_OF_A_STATE = ("Federal",)


def read_world(
    db: sqlite3.Connection, counties: Path = bundle.COUNTIES, roster: Path = bundle.AGENCIES
) -> World:
    """The world of a register.

    Args:
        counties: table of counties: ``fips``, ``state``, ``name``, and where known
            ``population``, ``hispanic_share`` (0 to 1), ``vintage``.
        roster: the FBI's roster as the bundle keeps it; without it, what is left of a county is
            reckoned from the register's own agencies.
    """
    rulings = _rulings(db)
    agencies = read_agencies(db)
    table = pl.read_parquet(counties)
    listed = pl.read_parquet(roster) if roster.exists() else None
    own = {c.fips: c for c in _counties(table)}
    known = agencies.values() if listed is None else _roster(listed, Counties.read(counties))
    return World(
        rulings,
        own,
        list(_stints(db, agencies, [r.list_no for r in rulings])),
        policed_by_county(known, {fips: c.population for fips, c in own.items()}),
        None if listed is None else _sizes(listed),
        frozenset(agencies[no].id for (no,) in db.execute("SELECT agency_no FROM ori WHERE current")),
        _vintage(counties, table),
    )


def _vintage(path: Path, table: pl.DataFrame) -> str | None:
    """What the populations are: as the file's notes name their source, else by its years."""
    source = pl.read_parquet_metadata(path).get("source")
    if source or "vintage" not in table.columns:
        return source
    return "; ".join(table["vintage"].drop_nulls().cast(pl.String).unique().sort()) or None


def _rulings(db: sqlite3.Connection) -> list[Ruling]:
    by_day: dict[str, Ruling] = {}
    for no, at, file in db.execute(
        "SELECT list_no, at, file FROM list WHERE kind = 'participating' AND seq IS NOT NULL ORDER BY seq"
    ):
        by_day[at[:10]] = Ruling(date.fromisoformat(at[:10]), at, file, no)
    return list(by_day.values())


def read_agencies(db: sqlite3.Connection) -> dict[int, Agency]:
    ground: dict[int, list[str]] = defaultdict(list)
    for no, fips in db.execute("SELECT agency_no, fips FROM place WHERE fips IS NOT NULL ORDER BY rowid"):
        if fips not in ground[no]:
            ground[no].append(fips)
    return {
        no: Agency(own, name, state, level or "", kind or "", tuple(ground[no]), people or None, town)
        for no, own, name, state, level, kind, people, town in db.execute(
            "SELECT agency_no, agency_id, name, state, level, kind, population, municipality FROM agency "
            "ORDER BY agency_id"
        )
    }


def _counties(table: pl.DataFrame) -> Iterator[County]:
    for row in table.iter_rows(named=True):
        people, share = row.get("population"), row.get("hispanic_share")
        hispanic = None if people is None or share is None else round(people * share)
        yield County(row["fips"], row["state"], row["name"], people or None, hispanic)


def _stints(db: sqlite3.Connection, agencies: Mapping[int, Agency], ruling: Sequence[int]) -> Iterator[Stint]:
    runs: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for no, model, first, last in db.execute(
        "SELECT agency_no, model, first_list, last_list FROM standing ORDER BY agency_id, model, first_list"
    ):
        begun, ended = bisect_left(ruling, first), bisect_right(ruling, last) - 1
        if begun <= ended and model in MODELS:
            runs[no, model].append((begun, ended))
    for (no, model), found in runs.items():
        for begun, ended in joined(found):
            yield Stint(agencies[no], model, begun, ended)


def _roster(table: pl.DataFrame, counties: Counties) -> Iterator[Agency]:
    """The roster's agencies of known count of its newest year, all of whose counties are known.

    Counts of earlier years are of agencies that have ceased to report, often since the sheriff
    took over: their residents would be counted with the sheriff's as well.
    """
    known = table.filter(pl.col("population") > 0, pl.col("year") == pl.col("year").max())
    columns = known.select("ori", "state", "counties", "type", "population")
    for ori, state, printed, kind, people in columns.iter_rows():
        found = [counties.fips(state, name) for name in printed.split("|")]
        if None not in found:
            level = "County" if kind == "County" else ""
            yield Agency(ori, "", state, level, "", tuple(f for f in found if f), people)


def _sizes(roster: pl.DataFrame) -> dict[str, int]:
    of_states = roster.filter(~pl.col("type").is_in(NOT_OF_A_STATE).fill_null(False))
    return dict(of_states.group_by("state").len().sort("state").rows())
