"""How the program grew: our reading of all sources from 2002 on, and ICE's lists since they are held."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

from .in_force import MODELS, UNSETTLED, counted, first_day, stretches
from .newest import list_on

#: What a row on basis ``in-force`` and one on basis ``listed`` have both.
_COUNTS = ("agreements", "agencies", "states", "territories")


def growth(db: sqlite3.Connection, by: str = "month", basis: str | None = None) -> list[dict[str, Any]]:
    """The number of agreements over time.

    Without ``basis`` the months before the first list held are on basis ``in-force``, those since on
    basis ``listed``; the two count differently, so a curve over both breaks there.

    Args:
        basis: ``listed`` or ``in-force`` alone; states are on basis ``listed``.

    Returns:
        by ``month``: ``month``, ``basis``, ``at`` and ``file`` of its last list (None in a month of
        which no list is held; in force, the month's last day and None), ``agreements``, ``uncertain``
        and ``undocumented`` (in force only; see :func:`in_force.counted`), ``agencies``, ``states``,
        ``territories``, ``listed``, ``removed`` (during the month, on the lists). By ``model``:
        ``month``, ``basis``, ``at``, ``jem``, ``tfm``, ``wso``, ``hybrid``, ``unsettled``, ``uncertain``.
        By ``state``: ``state``, the number on the first list held, on the last list of 2024 and on the
        newest, and the first list with one of its agreements.

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
    first, newest = min(last), max(last)
    out: list[dict[str, Any]] = []
    if basis != "listed":
        until = newest if basis else _before(first)
        out += [_in_force(*month, by) for month in _counted(db, until, last[newest]["at"][:10])]
    if basis != "in-force":
        moved = _moved(db)
        out += [_listed(month, last.get(month), moved.get(month), by) for month in _months(first, newest)]
    return out


def _counted(db: sqlite3.Connection, until: str, newest: str) -> list[tuple[str, dict[str, Any]]]:
    spells = stretches(db)
    days = {m: min(_last_day(m), newest) for m in _months(first_day(db)[:7], until)}
    return [(month, {"on": day, **counted(spells, day)}) for month, day in days.items()]


def _in_force(month: str, at_end: dict[str, Any], by: str) -> dict[str, Any]:
    told = {"month": month, "basis": "in-force", "at": at_end["on"]}
    if by == "model":
        models = at_end["by_model"]
        return (
            told
            | {m: models.get(m, 0) for m in (*MODELS, "hybrid")}
            | {"unsettled": models.get(UNSETTLED, 0), "uncertain": at_end["uncertain"]}
        )
    return (
        told
        | {"file": None, "agreements": at_end["agreements"]}
        | {k: at_end[k] for k in ("uncertain", "undocumented", *_COUNTS[1:])}
        | dict.fromkeys(("listed", "removed"))
    )


def _listed(month: str, row: sqlite3.Row | None, moved: sqlite3.Row | None, by: str) -> dict[str, Any]:
    told = {"month": month, "basis": "listed", "at": row["at"] if row else None}
    if by == "model":
        return (
            told
            | {m: row[m] if row else None for m in (*MODELS, "hybrid")}
            | dict.fromkeys(("unsettled", "uncertain"))
        )
    return (
        told
        | {"file": row["file"] if row else None, "agreements": row["agreements"] if row else None}
        | dict.fromkeys(("uncertain", "undocumented"))
        | {k: row[k] if row else None for k in _COUNTS[1:]}
        | {k: (moved[k] if moved else 0) if row else None for k in ("listed", "removed")}
    )


def _moved(db: sqlite3.Connection) -> dict[str, sqlite3.Row]:
    rows = db.execute(
        "SELECT substr(at, 1, 7) AS month, sum(delta > 0) AS listed, sum(delta < 0) AS removed "
        "FROM event GROUP BY 1"
    )
    return {r["month"]: r for r in rows}


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def _last_day(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    after = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1).isoformat()


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
