"""The FBI's roster of law-enforcement agencies: who holds which ORI, where.

Two publications, one table. *Law Enforcement Employees* (CSV, one row an agency and year,
with population and officers; also in a form that keeps only the latest year of each), and the
Crime Data Explorer's agency list (JSON, one file a state, as ``/agency/byStateAbbr/XX``
answers: lists of agencies by county). Both are works of the United States, in the public
domain.

Cells stay as printed, but for what is one code in two spellings: the FBI's own state codes
(NB, GM) become postal codes, an ORI of seven characters its nine, a population of 0 (not
given) null. Nothing is raised for what a document holds; what cannot be used is quarantined.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

AGENCIES = pl.Schema(
    {
        "ori": pl.String(),  # nine characters
        "name": pl.String(),  # as printed; a colon at its end says that a unit was left out
        "state": pl.String(),  # postal code; FS: federal
        "counties": pl.List(pl.String()),  # as printed; none where the roster specifies none
        "type": pl.String(),  # City, County, State Police, University or College … or null
        "population": pl.UInt32(),  # residents policed; null: not given
        "officers": pl.UInt32(),  # sworn
        "year": pl.UInt16(),  # the latest year with the agency; null: the list is of no year
    }
)
QUARANTINE = pl.Schema(
    {
        "file": pl.String,
        "row": pl.UInt32,  # line of a CSV, place in a JSON list; null: the whole document
        "what": pl.String,  # "agency document", "agency row", "agency cell" or "agency county"
        "reason": pl.String,
        "remedy": pl.String,
        "cells": pl.String,  # JSON: what was there
    }
)
#: The FBI's codes that are not the Postal Service's.
STATES = {"NB": "NE", "GM": "GU"}
#: What the roster prints where it names no county.
NO_COUNTY = frozenset({"", "NOT SPECIFIED", "UNMAPPED COUNTY", "UNKNOWN"})
LENGTHS = (7, 9)

_CSV = {
    "ori": "ori", "data_year": "year", "pub_agency_name": "name", "pub_agency_unit": "unit",
    "state_abbr": "state", "county_name": "county", "agency_type_name": "type",
    "population": "population", "officer_ct": "officers",
}  # fmt: skip
_NEEDED = ("ori", "name", "state")


@dataclass(frozen=True)
class AgencyRoster:
    """A roster read: one row an ORI, what was set aside, and what it was read from.

    Attributes:
        agencies: :data:`AGENCIES`' columns, in order of state and ORI.
        quarantine: :data:`QUARANTINE`'s columns.
        earlier: rows that an agency's later year stands for.
        source: name and sha256 of the document (of a folder: of its files in order).
    """

    agencies: pl.DataFrame
    quarantine: pl.DataFrame
    earlier: int
    source: dict[str, str]


@dataclass(slots=True)
class _Row:
    """One row as printed, with where it stands."""

    file: str
    line: int
    cells: Mapping[str, Any]
    counties: list[str]


@dataclass(slots=True)
class _Reading:
    by_ori: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    quarantine: list[tuple[Any, ...]] = field(default_factory=list)
    earlier: int = 0

    def set_aside(self, row: _Row, what: str, reason: str, remedy: str) -> None:
        where = f"{row.file}, row {row.line}"
        cells = json.dumps(dict(row.cells), ensure_ascii=False, default=str)
        self.quarantine.append((row.file, row.line, what, f"{where}: {reason}", remedy, cells))


def read_agencies(path: Path) -> AgencyRoster:
    """Read a roster: a CSV file, a JSON file of one state, or a folder of JSON files.

    A row whose ORI has the wrong length, or that contradicts another row of its ORI and
    year, is quarantined with its reason; so is every number that is none. Of an agency's
    several years the latest stands, and a change of county between years is noted.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    seen, done = hashlib.sha256(), _Reading()
    for file in files:
        data = file.read_bytes()
        seen.update(data)
        rows = _json_rows if file.suffix.lower() == ".json" else _csv_rows
        try:
            for row in rows(file.name, data):
                _take(row, done)
        except (ValueError, csv.Error) as error:
            reason = f"{file.name}: {error}"
            remedy = "Fetch the document again; a CSV needs the columns ori, pub_agency_name, state_abbr."
            done.quarantine.append((file.name, None, "agency document", reason, remedy, "{}"))
    agencies = [one for same in done.by_ori.values() for one in _settle(same, done)]
    return AgencyRoster(
        pl.DataFrame(agencies, schema=AGENCIES).sort("state", "ori"),
        pl.DataFrame(done.quarantine, schema=QUARANTINE, orient="row"),
        done.earlier,
        {"file": path.name, "sha256": seen.hexdigest()},
    )


def _csv_rows(file: str, data: bytes) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    names = {column: _CSV.get((column or "").strip().lower()) for column in reader.fieldnames or ()}
    if missing := set(_NEEDED) - set(names.values()):
        raise ValueError(f"no column says the {', '.join(sorted(missing))} of an agency")
    for printed in reader:
        cells = {names[c]: v for c, v in printed.items() if c is not None and names.get(c) and v is not None}
        # Some publications give the name's second half (a campus, a precinct) a column of its own.
        if unit := str(cells.pop("unit", "") or "").strip():
            cells["name"] = f"{str(cells.get('name', '')).strip()} {unit}"
        yield _Row(
            file, reader.line_num, {str(k): v for k, v in cells.items()}, _counties(cells.get("county"))
        )


