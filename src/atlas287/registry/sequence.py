"""Lists in order, and the unbroken runs of lists that print each row.

This is the one place where all rows are handled; everything later works on runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from ..sources.record import Record
from . import spans
from .dating import Dated, Sheet, date_lists
from .reading import Reading
from .verdicts import Verdicts


@dataclass(slots=True, frozen=True)
class Run:
    """An unbroken run of lists that print one row in the same words.

    ``first``/``last`` number the lists of one kind in order; the rows are spreadsheet rows
    on those two lists. ``twice``: lists of the run on which the same words stand twice.
    """

    printed_no: int
    first: int
    last: int
    first_row: int
    last_row: int
    twice: int


@dataclass(slots=True, frozen=True)
class Ordered:
    """The lists of one kind in order (stale ones left out), and what they print."""

    kind: str
    lists: Sequence[Dated]
    runs: Sequence[Run]
    on: dict[int, int]  # printed_no -> span
    times: Sequence[datetime]  # the instant of each list
    documents: Sequence[str]  # the sha256 of each list


def order_lists(record: Record, readings: Sequence[Reading], verdicts: Verdicts) -> list[Dated]:
    """Date every list of a record; in order of kind and instant, stale ones among them."""
    return date_lists(_sheets(record, readings), verdicts.lists)


def _sheets(record: Record, readings: Sequence[Reading]) -> list[Sheet]:
    # Rows that say the same of the same agency and model share a unit number.
    units: dict[tuple[str | None, str, str | None], int] = {}
    unit_of = pl.Series(
        [units.setdefault((r.state, r.evened, r.model), len(units)) for r in readings], dtype=pl.UInt32
    )
    signed = pl.Series([r.signed for r in readings], dtype=pl.Date)
    printed = record.rows["printed_no"]
    contents = (
        record.rows.select(
            "list_no", unit=unit_of.gather(printed), signed=signed.gather(printed), mark=printed.hash(287)
        )
        .group_by("list_no")
        .agg(
            pl.len().alias("n"),
            pl.col("mark").sum().alias("content"),
            # A few rows may bear a slip: three, and one in a hundred, must bear a day before it
            # can tell a list's date. A list of fewer rows is told by its earliest.
            pl.col("signed")
            .sort(descending=True, nulls_last=True)
            .get(pl.max_horizontal(3, pl.len() // 100).cast(pl.Int64) - 1, null_on_oob=True)
            .fill_null(pl.col("signed").min())
            .alias("last_signed"),
            pl.col("unit"),
        )
    )
    # Most lists print what the one before printed; the rows of each content are taken out once.
    rows_of = contents.select("content", "unit").unique("content", maintain_order=True)
    units_of = {content: frozenset(unit) for content, unit in rows_of.iter_rows()}
    of_list = {
        no: rest for no, *rest in contents.select("list_no", "n", "content", "last_signed").iter_rows()
    }
    sheets = []
    for no, file, folder, sha256, captured, saved_at, cells in record.lists.select(
        "list_no", "file", "folder", "sha256", "captured", "saved_at", "cells"
    ).iter_rows():
        n, content, last_signed = of_list.get(no, (0, 0, None))
        has_signed = "signed" in cells
        sheets.append(
            Sheet(
                no,
                file,
                folder,
                sha256,
                captured,
                saved_at,
                has_signed,
                n,
                last_signed,
                content,
                units_of.get(content, _NONE),
            )
        )
    return sheets


_NONE: frozenset[int] = frozenset()
#: Room for the place of a list beside the number of a printed row in one 64-bit key.
_PLACES = 1 << 24


def sequence(kind: str, record: Record, dated: Sequence[Dated]) -> Ordered:
    """Number the lists of a kind and find the runs of each printed row."""
    lists = [d for d in dated if d.kind == kind and not d.stale]
    place: list[int | None] = [None] * record.lists.height
    for n, one in enumerate(lists):
        place[one.sheet.list_no] = n
    at = pl.Series(place, dtype=pl.UInt64).gather(record.rows["list_no"])
    # Sorted by one key, a run is where the key goes up by one, and a row printed twice is
    # where it stays.
    standing = (
        record.rows.select("row", key=pl.col("printed_no").cast(pl.UInt64) * _PLACES + at)
        .drop_nulls("key")
        .sort("key", "row")
        .with_columns(step=pl.col("key").diff().fill_null(0))
    )
    table = (
        standing.with_columns(run=((pl.col("step") > 1) | (pl.int_range(pl.len()) == 0)).cum_sum())
        .group_by("run", maintain_order=True)
        .agg(
            (pl.col("key").first() // _PLACES).alias("printed_no"),
            (pl.col("key").first() % _PLACES).alias("first"),
            (pl.col("key").last() % _PLACES).alias("last"),
            pl.col("row").first().alias("first_row"),
            # The first of the rows on the last list, as on the first.
            pl.col("row").filter(pl.col("key") == pl.col("key").last()).first().alias("last_row"),
            (pl.len() - pl.col("key").n_unique()).alias("twice"),
        )
    )
    runs = [Run(*row[1:]) for row in table.iter_rows()]
    on: dict[int, int] = {}
    for run in runs:
        on[run.printed_no] = on.get(run.printed_no, 0) | spans.run(run.first, run.last)
    return Ordered(kind, lists, runs, on, [d.at for d in lists], [d.sheet.sha256 for d in lists])


def moment(at: datetime) -> str:
    """An instant to the minute, as every table and answer shows it."""
    return at.isoformat(timespec="minutes")
