"""The canonical export: a register's tables in a form that two builds can be compared by.

The numbers by which a register's tables point at one another hold within one build only. Here
each is replaced by what it stands for (an id, or the cells of a printed row), each table's own
number is left out, and rows are sorted; so registers that say the same export the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from .schema import TABLES

Export = dict[str, list[tuple[Any, ...]]]

#: What a number stands for: table, its number, and the column that names the thing.
_THINGS = {
    "list": ("list_no", "list_id"),
    "agency": ("agency_no", "agency_id"),
    "agreement": ("agreement_no", "agreement_id"),
    "application": ("application_no", "application_id"),
    "memorandum": ("memorandum_no", "file"),
}
#: Columns that point at a thing under a name that is not its own.
_POINTERS = {
    "first_list": "list",
    "last_list": "list",
    "before_list_no": "list",
    "superseded_by": "agreement",
    "became": "agreement",
}
#: About the build and not the record (`meta`), or told by the tables already (a check's rows).
_LEFT_OUT = {"meta": (), "checks": ("rows",)}


def canonical(db: sqlite3.Connection) -> Export:
    """Every table of a register but ``meta``, by name: its rows, sorted, free of internal numbers.

    Columns are those of :data:`schema.TABLES` without the table's own number, in that order.
    """
    names = _names(db)
    return {name: _table(db, name, names) for name in TABLES if _LEFT_OUT.get(name) != ()}


def _names(db: sqlite3.Connection) -> Mapping[str, Mapping[int, str]]:
    """By column of numbers, what each number stands for."""
    names: dict[str, dict[int, str]] = {}
    for table, (number, name) in _THINGS.items():
        names[number] = dict(iter(db.execute(f"SELECT {number}, {name} FROM {table}")))
    for column, table in _POINTERS.items():
        names[column] = names[_THINGS[table][0]]
    cells = [c.name for c in TABLES["printed"].columns if c.name != "printed_no"]
    names["printed_no"] = {
        number: json.dumps(row, ensure_ascii=False)
        for number, *row in db.execute(f"SELECT printed_no, {', '.join(cells)} FROM printed")
    }
    return names


def _table(
    db: sqlite3.Connection, name: str, names: Mapping[str, Mapping[int, str]]
) -> list[tuple[Any, ...]]:
    own = {f"{name}_no", *_LEFT_OUT.get(name, ())}
    columns = [c.name for c in TABLES[name].columns if c.name not in own]
    said = [names.get(column) for column in columns]
    rows = [
        tuple(
            value if of is None or value is None else of[value] for value, of in zip(row, said, strict=True)
        )
        for row in db.execute(f"SELECT {', '.join(columns)} FROM {name}")
    ]
    return sorted(rows, key=repr)
