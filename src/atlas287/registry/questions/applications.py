"""Applications: who stood on ICE's lists of pending agencies, and what became of it."""

from __future__ import annotations

import sqlite3
from typing import Any


def applications(
    db: sqlite3.Connection, state: str | None = None, status: str | None = None
) -> list[dict[str, Any]]:
    """Every application that a pending list ever printed, the latest first.

    Returns:
        ``application_id``, ``agency_id``, ``name``, ``state``, ``model``, ``first_pending``,
        ``last_pending``, ``status`` (pending, became, not_on_latest, gone), ``became`` (the
        agreement's id, or None).
    """
    rows = db.execute(
        "SELECT p.application_id, g.agency_id, g.name, g.state, p.model, p.first_pending, p.last_pending, "
        "p.status, a.agreement_id AS became FROM application p JOIN agency g USING (agency_no) "
        "LEFT JOIN agreement a ON a.agreement_no = p.became "
        "WHERE (?1 IS NULL OR g.state = ?1) AND (?2 IS NULL OR p.status = ?2) "
        "ORDER BY p.last_pending DESC, g.state, g.name, p.model",
        (state, status),
    )
    return [dict(r) for r in rows]
