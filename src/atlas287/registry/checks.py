"""The QA table: what every build is held to, and what it has to report.

A check is ``pass``, ``fail`` or ``info``. A failing check fails the build and names the rows;
``info`` is what a reader should know: what was tied, mended, declined or left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import polars as pl

from . import spans
from .assemble import Assembled
from .check import SHOWN, Check
from .check import promise as _check
from .check import report as _info
from .events import DELTA
from .placement_checks import placement_checks
from .quarantine import LOST
from .schema import TABLES, Row
from .testimony_checks import testimony_checks

__all__ = ["SHOWN", "Check", "run_checks"]

#: The column of a spell that names the agreements in it.
SPELLED = next(n for n, c in enumerate(TABLES["spell"].columns) if c.name == "agreement_ids")


def run_checks(
    made: Assembled, tables: dict[str, list[Row]], quarantined: Sequence[Row], strict: bool
) -> list[Check]:
    """Hold a build to everything it promises; see each check for what that is."""
    return [
        *_promises(made, tables, quarantined, strict),
        *_reports(made, tables, quarantined),
        *testimony_checks(made, tables),
        *placement_checks(tables),
    ]


def _promises(
    made: Assembled, tables: dict[str, list[Row]], quarantined: Sequence[Row], strict: bool
) -> Iterator[Check]:
    lost = [q for q in quarantined if q[5] in LOST]
    rows_in = made.record.rows.height + sum(q[5] == "row" for q in made.record.quarantine.rows())
    yield _check("rows", "rows in = listings + quarantined rows", rows_in, _rows_out(made, quarantined))
    newest = made.on.lists[-1] if made.on.lists else None
    if newest:
        yield from _newest(made, tables)
    for name, column in (("agency", 1), ("agreement", 1), ("event", 1), ("list", 1), ("application", 1)):
        again = [i for i, n in Counter(row[column] for row in tables[name]).items() if n > 1]
        yield _check(f"ids of {name}", f"no {name} id twice", 0, len(again), again)
    with_evidence = {row[0] for row in tables["listing_run"]}
    bare = [row[1] for row in tables["agreement"] if row[0] not in with_evidence]
    yield _check("evidence", "no agreement without a row of a list", 0, len(bare), bare)
    spelled = Counter(own for row in tables["spell"] for own in (row[SPELLED] or "").split(";") if own)
    wrong = [row[1] for row in tables["agreement"] if spelled[row[1]] != 1]
    yield _check(
        "spells", "every agreement is in exactly one spell", len(tables["agreement"]), spelled.total(), wrong
    )
    at = TABLES["list"].columns
    when = next(i for i, c in enumerate(at) if c.name == "at")
    slips = [
        b[1]
        for a, b in zip(tables["list"], tables["list"][1:], strict=False)
        if a[2] == b[2] and a[when] > b[when]
    ]
    yield _check("order", "lists in order of their instants", 0, len(slips), slips)
    unexplained = _unexplained(made)
    yield _check(
        "moves",
        "every move of the number of agreements is explained by events",
        0,
        len(unexplained),
        unexplained,
    )
    names = {u for b in made.bodies for u in map(id, b.units)}
    yield _check("names", "every spelling belongs to one agency", len(made.units), len(names))
    if strict:
        yield _check("quarantine", "strict: nothing is quarantined", 0, len(lost), [q[1:7] for q in lost])


def _rows_out(made: Assembled, quarantined: Sequence[Row]) -> int:
    placed = pl.Series(sorted(made.unit_of), dtype=pl.UInt32)
    listings = made.record.rows.filter(pl.col("printed_no").is_in(placed.implode())).height
    return listings + sum(q[5] in ("row", "unread") for q in quarantined)


def _newest(made: Assembled, tables: dict[str, list[Row]]) -> Iterator[Check]:
    last = len(made.on.lists) - 1
    printed = {no for no, span in made.on.on.items() if span >> last & 1}
    on_list = {id(a) for a in made.agreements if any(r.no in printed for r in a.readings)}
    status = {row[0]: row[13] for row in tables["agreement"]}
    active = {id(a) for n, a in enumerate(made.agreements) if status[n] == "active"}
    ids = {id(a): own for a, own in zip(made.agreements, made.agreement_id, strict=True)}
    yield _check(
        "active on newest", "every active agreement is on the newest list", 0,
        len(active - on_list), sorted(ids[a] for a in active - on_list),
    )  # fmt: skip
    yield _check(
        "newest is active", "every row of the newest list is an active agreement's", 0,
        len(on_list - active), sorted(ids[a] for a in on_list - active),
    )  # fmt: skip
    homes = {r.no for a in made.agreements for r in a.readings} | {r.no for r in made.homeless}
    stray = sorted(printed - homes)
    yield _check(
        "newest is whole",
        "every row of the newest list has an agreement or is quarantined",
        0,
        len(stray),
        stray,
    )


def _unexplained(made: Assembled) -> list[str]:
    """Lists at which agreements came or went by another number than the events say."""
    moved: Counter[int] = Counter()
    for agreement in made.agreements:
        for began, ended in spans.runs(agreement.span):
            moved[began] += 1
            moved[ended + 1] -= 1
    told: Counter[int] = Counter()
    for event in made.events:
        told[event.at] += DELTA[event.kind]
    return [made.on.lists[p].sheet.file for p in range(len(made.on.lists)) if moved[p] != told[p]]


def _reports(made: Assembled, tables: dict[str, list[Row]], quarantined: Sequence[Row]) -> Iterator[Check]:
    for kind, rows in _rows_by_kind(made).items():
        count = sum(d.kind == kind for d in made.dated)
        yield _info(f"rows, {kind}", f"rows of {kind} lists", f"{rows} in {count} lists")
    for what, count in sorted(Counter(q[5] for q in quarantined).items()):
        yield _info(
            f"quarantine: {what}",
            "kept, counted, not read as listings",
            count,
            [q[1:8] for q in quarantined if q[5] == what],
        )
    mended = [
        (d.sheet.file, str(d.at), d.reason) for d in made.dated if d.decided_by in ("contents", "verdict")
    ]
    yield _info("dated by contents", "lists whose own name tells no day, or a wrong one", len(mended), mended)
    stale = [(d.sheet.file, str(d.at)) for d in made.dated if d.stale]
    yield _info(
        "stale lists", "old lists under a new date, counted as repeats and not as news", len(stale), stale
    )
    yield _info(
        "repeats",
        "lists that print what an earlier one printed",
        sum(d.repeats is not None for d in made.dated),
    )
    same = _evened(made)
    yield _info("merges: evened", "spellings that differ in case, space or quotes alone", same)
    for rule, count in sorted(Counter(m.rule for m in made.identified.merges).items()):
        yield _info(f"merges: {rule}", "spellings tied by this rule", count)
    for rule, count in sorted(Counter(r.rule for a in made.agreements for r in a.redatings).items()):
        yield _info(f"re-datings: {rule}", "signing days changed by this rule", count)
    for rule, count in sorted(Counter(r.rule for r in made.restated).items()):
        yield _info(f"restated: {rule}", "rows set right by this rule", count, tables["restated"])
    yield _info(
        "candidates",
        "spellings that may be one agency's, undecided",
        len(made.identified.candidates),
        tables["candidate"],
    )
    unread = sorted({(r.state or "", r.name, *w) for r in made.readings for w in r.wrong})
    yield _info("unread", "fields that no rule could read", len(unread), unread)
    early = [
        (own, str(a.signed), made.on.lists[a.first].sheet.file)
        for a, own in zip(made.agreements, made.agreement_id, strict=True)
        if a.signed and (a.signed - made.on.lists[a.first].at.date()).days > 1
    ]
    yield _info(
        "signed later", "agreements listed before the day they bear, which no rule mends", len(early), early
    )
    twice = [(made.on.lists[r.first].sheet.file, r.first_row) for r in made.on.runs if r.twice]
    yield _info(
        "printed twice", "runs of rows that a list prints twice: one agreement each", len(twice), twice
    )


def _evened(made: Assembled) -> int:
    printed = made.record.printed["agency"]
    as_printed = {(r.state, printed[r.no]) for r in made.readings if r.no in made.unit_of}
    return len(as_printed) - len({(r.state, r.evened) for r in made.readings if r.no in made.unit_of})


def _rows_by_kind(made: Assembled) -> dict[str, int]:
    kind_of = {d.sheet.list_no: d for d in made.dated}
    rows: Counter[str] = Counter()
    for dated in kind_of.values():
        rows[dated.kind] += dated.sheet.rows
    return dict(rows)
