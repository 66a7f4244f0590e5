"""What was read of an agency's signed memoranda, and where they and ICE's list disagree."""

from __future__ import annotations

import sqlite3
from typing import Any

from .agencies import find
from .evidence import NOT_FETCHED
from .newest import with_newest

#: What may be said of an address that a list links.
LINKED = "linked by ICE's list; not fetched by atlas287"
_FIELD = "field, value, how, page, snippet, by_eye, listed, agrees"


def memorandum(db: sqlite3.Connection, asked: str, state: str | None = None) -> dict[str, Any]:
    """An agency's memoranda as they were read.

    Args:
        asked: an id, any spelling that a list printed, or words that fit one agency.

    Returns:
        ``agency`` (agency_id, name, state), ``memoranda`` (file, address, sha256, pages, text,
        recognizer, ocr, scanned, agreement_id, model, signed_on, linked_by, doubt, ``fields``,
        ``disagreements``), ``not_read`` (agreements, with the link to their memorandum, of which
        none was read), ``newest_list``. A field has ``field``, ``value``, ``how``, ``page``,
        ``snippet``, ``by_eye`` and, where ICE's list has the like, ``listed`` and ``agrees``.

    Raises:
        AmbiguousError, NotFoundError: see :func:`agencies.find`.
    """
    agency = find(db, asked, state)
    no = agency["agency_no"]
    read = db.execute(
        "SELECT m.*, a.agreement_id, a.model, a.signed_on FROM memorandum m "
        "LEFT JOIN agreement a ON a.agreement_no = m.agreement_no WHERE m.agency_no = ? "
        "ORDER BY a.first_list, m.file",
        (no,),
    ).fetchall()
    rest = db.execute(
        "SELECT agreement_id, model, signed_on, memorandum FROM agreement WHERE agency_no = ? AND "
        "agreement_no NOT IN (SELECT agreement_no FROM memorandum WHERE agreement_no IS NOT NULL) "
        "ORDER BY first_list, model",
        (no,),
    )
    return with_newest(
        db,
        {
            "agency": {k: agency[k] for k in ("agency_id", "name", "state")},
            "memoranda": [_memorandum(db, m) for m in read],
            "not_read": [dict(r) for r in rest],
        },
    )


def _memorandum(db: sqlite3.Connection, m: sqlite3.Row) -> dict[str, Any]:
    fields = [
        {**dict(f), "agrees": None if f["agrees"] is None else bool(f["agrees"])}
        for f in db.execute(
            f"SELECT {_FIELD} FROM memorandum_field WHERE memorandum_no = ? ORDER BY rowid",
            (m["memorandum_no"],),
        )
    ]
    kept = [k for k in m.keys() if k not in ("memorandum_no", "agency_no", "agreement_no")]  # noqa: SIM118
    return {
        **{k: m[k] for k in kept},
        "address_is": LINKED if m["linked_by"] == "link" else NOT_FETCHED,
        "fields": fields,
        "disagreements": disagreements(fields),
    }


def disagreements(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of fields, those of which ICE's list says something else: ``field``, ``memorandum``, ``listed``."""
    return [
        {"field": f["field"], "memorandum": f["by_eye"] or f["value"], "listed": f["listed"]}
        for f in fields
        if f["agrees"] is not None and not f["agrees"]
    ]
