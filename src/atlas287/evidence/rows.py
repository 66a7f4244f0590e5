"""Reading a table of evidence (CSV): every cell is held to what its column may say."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import EvidenceError
from ..registry.text import STATE_NAMES

#: A row as read: a value a column, None where a cell is empty, and ``line`` of the file.
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column's cells may say: how one is read (ValueError if it cannot be), and the remedy."""

    read: Callable[[str], Any]
    remedy: str
    needed: bool = True

    @property
    def optional(self) -> Cell:
        return replace(self, needed=False)


def partial_day(text: str) -> str:
    """A year, a month or a day that there is (YYYY, YYYY-MM, YYYY-MM-DD); ValueError otherwise."""
    whole = {4: f"{text}-01-01", 7: f"{text}-01", 10: text}.get(len(text), "")
    date.fromisoformat(whole)
    return text


def number(text: str) -> int | float:
    """A number in plain digits; ValueError otherwise."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise ValueError(text)
    return float(text) if "." in text else int(text)


def _shaped(pattern: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return read


def one_of(known: Collection[str]) -> Cell:
    """Cells that say one of a few words."""

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return Cell(read, f"write one of {', '.join(known)}")


TEXT = Cell(str, "write a line of text")
ID = Cell(_shaped(r"[a-z0-9]+(-[a-z0-9]+)*"), "write small letters and digits, with hyphens between")
ADDRESSES = Cell(
    lambda text: [_shaped(r"https?://[^\s<>\"]+")(part) for part in text.split(" ")],
    "write addresses that begin with http:// or https://, a space between",
)
NUMBER = Cell(number, "write plain digits, without thousands marks or units")
DAY = Cell(partial_day, "write YYYY, YYYY-MM or YYYY-MM-DD")
FIPS = Cell(_shaped(r"\d{5}"), "write the county's five digits")
STATE = replace(one_of(STATE_NAMES), remedy="write the postal code of a state or territory, such as FL")


def read_rows(path: Path, columns: Mapping[str, Cell], key: str) -> list[Row]:
    """The rows of a table.

    Args:
        columns: every column the file has, in order, and what its cells may say.
        key: the column that no two rows may say alike.

    Raises:
        EvidenceError: the header is another, or a cell says what it cannot; the message names
            file, line and column.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvidenceError(f"{path.name} cannot be read: {error}", remedy="save it as UTF-8") from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    rows: list[Row] = []
    lines: dict[str, int] = {}
    try:
        if tuple(reader.fieldnames or ()) != tuple(columns):
            raise EvidenceError(
                f"{path.name}: the header is not as expected", remedy=f"it is: {','.join(columns)}"
            )
        for raw in reader:
            row = _read(path.name, reader.line_num, raw, columns)
            if (first := lines.get(row[key])) is not None:
                raise EvidenceError(
                    f"{path.name}, line {reader.line_num}: {key} {row[key]!r} stands on line {first} too",
                    remedy="give each row its own",
                )
            lines[row[key]] = reader.line_num
            rows.append(row)
    except csv.Error as error:
        raise EvidenceError(
            f"{path.name}, line {reader.line_num}: {error}", remedy="quote cells that hold a comma or a quote"
        ) from error
    return rows


def _read(name: str, line: int, raw: Mapping[str | None, Any], columns: Mapping[str, Cell]) -> Row:
    at = f"{name}, line {line}"
    if None in raw or None in raw.values():
        raise EvidenceError(
            f"{at}: the row has {'more' if None in raw else 'fewer'} cells than the header",
            remedy="quote cells that hold a comma",
        )
    row: Row = {"line": line}
    for column, cell in columns.items():
        said = raw[column]
        if said != said.strip():
            raise EvidenceError(f"{at}: {column} begins or ends with a space", remedy="take it out")
        if not said:
            if cell.needed:
                raise EvidenceError(f"{at}: {column} is empty", remedy=cell.remedy)
            row[column] = None
            continue
        try:
            row[column] = cell.read(said)
        except ValueError as error:
            raise EvidenceError(f"{at}: {column} says {said[:60]!r}", remedy=cell.remedy) from error
    return row
