"""What a build is held to, and has to report, of the places and identifiers of its agencies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..sources.fbi_agencies import STATES
from .check import Check, promise, report
from .schema import TABLES, Row


def placement_checks(tables: Mapping[str, Sequence[Row]]) -> Iterator[Check]:
    """Checks of the tables ``ori``, ``place`` and ``doubt``; none where agencies were not placed."""
    agencies = {a["agency_no"]: a for a in _dicts("agency", tables)}
    oris, places, doubts = (list(_dicts(name, tables)) for name in ("ori", "place", "doubt"))
    if not any(a["level"] for a in agencies.values()):
        return
    yield from _promises(agencies, oris, places)
    local = {no for no, a in agencies.items() if a["status"] == "active" and a["level"] != "State"}
    yield from _shares(agencies, local, oris, places, doubts)
    for how, count in sorted(Counter(f"{o['how']}, {o['sure']}" for o in oris if o["current"]).items()):
        yield report(f"oris: {how}", "agencies matched to the FBI's roster in this way", count)
    for how, count in sorted(Counter(p["how"] for p in places).items()):
        yield report(f"counties: {how}", "counties of agencies found in this way", count)
    yield from _missing(agencies, local, doubts)


def roster_check(nowhere: Sequence[tuple[str, str, int]]) -> Check:
    """A report of counties that the roster prints and their states have not (:meth:`Roster.nowhere`)."""
    what = "agencies of the FBI's roster under a county that their state has not, kept without it"
    return report("roster: no such county", what, sum(count for *_, count in nowhere), nowhere)


def _promises(
    agencies: dict[int, dict[str, Any]], oris: list[dict[str, Any]], places: list[dict[str, Any]]
) -> Iterator[Check]:
    foreign = [
        (agencies[o["agency_no"]]["agency_id"], o["ori"])
        for o in oris
        if STATES.get(o["ori"][:2], o["ori"][:2]) != agencies[o["agency_no"]]["state"]
    ]
    yield promise("oris in their states", "no agency has an ORI of another state", 0, len(foreign), foreign)
    now = Counter(o["agency_no"] for o in oris if o["current"])
    twice = [agencies[no]["agency_id"] for no, n in now.items() if n > 1]
    yield promise("one ori now", "no agency has two current ORIs", 0, len(twice), twice)
    state_of = {p["agency_no"]: agencies[p["agency_no"]] for p in places}
    bound = [a["agency_id"] for a in state_of.values() if a["level"] == "State"]
    yield promise("statewide", "no agency of a state's is said to serve some counties", 0, len(bound), bound)
    codes = defaultdict(set)
    for p in places:
        codes[agencies[p["agency_no"]]["state"]].add(p["fips"][:2])
    across = sorted(state for state, found in codes.items() if len(found) > 1)
    yield promise(
        "counties in their states", "no agency serves another state's county", 0, len(across), across
    )


def _shares(
    agencies: dict[int, dict[str, Any]],
    local: set[int],
    oris: Sequence[dict[str, Any]],
    places: Iterable[dict[str, Any]],
    doubts: Iterable[dict[str, Any]],
) -> Iterator[Check]:
    with_ori = {o["agency_no"] for o in oris if o["current"]} & local
    either = {d["agency_no"] for d in doubts if d["about"] == "ori" and d["result"] == "ambiguous"} & local
    held = len(with_ori) + len(either)
    share = f"{len(with_ori) / held:.1%}" if held else "none"
    yield report(
        "oris",
        "active agencies below state level with an ORI; of those that the roster holds",
        f"{len(with_ori):,} of {len(local):,}; {share} of {held:,}",
    )
    holders: dict[str, list[str]] = defaultdict(list)
    for o in oris:
        if o["current"]:
            holders[o["ori"]].append(agencies[o["agency_no"]]["agency_id"])
    shared = [(ori, *sorted(ids)) for ori, ids in sorted(holders.items()) if len(ids) > 1]
    yield report(
        "one ori, two agencies", "agencies that may be one, or one of them mismatched", len(shared), shared
    )
    with_county = {p["agency_no"] for p in places} & local
    share = f"{len(with_county) / len(local):.1%}" if local else "none"
    found = f"{len(with_county):,} of {len(local):,}; {share}"
    yield report("counties", "active agencies below state level with a county", found)


def _missing(
    agencies: dict[int, dict[str, Any]], local: set[int], doubts: Iterable[dict[str, Any]]
) -> Iterator[Check]:
    by_kind: dict[str, list[Any]] = defaultdict(list)
    by_result: dict[str, list[Any]] = defaultdict(list)
    for d in doubts:
        row = (agencies[d["agency_no"]]["agency_id"], d["why"])
        if d["about"] == "county":
            by_result[d["result"]].append(row)
        elif d["agency_no"] in local:
            by_kind[f"{d['kind']}, {d['result']}"].append(row)
    for kind, rows in sorted(by_kind.items()):
        yield report(f"no ori: {kind}", "active agencies below state level without an ORI", len(rows), rows)
    for result, rows in sorted(by_result.items()):
        yield report(f"counties: {result}", "agencies whose county is in doubt", len(rows), rows)


def _dicts(name: str, tables: Mapping[str, Sequence[Row]]) -> Iterator[dict[str, Any]]:
    columns = [c.name for c in TABLES[name].columns]
    for row in tables.get(name, ()):
        yield dict(zip(columns, row, strict=True))
