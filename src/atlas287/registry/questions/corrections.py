"""What the register set right of what the lists print, and every id that a thing once had."""

from __future__ import annotations

import sqlite3
from typing import Any


def redirects(db: sqlite3.Connection) -> dict[str, str]:
    """From every id that an agency or agreement once had, or might be looked for under, to its id now."""
    return dict(iter(db.execute("SELECT old_id, id FROM redirect ORDER BY old_id")))


def corrections(db: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
    """Every place where the register says other than some list prints.

    Returns:
        ``spellings`` (two tied to one agency: state, old, new, rule, why, file),
        ``days`` (signing days changed, by ICE or by a rule: agreement_id, agency_id, old, new, rule,
        file), ``words`` (rows whose state or model was set right: state, printed, name, model,
        signed, rule, lists).
    """
    return {
        "spellings": _rows(
            db,
            "SELECT m.state, m.old, m.new, m.rule, m.why, l.file "
            "FROM merge m LEFT JOIN list l USING (list_no) ORDER BY m.state, m.new, m.old",
        ),
        "days": _rows(
            db,
            "SELECT a.agreement_id, g.agency_id, g.name, g.state, a.model, r.old, r.new, r.rule, l.file "
            "FROM redating r JOIN agreement a USING (agreement_no) JOIN agency g USING (agency_no) "
            "LEFT JOIN list l USING (list_no) ORDER BY g.state, g.name, a.agreement_id, r.list_no",
        ),
        "words": _rows(db, "SELECT * FROM restated ORDER BY state, name, model"),
    }


def _rows(db: sqlite3.Connection, select: str) -> list[dict[str, Any]]:
    return [dict(r) for r in db.execute(select)]
