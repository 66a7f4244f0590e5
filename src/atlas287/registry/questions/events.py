"""What the list gained, lost and changed, event by event."""

from __future__ import annotations

import sqlite3
from typing import Any

_SELECT = """
    SELECT e.event_id, e.kind, e.at, e.before_at, g.agency_id, g.name, g.state, a.agreement_id, a.model,
           a.signed_on, e.detail, e.confirmed, e.delta, l.file AS list, b.file AS list_before
    FROM event e JOIN agency g USING (agency_no) LEFT JOIN agreement a ON a.agreement_no = e.agreement_no
    LEFT JOIN list l ON l.list_no = e.list_no LEFT JOIN list b ON b.list_no = e.before_list_no
    WHERE e.at >= ?1 AND e.at < ?2 AND (?3 IS NULL OR g.state = ?3) AND (?4 IS NULL OR g.agency_id = ?4)
      AND (?5 OR e.before_at IS NOT NULL)
    ORDER BY e.at DESC, g.state, g.name, e.event_no LIMIT ?6
"""


def events(
    db: sqlite3.Connection,
    since: str | None = None,
    until: str | None = None,
    state: str | None = None,
    agency_id: str | None = None,
    first_list: bool = False,
    limit: int = -1,
) -> list[dict[str, Any]]:
    """Events, the newest first.

    Args:
        since, until: days (or beginnings of instants) of the lists that show them; ``since`` is
            included, ``until`` is not.
        first_list: also what stands on the first list held, of which nobody knows when it came.
        limit: at most so many; all, unless told.

    Returns:
        ``event_id``, ``kind``, ``at`` and ``before_at`` (the two lists that show it, by name
        ``list`` and ``list_before``), ``agency_id``, ``name``, ``state``, ``agreement_id``,
        ``model`` and ``signed_on`` (None where the event is the agency's), ``detail``,
        ``confirmed``, ``delta`` (what it does to the number of agreements).
    """
    rows = db.execute(_SELECT, (since or "", until or "9999", state, agency_id, first_list, limit))
    return [{**dict(r), "detail": r["detail"] or None, "confirmed": bool(r["confirmed"])} for r in rows]


def months(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """By month with an event, the newest first: ``month``, ``events``, ``listed`` and ``removed``
    (agreements that came to the list and left it)."""
    rows = db.execute(
        "SELECT substr(at, 1, 7) AS month, count(*) AS events, sum(delta > 0) AS listed, "
        "sum(delta < 0) AS removed FROM event WHERE before_at IS NOT NULL GROUP BY 1 ORDER BY 1 DESC"
    )
    return [dict(r) for r in rows]
