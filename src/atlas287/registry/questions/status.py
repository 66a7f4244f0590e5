"""How many agreements, of whom, where, on a day."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

from ..text import MODELS, TERRITORIES, evened
from .newest import list_on, told, with_newest

_SHOWN_MODELS = ("jem", "tfm", "wso")


def status(
    db: sqlite3.Connection,
    on: date | None = None,
    basis: str = "listed",
    state: str | None = None,
    model: str | None = None,
) -> dict[str, Any]:
    """The state of the program at the end of a day.

    Basis ``listed`` counts the rows of ICE's newest list at or before that day. Basis
    ``in-force`` counts agreements signed by that day and not known to have left: an agreement
    counts from its signing, though a later list was the first to print it (or from that list, if
    it bears a later day), and to the last list
    that prints it; between that list and the next it is ``uncertain``, and counted apart.

    Args:
        on: the day; None is the newest list's.
        state, model: count only these (postal code; jem, tfm, wso, hybrid).

    Returns:
        ``on``, ``basis``, ``list`` (file, at), ``rows``, ``agreements``, ``agencies`` (names on
        the list, evened for case, space and quotes), ``agencies_as_printed``,
        ``agencies_resolved`` (once spellings are tied), ``states``, ``territories``,
        ``by_model``, ``newest_list``. On basis ``in-force``, ``agencies`` are resolved ones
        and ``rows`` is None.

    Raises:
        NoListError: no list is held for that day.
    """
    row = list_on(db, on)
    day = (on or date.fromisoformat(row["at"][:10])).isoformat()
    if basis == "in-force":
        counted = _in_force(db, day, state, model)
    elif state or model:
        counted = _listed(db, row, state, model)
    else:
        counted = {
            **{
                key: row[key]
                for key in (
                    "rows",
                    "agreements",
                    "agencies",
                    "agencies_as_printed",
                    "agencies_resolved",
                    "states",
                    "territories",
                )
            },
            "by_model": {m: row[m] for m in MODELS if row[m] or m in _SHOWN_MODELS},
        }
    answer = {
        "on": day,
        "basis": basis,
        "list": told(row),
        **({"state": state} if state else {}),
        **({"model": model} if model else {}),
    }
    return with_newest(db, {**answer, **counted})


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
        **_places(r["state"] for r in rows),
        "by_model": _by_model(r["model"] for r in rows),
    }


def _in_force(db: sqlite3.Connection, day: str, state: str | None, model: str | None) -> dict[str, Any]:
    rows = db.execute(
        "SELECT a.agreement_no, a.agency_no, a.model, g.state, a.status, a.last_listed < ? AS past_sight "
        "FROM agreement a JOIN agency g USING (agency_no) "
        "WHERE min(coalesce(a.signed_on, '9999'), substr(a.first_listed, 1, 10)) <= ? "
        "AND (a.status = 'active' OR a.ended_before >= ?) "
        "AND (? IS NULL OR g.state = ?) AND (? IS NULL OR a.model = ?)",
        (day, day, day, state, state, model, model),
    ).fetchall()
    sure = [r for r in rows if r["status"] == "active" or not r["past_sight"]]
    return {
        "rows": None,
        "agreements": len(sure),
        "uncertain": len(rows) - len(sure),
        "agencies": len({r["agency_no"] for r in sure}),
        **_places(r["state"] for r in sure),
        "by_model": _by_model(r["model"] for r in sure),
    }


def _places(states: Any) -> dict[str, int]:
    found = set(states)
    return {"states": len(found - TERRITORIES), "territories": len(found & TERRITORIES)}


def _by_model(models: Any) -> dict[str, int]:
    counts = dict.fromkeys(_SHOWN_MODELS, 0)
    for model in models:
        counts[model] = counts.get(model, 0) + 1
    return counts
