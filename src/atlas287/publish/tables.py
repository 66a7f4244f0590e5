"""The tables of the data set: the register's, free of numbers that hold within one build, and the panels."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from ..panel import in_force
from ..panel.months import by_agency, by_county
from ..panel.past import read_past
from ..panel.reading import read_world
from ..panel.schema import (
    AGENCY_MONTH,
    AGENCY_MONTH_IN_FORCE,
    COUNTY_MONTH,
    COUNTY_MONTH_IN_FORCE,
    NATION_DAY,
    NATION_DAY_IN_FORCE,
    Measure,
    Panel,
)
from ..panel.segments import county_segments
from ..panel.series import by_day
from ..registry import declare, schema
from . import deportationdata
from .first_wave import CODINGS, DIFFERENCE

#: The register's tables that are published, by the name of their files.
REGISTER = {
    "agencies": "agency",
    "oris": "ori",
    "places": "place",
    "agreements": "agreement",
    "spells": "spell",
    "signings": "signing",
    "sources": "source",
    "testimony": "testimony",
    "disagreements": "disagreement",
    "memoranda": "memorandum",
    "memorandum_fields": "memorandum_field",
    "events": "event",
    "lists": "list",
    "applications": "application",
}
#: A register's number -> the table of what it stands for, and the id that takes its place.
_NUMBERS = {
    "agency_no": ("agency", "agency_id"),
    "agreement_no": ("agreement", "agreement_id"),
    "application_no": ("application", "application_id"),
    "memorandum_no": ("memorandum", "file"),
    "list_no": ("list", "list_id"),
    "before_list_no": ("list", "before_list_id"),
    "first_list": ("list", "first_list"),
    "last_list": ("list", "last_list"),
    "superseded_by": ("agreement", "superseded_by"),
    "became": ("agreement", "became"),
}
_DAYS = frozenset(
    {"signed_on", "first_signed", "starts_from", "starts_by", "ends_from", "ends_by", "day", "until", "as_of"}
)
_FLAGS = frozenset({"stale", "confirmed", "current", "ended", "agrees"})
_COUNTS = {
    "population": "residents",
    "officers": "officers",
    "rows": "rows",
    "agreements": "agreements",
    "agencies": "names",
    "agencies_as_printed": "names",
    "agencies_resolved": "agencies",
    "states": "states",
    "territories": "territories",
    "lists": "lists",
    "gaps": "gaps",
    "pages": "pages",
    "scanned": "pages",
    "page": "page",
    "rank": "rank",
    "delta": "agreements",
    **dict.fromkeys(("jem", "tfm", "wso", "hybrid", "other"), "rows"),
}


@dataclass(frozen=True, slots=True)
class Published:
    """A table as published: what one row is, its key, its columns, its rows in order of the key."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Measure, ...]
    frame: pl.DataFrame


def tables(db: sqlite3.Connection) -> Iterator[Published]:
    """Every table of the data set, made from a register; the same register gives the same rows."""
    ids = _ids(db)
    for name, source in REGISTER.items():
        yield _register_table(db, name, schema.TABLES[source], ids)
    world = read_world(db)
    segments = county_segments(world)
    yield _panel(AGENCY_MONTH, by_agency(world))
    yield _panel(COUNTY_MONTH, by_county(world, segments))
    yield _panel(NATION_DAY, by_day(world, segments=segments))
    yield from _before_the_lists(db, world.rulings[0].day)
    yield _codings()


def _panel(panel: Panel, frame: pl.DataFrame) -> Published:
    return Published(panel.name, panel.row, panel.key, panel.columns, frame)


def _before_the_lists(db: sqlite3.Connection, first_list: date) -> Iterator[Published]:
    """Exposure on basis in-force, for the whole months and the days before the first list."""
    known, maybe = read_past(db, until=first_list.replace(day=1) - timedelta(days=1))
    yield _panel(AGENCY_MONTH_IN_FORCE, in_force.agency_months(known, maybe))
    yield _panel(COUNTY_MONTH_IN_FORCE, in_force.county_months(known, maybe))
    yield _panel(NATION_DAY_IN_FORCE, in_force.days(known, maybe))


