"""County FIPS codes: the state each begins with, and the counties whose code or land changed.

``fips_changes.csv`` has one row a change since 1979, in order of the day it took effect:
``renumbered`` (same land, new name and code), ``merged`` (all of it is part of another county
now), ``split`` (its land went to several), ``created`` (a new county took part of its land),
``reshaped`` (same code, other land) and ``planning region`` (Connecticut's, which stand in
for its counties in data from 2022 on). Each row carries its evidence.

Standard library only.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

#: The day whose counties the atlas counts by: ACS 2017, the Census boundaries of 2017.
VINTAGE = date(2017, 1, 1)
KINDS = ("renumbered", "merged", "split", "created", "reshaped", "planning region")

#: The states and territories: first two digits of their FIPS codes, postal code, name.
_STATES = """
    01 AL Alabama, 02 AK Alaska, 04 AZ Arizona, 05 AR Arkansas, 06 CA California, 08 CO Colorado,
    09 CT Connecticut, 10 DE Delaware, 11 DC District of Columbia, 12 FL Florida, 13 GA Georgia,
    15 HI Hawaii, 16 ID Idaho, 17 IL Illinois, 18 IN Indiana, 19 IA Iowa, 20 KS Kansas, 21 KY Kentucky,
    22 LA Louisiana, 23 ME Maine, 24 MD Maryland, 25 MA Massachusetts, 26 MI Michigan, 27 MN Minnesota,
    28 MS Mississippi, 29 MO Missouri, 30 MT Montana, 31 NE Nebraska, 32 NV Nevada, 33 NH New Hampshire,
    34 NJ New Jersey, 35 NM New Mexico, 36 NY New York, 37 NC North Carolina, 38 ND North Dakota,
    39 OH Ohio, 40 OK Oklahoma, 41 OR Oregon, 42 PA Pennsylvania, 44 RI Rhode Island,
    45 SC South Carolina, 46 SD South Dakota, 47 TN Tennessee, 48 TX Texas, 49 UT Utah, 50 VT Vermont,
    51 VA Virginia, 53 WA Washington, 54 WV West Virginia, 55 WI Wisconsin, 56 WY Wyoming,
    60 AS American Samoa, 66 GU Guam, 69 MP Northern Mariana Islands, 72 PR Puerto Rico,
    78 VI U.S. Virgin Islands
"""
_ROWS = [row.strip().split(" ", 2) for row in _STATES.split(",")]
#: Postal codes by the first two digits of a FIPS code.
STATES = {digits: code for digits, code, _ in _ROWS}
#: Postal codes by a state's name, in lower case.
STATES_BY_NAME = {name.lower(): code for _, code, name in _ROWS}


@dataclass(frozen=True, slots=True)
class Change:
    """One row of ``fips_changes.csv``; ``old`` and ``old_name`` are empty for a planning region."""

    since: date
    kind: str  # one of KINDS
    old: str
    old_name: str
    new: str
    new_name: str
    evidence: str


@cache
def changes() -> tuple[Change, ...]:
    """Every change, in order of the day it took effect."""
    with Path(__file__).with_name("fips_changes.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        return tuple(Change(date.fromisoformat(row.pop("since")), **row) for row in rows)


def state_of(fips: str) -> str | None:
    """The postal code of the state or territory of a five-digit code; None if it is no such code."""
    return STATES.get(fips[:2]) if len(fips) == 5 and fips.isascii() and fips.isdigit() else None


def code_on(fips: str, on: date = VINTAGE) -> str:
    """The code that a county's land, as a whole, goes by on a day.

    Follows renumbering and merging forward (``46113`` → ``46102``, ``51515`` → ``51019``). A code that
    did not change, that is not known, or whose land went to several counties is returned as it is.
    """
    for change in changes():
        if change.old == fips and change.since <= on and change.kind in ("renumbered", "merged"):
            fips = change.new
    return fips


@cache
def planning_regions() -> frozenset[str]:
    """The codes of Connecticut's nine planning regions."""
    return frozenset(c.new for c in changes() if c.kind == "planning region")
