"""How many agreements, of whom, where, on a day."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

from ..text import MODELS, evened
from .in_force import MODELS as _SHOWN_MODELS
from .in_force import counted as counted_on
from .in_force import known_on, places, stretches
from .newest import list_on, list_or_none, told, with_newest


def status(
    db: sqlite3.Connection,
    on: date | None = None,
    basis: str = "listed",
    state: str | None = None,
    model: str | None = None,
) -> dict[str, Any]:
    """The state of the program at the end of a day.

    Basis ``listed`` counts the rows of ICE's newest list at or before that day. Basis
    ``in-force`` counts spells, our reading of all sources, from the first agreement of 2002 on: one
    counts from its signing, though a later list was the first to print it, to the last source that
    shows it; within the range of a start or an end it is ``uncertain``, and counted apart.

    Args:
        on: the day; None is the newest list's.
        state, model: count only these (postal code; jem, tfm, wso, hybrid).

    Returns:
        ``on``, ``basis``, ``list`` (file, at), ``rows``, ``agreements``, ``agencies`` (names on
        the list, evened for case, space and quotes), ``agencies_as_printed``,
        ``agencies_resolved`` (once spellings are tied), ``states``, ``territories``,
        ``by_model``, ``newest_list``. On basis ``in-force``, ``agencies`` are resolved ones,
        ``rows`` is None, ``list`` is None before the first list held, and there are ``uncertain``
        and ``undocumented`` (:func:`in_force.counted`).

    Raises:
        NoListError: no list is held for that day, or on basis ``in-force`` no agreement is documented.
    """
    row: sqlite3.Row | None
    if basis == "in-force":
        day = on.isoformat() if on else list_on(db, None)["at"][:10]
        known_on(db, day)
        row = list_or_none(db, on)
        counted = {"rows": None, **counted_on(stretches(db, state, model), day)}
    else:
        row = list_on(db, on)
        day = on.isoformat() if on else row["at"][:10]
        counted = _listed(db, row, state, model) if state or model else _whole(row)
    answer = {
        "on": day,
        "basis": basis,
        "list": told(row) if row else None,
        **({"state": state} if state else {}),
        **({"model": model} if model else {}),
    }
    return with_newest(db, {**answer, **counted})


def _whole(row: sqlite3.Row) -> dict[str, Any]:
    """The counts of a list, which the register keeps."""
    columns = (
        "rows", "agreements", "agencies", "agencies_as_printed", "agencies_resolved", "states", "territories"
    )  # fmt: skip
    counted = {key: row[key] for key in columns}
    return {**counted, "by_model": {m: row[m] for m in MODELS if row[m] or m in _SHOWN_MODELS}}


def _listed(db: sqlite3.Connection, on: sqlite3.Row, state: str | None, model: str | None) -> dict[str, Any]:
    rows = db.execute(
        "SELECT *, twice > last_list - first_list AS again FROM standing "
        "WHERE first_list <= ? AND last_list >= ? AND (? IS NULL OR state = ?) AND (? IS NULL OR model = ?)",
        (on["list_no"], on["list_no"], state, state, model, model),
    ).fetchall()
    return {
        "rows": len(rows) + sum(r["again"] for r in rows),
        "agreements": len({r["agreement_no"] for r in rows}),
        "agencies": len({(r["state"], evened(r["printed_name"])) for r in rows}),
        "agencies_as_printed": len({(r["state"], r["printed_name"]) for r in rows}),
        "agencies_resolved": len({r["agency_no"] for r in rows}),
        **places(r["state"] for r in rows),
        "by_model": _by_model(r["model"] for r in rows),
    }


def _by_model(models: Any) -> dict[str, int]:
    counts = dict.fromkeys(_SHOWN_MODELS, 0)
    for model in models:
        counts[model] = counts.get(model, 0) + 1
    return counts
