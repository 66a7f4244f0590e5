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

from . import fips

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
#: The roster's code for agencies of the United States, whose ORIs begin with any state's code.
FEDERAL = "FS"
#: What the roster prints where it names no county.
NO_COUNTY = frozenset({"", "NOT SPECIFIED", "UNMAPPED COUNTY", "UNKNOWN"})
LENGTHS = (7, 9)
#: No count of the roster has more digits.
_DIGITS = 10
_LOOK = "Look the agency up in the FBI's own list."

_CSV = {
    "ori": "ori", "data_year": "year", "pub_agency_name": "name", "pub_agency_unit": "unit",
    "state_abbr": "state", "county_name": "county", "agency_type_name": "type",
    "population": "population", "officer_ct": "officers",
}  # fmt: skip
_NEEDED = ("ori", "name", "state")
#: What two rows of one agency and year may differ in.
_CELLS = ("counties", "type", "population", "officers")


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
    by_county: bool = False  # of a list by county, where an agency in two counties stands twice


@dataclass(slots=True)
class _Reading:
    by_ori: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    quarantine: list[tuple[Any, ...]] = field(default_factory=list)
    earlier: int = 0

    def set_aside(self, row: _Row, what: str, reason: str, remedy: str) -> None:
        cells = _writable(json.dumps(dict(row.cells), ensure_ascii=False, default=str))
        reason = _writable(f"{row.file}, row {row.line}: {reason}")
        self.quarantine.append((row.file, row.line, what, reason, remedy, cells))

    def set_aside_whole(self, file: str, reason: str, remedy: str) -> None:
        reason = _writable(f"{file}: {reason}")
        self.quarantine.append((file, None, "agency document", reason, remedy, "{}"))


