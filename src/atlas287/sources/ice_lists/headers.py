"""Which column is which: by the printed header alone, never by what the cells hold.

A header is matched as printed (case, space and punctuation aside), then by the synonyms of
`headers.csv`, then by spelling, where that leaves one reading. Two columns that both read
as the same cell are not told apart by guessing: neither is taken.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from rapidfuzz import fuzz, process

from ..cell_names import column_letters
from ..record import CELLS
from .cells import printed
from .table import Table

#: A list without these cannot be read.
REQUIRED = ("state", "agency", "support_type")
#: Rows in which the header is looked for.
SEARCHED_ROWS = 25
#: Likeness (0-100) from which a misspelt header is taken, for names of five letters and more.
LIKENESS = 88.0
_SHORTEST, _LONGEST, _COMPARED = 5, 40, 200


@dataclass(frozen=True)
class Header:
    """A header row as read.

    ``columns`` are the texts as printed and ``cells`` the record's name for each ("" =
    none). ``twice`` gives the columns that compete for one cell and so are left alone.
    """

    columns: tuple[str, ...]
    cells: tuple[str, ...]
    twice: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The required cells that no single column was identified for."""
        return tuple(name for name in REQUIRED if name not in self.cells)

    @property
    def recognized(self) -> int:
        """How many different cells its columns stand for, competing ones included."""
        return len({name for name in self.cells if name} | {name for name, _ in self.twice})

    def name(self, index: int) -> str:
        """A column as a person would call it: its header, or its letters where that is blank."""
        text = self.columns[index].strip() if index < len(self.columns) else ""
        return text or f"column {column_letters(index)}"


@dataclass(frozen=True)
class _Known:
    """A row of headers.csv; ``first`` marks the header that ICE's lists print."""

    cell: str
    beside: str
    first: bool


def key(text: str) -> str:
    """A header without case, space and punctuation."""
    return "".join(filter(str.isalnum, text.casefold()))


@cache
def _known() -> dict[str, list[_Known]]:
    known: dict[str, list[_Known]] = {}
    seen: set[str] = set()
    text = resources.files(__package__).joinpath("headers.csv").read_text(encoding="utf-8")
    for line in csv.DictReader(text.splitlines()):
        cell = line["cell"]
        known.setdefault(key(line["printed"]), []).append(_Known(cell, key(line["beside"]), cell not in seen))
        seen.add(cell)
    return known


def find_header(table: Table) -> tuple[int, Header] | None:
    """The grid's index of the header row, and the header.

    The first row with all required cells; failing that, the row with most recognized ones,
    two at least; failing that None.
    """
    best: tuple[int, Header] | None = None
    for index, row in enumerate(table.grid[: max(0, SEARCHED_ROWS - table.top)]):
        texts = ("",) * table.left + tuple(printed(value) or "" for value in row)
        header = read_header(texts)
        if not header.missing:
            return index, header
        if header.recognized >= 2 and (best is None or header.recognized > best[1].recognized):
            best = index, header
    return best


@lru_cache(maxsize=64)
def read_header(texts: tuple[str, ...]) -> Header:
    """Read a row of texts (from column A) as a header."""
    keys = [key(text) for text in texts]
    present = set(keys)
    candidates: dict[str, list[tuple[int, int]]] = {}
    compared = 0
    for index, name in enumerate(keys):
        if not name:
            continue
        cell, rank = _exact(name, present)
        if cell is None:
            compared += 1
            cell, rank = (_alike(name), 2) if compared <= _COMPARED else (None, 2)
        if cell:
            candidates.setdefault(cell, []).append((rank, index))
    cells = [""] * len(texts)
    twice: list[tuple[str, tuple[int, ...]]] = []
    for cell, places in candidates.items():
        # The header that ICE prints is no guess, even beside another that resembles it.
        sure = [index for rank, index in places if rank == 0]
        if len(places) == 1 or len(sure) == 1:
            cells[sure[0] if sure else places[0][1]] = cell
        else:
            twice.append((cell, tuple(index for _, index in places)))
    return Header(texts, tuple(cells), tuple(twice))


def _exact(name: str, present: set[str]) -> tuple[str | None, int]:
    """The cell of a known header ("" = known to be none of them), and how sure: 0 ICE's own, 1 a synonym."""
    entries = _known().get(name, [])
    fitting = [entry for entry in entries if entry.beside and entry.beside in present]
    fitting = fitting or [entry for entry in entries if not entry.beside]
    if not fitting:
        return None, 2
    return fitting[0].cell, 0 if fitting[0].first else 1


def _alike(name: str) -> str | None:
    """The one cell whose known headers are spelt much like ``name``."""
    if not _SHORTEST <= len(name) <= _LONGEST:
        return None
    choices = [known for known in _known() if len(known) >= _SHORTEST]
    found = process.extract(name, choices, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None)
    cells = {entry.cell for known, _, _ in found for entry in _known()[known]}
    return cells.pop() if len(cells) == 1 else None


assert set(REQUIRED) <= set(CELLS)
