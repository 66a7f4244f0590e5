"""Ids: readable, from content, stable; and a redirect from every other id a thing could have.

An agency's id is its state and the earliest name that ICE did not itself give up as a slip;
``corrections/ids.csv`` pins ids that were published. Every other spelling's id leads to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from . import spans
from .agreements import Agreement
from .names import name_key, slug
from .ties import Body
from .units import Restated, Unit


def agency_ids(
    bodies: Sequence[Body],
    pinned: Mapping[tuple[str, str], str],
    times: Sequence[datetime],
    pending_times: Sequence[datetime],
) -> list[str]:
    """An id for each agency, none twice: the county, then a number, is added where two meet."""

    def seen_first(unit: Unit) -> tuple[datetime, str, str]:
        moments = [times[spans.first(unit.span)]] if unit.span else []
        moments += [pending_times[spans.first(unit.pending_span)]] if unit.pending_span else []
        # A unit that no list prints is known from testimony alone, and its body has no other.
        return min(moments, default=datetime.max), unit.key, unit.county

    wanted: list[tuple[str, Unit]] = []
    for body in bodies:
        kept = [u for u in body.units if id(u) not in body.left] or body.units
        unit = min(kept, key=seen_first)
        pin = next(
            (
                pinned[u.state, u.key]
                for u in sorted(body.units, key=seen_first)
                if (u.state, u.key) in pinned
            ),
            None,
        )
        wanted.append((pin or _id(unit), unit))
    taken: dict[str, int] = defaultdict(int)
    for name, _ in wanted:
        taken[name] += 1
    out: list[str] = []
    used: set[str] = set()
    for name, unit in wanted:
        if taken[name] > 1 and unit.county:
            name = f"{name}-{slug(unit.county)}"
        out.append(unused(name, used))
    return out


def _id(unit: Unit) -> str:
    return f"{unit.state.lower()}-{slug(unit.key)}"


def unused(name: str, used: set[str]) -> str:
    """An id not used yet: ``name``, else with the lowest free number after it."""
    free, n = name, 1
    while free in used:
        n += 1
        free = f"{name}-{n}"
    used.add(free)
    return free


def agreement_ids(agreements: Iterable[Agreement], agency_id: Callable[[Body], str]) -> list[str]:
    """``agency/model/day`` for each agreement, none twice."""
    used: set[str] = set()
    return [unused(f"{agency_id(a.body)}/{a.model}/{a.signed or 'undated'}", used) for a in agreements]


def redirects(
    bodies: Sequence[Body],
    ids: Sequence[str],
    agreements: Sequence[Agreement],
    agreement_id: Sequence[str],
    agency_id: Callable[[Body], str],
    restated: Iterable[Restated],
) -> list[tuple[str, str, str]]:
    """(other id, id, why) for every spelling, wrong state and former signing day.

    An id that belongs to something else, or would lead to two things, leads nowhere.
    """
    leads: dict[str, set[tuple[str, str]]] = defaultdict(set)
    former: dict[str, dict[str, str]] = {own: {} for own in ids}  # by id: other ids, and why
    by_unit: dict[tuple[str, str], str] = {}
    for body, own in zip(bodies, ids, strict=True):
        for unit in body.units:
            by_unit[unit.state, unit.key] = own
            for name in {r.name for r in unit.readings}:
                other = f"{unit.state.lower()}-{slug(name_key(name, unit.state))}"
                former[own][other] = "another spelling"
    for row in restated:
        own_id = by_unit.get((row.state, name_key(row.name, row.state)))
        if own_id and row.printed and row.printed != row.state:
            other = f"{row.printed.lower()}-{slug(name_key(row.name, row.printed))}"
            former[own_id][other] = "printed under another state"
    for own, others in former.items():
        for other, why in others.items():
            leads[other].add((own, why))
    for agreement, own in zip(agreements, agreement_id, strict=True):
        agency = agency_id(agreement.body)
        for day in {*agreement.by_date, *(r.old for r in agreement.redatings), agreement.signed}:
            for other, why in {**former[agency], agency: "re-dated"}.items():
                leads[f"{other}/{agreement.model}/{day or 'undated'}"].add((own, why))
    taken = {*ids, *agreement_id}
    return sorted(
        (old, *min(targets))
        for old, targets in leads.items()
        if old not in taken and len({own for own, _ in targets}) == 1
    )
