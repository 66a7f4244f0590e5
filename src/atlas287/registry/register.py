"""Opening a register. Imports nothing heavy: it runs before every answer."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def read_register(path: Path) -> sqlite3.Connection:
    """Open a register read-only; rows come as :class:`sqlite3.Row`."""
    db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    db.row_factory = sqlite3.Row
    return db
