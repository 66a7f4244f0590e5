"""How the program grew, on ICE's lists."""

from __future__ import annotations

import sqlite3
from typing import Any

from .newest import list_on


def growth(db: sqlite3.Connection, by: str = "month") -> list[dict[str, Any]]:
    """The number of agreements over time, on basis ``listed``.

    Returns:
        by ``month``: ``month``, ``at`` and ``file`` of its last list (None in a month of which
        no list is held), ``agreements``, ``agencies``, ``states``, ``listed``, ``removed``
        (during the month). By ``model``: ``month``, ``at``, ``jem``, ``tfm``, ``wso``. By
        ``state``: ``state``, the number on the first list held, on the last list of 2024 and
        on the newest, and the first list with one of its agreements.

    Raises:
        NoListError: no list is held.
    """
    list_on(db, None)
    if by == "state":
        return _by_state(db)
    last = {
        r["month"]: r
        for r in db.execute(
            "SELECT substr(at, 1, 7) AS month, * FROM list "
            "WHERE kind = 'participating' AND seq IS NOT NULL ORDER BY seq"
        )
    }
    if by == "model":
        return [
            {"month": month, "at": last[month]["at"] if month in last else None}
            | {m: last[month][m] if month in last else None for m in ("jem", "tfm", "wso")}
            for month in _months(min(last), max(last))
        ]
    moved = {
        r["month"]: r
        for r in db.execute(
            "SELECT substr(at, 1, 7) AS month, sum(delta > 0) AS listed, sum(delta < 0) AS removed "
            "FROM event GROUP BY 1"
        )
    }
    out: list[dict[str, Any]] = []
    for month in _months(min(last), max(last)):
        row, step = last.get(month), moved.get(month)
        out.append(
            {"month": month, "at": row["at"] if row else None, "file": row["file"] if row else None}
            | {k: row[k] if row else None for k in ("agreements", "agencies", "states", "territories")}
            | {k: (step[k] if step else 0) if row else None for k in ("listed", "removed")}
        )
    return out


def _months(first: str, last: str) -> list[str]:
    """Every month from one to another, so that a month without a list shows as a gap."""
    year, month = int(first[:4]), int(first[5:])
    out = []
    while f"{year:04d}-{month:02d}" <= last:
        out.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return out


def _by_state(db: sqlite3.Connection) -> list[dict[str, Any]]:
    ends = db.execute(
        "SELECT min(list_no), max(CASE WHEN at < '2025' THEN list_no END), max(list_no) FROM list "
        "WHERE kind = 'participating' AND seq IS NOT NULL"
    ).fetchone()
    counts = "sum(r.first_list <= {n} AND r.last_list >= {n})"
    columns = ", ".join(
        f"{counts.format(n=n if n is not None else -1)} AS {name}"
        for n, name in zip(ends, ("first_list_held", "end_of_2024", "newest"), strict=True)
    )
    return [
        dict(r)
        for r in db.execute(
            f"SELECT g.state, {columns}, min(a.first_listed) AS first_listed "
            "FROM listing_run r JOIN agreement a USING (agreement_no) JOIN agency g USING (agency_no) "
            "GROUP BY g.state ORDER BY newest DESC, g.state"
        )
    ]
