"""What a reader of any format hands on: rectangles of cells with their links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .links import Links
from .problems import Note

#: A cell's value as the readers give it. "" is a blank cell.
Value: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta


@dataclass
class Table:
    """One sheet of a workbook, or one table of a page.

    ``grid`` holds rows of equal width, "" where a cell is blank. ``top`` and ``left`` say
    where it begins (0-based). ``links`` are as they stand in the document, still wrapped.
    """

    sheet: str
    grid: Sequence[Sequence[Value]]
    top: int = 0
    left: int = 0
    links: Links = field(default_factory=Links)
    #: Further links of a cell that has several (pages only): (column from 0, row from 1, target).
    more_links: list[tuple[int, int, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    #: A reason to keep the cells but not to read them as a list (a hidden sheet).
    set_aside: str | None = None
    #: What tells equal sheets of several captures, and how often each names its own moment; None = not told.
    content: Content | None = None
    #: An equal sheet was seen before, so this one was not laid out.
    repeats: bool = False


@dataclass(frozen=True)
class Content:
    """A sheet apart from the moment of its capture; see `repeats.py`."""

    digest: bytes
    mentions: int


@dataclass
class Parsed:
    """A document's tables, or why there are none."""

    tables: list[Table] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    saved_at: dt.datetime | None = None
    #: How many sheets the document has, read or not.
    sheets: int = 0
