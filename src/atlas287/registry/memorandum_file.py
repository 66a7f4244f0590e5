"""A memorandum read now, from a file that may never have been seen, and held against a register."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .memoranda import compared, link, register_in, state_of
from .questions.memorandum import LINKED, disagreements
from .questions.newest import newest_or_none


def memorandum_file(db: sqlite3.Connection, path: Path, state: str | None = None) -> dict[str, Any]:
    """Read a signed memorandum and tie it to its agreement.

    Args:
        state: postal code of the state whose agency it should be of; by default the state that
            its folder is named after, if it is.

    Returns:
        As :func:`questions.memorandum.memorandum`, with one memorandum; ``agency`` is None where it
        is tied to none, and ``problems`` (what, reason, remedy, page) tells what could not be read.

    Raises:
        DocumentError: the file cannot be read, or is no memorandum of agreement.
    """
    from ..sources.memoranda import read_memorandum

    read = read_memorandum(path)
    fields = {f.name: f.value for f in read.fields}
    register = register_in(db, read.file)
    seen = {
        row[0]: row[1]
        for row in db.execute(
            "SELECT field, by_eye FROM memorandum_field JOIN memorandum USING (memorandum_no) "
            "WHERE sha256 = ? AND by_eye IS NOT NULL",
            (read.sha256,),
        )
    }
    linked = link(register, read.file, {**fields, **seen}, state or state_of(read.folder))
    theirs = compared(register, linked, fields, seen)
    agreement = register.agreements.get(-1 if linked.agreement_no is None else linked.agreement_no)
    agency = register.agencies.get(-1 if linked.agency_no is None else linked.agency_no)
    told = []
    for one in read.fields:
        listed, agrees = theirs.get(one.name, (None, None))
        row = {"field": one.name, **asdict(one), "by_eye": seen.get(one.name), "listed": listed}
        del row["name"]
        told.append({**row, "agrees": None if agrees is None else bool(agrees)})
    return {
        "agency": agency and {k: getattr(agency, k) for k in ("agency_id", "name", "state")},
        "memoranda": [
            {
                "file": read.file,
                "folder": read.folder,
                "sha256": read.sha256,
                "address": linked.address,
                "pages": read.pages,
                "text": read.text,
                "recognizer": read.recognizer,
                "ocr": read.ocr,
                "scanned": read.scanned,
                "linked_by": linked.linked_by,
                "doubt": linked.doubt,
                "agreement_id": agreement and agreement.agreement_id,
                "model": agreement and agreement.model,
                "signed_on": agreement and agreement.signed_on,
                "address_is": LINKED if linked.address else None,
                "fields": told,
                "disagreements": disagreements(told),
            }
        ],
        "not_read": [],
        "problems": [asdict(one) for one in read.problems],
        "newest_list": newest_or_none(db),
    }
