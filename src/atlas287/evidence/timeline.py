"""The program's story, event by event, each with its source, joined to what the register holds.

``timeline.csv`` carries what was read and where; the counts beside it are asked of the register,
so that they move when it does. Where scholars dispute a figure, the range is given and no middle.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import EvidenceError, NoListError
from ..registry.questions.growth import growth
from ..registry.questions.in_force import counted, stretches
from ..registry.questions.newest import list_on, newest
from ..registry.text import MODELS
from .found import Figure
from .laws import joined, of_register
from .rows import ADDRESSES, DAY, ID, NUMBER, STATE, TEXT, Row, one_of, read_rows

FILE = Path(__file__).with_name("timeline.csv")

#: What an event is. Mandates and bans are joined to the agreements of their state.
KINDS = ("enforcement", "law", "agreement", "program", "order", "mandate", "ban", "count")

COLUMNS = {
    "id": ID,
    "start": DAY,
    "end": DAY.optional,
    "kind": one_of(KINDS),
    "state": STATE.optional,
    "model": one_of(MODELS).optional,
    "title_en": TEXT,
    "title_es": TEXT,
    "says_en": TEXT,
    "says_es": TEXT,
    "figure": NUMBER.optional,
    "low": NUMBER.optional,
    "high": NUMBER.optional,
    "unit_en": TEXT.optional,
    "unit_es": TEXT.optional,
    "source": TEXT,
    "url": ADDRESSES,
    "read": TEXT,
}
_PRECISION = {4: "year", 7: "month", 10: "day"}


def read_timeline(path: Path = FILE) -> list[Row]:
    """The events, in order of time, as :data:`COLUMNS` declares them; ``precision`` of the start.

    Raises:
        EvidenceError: a row says what cannot be.
    """
    rows = read_rows(path, COLUMNS, "id")
    for row in rows:
        at = f"{path.name}, line {row['line']}"
        if row["end"] and row["end"] < row["start"][: len(row["end"])]:
            raise EvidenceError(f"{at}: it ends before it starts", remedy="change start or end")
        if (row["low"] is None) != (row["high"] is None):
            raise EvidenceError(f"{at}: a range has two ends", remedy="give low and high, or neither")
        if row["low"] is not None and row["low"] > row["high"]:
            raise EvidenceError(f"{at}: low is above high", remedy="change the two")
        if not row["unit_en"] and (row["figure"] is not None or row["low"] is not None):
            raise EvidenceError(f"{at}: a figure without its unit", remedy="say of what in unit_en, unit_es")
        if row["kind"] in ("mandate", "ban") and (not row["state"] or len(row["start"]) != 10):
            raise EvidenceError(f"{at}: a {row['kind']} needs a state and a day", remedy="give both")
        row["precision"] = _PRECISION[len(row["start"])]
    return sorted(rows, key=lambda r: (r["start"].ljust(10, "-"), r["id"]))


@cache
def _shipped() -> list[Row]:
    return read_timeline()


def entry_value(entry: str, value: str) -> tuple[Figure | None, Row]:
    """The year, day or figure of an event, and the event; None where it is not known so finely.

    Raises:
        EvidenceError: there is no such event.
    """
    for row in _shipped():
        if row["id"] == entry:
            if value == "year":
                return int(row["start"][:4]), row
            if value == "day":
                return (date.fromisoformat(row["start"]) if row["precision"] == "day" else None), row
            figure: Figure | None = row["figure"]
            return figure, row
    raise EvidenceError(
        f"the timeline has no event {entry!r}",
        remedy=f"its events are {', '.join(r['id'] for r in _shipped())}",
    )


def timeline(db: sqlite3.Connection) -> dict[str, Any]:
    """Every event, and beside it what the register holds of it.

    Returns:
        ``events``: rows of ``timeline.csv``, each with ``register``: for a mandate or a ban the
        agreements of its state before and since (:func:`laws.joined`), for an event about a
        model the earliest agreement of it that a list prints, for a count or an order the list of its day;
        None otherwise. ``laws``: further mandates and bans of the register's table of laws, each
        with ``register`` likewise (empty while it has none). ``newest_list``.
    """
    events = read_timeline()
    told = {(row["state"], row["kind"], row["start"]) for row in events}
    return {
        "events": [{**row, "register": _register(db, row)} for row in events],
        "laws": [
            {**law, "register": _joined(db, law["state"], law["direction"], law["enacted"], law["ended"])}
            for law in of_register(db)
            if (law["state"], law["direction"], law["enacted"]) not in told
        ],
        "newest_list": newest(db),
    }


def _joined(db: sqlite3.Connection, state: str, kind: str, since: str, until: str | None) -> dict[str, Any]:
    return joined(db, state, kind, date.fromisoformat(since), until)


def picture(db: sqlite3.Connection) -> dict[str, Any]:
    """What a picture of the timeline is drawn from.

    Returns:
        ``events`` (``id``, ``start``, ``end``, ``precision``, ``kind``, ``title_en``,
        ``title_es``); ``curve``: ``month``, ``basis``, ``agreements`` at each month's end (in force
        until the lists begin, then listed; None where no list is held); ``newest_list``.
    """
    kept = ("id", "start", "end", "precision", "kind", "state", "title_en", "title_es")
    return {
        "events": [{k: row[k] for k in kept} for row in read_timeline()],
        "curve": [{k: r[k] for k in ("month", "basis", "agreements")} for r in growth(db)],
        "newest_list": newest(db),
    }


def _register(db: sqlite3.Connection, row: Row) -> dict[str, Any] | None:
    if row["kind"] in ("mandate", "ban"):
        return _joined(db, row["state"], row["kind"], row["start"], row["end"])
    if row["kind"] in ("count", "order") and row["precision"] == "day":
        try:
            on = list_on(db, date.fromisoformat(row["start"]))
        except NoListError:
            at = counted(stretches(db), row["start"])
            return {"basis": "in-force", **{k: at[k] for k in ("agreements", "uncertain", "states")}}
        return {k: on[k] for k in ("file", "at", "agreements", "states", "territories")}
    if row["model"]:
        first = db.execute(
            "SELECT agreement_id, signed_on, first_listed FROM agreement "
            "WHERE model = ? AND signed_on IS NOT NULL ORDER BY signed_on, agreement_id LIMIT 1",
            (row["model"],),
        ).fetchone()
        return {"earliest_on_lists": dict(first)} if first else None
    return None
