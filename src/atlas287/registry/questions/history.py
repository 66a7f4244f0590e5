"""One agency's whole history: on the lists, each fact with its list, row and link; and by all sources."""

from __future__ import annotations

import sqlite3
from typing import Any

from . import evidence, past
from .agencies import find
from .identity import identities, placing
from .newest import with_newest


def history(db: sqlite3.Connection, asked: str, state: str | None = None) -> dict[str, Any]:
    """An agency, its spellings, agreements, applications and events.

    Args:
        asked: an id, any spelling that a list printed, or words that fit one agency.

    Returns:
        ``agency`` (agency_id, name, state, kind, type, county, status; level, municipality,
        ori, former_oris, county_fips, population, officers), ``placing`` (how those were
        found), ``names``, ``agreements`` (agreement_id, model, signed_on, first_listed, last_listed, status,
        listed_between, ended_between, memorandum, evidence), ``applications``, ``events``,
        ``spells``, ``signings``, ``testimony``, ``disagreements`` (of all sources: :mod:`past`),
        ``newest_list``.

    Raises:
        AmbiguousError, NotFoundError: see :func:`agencies.find`.
    """
    agency = find(db, asked, state)
    no = agency["agency_no"]
    agreements = db.execute(
        "SELECT * FROM agreement WHERE agency_no = ? ORDER BY first_list, model", (no,)
    ).fetchall()
    return with_newest(
        db,
        {
            "agency": {
                k: agency[k] for k in ("agency_id", "name", "state", "kind", "type", "county", "status")
            }
            | identities(db, no)[no],
            "placing": placing(db, no),
            "names": [
                dict(r)
                for r in db.execute(
                    "SELECT printed, rule, first_listed, last_listed, lists FROM agency_name "
                    "WHERE agency_no = ? ORDER BY first_listed, printed",
                    (no,),
                )
            ],
            "agreements": [_agreement(db, a) for a in agreements],
            "applications": [
                dict(r)
                for r in db.execute(
                    "SELECT p.application_id, p.model, p.first_pending, p.last_pending, p.status, "
                    "a.agreement_id AS became FROM application p LEFT JOIN agreement a "
                    "ON a.agreement_no = p.became WHERE p.agency_no = ? ORDER BY p.first_list",
                    (no,),
                )
            ],
            "spells": past.spells(db, no),
            "signings": past.signings(db, no),
            "testimony": past.testimony(db, no),
            "disagreements": past.disagreements(db, no),
            "events": [_event(db, e) for e in _events(db, no)],
            "redirects": [
                r[0]
                for r in db.execute(
                    "SELECT old_id FROM redirect WHERE id = ? ORDER BY 1", (agency["agency_id"],)
                )
            ],
        },
    )


def _agreement(db: sqlite3.Connection, a: sqlite3.Row) -> dict[str, Any]:
    runs = evidence.runs(db, a["agreement_no"])
    heir = db.execute(
        "SELECT agreement_id FROM agreement WHERE agreement_no = ?", (a["superseded_by"],)
    ).fetchone()
    return {
        "agreement_id": a["agreement_id"],
        "model": a["model"],
        "signed_on": a["signed_on"],
        "signed_rule": a["signed_rule"],
        "first_listed": a["first_listed"],
        "last_listed": a["last_listed"],
        "status": a["status"],
        "superseded_by": heir["agreement_id"] if heir else None,
        "listed_between": [a["listed_after"], a["first_listed"]],
        "ended_between": [a["ended_after"], a["ended_before"]] if a["ended_before"] else None,
        "memorandum": a["memorandum"],
        "lists": a["lists"],
        "gaps": a["gaps"],
        "evidence": {
            "first": _brief(evidence.first_cell(db, runs, "signed")),
            "last": _brief(evidence.last_cell(db, runs, "signed")),
        },
    }


def _brief(cell: dict[str, Any]) -> dict[str, Any]:
    return {
        k: cell[k] for k in ("file", "at", "publisher", "sheet", "row", "cell", "printed", "link", "address")
    }


def _events(db: sqlite3.Connection, agency_no: int) -> list[sqlite3.Row]:
    return db.execute(
        "SELECT e.*, a.agreement_id, a.model FROM event e LEFT JOIN agreement a USING (agreement_no) "
        "WHERE e.agency_no = ? ORDER BY e.list_no, e.event_no",
        (agency_no,),
    ).fetchall()


def _event(db: sqlite3.Connection, e: sqlite3.Row) -> dict[str, Any]:
    """An event with the row on the list that shows it, or on the last list that had it."""
    files = [
        db.execute("SELECT file, address FROM list WHERE list_no = ?", (n,)).fetchone()
        for n in (e["list_no"], e["before_list_no"])
    ]
    shown = None
    if e["agreement_no"] is not None:
        runs = evidence.runs(db, e["agreement_no"])
        gone = e["kind"] in ("removed", "superseded")
        at = e["before_list_no"] if gone else e["list_no"]
        shown = evidence.cell_on(db, runs, at, "signed" if e["kind"] == "redated" else "agency")
    return {
        "event_id": e["event_id"],
        "kind": e["kind"],
        "at": e["at"],
        "before_at": e["before_at"],
        "agreement_id": e["agreement_id"],
        "model": e["model"],
        "detail": e["detail"] or None,
        "confirmed": bool(e["confirmed"]),
        "list": files[0]["file"],
        "list_before": files[1]["file"] if files[1] else None,
        "row": shown["row"] if shown else None,
        "row_is_of": shown["file"] if shown else None,
        "link": shown["link"] if shown else None,
        "address": files[0]["address"],
    }
