"""Links by cell, kept the way workbooks keep them: cell to key, key to target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import methodcaller
from xml.sax.saxutils import escape

from ..cell_names import column_index, column_letters

#: A target as XML holds it: UTF-8, with "&amp;" for "&". Most are compared and never read.
Raw = bytes

_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_letters = methodcaller("rstrip", b"0123456789")  # asked of every link
_LONGEST_KEPT = 20_000
_names: dict[int, list[bytes]] = {}


class Links:
    """The links of a table: a cell's name ("G5") leads to a target.

    Lists of a day repeat most links of the day before, in another order and under other
    keys. So cells and targets are joined only for the columns that are asked for, by
    look-ups that run without a loop in Python.
    """

    def __init__(
        self, keys: dict[bytes, bytes] | None = None, targets: dict[bytes, Raw] | None = None
    ) -> None:
        self._keys = {} if keys is None else keys
        self._targets = {} if targets is None else targets

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, cell: str, target: str) -> None:
        """Give a cell a link, unless it has one. For links made without ``targets``."""
        name = cell.encode()
        if name not in self._keys:
            raw = escape(target).encode("utf-8", "replace")
            self._keys[name] = self._targets[raw] = raw

    def get(self, cell: str) -> str | None:
        """The target of a cell's link."""
        raw = self._targets.get(self._keys.get(cell.encode(), b""))
        return None if raw is None else plain(raw)

    def columns(self) -> tuple[int, ...]:
        """The columns (0-based, from column A) that have links, in order."""
        return tuple(sorted(column_index(letters.decode()) for letters in set(map(_letters, self._keys))))

    def in_column(self, column: int, rows: range) -> list[Raw | None]:
        """The targets in one column, row by row (1-based), None where there is no link."""
        keys = map(self._keys.get, _cell_names(column, rows))
        return list(map(self._targets.get, keys))  # type: ignore[arg-type] # None is no key

    def items(self) -> Iterator[tuple[str, str]]:
        """Cells and targets."""
        return ((cell.decode(), plain(self._targets[key])) for cell, key in self._keys.items())


def plain(raw: Raw) -> str:
    """A target as text."""
    text = raw.decode("utf-8", "replace")
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, named = match.groups()
    if named:
        return _NAMED[named]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""


def _cell_names(column: int, rows: range) -> list[bytes]:
    made = _names.get(column, [])
    if len(made) < rows.stop:
        letters = column_letters(column)
        made = [f"{letters}{row}".encode() for row in range(max(rows.stop, 2_000))]
        if column < 26 and len(made) < _LONGEST_KEPT:
            _names[column] = made
    return made[rows.start : rows.stop]
