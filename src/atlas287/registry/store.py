"""Writing a register as one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from .schema import INDEXES, TABLES, VIEWS, Row


def write_register(path: Path, tables: Mapping[str, Iterable[Row]], meta: Mapping[str, str]) -> None:
    """Write all tables to a new file at ``path``; the file is whole when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        # A build that is cut short is thrown away whole, so no journal is kept.
        db.execute("PRAGMA journal_mode=OFF")
        db.execute("PRAGMA synchronous=OFF")
        db.execute("BEGIN")
        for table in TABLES.values():
            db.execute(table.ddl)
        fill(db, "meta", meta.items())
        for name, rows in tables.items():
            fill(db, name, rows)
        for statement in (*INDEXES, *VIEWS):
            db.execute(statement)
        db.execute("COMMIT")


def fill(db: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    marks = ",".join("?" * len(TABLES[table].columns))
    db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
