"""The door of this room: exposure as tables and as answers, from a register and the bundle.

Jail, field and statewide exposure are three figures that are never added up; who counts in which,
and why, is in :mod:`figures`.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

import polars as pl

from .. import bundle
from ..errors import NotFoundError
from ..registry.questions.newest import list_on
from . import county as counties
from . import coverage as areas
from . import in_force
from .months import by_agency, by_county
from .past import read_past
from .reading import read_world
from .series import by_day

#: The tables there are: of which unit, every which period.
TABLES = {("nation", "day"), ("state", "day"), ("county", "month"), ("agency", "month")}


def exposure(
    db: sqlite3.Connection, by: str = "nation", every: str = "day", basis: str = "listed"
) -> pl.DataFrame:
    """Exposure as a table: by ``nation`` or ``state`` every ``day``, by ``county`` or ``agency`` every
    ``month``; :mod:`schema` declares the columns and their units. On basis ``in-force`` it begins in
    July 2002, and tells beside what is known what may have been.

    Raises:
        NotFoundError: there is no such table.
        NoListError: no list is held.
    """
    if (by, every) not in TABLES:
        raise NotFoundError(
            f"there is no exposure by {by} and {every}",
            remedy="nation or state by day, county or agency by month",
        )
    list_on(db, None)
    if basis == "in-force":
        known, maybe = read_past(db)
        if every == "day":
            return in_force.days(known, maybe, by)
        return (in_force.county_months if by == "county" else in_force.agency_months)(known, maybe)
    world = read_world(db)
    if every == "day":
        return by_day(world, by)
    return by_county(world) if by == "county" else by_agency(world)


def coverage(
    db: sqlite3.Connection, on: date | None = None, state: str | None = None, county: str | None = None
) -> dict[str, Any]:
    """Whom agreements reach on a day: of the nation or a state :func:`coverage.coverage`, of a
    county (its FIPS code) :func:`county.county_coverage`; they say what is returned and raised."""
    world = read_world(db)
    if county is not None:
        return counties.county_coverage(db, world, county, on, counties.beside(bundle.NEIGHBOURS))
    return areas.coverage(db, world, on, state)