def _json_rows(file: str, data: bytes) -> Iterator[_Row]:
    answer = json.loads(data)
    if not isinstance(answer, dict) or not all(isinstance(v, list) for v in answer.values()):
        raise ValueError("this is not the Crime Data Explorer's answer: lists of agencies by county")
    for county, agencies in answer.items():
        for place, agency in enumerate(agencies, start=1):
            if not isinstance(agency, dict):
                raise ValueError(f"{county}, entry {place} is not an agency")
            cells = {
                "ori": agency.get("ori"), "name": agency.get("agency_name"),
                "state": agency.get("state_abbr"), "type": agency.get("agency_type_name"),
                "county": agency.get("counties") or county,
            }  # fmt: skip
            own = _counties(agency.get("counties"))
            yield _Row(file, place, cells, list(dict.fromkeys([*own, *_counties(county)])))


def _counties(printed: Any) -> list[str]:
    parts = (part.strip() for part in str(printed or "").split(","))
    return list(dict.fromkeys(part for part in parts if part.upper() not in NO_COUNTY))


def _take(row: _Row, done: _Reading) -> None:
    ori = str(row.cells.get("ori") or "").strip().upper()
    if len(ori) not in LENGTHS or not ori.isalnum():
        reason = f"the ORI {ori!r} has {len(ori)} characters, not seven or nine"
        if len(ori) in LENGTHS:
            reason = f"the ORI {ori!r} holds something else than letters and digits"
        done.set_aside(row, "agency row", reason, "Look the agency up in the FBI's own list.")
        return
    name, state = (str(row.cells.get(cell) or "") for cell in ("name", "state"))
    if not name.strip() or not state.strip():
        done.set_aside(row, "agency row", f"{ori} has no name or state", "Look it up in the FBI's own list.")
        return
    code = state.strip().upper()
    done.by_ori[ori if len(ori) == 9 else f"{ori}00"].append(
        {
            "ori": ori if len(ori) == 9 else f"{ori}00",
            "name": name,
            "state": STATES.get(code, code),
            "counties": row.counties,
            "type": str(row.cells.get("type") or "").strip() or None,
            # 0 is how the roster says that it gives no population (a sheriff who polices no one).
            "population": _number(row, "population", done) or None,
            "officers": _number(row, "officers", done),
            "year": _number(row, "year", done),
            "row": row,
        }
    )


def _number(row: _Row, cell: str, done: _Reading) -> int | None:
    printed = str(row.cells.get(cell) or "").strip().replace(",", "")
    if not printed:
        return None
    whole, _, rest = printed.partition(".")
    limit = 65_536 if cell == "year" else 2**32
    if whole.isascii() and whole.isdigit() and not rest.strip("0") and int(whole) < limit:
        return int(whole)
    done.set_aside(row, "agency cell", f"{cell} {printed!r} is no count", "Nothing to do; it is left open.")
    return None


def _settle(same: list[dict[str, Any]], done: _Reading) -> Iterator[dict[str, Any]]:
    """The one row that stands for an ORI, if its rows do not contradict one another."""
    latest = max(one["year"] or 0 for one in same)
    newest = [one for one in same if (one["year"] or 0) == latest]
    done.earlier += len(same) - len(newest)
    one = newest[0]
    others = [other for other in newest[1:] if _said(other) != _said(one)]
    if others:
        names = " and ".join(dict.fromkeys(f"{n['name'].strip()!r}" for n in newest))
        for row in newest:
            reason = f"the ORI {one['ori']} stands twice, for {names}"
            done.set_aside(row["row"], "agency row", reason, "Look the ORI up in the FBI's own list.")
        return
    # The Explorer lists an agency that works in two counties once under each: one agency, two counties.
    counties = list(dict.fromkeys(c for row in newest for c in row["counties"]))
    for row in newest[1:]:
        if row["counties"] == one["counties"]:
            reason = f"the ORI {one['ori']} is printed twice in the same words"
            done.set_aside(row["row"], "agency row", reason, "Nothing to do; it is counted once.")
    _note_moves(same, counties, latest, done)
    yield {**{column: one[column] for column in AGENCIES}, "counties": counties}


def _said(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(one[k] for k in ("name", "state", "type", "population", "officers"))


def _note_moves(same: Iterable[dict[str, Any]], now: list[str], latest: int, done: _Reading) -> None:
    for one in same:
        year = one["year"] or 0
        if year != latest and one["counties"] and now and set(one["counties"]) != set(now):
            was, is_ = ", ".join(one["counties"]), ", ".join(now)
            reason = f"{one['ori']} was in {was} in {year} and is in {is_} in {latest}"
            done.set_aside(one["row"], "agency county", reason, "The latest year's county is taken.")
