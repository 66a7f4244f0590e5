"""Down to the cell: which rows of which lists show a fact, and where the original is."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from ...sources.cell_names import column_letters

#: What may be said of an address: it follows from the file's name; nobody fetched it from here.
NOT_FETCHED = "derived from the file name; not fetched by atlas287"


def cell(db: sqlite3.Connection, list_no: int, row: int, printed_no: int, field: str) -> dict[str, Any]:
    """One cell of one list: where it stands and what it says, exactly as printed.

    Args:
        field: the record's name of the column (``state``, ``agency``, ``signed``, ``moa`` …).
    """
    where = db.execute("SELECT * FROM list WHERE list_no = ?", (list_no,)).fetchone()
    printed = db.execute("SELECT * FROM printed WHERE printed_no = ?", (printed_no,)).fetchone()
    cells, columns = json.loads(where["cells"]), json.loads(where["columns"])
    at = cells.index(field) if field in cells else None
    text = printed[field]
    if text and where["captured"]:
        text = text.replace("{capture}", where["captured"])
    return {
        "list_id": where["list_id"],
        "file": where["file"],
        "at": where["at"],
        "sheet": where["sheet"],
        "row": row,
        "cell": None if at is None else f"{column_letters(at)}{row}",
        "column": None if at is None else columns[at],
        "printed": text,
        "link": printed["moa_link"],
        "sha256": where["sha256"],
        "publisher": where["publisher"],
        "address": where["address"],
        "address_is": NOT_FETCHED if where["address"] else None,
    }


def runs(db: sqlite3.Connection, agreement_no: int) -> list[sqlite3.Row]:
    """The runs of lists that print an agreement, each row in the same words, in order."""
    return db.execute(
        "SELECT r.*, p.agency, p.signed FROM listing_run r JOIN printed p USING (printed_no) "
        "WHERE agreement_no = ? ORDER BY first_list, last_list, printed_no",
        (agreement_no,),
    ).fetchall()


def first_cell(db: sqlite3.Connection, found: list[sqlite3.Row], field: str) -> dict[str, Any]:
    """The cell of the first list that prints an agreement."""
    run = found[0]
    return cell(db, run["first_list"], run["first_row"], run["printed_no"], field)


def last_cell(db: sqlite3.Connection, found: list[sqlite3.Row], field: str) -> dict[str, Any]:
    """The cell of the last list that prints an agreement."""
    run = max(found, key=lambda r: (r["last_list"], r["first_list"]))
    return cell(db, run["last_list"], run["last_row"], run["printed_no"], field)


def cell_on(
    db: sqlite3.Connection, found: list[sqlite3.Row], list_no: int, field: str
) -> dict[str, Any] | None:
    """The cell of a list on which a run begins or ends; None where none does."""
    for run in found:
        if run["first_list"] == list_no:
            return cell(db, list_no, run["first_row"], run["printed_no"], field)
    for run in found:
        if run["last_list"] == list_no:
            return cell(db, list_no, run["last_row"], run["printed_no"], field)
    return None
