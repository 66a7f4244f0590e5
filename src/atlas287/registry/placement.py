"""Each agency in its place: the FBI's identifiers, the ground it covers, whom it polices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .assemble import Assembled
from .jurisdiction import Ground, counties_printed, ground
from .places import Counties
from .reading import Reading
from .roster import Roster
from .roster_keys import kind_said
from .roster_match import Match, Sought, Unmatched, find
from .schema import Row
from .text import commonest
from .ties import Body
from .units import Spans
from .verdicts import Verdicts


@dataclass(frozen=True, slots=True)
class Placed:
    """One agency's identifiers and ground."""

    match: Match | None
    unmatched: Unmatched | None
    ground: Ground


def place(made: Assembled, roster: Roster, counties: Counties, verdicts: Verdicts) -> list[Placed]:
    """Place every agency; the list is in the order of ``made.bodies``."""
    placed = []
    for body in made.bodies:
        readings = newest_first(body, made.on.on, made.pending.on)
        sought = _sought(body, readings, counties)
        keys = [(sought.state, key) for key in sought.keys]
        found = _by_verdict(keys, roster, verdicts) or find(sought, roster, counties)
        match = found if isinstance(found, Match) else None
        verdict = next((verdicts.grounds[k] for k in keys if k in verdicts.grounds), None)
        where = ground(sought, readings[0].name, match, verdict, counties)
        placed.append(Placed(match, found if isinstance(found, Unmatched) else None, where))
    return placed


def newest_first(body: Body, on: Spans, pending: Spans) -> list[Reading]:
    """A body's rows, the one on the newest list first; spellings that ICE gave up come last."""
    readings = [r for u in body.units for r in u.readings]
    if len({(r.name, r.county) for r in readings}) == 1:
        return readings  # all say the same
    left = {id(r) for u in body.units if id(u) in body.left for r in u.readings}
    return sorted(
        readings,
        key=lambda r: (
            id(r) in left,
            -on.get(r.no, 0).bit_length(),
            -pending.get(r.no, 0).bit_length(),
            -r.no,
        ),
    )


def _sought(body: Body, readings: Sequence[Reading], counties: Counties) -> Sought:
    cells = list(dict.fromkeys(r.county for r in readings if r.county))
    units = sorted(
        body.units, key=lambda u: (id(u) in body.left, -u.span.bit_length(), -u.pending_span.bit_length())
    )
    state = units[0].state
    printed = counties_printed(state, cells, counties)
    return Sought(
        state,
        # Rows that a verdict brought here bear another body's name, so it is the units' that count.
        [unit.key for unit in units],
        commonest(r.type for r in readings),
        frozenset(printed[:1]),
        frozenset(printed[1:]),
        cells,
    )


def _by_verdict(
    keys: Sequence[tuple[str, str]], roster: Roster, verdicts: Verdicts
) -> Match | Unmatched | None:
    key = next((k for k in keys if k in verdicts.oris), None)
    if key is None:
        return None
    verdict, state = verdicts.oris[key], key[0]
    if not verdict.oris:
        result = "ambiguous" if verdict.unclear else "missing"
        return Unmatched(result, kind_said(key[1]), f"verdict: {verdict.evidence}")
    found = []
    for ori in verdict.oris:
        listed = roster.state(state).holding(ori)
        if listed is None:
            why = f"a verdict says {ori}, which the roster has not in {state}"
            return Unmatched("missing", kind_said(key[1]), why)
        found.append(listed)
    return Match(found[0], "verdict", "sure", verdict.evidence, found[1:])


# Rows of the register -----------------------------------------------------------------------------


def ori_rows(placed: Sequence[Placed]) -> Iterator[Row]:
    """Rows of the table ``ori``."""
    for agency_no, one in enumerate(placed):
        if one.match is None:
            continue
        for listed in (one.match.now, *one.match.former):
            current = listed is one.match.now
            why = one.match.why if current else f"the same place before {one.match.now.year}"
            yield (
                agency_no, listed.ori, listed.year, int(current), listed.printed, listed.type,
                listed.population, listed.officers, one.match.how, one.match.sure, why,
            )  # fmt: skip


def place_rows(placed: Sequence[Placed], counties: Counties) -> Iterator[Row]:
    """Rows of the table ``place``."""
    for agency_no, one in enumerate(placed):
        for fips, how, why in one.ground.counties:
            yield agency_no, fips, counties.names.get(fips), how, why


def doubt_rows(placed: Sequence[Placed]) -> Iterator[Row]:
    """Rows of the table ``doubt``: what could not be placed, and what contradicts itself."""
    for agency_no, one in enumerate(placed):
        if one.unmatched:
            yield agency_no, "ori", one.unmatched.result, one.unmatched.kind, one.unmatched.why
        for result, why in one.ground.doubts:
            yield agency_no, "county", result, None, why
