"""Sheets that were read and must not be believed: quarantined whole, their rows counted.

A list without a column of signing days is the pending list; one whose signing days stand in
a column that the record has no name for would pass for it. A second sheet of one document is
no second publication. A participating list without a row says nothing, not that nobody
takes part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import polars as pl

from ..sources.record import QUARANTINE, Record
from .dates import read_date

#: A column is of days if so many of its filled cells are, in this share of the sheet's rows.
SHARE = 0.5


def set_aside(record: Record) -> Record:
    """The record without such sheets; each is a row of its quarantine, with reason and remedy."""
    found = dict(sorted([*_days_unnamed(record), *_second_sheets(record), *_empty(record)], reverse=True))
    if not found:
        return record
    counts = dict(record.rows.group_by("list_no").len().iter_rows())
    listed = {row["list_no"]: row for row in record.lists.iter_rows(named=True)}
    notes = []
    for no, (reason, remedy) in sorted(found.items()):
        sheet, rows = listed[no], counts.get(no, 0)
        said = f"{sheet['file']}, sheet {sheet['sheet']}: {reason}; its {rows:,} rows are not read"
        notes.append(
            {k: sheet[k] for k in ("sha256", "folder", "file", "sheet")}
            | {
                "row": None,
                "what": "sheet",
                "reason": said,
                "remedy": remedy,
                "cells": json.dumps({"rows": rows}),
            }
        )
    keep = ~pl.col("list_no").is_in(list(found))
    return Record(
        record.lists.filter(keep),
        record.rows.filter(keep),
        record.printed,
        pl.concat([record.quarantine, pl.DataFrame(notes, schema=QUARANTINE)]),
    ).canonical()


Found = tuple[int, tuple[str, str]]


def _days_unnamed(record: Record) -> Iterator[Found]:
    """Lists without SIGNED, in which half of the rows have a day in a column without a name."""
    other = record.printed.filter(pl.col("other").is_not_null()).select("printed_no", "other")
    if other.is_empty():
        return
    unsigned = record.lists.filter(~pl.col("cells").list.contains("signed"))["list_no"].implode()
    rows = record.rows.filter(pl.col("list_no").is_in(unsigned))
    sizes = dict(rows.group_by("list_no").len().iter_rows())
    days: dict[tuple[int, str], int] = {}
    for no, cells in rows.join(other, on="printed_no").select("list_no", "other").iter_rows():
        for column, text in json.loads(cells).items():
            if isinstance(text, str) and read_date(text, 9999)[0]:
                days[no, column] = days.get((no, column), 0) + 1
    for (no, column), n in sorted(days.items()):
        if n >= SHARE * sizes[no]:
            yield (
                no,
                (
                    f"column {column!r} holds days and none is named SIGNED, so it cannot be told whether "
                    "the list is of participating or of pending agencies",
                    "if it is the signing day, add its header to sources/ice_lists/headers.csv; build again",
                ),
            )


def _second_sheets(record: Record) -> Iterator[Found]:
    """Of several sheets of one document and one kind, all but the longest."""
    sheets = record.lists.select(
        "list_no", "folder", "file", "sha256", signed=pl.col("cells").list.contains("signed")
    ).join(record.rows.group_by("list_no").len(), on="list_no", how="left")
    key = ["folder", "file", "sha256", "signed"]
    for group in sheets.filter(pl.len().over(key) > 1).sort("len", descending=True).partition_by(key):
        for no in group.sort("len", "list_no", descending=[True, False], nulls_last=True)["list_no"][1:]:
            yield (
                no,
                (
                    "another sheet of the document is a longer list of the same kind",
                    "if both are lists of their own, save them as documents of their own",
                ),
            )


def _empty(record: Record) -> Iterator[Found]:
    """Participating lists of which no row is printed."""
    filled = record.rows["list_no"].unique().implode()
    empty = record.lists.filter(pl.col("cells").list.contains("signed") & ~pl.col("list_no").is_in(filled))
    for no in empty["list_no"]:
        yield no, ("a header and no row under it", "fetch the document again; no list is no count of zero")
