"""The panel's tables, declared once, with units: frames are made by these, and the data dictionary."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "day": pl.Date(),
    "count": pl.Int64(),
    "flag": pl.Int8(),
    "share": pl.Float64(),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column: its type (text, day, count, flag: 0 or 1, share: 0 to 1), its unit, what it says."""

    name: str
    type: str
    unit: str
    says: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A table of units and periods: what one row is, its key, its columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Measure, ...]

    @property
    def frame_schema(self) -> dict[str, pl.DataType]:
        return {c.name: _TYPES[c.type] for c in self.columns}


def _panel(name: str, row: str, key: str, columns: str) -> Panel:
    """A table from lines of ``name type [unit] what a cell says``; "-" is no unit."""
    measures = []
    for line in filter(None, map(str.strip, columns.splitlines())):
        column, kind, rest = line.split(maxsplit=2)
        unit, says = rest.removeprefix("[").split("] ", 1)
        measures.append(Measure(column, kind, "" if unit == "-" else unit, says))
    return Panel(name, row, tuple(key.split()), tuple(measures))


#: What every panel by month says of its months.
_MONTH = """
    month text [YYYY-MM] the month; values are of its last list, null in a month of which no list is held
    days count [days] days of the month that lists speak for (from the first list held to the newest)
    source text [file] the list that the values are of: the last of the month
"""

COUNTY_MONTH = _panel(
    "exposure_county_month",
    "one county in one month, on basis listed: whom the agreements on ICE's list reach there",
    "fips month",
    """
    fips text [FIPS] the county
    county text [-] its name
    state text [postal code] its state
"""
    + _MONTH
    + """
    jail flag [0/1] its arrests are booked into a jail under a jail or warrant agreement (jem, wso, hybrid)
    jail_models text [models] of which models
    jail_days count [days] days of the month on which they were, by the newest list at or before each day
    city_jail flag [0/1] a lock-up below the county is under such an agreement (not counted as jail)
    field flag [0/1] an agency below state level with a task-force agreement (tfm, hybrid) has ground there
    field_low count [residents] residents policed by such agencies, at least
    field_high count [residents] at most; equal to field_low unless a count is missing; null if unbounded
    field_days count [days] days of the month on which one had ground there
    statewide_tfm flag [0/1] a statewide agency has a task-force agreement
    statewide_jail flag [0/1] a statewide agency (corrections) has a jail or warrant agreement
    population count [residents] the county's residents (one vintage for all months); null if not known
    doubt text [-] what to know of this row's figures; null if nothing
""",
)

AGENCY_MONTH = _panel(
    "exposure_agency_month",
    "one agency that was ever listed in one month, on basis listed: its models and whom they reach",
    "agency_id month",
    """
    agency_id text [-] the agency
    state text [postal code] its state
    level text [-] its jurisdiction
"""
    + _MONTH
    + """
    jem flag [0/1] it stands on the list under the Jail Enforcement Model
    tfm flag [0/1] under the Task Force Model
    wso flag [0/1] under the Warrant Service Officer model
    hybrid flag [0/1] under the first wave's hybrid
    listed_days count [days] days of the month on which it stood under any
    jail_counties count [counties] counties whose arrests its jail books, while a jail or warrant model stands
    jail_residents count [residents] their residents; null if of one not known
    field_low count [residents] residents it polices, at least, while a task-force model stands
    field_high count [residents] at most; null if unbounded
    statewide flag [0/1] it acts in the whole state, and is in no county's figure
    doubt text [-] what to know of this row's figures; null if nothing
""",
)

_SERIES = """
    source text [file] the newest list at or before the day
    age_days count [days] days since that list
    agencies count [agencies] agencies with an agreement
    roster_agencies count [agencies] agencies of the FBI's roster, federal ones left out; null: no roster
    roster_share share [0 to 1] share of the roster's agencies that have an agreement
    jail_counties count [counties] counties whose arrests are booked under a jail or warrant agreement
    jail_residents count [residents] their residents
    jail_hispanic count [residents] their Hispanic residents, by each county's share where known
    jail_share share [0 to 1] jail_residents of the population
    field_counties count [counties] counties in which an agency below state level has a task-force agreement
    field_low count [residents] residents policed by these, at least
    field_high count [residents] at most; null if unbounded
    field_share_low share [0 to 1] field_low of the population
    field_share_high share [0 to 1] field_high of the population
    tfm_states count [states] states, territories in which a statewide agency has a task-force agreement
    tfm_residents count [residents] their residents
    jail_states count [states] states, territories in which one has a jail or warrant agreement
    jail_states_residents count [residents] their residents
    unplaced count [agencies] agencies below state level of no known county, which no figure here holds
    population count [residents] residents of the counties whose population is known (one vintage)
"""

NATION_DAY = _panel(
    "exposure_nation_day",
    "one day of the nation, on basis listed; the figures are never to be added up",
    "day",
    "    day day [-] the day\n" + _SERIES.lstrip("\n"),
)

STATE_DAY = _panel(
    "exposure_state_day",
    "one day of one state or territory, on basis listed; the figures are never to be added up",
    "state day",
    "    state text [postal code] the state\n    day day [-] the day\n" + _SERIES.lstrip("\n"),
)


# Basis in-force ------------------------------------------------------------------------------------


#: Columns that speak of lists on basis listed.
_REWORDED = {
    c.name: c
    for c in _panel(
        "", "", "",
        """
    month text [YYYY-MM] the month; values are of its last day
    days count [days] days of the month from the first agreement of July 2002 to the newest list
    jail_days count [days] days of the month on which they were
    jem flag [0/1] it is in force under the Jail Enforcement Model
    in_force_days count [days] days of the month on which it was in force under any
""",
    ).columns
}  # fmt: skip
_REWORDED["listed_days"] = _REWORDED["in_force_days"]


def _in_force(panel: Panel, row: str, more: str) -> Panel:
    """A panel of :mod:`past`: what ``panel`` has of lists left out, and what may be beside what is known."""
    kept = tuple(_REWORDED.get(c.name, c) for c in panel.columns if c.name not in ("source", "age_days"))
    added = _panel("", "", "", more).columns
    return Panel(f"{panel.name}_in_force", row, panel.key, (*kept, *added))


COUNTY_MONTH_IN_FORCE = _in_force(
    COUNTY_MONTH,
    "one county in one month, on basis in-force: whom the agreements in force by all sources reach there",
    """
    jail_maybe flag [0/1] not known, but it may have been: a jail agreement's start or end is a range
    field_maybe flag [0/1] the same of a task-force agreement of an agency below state level
    statewide_maybe flag [0/1] the same of a statewide agency
""",
)
AGENCY_MONTH_IN_FORCE = _in_force(
    AGENCY_MONTH,
    "one agency with a spell in one month, on basis in-force: its models and whom they reach",
    "    maybe flag [0/1] an agreement not known in force may have been: its start or end is a range\n",
)
NATION_DAY_IN_FORCE = _in_force(
    NATION_DAY,
    "one day of the nation, on basis in-force; the figures are never to be added up",
    """
    agencies_high count [agencies] agencies, those that may have taken part among them
    jail_counties_high count [counties] jail_counties, with those that may have been
    field_counties_high count [counties] field_counties, with those that may have been
""",
)
STATE_DAY_IN_FORCE = _in_force(
    STATE_DAY,
    "one day of one state or territory, on basis in-force; the figures are never to be added up",
    """
    agencies_high count [agencies] agencies, those that may have taken part among them
    jail_counties_high count [counties] jail_counties, with those that may have been
    field_counties_high count [counties] field_counties, with those that may have been
""",
)
