"""Rows of an answer as CSV or Parquet: whatever is nested in them laid flat."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO, Any

Row = dict[str, Any]


def flat(row: Row) -> Row:
    """A row without nesting: what is in a dictionary gets its key before its own, lists become text."""
    out: Row = {}
    for key, value in row.items():
        if isinstance(value, dict):
            out |= {f"{key}_{inner}": v for inner, v in flat(value).items()}
        elif isinstance(value, list | tuple):
            out[key] = ";".join(map(_item, value))
        else:
            out[key] = value
    return out


def _item(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_item(v) for v in value.values())
    return "" if value is None else str(value)


def write_csv(rows: Iterable[Row], file: IO[str]) -> None:
    """Rows as CSV with a header, empty where a value is missing."""
    table = [flat(row) for row in rows]
    columns = list(dict.fromkeys(column for row in table for column in row))
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)


def csv_bytes(rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    write_csv(rows, out)
    return out.getvalue().encode()


def parquet_bytes(rows: Sequence[Row]) -> bytes:
    """Rows as Parquet; the same rows give the same bytes."""
    import polars as pl

    out = io.BytesIO()
    pl.DataFrame([flat(row) for row in rows], infer_schema_length=None).write_parquet(out, compression="zstd")
    return out.getvalue()
