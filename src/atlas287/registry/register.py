"""Opening a register. Imports nothing heavy: it runs before every answer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def read_register(path: Path) -> sqlite3.Connection:
    """Open a register read-only; rows come as :class:`sqlite3.Row`.

    Threads may share the connection: SQLite, where it is built for it, lets one in at a time.
    """
    shared = sqlite3.threadsafety == 3
    db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=not shared)
    db.row_factory = sqlite3.Row
    return db


def opened_again(db: sqlite3.Connection) -> sqlite3.Connection:
    """A second connection to an open register, read-only too; closing it leaves the first alone."""
    (path,) = (r["file"] for r in db.execute("PRAGMA database_list") if r["name"] == "main")
    return read_register(Path(path))


def is_register(path: Path) -> bool:
    """Whether the file is a register whose head is whole."""
    try:
        with closing(read_register(path)) as db:
            return bool(db.execute("SELECT count(*) FROM meta").fetchone()[0])
    except sqlite3.DatabaseError:
        return False
