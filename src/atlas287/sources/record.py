"""The record: every list as printed, in three small tables that hold every cell.

A list reprints most of its rows from the day before, so the record keeps each distinct
row once (`printed`) and, for every list, which of them stood in which row (`rows`).
1,252 lists of 384,782 rows come to about eight thousand distinct rows. Nothing is lost:
``Record.listings()`` gives the flat table back, cell for cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

#: Columns of ICE's lists by the names the record gives them. All are text as printed.
CELLS = ("state", "agency", "type", "county", "support_type", "signed", "moa", "addendum")

#: A cell may hold the address of the archived page it was copied from, with the moment of
#: capture in it. The moment is the list's own, so it is kept once, with the list.
CAPTURE = "{capture}"

LISTS = pl.Schema(
    {
        "list_no": pl.UInt32(),
        "sha256": pl.String(),  # of the document
        "folder": pl.String(),  # where it lay when it was received: a hint, never evidence
        "file": pl.String(),
        "publisher": pl.String(),  # who made the document: "ice" or a transcriber
        "address": pl.String(),  # public address, derived from the file name
        "captured": pl.String(),  # YYYYMMDDhhmmss (UTC) in the file name, else null
        "saved_at": pl.Datetime("us"),  # the workbook's own "modified" stamp (UTC)
        "sheet": pl.String(),
        "header_row": pl.UInt32(),  # 1-based, as a spreadsheet shows it
        "columns": pl.List(pl.String()),  # header cells as printed, from column A
        "cells": pl.List(pl.String()),  # the record's name for each of them ("" = none)
        "blank_rows": pl.UInt32(),
    }
)
ROWS = pl.Schema({"list_no": pl.UInt32, "row": pl.UInt32, "printed_no": pl.UInt32})
_PRINTED: dict[str, pl.DataType] = {
    "printed_no": pl.UInt32(),
    **{cell: pl.String() for cell in CELLS},
    "signed_as": pl.String(),  # "date" (ISO value of a date cell), "text", or null
    "moa_link": pl.String(),  # unwrapped; http(s) only
    "moa_unwrapped": pl.String(),  # rules applied, outermost first: "safelinks", ...
    "addendum_link": pl.String(),
    "addendum_unwrapped": pl.String(),
    "other": pl.String(),  # JSON object: cells of columns that the record has no name for
}
PRINTED = pl.Schema(_PRINTED)
QUARANTINE = pl.Schema(
    {
        "sha256": pl.String,
        "folder": pl.String,
        "file": pl.String,
        "sheet": pl.String,  # null: the whole document
        "row": pl.UInt32,  # null: the whole sheet
        # Lost: "document", "sheet", "row". Noted: "not a list", "column", "title", "link", "cell".
        "what": pl.String,
        "reason": pl.String,
        "remedy": pl.String,
        "cells": pl.String,  # JSON: what was there, so that nothing is lost
    }
)


@dataclass(frozen=True)
class Record:
    """Every list as printed.

    ``lists``, ``rows``, ``printed`` and ``quarantine`` have the schemas above;
    ``printed`` holds no two equal rows, and each ``(list_no, row)`` occurs once.
    """

    lists: pl.DataFrame
    rows: pl.DataFrame
    printed: pl.DataFrame
    quarantine: pl.DataFrame

    @classmethod
    def empty(cls) -> Record:
        return cls(*(pl.DataFrame(schema=s) for s in (LISTS, ROWS, PRINTED, QUARANTINE)))

    @classmethod
    def read(cls, folder: Path) -> Record:
        """Read the four Parquet files that :meth:`write` makes."""
        return cls(*(pl.read_parquet(folder / f"{name}.parquet") for name in cls._names()))

    def write(self, folder: Path, level: int = 19) -> None:
        """Write the record as four Parquet files; ``level`` is zstd's, 19 the smallest."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in self._names():
            frame: pl.DataFrame = getattr(self, name)
            frame.write_parquet(folder / f"{name}.parquet", compression="zstd", compression_level=level)

    @staticmethod
    def _names() -> tuple[str, ...]:
        return ("lists", "rows", "printed", "quarantine")

    @classmethod
    def union(cls, records: Sequence[Record]) -> Record:
        """Put records together: one sighting (folder, file, document, sheet) counts once.

        The result is canonical, so it does not depend on the order of the arguments.
        """
        sightings, rows, printed = [], [], []
        lists_before = printed_before = 0
        for record in records:
            sightings.append(record.lists.with_columns(pl.col("list_no") + lists_before))
            rows.append(
                record.rows.with_columns(
                    pl.col("list_no") + lists_before, pl.col("printed_no") + printed_before
                )
            )
            printed.append(record.printed.with_columns(pl.col("printed_no") + printed_before))
            lists_before += (_top(record.lists, "list_no")) + 1
            printed_before += (_top(record.printed, "printed_no")) + 1
        if not sightings:
            return cls.empty()
        key = ["sha256", "folder", "file", "sheet"]
        lists = pl.concat(sightings).unique(key, keep="first", maintain_order=True)
        return cls(
            lists,
            pl.concat(rows).join(lists.select("list_no"), on="list_no", how="semi"),
            pl.concat(printed),
            pl.concat([r.quarantine for r in records]).unique(),
        ).canonical()

    def canonical(self) -> Record:
        """The same record with numbers that follow from its contents alone.

        Lists are numbered in order of folder, file, sheet and document; distinct rows in order
        of their cells. Equal rows become one.
        """
        lists = self.lists.sort("folder", "file", "sheet", "sha256").with_row_index("new")
        content = [c for c in PRINTED if c != "printed_no"]
        used = self.printed.join(self.rows.select("printed_no").unique(), on="printed_no", how="semi")
        distinct = used.select(content).unique().sort(content, nulls_last=True).with_row_index("new")
        renumber = used.join(distinct, on=content, nulls_equal=True).select("printed_no", new_printed="new")
        rows = (
            self.rows.join(lists.select("list_no", new_list="new"), on="list_no")
            .join(renumber, on="printed_no")
            .select(pl.col("new_list").alias("list_no"), "row", pl.col("new_printed").alias("printed_no"))
            .sort("list_no", "row")
        )
        return Record(
            lists.drop("list_no").rename({"new": "list_no"}).select(list(LISTS)).cast(LISTS),
            rows.cast(ROWS),
            distinct.rename({"new": "printed_no"}).select(list(PRINTED)).cast(PRINTED),
            self.quarantine.sort(list(QUARANTINE), nulls_last=True),
        )

    def only(self, sightings: set[tuple[str, str, str]]) -> Record:
        """The part of the record of these sightings, each (folder, file, sha256)."""
        keep = pl.DataFrame(list(sightings), schema=["folder", "file", "sha256"], orient="row")
        key = keep.columns
        lists = self.lists.join(keep, on=key, how="semi")
        return Record(
            lists,
            self.rows.join(lists.select("list_no"), on="list_no", how="semi"),
            self.printed,
            self.quarantine.join(keep, on=key, how="semi"),
        )

    def digest(self) -> str:
        """A digest of the sightings and of what could not be read; equal records agree."""
        seen = hashlib.sha256()
        for frame in (self.lists, self.quarantine):
            for key in sorted(frame.select("folder", "file", "sha256", pl.col("sheet").fill_null("")).rows()):
                seen.update("\0".join(key).encode() + b"\n")
        return seen.hexdigest()

    def listings(self, lists: pl.DataFrame | None = None) -> pl.DataFrame:
        """The flat table: one row a row of a list, every cell as printed.

        Args:
            lists: the rows of ``self.lists`` whose listings are wanted; all, if None.

        Returns:
            ``list_no``, ``row``, ``folder``, ``file``, ``sheet``, ``sha256``, the cells, the links.
        """
        wanted = self.lists if lists is None else lists
        flat = self.rows.join(
            wanted.select("list_no", "folder", "file", "sheet", "sha256", "captured"), on="list_no"
        )
        flat = flat.join(self.printed, on="printed_no").sort("list_no", "row")
        return flat.with_columns(
            pl.col(c).str.replace_all(CAPTURE, pl.col("captured").fill_null(CAPTURE), literal=True)
            for c in CELLS
        ).drop("captured", "printed_no")


def _top(frame: pl.DataFrame, column: str) -> int:
    top = frame[column].max()
    return top if isinstance(top, int) else -1
