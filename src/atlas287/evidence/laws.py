"""What happened to a state's agreements since a law or an order for or against them.

Before and after, never because: a sheriff may sign or leave for reasons of his own, and the lists
give none.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

#: What the register's table of laws must have to be joined.
_TABLE = ("state", "direction", "instrument", "enacted", "ended", "checked", "source")


def of_register(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Mandates and bans of the register's table ``state_law`` whose day somebody read, in order; none
    while a register has no such table."""
    if not set(_TABLE) <= {r["name"] for r in db.execute("PRAGMA table_info(state_law)")}:
        return []
    rows = db.execute(
        f"SELECT {', '.join(_TABLE)} FROM state_law WHERE checked AND direction IN ('mandate', 'ban') "
        "AND length(enacted) = 10 ORDER BY enacted, state, instrument"
    )
    return [dict(r) for r in rows]


def joined(
    db: sqlite3.Connection, state: str, kind: str, since: date, until: str | None = None
) -> dict[str, Any]:
    """The agreements of a state around a day.

    Args:
        kind: ``mandate`` or ``ban``.
        since: the day from which it stood.
        until: the day on which it ceased (YYYY-MM-DD), if it did.

    Returns:
        ``signed_before`` and ``signed_since`` (agreements by signing day, as far as lists print
        one), ``unsigned`` (without a day). Of a ban also ``listed_at`` (on the last list at or
        before the day), ``left_since`` (agreements that were on it and are on the newest list no
        more), ``still_listed``, ``left`` (agreement_id and the two lists its end lies between).
    """
    day = since.isoformat()
    end = until or "9999-12-31"
    before, within, undated = db.execute(
        "SELECT count(*) FILTER (WHERE signed_on < ?), "
        "count(*) FILTER (WHERE signed_on >= ? AND signed_on < ?), "
        "count(*) FILTER (WHERE signed_on IS NULL) "
        "FROM agreement JOIN agency USING (agency_no) WHERE state = ?",
        (day, day, end, state),
    ).fetchone()
    told: dict[str, Any] = {"signed_before": before, "signed_since": within, "unsigned": undated}
    if kind == "mandate":
        return told
    stood = db.execute(
        "SELECT list_no, at FROM list WHERE kind = 'participating' AND seq IS NOT NULL AND at < ? "
        "ORDER BY seq DESC LIMIT 1",
        (f"{day}T00:00",),
    ).fetchone()
    if stood is None:
        return {**told, "listed_at": None, "left_since": None, "still_listed": None, "left": []}
    rows = db.execute(
        "SELECT DISTINCT a.agreement_id, a.status, a.ended_after, a.ended_before FROM standing s "
        "JOIN agreement a USING (agreement_no) "
        "WHERE s.state = ? AND s.first_list <= ? AND s.last_list >= ? ORDER BY 1",
        (state, stood["list_no"], stood["list_no"]),
    ).fetchall()
    left = [
        {"agreement_id": r["agreement_id"], "left_between": [r["ended_after"], r["ended_before"]]}
        for r in rows
        if r["ended_before"]
    ]
    return {
        **told,
        "listed_at": {"at": stood["at"], "agreements": len(rows)},
        "left_since": len(left),
        "still_listed": len(rows) - len(left),
        "left": left,
    }
