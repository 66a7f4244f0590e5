"""The Census Bureau's API: county names, population and Hispanic share of any five-year survey.

``/data/{year}/acs/acs5?get=NAME,B03002_001E,B03002_012E&for=county:*`` answers with a JSON list
of rows of text, the first of which names the columns. Table B03002 is Hispanic or Latino origin by
race: 001 all residents, 012 Hispanic or Latino residents. Negative numbers stand for estimates
that are not given. From 2022 on, Connecticut's rows are its nine planning regions, which are kept
as they are and marked. Works of the United States, in the public domain.
"""

from __future__ import annotations

import json
from typing import Any

from ..archive import Archive
from ..errors import FetchError, NotFoundError
from .acs_counties import MOST, CountyPeople, Reading, Row
from .http import Fetcher

BASE = "https://api.census.gov"
FIRST_YEAR = 2009
PUBLISHER = "census"

_ALL, _HISPANIC = "B03002_001E", "B03002_012E"
_COLUMNS = ("NAME", _ALL, _HISPANIC, "state", "county")


def fetch_people(
    fetcher: Fetcher,
    year: int,
    *,
    key: str | None = None,
    base: str = BASE,
    archive: Archive | None = None,
) -> CountyPeople:
    """Fetch the counties of the five-year survey that ends with a year.

    Args:
        key: a key of the API, if one is held; it is neither kept nor shown.
        base: the API's address.
        archive: where to keep the answer as it came.

    Raises:
        NotFoundError: there is no survey of that year yet, or was none.
        FetchError: the API could not be asked, or what it answered is no table of counties.
        ArchiveError: the archive cannot be written.
    """
    none = f"there are no five-year estimates of {year}"
    if year < FIRST_YEAR:
        raise NotFoundError(none, f"the first are of {FIRST_YEAR}")
    try:
        fetched = fetcher.get(
            f"{base}/data/{year}/acs/acs5",
            params={"get": f"NAME,{_ALL},{_HISPANIC}", "for": "county:*"},
            secret={"key": key} if key else None,
        )
    except FetchError as error:
        if error.status == 404:
            raise NotFoundError(none, "ask for an earlier year; each comes out a year later") from error
        raise
    people = read_people(fetched.body, year)
    if people.counties.is_empty():
        # Without a key that it wants, or with one that it does not know, the API answers with a page.
        reason = people.quarantine["reason"][0] if people.quarantine.height else "it has no rows"
        remedy = "see whether the API wants a key, or does not know the one given"
        raise FetchError(f"{fetched.url}: {reason}", remedy, url=fetched.url, status=fetched.status)
    if archive is not None:
        fetched.keep(archive, folder="census", file=people.file, publisher=PUBLISHER)
    return people


def read_people(data: bytes, year: int) -> CountyPeople:
    """Read the API's answer. What cannot be used of it is quarantined; nothing is raised."""
    reading = Reading(f"acs5_{year}_county.json", data, year, f"Census Bureau, ACS 5-year {year}, B03002")
    try:
        rows = json.loads(data)
        if not (isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows)):
            raise ValueError("it is not a list of rows")
        if missing := [column for column in _COLUMNS if column not in rows[0]]:
            raise ValueError(f"it has no column {', '.join(missing)}")
    except (ValueError, RecursionError) as error:
        reading.set_aside("document", f"not the API's answer: {error}", "Fetch it again.")
        return reading.done()
    for number, printed in enumerate(rows[1:], 2):
        row = Row(number, dict(zip(rows[0], printed, strict=False)))
        if len(printed) != len(rows[0]):
            reason = f"it has {len(printed)} cells under {len(rows[0])} columns"
            reading.set_aside("row", reason, "Fetch it again.", row)
        else:
            _take(reading, row)
    return reading.done()


def _take(reading: Reading, row: Row) -> None:
    name, people, hispanic, state, county = (_text(row.cells[column]) for column in _COLUMNS)
    # "Autauga County, Alabama"; some vintages part them by a semicolon.
    name, _, state_name = name.replace("; ", ", ").rpartition(", ")
    population = reading.number(row, "population", people, MOST)
    of_these = reading.number(row, "Hispanic population", hispanic, MOST)
    share = None
    if population and of_these is not None:
        if of_these > population:
            reason = f"more Hispanic residents ({of_these:,.0f}) than residents ({population:,.0f})"
            reading.set_aside("cell", reason, "Nothing to do; the share is left open.", row)
        else:
            share = of_these / population
    reading.add(row, state + county, name, population, share, state_name)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
