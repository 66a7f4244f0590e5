"""Coverage: whom the agreements on ICE's list reach on one day, of the nation or a state."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any

from ..registry.questions.newest import list_on, told, with_newest
from .figures import FIELD_MODELS, JAIL_MODELS, UNKNOWN, Figures, Standing, books_arrests, figures
from .statejails import booking_states
from .world import STATE, Agency, County, Stint, World


def coverage(
    db: sqlite3.Connection,
    world: World,
    on: date | None = None,
    state: str | None = None,
) -> dict[str, Any]:
    """The figures of the nation or a state at the end of a day, on basis ``listed``.

    Returns:
        ``on``, ``basis``, ``list`` (file, at), ``population`` (residents of the counties whose
        number is known, ``vintage``), and three figures that are never to be added up:
        ``jail`` (counties, residents, share, hispanic residents, ``by_model``, ``by_level``),
        ``field`` (counties, residents at least and at most, shares, ``counties_capped`` at their
        residents and the ``residents_cut`` thereby, ``by_level``), ``statewide`` (``tfm`` and
        ``jail``: states, residents); ``state_run_jails`` (states that run the jails and have
        signed, their counties, residents, counties of unknown residents; not in ``jail``),
        ``roster`` (agencies of the FBI's roster, those that take part of ours on it, share),
        ``city_jails``, ``unplaced`` agencies, ``newest_list``.

    Raises:
        NoListError: no list is held for that day.
    """
    row = list_on(db, on)
    day = on or date.fromisoformat(row["at"][:10])
    moment = world.moment(day)
    assert moment is not None, "list_on has found a list"
    standing = [s for s in world.stints if s.first <= moment <= s.last and state in (None, s.agency.state)]
    counties = [c for c in world.counties.values() if state in (None, c.state)]
    on_roster = len({s.agency.id for s in standing} & world.on_roster)
    listed = None
    if world.roster is not None:
        listed = world.roster.get(state, 0) if state else sum(world.roster.values())
    local = [s for s in standing if s.agency.level != STATE]
    jail = [s for s in local if s.model in JAIL_MODELS and books_arrests(s.agency)]
    field = [s for s in local if s.model in FIELD_MODELS]
    found = figures_by_county(world, local)
    lockups = sorted({s.agency.id for s in local if s.model in JAIL_MODELS and not books_arrests(s.agency)})
    people = [c.population for c in counties if c.population is not None]
    answer = {
        "on": day.isoformat(),
        "basis": "listed",
        "list": told(row),
        **({"state": state} if state else {}),
        "counties": len(counties),
        "population": sum(people) if people else None,
        "vintage": world.vintage,
        "jail": {
            **_jail(world, found, sum(people)),
            "by_model": {
                m: _jail(world, figures_by_county(world, of), sum(people)) for m, of in _split(jail, _model)
            },
            "by_level": {
                m: _jail(world, figures_by_county(world, of), sum(people)) for m, of in _split(jail, _level)
            },
        },
        "field": {
            **_field(world, found, sum(people)),
            "by_model": {
                m: _field(world, figures_by_county(world, of), sum(people)) for m, of in _split(field, _model)
            },
            "by_level": {
                m: _field(world, figures_by_county(world, of), sum(people)) for m, of in _split(field, _level)
            },
        },
        "statewide": {
            what: _statewide(world, [s for s in standing if s.agency.level == STATE and s.model in models])
            for what, models in (("tfm", FIELD_MODELS), ("jail", JAIL_MODELS))
        },
        "state_run_jails": _state_run(world, booking_states(standing)),
        "roster": {
            "agencies": listed,
            "taking_part": on_roster,
            "share": _share(on_roster, listed or 0),
        },
        "agencies": len({s.agency.id for s in standing}),
        "by_agency_level": _counted(a.level for a in {s.agency for s in standing}),
        "city_jails": lockups,
        "unplaced": sorted({s.agency.id for s in local if not _placed(world, s.agency)}),
    }
    return with_newest(db, answer)


def _counted(names: Iterable[str]) -> dict[str, int]:
    """How often each comes, the most often first, equals by name: the same in every process."""
    return dict(sorted(Counter(names).items(), key=lambda one: (-one[1], one[0])))


def _placed(world: World, agency: Agency) -> bool:
    return any(f in world.counties for f in agency.counties)


def _model(stint: Stint) -> str:
    return stint.model


def _level(stint: Stint) -> str:
    return stint.agency.level


def _split(stints: Sequence[Stint], by: Callable[[Stint], str]) -> list[tuple[str, list[Stint]]]:
    return [(name, [s for s in stints if by(s) == name]) for name in sorted(set(map(by, stints)))]


def figures_by_county(world: World, stints: Collection[Stint]) -> dict[County, Figures]:
    standing: dict[str, set[Standing]] = {}
    for s in stints:
        for fips in s.agency.counties:
            if fips in world.counties:
                standing.setdefault(fips, set()).add(Standing(s.agency, s.model))
    return {
        world.counties[f]: figures(world.counties[f], own, world.policed)
        for f, own in sorted(standing.items())
    }


def _jail(world: World, found: dict[County, Figures], population: int) -> dict[str, Any]:
    exposed = [county for county, f in found.items() if f.jail]
    residents = sum(c.population or 0 for c in exposed) if population or not exposed else None
    known = [c.hispanic for c in exposed if c.hispanic is not None]
    return {
        "counties": len(exposed),
        "residents": residents,
        "share": _share(residents, population),
        "hispanic": sum(known) if known else None,
    }


def _field(world: World, found: dict[County, Figures], population: int) -> dict[str, Any]:
    reached = [f for f in found.values() if f.field]
    low = sum(f.field_low or 0 for f in reached)
    bounds = [f.field_high for f in reached]
    high = None if None in bounds else sum(b for b in bounds if b is not None)
    return {
        "counties": len(reached),
        "low": low,
        "high": high,
        "share_low": _share(low, population),
        "share_high": _share(high, population),
        "counties_in_doubt": sum(UNKNOWN in (f.doubt or "") for f in reached),
        "counties_capped": sum(f.cut > 0 for f in reached),
        "residents_cut": sum(f.cut for f in reached),
    }


def _state_run(world: World, states: Sequence[str]) -> dict[str, Any]:
    people = [c.population for c in world.counties.values() if c.state in states]
    known = [p for p in people if p is not None]
    return {
        "states": states,
        "counties": len(people),
        "residents": sum(known) if known or not people else None,
        "counties_unknown": len(people) - len(known),
    }


def _statewide(world: World, stints: Sequence[Stint]) -> dict[str, Any]:
    states = sorted({s.agency.state for s in stints})
    people = [c.population for c in world.counties.values() if c.state in states and c.population]
    residents = sum(people) if people or not states else None
    return {"states": states, "residents": residents, "agencies": sorted({s.agency.id for s in stints})}


def _share(part: int | None, whole: int) -> float | None:
    return _rounded(part / whole) if whole and part is not None else None


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
