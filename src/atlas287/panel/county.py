"""Who covers one county on one day."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from ..errors import NotFoundError
from ..registry.questions.newest import list_on, told, with_newest
from ..sources import fips as codes
from .coverage import figures_by_county
from .figures import FIELD_MODELS, JAIL_MODELS, Figures, books_arrests
from .statejails import booking_states
from .world import STATE, Agency, County, Stint, World


class Snapshot(NamedTuple):
    """One moment: who stands, the states whose own jails book, every county's figures."""

    standing: list[Stint]
    booking: list[str]
    figures: dict[County, Figures]

    @classmethod
    def of(cls, world: World, moment: int | None) -> Snapshot:
        standing = [s for s in world.stints if moment is not None and s.first <= moment <= s.last]
        local = [s for s in standing if s.agency.level != STATE]
        return cls(standing, booking_states(standing), figures_by_county(world, local))


def county_coverage(
    db: sqlite3.Connection,
    world: World,
    fips: str,
    on: date | None = None,
    neighbours: Mapping[str, Sequence[str]] | None = None,
    snapshot: Snapshot | None = None,
) -> dict[str, Any]:
    """Who covers one county at the end of a day.

    Args:
        neighbours: the counties beside each, by FIPS (:func:`beside`), if they are known.
        snapshot: of that day's moment, where it is at hand.

    Returns:
        ``county`` (fips, name, state), ``on``, ``basis``, ``list``, ``population``,
        ``hispanic``, ``figures`` (see :class:`figures.Figures`), ``state_run_jail`` (the state runs
        the jails and has signed, see :mod:`statejails`), ``agreements`` (of agencies that
        serve it: id, agency, level, model, signed_on, reaches), ``statewide`` (of the state's
        agencies), ``neighbours`` (fips, name, jail, state_run_jail, field), ``newest_list``.

    Raises:
        NotFoundError: no county has that FIPS code.
        NoListError: no list is held for that day.
    """
    row = list_on(db, on)
    if fips not in world.counties:
        raise NotFoundError(
            f"no county has the FIPS code {fips!r}",
            remedy=_county_for(fips, world),
        )
    county = world.counties[fips]
    day = on or date.fromisoformat(row["at"][:10])
    standing, booking, found = snapshot or Snapshot.of(world, world.moment(day))
    own = {s.agency.id: s.agency for s in standing if fips in s.agency.counties}
    wide = {
        s.agency.id: s.agency for s in standing if s.agency.level == STATE and s.agency.state == county.state
    }
    listed = db.execute(
        "SELECT DISTINCT agreement_id, agency_id, name, model, signed_on FROM standing "
        "WHERE first_list <= ?1 AND last_list >= ?1 AND state = ?2 ORDER BY agreement_id",
        (row["list_no"], county.state),
    ).fetchall()
    answer = {
        "county": {"fips": fips, "name": county.name, "state": county.state},
        "on": day.isoformat(),
        "basis": "listed",
        "list": told(row),
        "population": county.population,
        "vintage": world.vintage,
        "hispanic": county.hispanic,
        "figures": found.get(county, Figures())._asdict(),
        "state_run_jail": county.state in booking,
        "agreements": [_agreement(a, own[a["agency_id"]], booking) for a in listed if a["agency_id"] in own],
        "statewide": [_agreement(a, wide[a["agency_id"]], booking) for a in listed if a["agency_id"] in wide],
        "neighbours": [
            {
                "fips": c.fips,
                "name": c.name,
                "state": c.state,
                "jail": f.jail,
                "state_run_jail": c.state in booking,
                "field": f.field,
            }
            for c, f in ((c, found.get(c, Figures())) for c in _neighbours(world, fips, neighbours or {}))
        ],
    }
    return with_newest(db, answer)


def _county_for(code: str, world: World) -> str:
    """What to write for a code that is none of the counties'."""
    if code in codes.planning_regions():
        return "the atlas counts by the eight counties of Connecticut, 09001 to 09015, codes of 2017"
    if (now := codes.code_on(code)) in world.counties:
        return (
            f"write {now}, the code of {world.counties[now].name} since; counties go by their codes of 2017"
        )
    if codes.state_of(code):
        return "that is none of the codes of 2017, which counties go by"
    return "write five digits, as 12031 for Duval County, Florida"


def _agreement(row: sqlite3.Row, agency: Agency, booking: Sequence[str]) -> dict[str, Any]:
    reaches = []
    if row["model"] in JAIL_MODELS and books_arrests(agency):
        reaches.append("everyone booked into the county's jail")
    elif row["model"] in JAIL_MODELS and agency.level == STATE and agency.state in booking:
        reaches.append("everyone booked into the state's jails")
    elif row["model"] in JAIL_MODELS:
        reaches.append("those it holds itself" if agency.level != STATE else "those the state holds")
    if row["model"] in FIELD_MODELS:
        reaches.append("those it meets in the field")
    keys = ("agreement_id", "agency_id", "name", "model", "signed_on")
    return {
        **{k: row[k] for k in keys},
        "level": agency.level,
        "population": agency.population,
        "reaches": reaches,
    }


def beside(table: Path | None) -> dict[str, list[str]]:
    """By county, its neighbours in order of FIPS, of a table of them (``fips``, ``neighbour``); empty
    without one."""
    by: dict[str, list[str]] = defaultdict(list)
    if table is not None and table.exists():
        pairs = pl.read_parquet(table)
        for one, other in pairs.select(pairs.columns[:2]).unique().sort(pairs.columns[:2]).iter_rows():
            if one != other:
                by[one].append(other)
    return dict(by)


def _neighbours(world: World, fips: str, neighbours: Mapping[str, Sequence[str]]) -> list[County]:
    return [world.counties[f] for f in neighbours.get(fips, ()) if f in world.counties]
