"""How many people live in each county, and what share is Hispanic: the American Community Survey.

The table's form (:data:`PEOPLE`) is the same whoever hands the survey on; here it is read from
``acs2017_county_data.csv``, a compilation of the five-year estimates of 2013-2017 (3,219
counties: the states, the District, Puerto Rico's 78 municipios; not the other territories, and
not Kalawao County, Hawaii). :mod:`.census_api` reads the Census Bureau's own answer for any
five years. Works of the United States, in the public domain.

Nothing is raised for what a document holds: what cannot be used is quarantined with a reason.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from . import fips

PEOPLE = pl.Schema(
    {
        "fips": pl.String(),  # five digits
        "state": pl.String(),  # postal code
        "name": pl.String(),  # "Autauga County", "St. Louis city", "Capitol Planning Region"
        "population": pl.Int64(),  # residents; null: not given
        "hispanic_share": pl.Float64(),  # Hispanic or Latino residents, of all; 0..1; null: not given
        "planning_region": pl.Boolean(),  # of Connecticut: no county, and made of parts of several
        "vintage": pl.Int16(),  # the last of the five years surveyed
        "source": pl.String(),  # who published what
    }
)
QUARANTINE = pl.Schema(
    {
        "file": pl.String,
        "row": pl.UInt32,  # line of the CSV, row of the answer (its header is 1); null: the whole document
        "what": pl.String,  # "county document", "county row" or "county cell"
        "reason": pl.String,
        "remedy": pl.String,
        "cells": pl.String,  # JSON: what was there
    }
)

_NEEDED = ("CountyId", "State", "County", "TotalPop", "Hispanic")
#: No county has more people.
MOST = 100_000_000
_LOOK_UP = "Look the county up at the Census Bureau."


@dataclass(frozen=True)
class CountyPeople:
    """A survey read.

    Attributes:
        counties: :data:`PEOPLE`'s columns, one row a county, in order of FIPS.
        quarantine: :data:`QUARANTINE`'s columns.
        file: name of the document.
        sha256: of its bytes.
    """

    counties: pl.DataFrame
    quarantine: pl.DataFrame
    file: str
    sha256: str

    def lacking(self, codes: Iterable[str]) -> list[str]:
        """Those of the codes of which the survey has no row, in order."""
        return sorted(set(codes) - set(self.counties["fips"]))


class Row(NamedTuple):
    """Where a row stands in its document, and its cells as printed."""

    number: int
    cells: Mapping[str, Any]


class Reading:
    """Rows of one document on their way into the table, and what is set aside of them."""

    def __init__(self, file: str, data: bytes, vintage: int, source: str) -> None:
        self.file, self.sha256 = file, hashlib.sha256(data).hexdigest()
        self._vintage, self._source = vintage, source
        self._rows: dict[str, dict[str, Any]] = {}
        self._contradicted: set[str] = set()
        self._aside: list[tuple[Any, ...]] = []

    def set_aside(self, what: str, reason: str, remedy: str, row: Row | None = None) -> None:
        """Quarantine a row, a cell or, where no row is given, the document."""
        where = f"{self.file}, row {row.number}" if row else self.file
        cells = json.dumps(dict(row.cells) if row else {}, ensure_ascii=False, default=str)
        number = row.number if row else None
        self._aside.append((self.file, number, f"county {what}", f"{where}: {reason}", remedy, cells))

    def number(self, row: Row, what: str, printed: Any, most: float) -> float | None:
        """The number in a cell; None where it is empty, negative, or no number up to `most`.

        The survey marks what it does not give by a negative number (-666666666, -999999999, …); a
        cell that is neither that nor a number is quarantined.
        """
        text = "" if printed is None else str(printed).strip()
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if value < 0:
            return None
        if value <= most:
            return value
        reason = f"the {what} {text!r} is not a number from 0 to {most:,.0f}"
        self.set_aside("cell", reason, "Nothing to do; it is left open.", row)
        return None

    def add(
        self,
        row: Row,
        code: str,
        name: str,
        population: float | None,
        share: float | None,
        state_name: str | None = None,
    ) -> None:
        """Take a row in, unless its code is none, its state another, or another row contradicts it."""
        state = fips.state_of(code)
        if state is None:
            reason = f"{code!r} is no county's code: five digits, of which the first two name a state"
        elif not name.strip():
            reason = f"{code} has no name"
        elif state_name is not None and fips.STATES_BY_NAME.get(state_name.strip().lower()) != state:
            reason = f"{code} is a code of {state}, and the row says {state_name!r}"
        elif population is not None and not population.is_integer():
            reason = f"the population of {code} is no whole number: {population}"
        else:
            self._add(
                row, (code, state, name.strip(), None if population is None else int(population), share)
            )
            return
        self.set_aside("row", reason, _LOOK_UP, row)

    def _add(self, row: Row, said: tuple[str, str, str, int | None, float | None]) -> None:
        code = said[0]
        region = code in fips.planning_regions()
        values = dict(zip(PEOPLE, (*said, region, self._vintage, self._source), strict=True))
        known = self._rows.setdefault(code, values)
        if known is values:
            return
        if known == values:
            reason = f"{code} stands twice in the same words"
            self.set_aside("row", reason, "Nothing to do; it is counted once.", row)
        else:
            self._contradicted.add(code)
            self.set_aside(
                "row", f"{code} stands twice, and the rows differ: neither is taken", _LOOK_UP, row
            )

    def done(self) -> CountyPeople:
        rows = [row for code, row in self._rows.items() if code not in self._contradicted]
        return CountyPeople(
            pl.DataFrame(rows, schema=PEOPLE).sort("fips"),
            pl.DataFrame(self._aside, schema=QUARANTINE, orient="row"),
            self.file,
            self.sha256,
        )


def read_acs_counties(path: Path, vintage: int | None = None) -> CountyPeople:
    """Read a compilation of five-year estimates: CSV with ``CountyId,State,County,TotalPop,Hispanic``.

    ``Hispanic`` is a percentage with one decimal, so a share is known to 0.0005.

    Args:
        vintage: the last of the five years; by default the year in the file's name (``acs2017…``).

    Raises:
        OSError: the file cannot be read.
    """
    data = path.read_bytes()
    named = re.search(r"acs_?(20[0-9]{2})", path.name.lower())
    year = vintage or (int(named[1]) if named else 0)
    reading = Reading(path.name, data, year, f"Census Bureau, ACS 5-year {year}, compiled in {path.name}")
    if not year:
        reading.set_aside("document", "its name does not say of which years it is", "Say the vintage.")
        return reading.done()
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        if missing := [column for column in _NEEDED if column not in (rows.fieldnames or ())]:
            raise ValueError(f"it has no column {', '.join(missing)}")
        for printed in rows:
            _take(reading, rows.line_num, printed)
    except (ValueError, csv.Error) as error:
        reading.set_aside("document", str(error), f"It needs the columns {', '.join(_NEEDED)}.")
    return reading.done()


def _take(reading: Reading, line: int, printed: Mapping[str, Any]) -> None:
    row = Row(line, {column: printed[column] for column in _NEEDED})
    code, state, name, people, percent = ((row.cells[column] or "").strip() for column in _NEEDED)
    population = reading.number(row, "population", people, MOST)
    hispanic = reading.number(row, "Hispanic percentage", percent, 100)
    share = round(hispanic / 100, 6) if population and hispanic is not None else None
    reading.add(row, code.zfill(5) if code else "", name, population, share, state)
