"""Rows of one layout of columns, turned into the record's rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from ..cell_names import column_letters
from ..record import CELLS
from .cells import is_blank, is_date, printed, to_json
from .headers import Header
from .table import Value
from .unwrap import is_address, unwrap

#: One row of the record's `printed` table, without its number.
Content = tuple[str | None, ...]


class Verdict(IntEnum):
    """What a row is when it is no listing; below zero, where rows have numbers."""

    BLANK = -1
    NO_AGENCY = -2
    HEADER_AGAIN = -3
    LINK_ONLY = -4


@dataclass(frozen=True)
class Layout:
    """How to read the rows under a header.

    ``left`` is the 0-based column where the grid's rows begin; ``linked`` are the columns
    (from A) that carry links, in the order in which a row's targets are given.
    """

    header: Header
    left: int
    linked: tuple[int, ...]

    def read(
        self, row: tuple[Value, ...], targets: tuple[str | None, ...], more: tuple[tuple[int, str], ...] = ()
    ) -> Content | Verdict:
        """The record's content for a row of cells with the targets of its links."""
        links = [
            (column, target)
            for column, target in zip(self.linked, targets, strict=True)
            if target is not None
        ]
        links += more
        if is_blank(row):
            return Verdict.LINK_ONLY if links else Verdict.BLANK
        texts = [printed(value) for value in row]
        if ("",) * self.left + tuple(text or "" for text in texts) == self.header.columns:
            return Verdict.HEADER_AGAIN
        cells: dict[str, str | None] = dict.fromkeys(CELLS)
        other: dict[str, str] = {}
        signed_as: str | None = None
        for i, text in enumerate(texts):
            column = self.left + i
            name = self.header.cells[column] if column < len(self.header.cells) else ""
            if name:
                cells[name] = text
                if name == "signed" and text is not None:
                    signed_as = "date" if is_date(row[i]) else "text"
            elif text is not None:
                _put(other, self.header.name(column), column, text)
        if not (cells["agency"] or "").strip():
            return Verdict.NO_AGENCY
        found = {name: _address(cells[name]) for name in ("moa", "addendum")}
        taken: set[str] = set()
        for column, target in links:
            name = self.header.cells[column] if column < len(self.header.cells) else ""
            url, rules = unwrap(target)
            if name in found and name not in taken:
                taken.add(name)
                if url is not None or found[name][0] is None:
                    found[name] = url, rules
            else:
                if url is not None:
                    _put(other, f"link:{self.header.name(column)}", column, url)
                if rules is not None:
                    _put(other, f"unwrapped:{self.header.name(column)}", column, rules)
        said = to_json(other) if other else None
        return (*cells.values(), signed_as, *found["moa"], *found["addendum"], said)


def _address(text: str | None) -> tuple[str | None, str | None]:
    """The link of a cell whose text is itself an address."""
    return unwrap(text) if text is not None and is_address(text) else (None, None)


def _put(other: dict[str, str], name: str, column: int, text: str) -> None:
    """Keep ``text`` under ``name``, told apart by its column where the name is taken."""
    if name in other:
        name = f"{name} (column {column_letters(column)})"
    while name in other:
        name += "'"
    other[name] = text