def _codings() -> Published:
    """What a published coding of the first wave and ours differ in."""
    columns = tuple(Measure(name, "text", "", says) for name, says in DIFFERENCE.items())
    frame = pl.read_csv(CODINGS, infer_schema=False).select(list(DIFFERENCE))
    row = (
        "one county on which a published coding of the first wave (East et al. 2023) and the register differ"
    )
    key = ("fips", "about", "ours")
    return Published("first_wave_codings", row, key, columns, frame.sort(key, maintain_order=True))


def _ids(db: sqlite3.Connection) -> Mapping[str, Mapping[int, str]]:
    ids = {
        thing: dict(iter(db.execute(f"SELECT {thing}_no, {thing}_id FROM {thing}")))
        for thing in ("agency", "agreement", "application", "list")
    }
    return ids | {"memorandum": dict(iter(db.execute("SELECT memorandum_no, file FROM memorandum")))}


def _register_table(
    db: sqlite3.Connection, name: str, table: declare.Table, ids: Mapping[str, Mapping[int, str]]
) -> Published:
    own = f"{table.name}_no"
    kept = [c for c in table.columns if c.name != own]
    rows = db.execute(f"SELECT {', '.join(c.name for c in kept)} FROM {table.name}").fetchall()
    columns: list[Measure] = []
    series: list[pl.Series] = []
    for at, column in enumerate(kept):
        values = [None if row[at] == "" else row[at] for row in rows]
        measure = _measure(column)
        if column.name in _NUMBERS:
            stands_for = ids[_NUMBERS[column.name][0]]
            values = [None if v is None else stands_for[v] for v in values]
        columns.append(measure)
        kind = {"count": pl.Int64(), "flag": pl.Int8()}.get(measure.type, pl.String())
        one = pl.Series(measure.name, values, dtype=kind)
        series.append(one.str.to_date() if measure.type == "day" else one)
    frame = pl.DataFrame(series)
    frame, more = _beside(db, name, frame)
    key = tuple(_NUMBERS[k][1] if k in _NUMBERS else k for k in table.key if k != own) or (columns[0].name,)
    return Published(name, table.row, key, (*columns, *more), frame.sort(key, maintain_order=True))


def _measure(column: declare.Column) -> Measure:
    name, says = column.name, column.says
    if name in _NUMBERS:
        says = says.replace("_no", "_id") if says.endswith("_no") else says
        return Measure(_NUMBERS[name][1], "text", "id", says)
    if name in _DAYS:
        return Measure(name, "day", "day", says)
    if column.type == "INTEGER":
        if name in _FLAGS:
            return Measure(name, "flag", "0/1", says)
        return Measure(name, "count", _COUNTS.get(name, ""), says)
    return Measure(name, "text", "", says)


def _beside(
    db: sqlite3.Connection, name: str, frame: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[Measure, ...]]:
    """What a published table has beside the register's columns: FIPS codes, others' ids."""
    theirs = Measure(
        "deportationdata_id",
        "text",
        "id",
        "its id by the rule of deportationdata/ice-287g, from its latest name",
    )
    if name == "agencies":
        counties: dict[str, list[str]] = defaultdict(list)
        for own, fips in db.execute(
            "SELECT agency_id, fips FROM place JOIN agency USING (agency_no) ORDER BY place.rowid"
        ):
            counties[own].append(fips)
        frame = frame.with_columns(
            pl.Series(
                "county_fips", [";".join(counties[own]) or None for own in frame["agency_id"]], pl.String
            ),
            pl.Series(
                theirs.name,
                [deportationdata.agency_id(*row) for row in frame.select("state", "name").iter_rows()],
            ),
        )
        return frame, (
            Measure("county_fips", "text", "FIPS", "the counties it serves, by semicolons"),
            theirs,
        )
    if name == "agreements":
        names = {
            own: (state, name) for own, state, name in db.execute("SELECT agency_id, state, name FROM agency")
        }
        rows = frame.select("agency_id", "model", pl.col("signed_on").cast(pl.String)).iter_rows()
        given = [deportationdata.agreement_id(*names[own], model, day) for own, model, day in rows]
        return frame.with_columns(pl.Series(theirs.name, given, pl.String)), (theirs,)
    return frame, ()
