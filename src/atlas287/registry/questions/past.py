"""What all sources together say of one agency: its spells, its signings, who says so, who says otherwise."""

from __future__ import annotations

import sqlite3
from typing import Any

from ..text import MODELS

#: What a statement says, in words; ``{}`` is its day.
_WORDS = {
    "signed": "memorandum signed {}",
    "signed (file name)": "the memorandum's file name bears {}",
    "stood": "taking part on {}",
    "seen": "on every roster held from {}",
    "addendum": "an addendum of {}",
    "misdated addendum": "an addendum that bears {}",
    "pending": "new memorandum pending on {}",
    "negotiating": "new memorandum in negotiation on {}",
    "withdrew": "had withdrawn by {}",
}


_CODES = {"signed (file name)": "file_name", "misdated addendum": "misdated_addendum"}


def code_of(says: str) -> str:
    """What pages and scripts name a statement's kind by (`sources.testimony.printed.SAYS`)."""
    return _CODES.get(says, says)


def spells(db: sqlite3.Connection, agency_no: int) -> list[dict[str, Any]]:
    """An agency's spells in order of time.

    Returns:
        ``model``, ``n``, ``start_from``, ``start_to`` (the same day where it is documented),
        ``start_why``, ``end_from``, ``end_to`` (None while it stands), ``end_why``, ``ended``,
        ``ended_by``, ``ended_source``, ``switched_from``, ``switched_to``, ``signed_days`` (the start,
        then renewals), ``undocumented`` (stretches no source covers: [from, to]), ``continuity`` (in
        words), ``agreement_ids``, ``doubt``.
    """
    rows = db.execute("SELECT * FROM spell WHERE agency_no = ? ORDER BY starts_by, model", (agency_no,))
    return [_spell(r) for r in rows]


def _spell(r: sqlite3.Row) -> dict[str, Any]:
    gaps = [part.split("/") for part in (r["undocumented"] or "").split(";") if part]
    return {
        "model": r["model"],
        "n": r["n"],
        "start_from": r["starts_from"],
        "start_to": r["starts_by"],
        "start_why": r["start_why"],
        "end_from": r["ends_from"],
        "end_to": r["ends_by"],
        "end_why": r["end_why"],
        "ended": bool(r["ended"]),
        "ended_by": r["ended_by"],
        "ended_source": r["ended_source"],
        "switched_from": r["switched_from"],
        "switched_to": r["switched_to"],
        "signed_days": [d for d in (r["signed_days"] or "").split(";") if d],
        "undocumented": gaps,
        "continuity": continuity(gaps),
        "agreement_ids": [a for a in (r["agreement_ids"] or "").split(";") if a],
        "doubt": r["doubt"],
    }


def continuity(gaps: list[list[str]]) -> str:
    """Whether sources cover a spell from end to end, in words."""
    if not gaps:
        return "documented throughout"
    return "not documented from " + " and from ".join(f"{a} to {b}" for a, b in gaps)


def signings(db: sqlite3.Connection, agency_no: int) -> list[dict[str, Any]]:
    """An agency's signings by any source: ``signed_on``, ``model``, ``sources``, ``other_days``."""
    return [
        {
            "signed_on": r["signed_on"],
            "model": r["model"],
            "sources": r["source_ids"].split(";"),
            "other_days": r["other_days"],
        }
        for r in db.execute("SELECT * FROM signing WHERE agency_no = ? ORDER BY n", (agency_no,))
    ]


def testimony(db: sqlite3.Connection, agency_no: int) -> list[dict[str, Any]]:
    """What sources other than the lists say of an agency, in order of day: ``source``, ``title``,
    ``publisher``, ``as_of``, ``row``, ``says`` (in words; ``code`` in one), ``model``, ``day``, ``until``,
    ``printed``, ``rule``."""
    rows = db.execute(
        "SELECT t.*, s.title, s.publisher, s.as_of FROM testimony t JOIN source s USING (source_id) "
        "WHERE t.agency_no = ? ORDER BY t.day, s.rank, t.row",
        (agency_no,),
    )
    return [
        {
            "source": r["source_id"],
            "title": r["title"],
            "publisher": r["publisher"],
            "as_of": r["as_of"],
            "row": r["row"],
            "code": code_of(r["says"]),
            "says": _says(r),
            "model": r["model"],
            "day": r["day"],
            "until": r["until"],
            "printed": r["printed"],
            "rule": r["rule"],
        }
        for r in rows
    ]


def _says(r: sqlite3.Row) -> str:
    words = _WORDS[r["says"]].format(r["day"])
    if r["until"] and r["until"] != r["day"]:
        words += f" to {r['until']}"
    return f"{words}, {MODELS[r['model']]}" if r["model"] else words


def disagreements(db: sqlite3.Connection, agency_no: int) -> list[dict[str, Any]]:
    """Where sources contradict each other on an agency: ``about``, ``one``, ``other``, ``taken``, ``why``."""
    rows = db.execute(
        "SELECT about, one, other, taken, why FROM disagreement WHERE agency_no = ?", (agency_no,)
    )
    return [dict(r) for r in rows]
