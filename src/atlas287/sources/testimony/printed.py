"""What a source other than ICE's lists says of agencies, as it prints it.

Each row of a source is taken apart into statements, one a fact: signed, stood, seen, pending,
withdrew … Days stay as printed; :mod:`atlas287.registry.testimony` reads them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from ...errors import BuildError

#: One statement a row; every cell as printed. ``row`` is the row below the header, the first is 1.
SCHEMA = {
    "source": pl.String(),
    "row": pl.UInt16(),
    "state": pl.String(),
    "agency": pl.String(),
    "model": pl.String(),
    "says": pl.String(),
    "day": pl.String(),
    "until": pl.String(),
}

#: What says that an agency signed.
SIGNED = ("signed", "signed (file name)")
#: What a statement can say of an agency, and what its ``day`` is.
SAYS = {
    "signed": "a memorandum was signed on the day",
    "signed (file name)": "the name of a memorandum's file bears the day",
    "stood": "it stood on the source's list, which is of the day",
    "seen": "it stood on every roster held from the day until another",
    "addendum": "an addendum to its memorandum was signed on the day",
    "misdated addendum": "an addendum bears the day, which is after the source's last sight of it",
    "pending": "its new memorandum was pending on the day",
    "negotiating": "its new memorandum was in negotiation on the day",
    "withdrew": "it had withdrawn by the day",
}


class Statement(NamedTuple):
    """One fact that a row of a source states, as printed."""

    row: int
    state: str
    agency: str
    model: str | None
    says: str
    day: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source of testimony.

    Attributes:
        as_of: the day it speaks for, or the last of them.
        rank: where sources contradict each other on one fact, the lowest goes first.
        full: whether it means to name every agency taking part on ``as_of``, so that who is
            not on it may have left.
    """

    id: str
    title: str
    publisher: str
    as_of: str
    rank: int
    full: bool
    file: str
    columns: tuple[str, ...]


def rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a source's file by number, its cells tidied of outer space.

    Raises:
        BuildError: the file is no CSV in UTF-8, lacks a column, or a row has other cells than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(path, csv.DictReader(file), columns)
    except (UnicodeDecodeError, csv.Error) as error:
        raise BuildError(
            f"{path.name} cannot be read: {error}", remedy="save it as CSV in UTF-8, commas between cells"
        ) from error


def _rows(
    path: Path, reader: csv.DictReader[str], columns: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    if missing := [c for c in columns if c not in (reader.fieldnames or ())]:
        raise BuildError(
            f"{path.name} has no column {', '.join(missing)}",
            remedy=f"its header names: {', '.join(columns)}",
        )
    for number, row in enumerate(reader, start=1):
        if None in row or None in row.values():
            raise BuildError(
                f"{path.name}, row {number}: {'more' if None in row else 'fewer'} cells than the header",
                remedy="quote cells that hold a comma",
            )
        yield number, {column: cell.strip() for column, cell in row.items()}


def days(cell: str) -> list[str]:
    """The days of a cell that holds several, as printed."""
    return [day.strip() for day in cell.split(";") if day.strip()]


def frame(source: Source, statements: Sequence[Statement]) -> pl.DataFrame:
    """Statements as a frame of :data:`SCHEMA`."""
    made = pl.DataFrame(
        [(s.row, s.state, s.agency, s.model or None, s.says, s.day, s.until) for s in statements],
        schema={name: kind for name, kind in SCHEMA.items() if name != "source"},
        orient="row",
    )
    return made.select(pl.lit(source.id).alias("source"), pl.all())
