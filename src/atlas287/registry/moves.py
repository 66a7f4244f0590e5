"""What a build changed against the one before it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

#: With every new list the last one moves for all that is active; that is no news.
_LAST = "CASE status WHEN 'active' THEN NULL ELSE last_listed END"
#: By table: the id, and the columns whose change is worth telling.
_WATCHED = {
    "agency": ("agency_id", f"name, status, models, first_listed, {_LAST}"),
    "agreement": ("agreement_id", f"model, signed_on, status, first_listed, {_LAST}, memorandum"),
    "event": ("event_id", "kind, at, detail"),
    "list": ("list_id", "decided_by, repeats, rows, stale"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """How one table moved: ids added, gone, and changed (with the row before and after)."""

    table: str
    added: list[str]
    gone: list[str]
    changed: list[str]


def moves(old: sqlite3.Connection, new: sqlite3.Connection) -> list[Move]:
    """The difference between two registers, table by table."""
    out = []
    for table, (key, columns) in _WATCHED.items():
        before, after = (_rows(db, f"SELECT {key}, {columns} FROM {table}") for db in (old, new))
        out.append(
            Move(
                table,
                sorted(after.keys() - before.keys()),
                sorted(before.keys() - after.keys()),
                sorted(k for k in before.keys() & after.keys() if before[k] != after[k]),
            )
        )
    return out


def _rows(db: sqlite3.Connection, query: str) -> dict[str, tuple[object, ...]]:
    cursor = db.cursor()
    cursor.row_factory = None  # plain tuples, which compare at once
    return {row[0]: row for row in cursor.execute(query)}
