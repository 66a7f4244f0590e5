"""Which list speaks for a day, and how old the newest one is."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from typing import Any

from ...errors import NoListError


def list_on(db: sqlite3.Connection, day: date | None, kind: str = "participating") -> sqlite3.Row:
    """The newest list of a kind at or before the end of ``day`` (None: of all).

    Raises:
        NoListError: no list is held for that day; that is not the same as no agreements.
    """
    until = f"{day.isoformat()}T23:59" if day else "9999"
    # The plus keeps SQLite from looking by instant, and so from sorting: most ask for the newest.
    row = db.execute(
        "SELECT * FROM list WHERE kind = ? AND seq IS NOT NULL AND +at <= ? ORDER BY seq DESC LIMIT 1",
        (kind, until),
    ).fetchone()
    if row is None:
        first = db.execute("SELECT min(at) FROM list WHERE kind = ? AND seq IS NOT NULL", (kind,)).fetchone()[
            0
        ]
        held = f"the first {kind} list held is of {first[:10]}" if first else f"no {kind} list is held at all"
        asked = f" for {day}" if day else ""
        raise NoListError(
            f"no list is held{asked}: {held}",
            remedy="that is a gap in the record, not a count of zero; `status --basis in-force` and "
            "`growth` go back to 2002 by other sources",
        )
    return row  # type: ignore[no-any-return]


def list_or_none(db: sqlite3.Connection, day: date | None) -> sqlite3.Row | None:
    """The newest participating list at or before the end of ``day``, or None while none is held."""
    try:
        return list_on(db, day)
    except NoListError:
        return None


def told(row: sqlite3.Row) -> dict[str, str]:
    """A list as answers show it: its file and its instant."""
    return {"file": row["file"], "at": row["at"]}


def newest(db: sqlite3.Connection) -> dict[str, Any]:
    """The newest participating list, with its age in days."""
    row = list_on(db, None)
    age = (date.today() - datetime.fromisoformat(row["at"]).date()).days
    stale = db.execute(
        "SELECT file FROM list WHERE kind = ? AND seq IS NULL AND at > ? ORDER BY at",
        (row["kind"], row["at"]),
    ).fetchall()
    # Old lists under newer dates: set aside, and told, so that nobody takes them for missed.
    return {**told(row), "age_days": age, **({"set_aside": [r["file"] for r in stale]} if stale else {})}


def newest_or_none(db: sqlite3.Connection) -> dict[str, Any] | None:
    """The newest participating list, or None while none is held."""
    return newest(db) if list_or_none(db, None) else None


def with_newest(db: sqlite3.Connection, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer with the newest list's date and age, which every answer carries."""
    return {**answer, "newest_list": newest(db)}
