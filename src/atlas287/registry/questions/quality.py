"""The QA table, and what was quarantined."""

from __future__ import annotations

import json
import sqlite3
from typing import Any


def checks(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """One row a check of the build: ``name``, ``what``, ``expected``, ``found``, ``result``
    (pass, fail, info), ``rows``."""
    return [{**dict(r), "rows": json.loads(r["rows"])} for r in db.execute("SELECT * FROM checks")]


def quarantine(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """What could not be read: file, sheet, row, reason and remedy."""
    return [dict(r) for r in db.execute("SELECT * FROM quarantine ORDER BY what, file, sheet, row")]


def candidates(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Spellings that may be one agency's and that nobody has decided."""
    return [
        dict(r)
        for r in db.execute(
            "SELECT c.state, c.one, c.other, c.why, l.file FROM candidate c "
            "LEFT JOIN list l USING (list_no) ORDER BY 1, 2"
        )
    ]
