"""From a fact to the cells that show it."""

from __future__ import annotations

import sqlite3
from typing import Any

from ...errors import NotFoundError
from . import evidence
from .newest import with_newest

FIELDS = ("signed_on", "first_listed", "last_listed", "status", "model", "memorandum")


def trace(db: sqlite3.Connection, fact_id: str) -> dict[str, Any]:
    """The evidence for a fact, down to cell, document and address.

    Args:
        fact_id: an agreement's id (``…#signed_on`` for one of its facts), an event's, an
            application's, an agency's, a list's (``…#214`` for one of its rows), or an id that
            one of them once had.

    Returns:
        ``fact``, ``says`` (the fact in a sentence), ``evidence`` (cells), ``newest_list``.

    Raises:
        NotFoundError: nothing goes by that id.
    """
    thing, _, part = fact_id.strip().partition("#")
    moved = db.execute("SELECT id FROM redirect WHERE old_id = ?", (thing,)).fetchone()
    thing = moved["id"] if moved else thing
    for table, key, of in (
        ("agreement", "agreement_id", _agreement),
        ("event", "event_id", _event),
        ("application", "application_id", _application),
        ("agency", "agency_id", _agency),
        ("list", "list_id", _list),
    ):
        row = db.execute(f"SELECT * FROM {table} WHERE {key} = ?", (thing,)).fetchone()
        if row:
            says, cells = of(db, row, part)
            return with_newest(db, {"fact": fact_id, "says": says, "evidence": cells})
    raise NotFoundError(
        f"no fact goes by the id {fact_id!r}",
        remedy="ids stand in the answers of `atlas287 agency NAME --json`",
    )


Traced = tuple[str, list[dict[str, Any]]]


def _agreement(db: sqlite3.Connection, a: sqlite3.Row, part: str) -> Traced:
    if part and part not in FIELDS:
        raise NotFoundError(f"an agreement has no fact {part!r}", remedy=f"its facts are {', '.join(FIELDS)}")
    runs = evidence.runs(db, a["agreement_no"])
    first, last = evidence.first_cell, evidence.last_cell
    days: dict[str, dict[str, Any]] = {}
    for run in runs:
        days.setdefault(
            str(run["signed"]),
            evidence.cell(db, run["first_list"], run["first_row"], run["printed_no"], "signed"),
        )
    facts: dict[str, Traced] = {
        "signed_on": (
            f"signed on {a['signed_on']}" + (f" ({a['signed_rule']})" if a["signed_rule"] else ""),
            list(days.values()),
        ),
        "model": (f"support model {a['model']}", [first(db, runs, "support_type")]),
        "first_listed": (f"first listed {a['first_listed']}", [first(db, runs, "agency")]),
        "last_listed": (f"last listed {a['last_listed']}", [last(db, runs, "agency")]),
        "status": (f"status {a['status']}", [last(db, runs, "agency")]),
        "memorandum": (f"memorandum {a['memorandum']}", [last(db, runs, "moa")]),
    }
    if part:
        return f"{a['agreement_id']}: {facts[part][0]}", facts[part][1]
    wanted = ("signed_on", "model", "first_listed", "last_listed")
    cells = [{"shows": name, **cell} for name in wanted for cell in facts[name][1]]
    return f"{a['agreement_id']}: " + "; ".join(facts[n][0] for n in (*wanted, "status")), cells


def _event(db: sqlite3.Connection, e: sqlite3.Row, _: str) -> Traced:
    says = f"{e['kind']} between {e['before_at'] or 'the start of the record'} and {e['at']}"
    agreements = (
        [e["agreement_no"]]
        if e["agreement_no"] is not None
        else [
            r[0]
            for r in db.execute("SELECT agreement_no FROM agreement WHERE agency_no = ?", (e["agency_no"],))
        ]
    )
    cells = []
    for no in agreements:
        runs = evidence.runs(db, no)
        for list_no, shows in ((e["before_list_no"], "before"), (e["list_no"], "after")):
            cell = (
                None
                if list_no is None
                else evidence.cell_on(db, runs, list_no, "signed" if e["kind"] == "redated" else "agency")
            )
            if cell:
                cells.append({"shows": shows, **cell})
    if not e["confirmed"]:
        says += "; not yet confirmed by further lists"
    return says + (f" ({e['detail']})" if e["detail"] else ""), cells


def _application(db: sqlite3.Connection, a: sqlite3.Row, _: str) -> Traced:
    runs = db.execute(
        "SELECT * FROM listing_run WHERE application_no = ? ORDER BY first_list, last_list",
        (a["application_no"],),
    ).fetchall()
    says = f"pending for {a['model']} from {a['first_pending']} to {a['last_pending']}; {a['status']}"
    return says, [evidence.first_cell(db, runs, "agency"), evidence.last_cell(db, runs, "agency")]


def _agency(db: sqlite3.Connection, a: sqlite3.Row, _: str) -> Traced:
    cells = []
    for row in db.execute(
        "SELECT agreement_no FROM agreement WHERE agency_no = ? ORDER BY first_list", (a["agency_no"],)
    ):
        cells.append(evidence.first_cell(db, evidence.runs(db, row[0]), "agency"))
    for row in db.execute(
        "SELECT application_no FROM application WHERE agency_no = ? ORDER BY first_list", (a["agency_no"],)
    ):
        cells += _application(
            db, db.execute("SELECT * FROM application WHERE application_no = ?", (row[0],)).fetchone(), ""
        )[1][:1]
    return f"{a['name']}, {a['state']}", cells


def _list(db: sqlite3.Connection, row: sqlite3.Row, part: str) -> Traced:
    says = f"{row['kind']} list, speaks for {row['at']} ({row['reason']}), {row['rows']} rows"
    place = {
        k: row[k]
        for k in (
            "list_id",
            "file",
            "at",
            "folder",
            "sheet",
            "header_row",
            "sha256",
            "publisher",
            "captured",
            "address",
            "saved_at",
            "repeats",
        )
    }
    cells = [{**place, "address_is": evidence.NOT_FETCHED if row["address"] else None}]
    return says, cells
