"""Every list held, in order."""

from __future__ import annotations

import sqlite3
from typing import Any

#: Models that every list is counted by, and those told only where a list has them.
ALWAYS = ("jem", "tfm", "wso")
RARELY = ("hybrid", "other")


def lists(db: sqlite3.Connection, kind: str | None = None) -> list[dict[str, Any]]:
    """One row a list, in order of kind and instant.

    Returns:
        ``file``, ``kind``, ``at``, ``decided_by``, ``reason``, ``repeats`` (the file it repeats,
        or None), ``stale``, ``rows``, ``states``, ``territories``, ``agencies`` (names evened),
        ``by_model``, ``folder``, ``sha256``, ``list_id``.
    """
    rows = db.execute("SELECT * FROM list WHERE ? IS NULL OR kind = ? ORDER BY list_no", (kind, kind))
    return [
        {
            **{key: r[key] for key in ("file", "kind", "at", "decided_by", "reason", "repeats")},
            "stale": bool(r["stale"]),
            **{key: r[key] for key in ("rows", "states", "territories", "agencies")},
            "by_model": {m: r[m] for m in ALWAYS + RARELY if m in ALWAYS or r[m]},
            **{key: r[key] for key in ("folder", "sha256", "list_id")},
        }
        for r in rows
    ]
