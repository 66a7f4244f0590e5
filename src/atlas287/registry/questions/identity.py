"""An agency's identifiers, its ground and whom it polices, as answers carry them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any


def identities(db: sqlite3.Connection, agency_no: int | None = None) -> dict[int, dict[str, Any]]:
    """By agency (of one, or of all): who it is and where.

    Returns:
        ``level``, ``municipality``, ``ori`` (now, or None), ``former_oris`` (``ori``,
        ``last_year``), ``county_fips`` (a list; a state's agency serves none), ``population``
        (residents policed, or None) and ``officers``.
    """
    oris: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in db.execute(
        "SELECT * FROM ori WHERE ?1 IS NULL OR agency_no = ?1 ORDER BY rowid", (agency_no,)
    ):
        oris[row["agency_no"]].append(row)
    counties: dict[int, list[str]] = defaultdict(list)
    for row in db.execute(
        "SELECT * FROM place WHERE ?1 IS NULL OR agency_no = ?1 ORDER BY rowid", (agency_no,)
    ):
        counties[row["agency_no"]].append(row["fips"])
    agencies = db.execute("SELECT * FROM agency WHERE ?1 IS NULL OR agency_no = ?1", (agency_no,))
    return {a["agency_no"]: _identity(a, oris[a["agency_no"]], counties[a["agency_no"]]) for a in agencies}


def _identity(agency: sqlite3.Row, oris: list[sqlite3.Row], counties: list[str]) -> dict[str, Any]:
    return {
        "level": agency["level"],
        "municipality": agency["municipality"],
        "ori": next((o["ori"] for o in oris if o["current"]), None),
        "former_oris": [{"ori": o["ori"], "last_year": o["year"]} for o in oris if not o["current"]],
        "county_fips": counties,
        "population": agency["population"],
        "officers": agency["officers"],
    }


def placing(db: sqlite3.Connection, agency_no: int) -> dict[str, Any]:
    """How one agency was placed: ``level_why``, ``oris`` and ``counties`` with how and why, and
    ``doubts`` (about, result, why)."""
    level = db.execute("SELECT level_why FROM agency WHERE agency_no = ?", (agency_no,)).fetchone()
    oris = "ori, year, current, roster_name, roster_type, population, officers, how, sure, why"
    return {
        "level_why": level[0],
        "oris": _rows(db, oris, "ori", agency_no),
        "counties": _rows(db, "fips, county, how, why", "place", agency_no),
        "doubts": _rows(db, "about, result, why", "doubt", agency_no),
    }


def _rows(db: sqlite3.Connection, columns: str, table: str, agency_no: int) -> list[dict[str, Any]]:
    rows = db.execute(f"SELECT {columns} FROM {table} WHERE agency_no = ? ORDER BY rowid", (agency_no,))
    return [dict(r) for r in rows]
