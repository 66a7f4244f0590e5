"""Cells as text, the way they are printed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence

from ..cell_names import column_letters
from .table import Table, Value
from .unwrap import scrub, unwrap


def printed(value: Value) -> str | None:
    """A cell's text: None when blank, text verbatim, a date as ISO (with time if it has one).

    Mailboxes in text become ``{mailbox}``; see :func:`scrub`.
    """
    if isinstance(value, str):
        return scrub(value) or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        hours, seconds = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02}:{seconds % 60:02}"
    return str(value)


def is_date(value: Value) -> bool:
    """Whether a spreadsheet holds the cell as a date, not as text that looks like one."""
    return isinstance(value, dt.date)


def is_blank(row: Iterable[Value]) -> bool:
    """Whether a row shows nothing (white space shows nothing)."""
    return all(isinstance(value, str) and not value.strip() for value in row)


def to_json(cells: Mapping[str, str]) -> str:
    """Cells as a JSON object."""
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def row_as_json(table: Table, index: int) -> str:
    """Row ``index`` of the grid as a JSON object: filled cells by column letters, links as "link:G"."""
    row: Sequence[Value] = table.grid[index] if index < len(table.grid) else ()
    number = table.top + index + 1
    cells = {
        column_letters(table.left + i): text
        for i, value in enumerate(row)
        if (text := printed(value)) is not None
    }
    places = [(column, f"{column_letters(column)}{number}") for column in table.links.columns()]
    targets = [(column, target) for column, cell in places if (target := table.links.get(cell)) is not None]
    targets += [(column, target) for column, at, target in table.more_links if at == number]
    for column, target in targets:
        url, _ = unwrap(target)
        name = f"link:{column_letters(column)}"
        while name in cells:
            name += "'"
        cells[name] = url or "dropped"
    return to_json(cells)