def read_agencies(path: Path) -> AgencyRoster:
    """Read a roster: a CSV file, a JSON file of one state, or a folder of JSON files.

    A row whose ORI has the wrong length or is another state's, or that names another agency
    than a row of its ORI and year, is quarantined with its reason; so is every number that is
    none. A CSV that has an agency and year twice counts the first. Of an agency's several
    years the latest stands, and a change of county between years is noted.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    seen, done = hashlib.sha256(), _Reading()
    if not files:
        done.set_aside_whole(path.name, "the folder holds no .json file", "Name the folder of the lists.")
    for file in files:
        data = file.read_bytes()
        seen.update(data)
        rows = _json_rows if file.suffix.lower() == ".json" else _csv_rows
        try:
            for row in rows(file.name, data):
                _take(row, done)
        except (ValueError, csv.Error, RecursionError) as error:
            reason = "lists within lists without end" if isinstance(error, RecursionError) else str(error)
            remedy = "Fetch the document again; a CSV needs the columns ori, pub_agency_name, state_abbr."
            done.set_aside_whole(file.name, reason, remedy)
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
            yield _Row(file, place, cells, list(dict.fromkeys([*own, *_counties(county)])), by_county=True)


def _counties(printed: Any) -> list[str]:
    parts = (part.strip() for part in str(printed or "").split(","))
    return list(dict.fromkeys(part for part in parts if part.upper() not in NO_COUNTY))


def _take(row: _Row, done: _Reading) -> None:
    printed = str(row.cells.get("ori") or "").strip()
    name, state, type_ = (str(row.cells.get(cell) or "") for cell in ("name", "state", "type"))
    code = state.strip().upper()
    code = STATES.get(code, code)
    ori = f"{printed.upper():0<9}"
    if reason := _unfit(printed, name, code) or _unwritable(name, type_, *row.counties):
        done.set_aside(row, "agency row", reason, _LOOK)
        return
    taken = {
        "ori": ori,
        "name": name,
        "state": code,
        "counties": row.counties,
        "type": type_.strip() or None,
        # 0 is how the roster says that it gives no population (a sheriff who polices no one).
        "population": _number(row, "population", done) or None,
        "officers": _number(row, "officers", done),
        "year": _number(row, "year", done),
        "row": row,
    }
    done.by_ori[ori].append(taken)


def _unfit(ori: str, name: str, state: str) -> str | None:
    """Why a row is of no agency, if it is of none."""
    if len(ori) not in LENGTHS:
        return f"the ORI {ori[:40]!r} has {len(ori)} characters, not seven or nine"
    if not (ori.isascii() and ori.isalnum()):
        return f"the ORI {ori!r} holds something else than letters and digits"
    if not name.strip() or not state:
        return f"{ori} has no name or state"
    if state != FEDERAL and state not in fips.STATES.values():
        return f"{ori} is said to be of {state[:40]!r}, which is no state"
    prefix = ori[:2].upper()
    if state not in (FEDERAL, STATES.get(prefix, prefix)):
        return f"the ORI {ori} begins with {prefix}, and the row says {state}"
    return None


def _unwritable(*cells: str) -> str | None:
    """Why no table can hold these cells, if none can: half of a character has no UTF-8."""
    wrong = next((cell for cell in cells if _writable(cell) != cell), None)
    return None if wrong is None else f"{wrong[:40]!r} holds half of a character"


def _writable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _number(row: _Row, cell: str, done: _Reading) -> int | None:
    printed = str(row.cells.get(cell) or "").strip().replace(",", "")
    if not printed:
        return None
    whole, _, rest = printed.partition(".")
    limit = 65_536 if cell == "year" else 2**32
    short = whole.isascii() and whole.isdigit() and len(whole) <= _DIGITS
    if short and not rest.strip("0") and int(whole) < limit:
        return int(whole)
    reason = f"{cell} {printed[:40]!r} is no count"
    done.set_aside(row, "agency cell", reason, "Nothing to do; it is left open.")
    return None


def _settle(same: list[dict[str, Any]], done: _Reading) -> Iterator[dict[str, Any]]:
    """The one row that stands for an ORI, if its rows do not contradict one another."""
    latest = max((one["year"] or 0 for one in same), default=0)
    newest = [one for one in same if (one["year"] or 0) == latest]
    if not newest:
        return
    done.earlier += len(same) - len(newest)
    one = newest[0]
    if any(_said(other) != _said(one) for other in newest[1:]):
        names = " and ".join(dict.fromkeys(f"{n['name'].strip()!r}" for n in newest))
        for row in newest:
            reason = f"the ORI {one['ori']} stands twice, for {names}"
            done.set_aside(row["row"], "agency row", reason, "Look the ORI up in the FBI's own list.")
        return
    # The Explorer lists an agency that works in two counties once under each: one agency, two counties.
    counties = list(dict.fromkeys(c for row in newest if row["row"].by_county for c in row["counties"]))
    counties = counties or one["counties"]
    for row in newest[1:]:
        differing = [cell for cell in _CELLS if row[cell] != one[cell]]
        if not differing:
            reason = f"the ORI {one['ori']} is printed twice in the same words"
            done.set_aside(row["row"], "agency row", reason, "Nothing to do; it is counted once.")
        elif not row["row"].by_county:
            in_ = f" of {latest}" if latest else ""
            reason = f"the ORI {one['ori']}{in_} is printed twice, with another {' and '.join(differing)}"
            done.set_aside(row["row"], "agency row", reason, "Nothing to do; the first row is counted.")
    _note_moves(same, counties, latest, done)
    yield {**{column: one[column] for column in AGENCIES}, "counties": counties}


def _said(one: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two rows of an ORI and year two agencies: of a list by county, any difference."""
    return tuple(one[k] for k in ("name", "state", *(_CELLS[1:] if one["row"].by_county else ())))


def _note_moves(same: Iterable[dict[str, Any]], now: list[str], latest: int, done: _Reading) -> None:
    for one in same:
        year = one["year"] or 0
        if year != latest and one["counties"] and now and set(one["counties"]) != set(now):
            was, is_ = ", ".join(one["counties"]), ", ".join(now)
            reason = f"{one['ori']} was in {was} in {year} and is in {is_} in {latest}"
            done.set_aside(one["row"], "agency county", reason, "The latest year's county is taken.")
