"""From when to when each agency took part, by all sources together."""

from __future__ import annotations

import sqlite3
from typing import Any


def courses(db: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """By agency, the ends of its first and last spell; agencies that only applied are left out.

    Returns:
        ``start_from`` and ``start_to`` (its first spell began between these days), ``end_from`` and
        ``end_to`` (the last ended between these; None while one stands), ``ended``, ``spells`` (how
        many, under all models).
    """
    found: dict[str, dict[str, Any]] = {}
    for row in db.execute(
        "SELECT g.agency_id, s.* FROM spell s JOIN agency g USING (agency_no) "
        "ORDER BY g.agency_id, s.starts_by, s.model"
    ):
        ends = {"end_from": row["ends_from"], "end_to": row["ends_by"], "ended": bool(row["ended"])}
        own = found.get(row["agency_id"])
        if own is None:
            found[row["agency_id"]] = {
                "start_from": row["starts_from"], "start_to": row["starts_by"], **ends, "spells": 1
            }  # fmt: skip
            continue
        own["spells"] += 1
        if own["end_to"] is not None and (row["ends_by"] is None or row["ends_by"] > own["end_to"]):
            own |= ends
    return found
