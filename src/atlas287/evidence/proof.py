"""The rows of a list that prove a figure: which list, which rows, what the first of them says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import polars as pl

from ..registry.questions import evidence

#: Gives the rows of a list as printed, by the list's id; see `Atlas.listings`.
Listings = Callable[[str], pl.DataFrame]

#: The cells by which a row of a list is told from every other row of it.
_KEY = ("state", "agency", "support_type", "signed")


def rows_of_list(
    db: sqlite3.Connection,
    on: sqlite3.Row,
    listings: Listings | None,
    state: str | None = None,
    model: str | None = None,
) -> dict[str, Any]:
    """The rows of a list that a count of its agreements is made of.

    Args:
        on: the list, as :func:`registry.questions.newest.list_on` gives it.
        listings: without it the list is named, but not its rows.
        state, model: only the rows that are read as theirs.

    Returns:
        ``list_id``, ``file``, ``at``, ``sheet``, ``sha256``, ``publisher``, ``address``,
        ``rows`` (such as ``2-41, 44``; None without ``listings``), ``row_count``, ``first``
        (the cell that names the first agency, as :func:`evidence.cell` gives it).
    """
    counted = db.execute(
        f"SELECT r.printed_no, {', '.join(f'p.{c}' for c in _KEY)} FROM listing_run r "
        "JOIN printed p USING (printed_no) "
        "JOIN agreement a USING (agreement_no) JOIN agency g USING (agency_no) "
        "WHERE r.first_list <= ? AND r.last_list >= ? "
        "AND (? IS NULL OR g.state = ?) AND (? IS NULL OR a.model = ?)",
        (on["list_no"], on["list_no"], state, state, model, model),
    ).fetchall()
    wanted = {tuple(r[c] for c in _KEY): r["printed_no"] for r in counted}
    place = {k: on[k] for k in ("list_id", "file", "at", "sheet", "sha256", "publisher", "address")}
    place["address_is"] = evidence.NOT_FETCHED if on["address"] else None
    found = sorted(_matching(listings(on["list_id"]), wanted)) if listings else []
    first = None
    if found:
        row, printed_no = found[0]
        first = evidence.cell(db, on["list_no"], row, printed_no, "agency")
    return {
        **place,
        "rows": ranges(row for row, _ in found) if listings else None,
        "row_count": len(found) if listings else len(wanted),
        "first": first,
    }


def cell_on_list(
    db: sqlite3.Connection, agreement_no: int, on: sqlite3.Row, listings: Listings | None, field: str
) -> dict[str, Any] | None:
    """The cell of a list that prints an agreement; None if it does not stand there.

    Without ``listings``, the cell of the first list that prints it in the same words.
    """
    run = db.execute(
        f"SELECT r.*, {', '.join(f'p.{c}' for c in _KEY)} "
        "FROM listing_run r JOIN printed p USING (printed_no) "
        "WHERE r.agreement_no = ? AND r.first_list <= ? AND r.last_list >= ?",
        (agreement_no, on["list_no"], on["list_no"]),
    ).fetchone()
    if run is None:
        return None
    wanted = {tuple(run[c] for c in _KEY): run["printed_no"]}
    for row, printed_no in _matching(listings(on["list_id"]), wanted) if listings else ():
        return evidence.cell(db, on["list_no"], row, printed_no, field)
    return evidence.cell(db, run["first_list"], run["first_row"], run["printed_no"], field)


def _matching(rows: pl.DataFrame, wanted: dict[tuple[Any, ...], int]) -> Iterator[tuple[int, int]]:
    for row, *key in rows.select("row", *_KEY).iter_rows():
        if tuple(key) in wanted:
            yield row, wanted[tuple(key)]


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order as ranges: 2, 3, 4, 7 as ``2-4, 7``."""
    out: list[list[int]] = []
    for number in numbers:
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in out)
