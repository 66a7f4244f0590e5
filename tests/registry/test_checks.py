"""Quality checks: each fails on what it is there for, and names it; a failing check fails the build."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas287 import Atlas, BuildError
from atlas287.home import Home
from atlas287.registry import build as building
from atlas287.registry.assemble import Assembled
from atlas287.registry.build import build
from atlas287.registry.checks import SHOWN, Check, run_checks
from atlas287.registry.quarantine import unread_rows
from atlas287.registry.schema import Row
from atlas287.registry.tables import Tables
from tests.registry.story import applied, row, tell

HISTORY = {
    row("TX", "Foo Police", "tfm", "2025-03-01"): "xxxx",
    row("TX", "Foo Police", "wso", "2025-03-01"): "xx..",
    row("FL", "Bar Police", "tfm", "2025-03-02"): ".xxx",
    row("FL", "Baz Police", "jem", "2025-03-02"): "..xx",
}
PENDING = {applied("FL", "Baz Police", "jem"): "xx..", applied("FL", "Qux Police", "jem"): "xxxx"}


def checked(
    tamper: Callable[[Assembled], object] | None = None,
    after: Callable[[dict[str, list[Row]]], object] | None = None,
    quarantined: list[Row] | None = None,
    strict: bool = False,
) -> dict[str, Check]:
    """The checks of a story, spoilt before or after its tables are made."""
    made = tell(HISTORY, PENDING).made
    if tamper:
        tamper(made)
    tables = dict(Tables(made).all())
    if after:
        after(tables)
    kept = [*made.record.quarantine.rows(), *unread_rows(made)] if quarantined is None else quarantined
    return {c.name: c for c in run_checks(made, tables, kept, strict)}


def failing(checks: dict[str, Check]) -> set[str]:
    return {c.name for c in checks.values() if c.result == "fail"}


def test_a_sound_build_holds_every_promise() -> None:
    checks = checked(strict=True)
    assert failing(checks) == set()
    assert {c.result for c in checks.values()} == {"pass", "info"}
    assert sum(c.result == "pass" for c in checks.values()) >= 13


# Each promise broken ------------------------------------------------------------------------------


def drop_row(made: Assembled) -> None:
    no = next(iter(made.unit_of))
    del made.unit_of[no]


def forget_agreement(made: Assembled) -> None:
    """An agreement of the newest list is not made."""
    n = next(n for n, a in enumerate(made.agreements) if a.last == 3)
    gone = made.agreements.pop(n)
    made.agreement_id.pop(n)
    made.events = [e for e in made.events if e.agreement is not gone]
    for spell in (s for own in made.past.spells.values() for s in own if s.listed):
        spell.listed.agreements = [a for a in spell.listed.agreements if a is not gone]


def unread_newest(made: Assembled) -> None:
    """Rows of the newest list lose their agreement, which stays active by its span."""
    next(a for a in made.agreements if a.last == 3).readings.clear()


def end_early(made: Assembled) -> None:
    """An agreement of the newest list is taken for gone."""
    agreement = next(a for a in made.agreements if a.last == 3)
    agreement.span &= 0b0111


def end_late(made: Assembled) -> None:
    """An agreement that has left is taken for listed."""
    agreement = next(a for a in made.agreements if a.last == 1)
    agreement.span |= 0b1000


def forget_event(made: Assembled) -> None:
    made.events.remove(next(e for e in made.events if e.kind == "removed"))


def turn_around(made: Assembled) -> None:
    first = made.dated[0]
    late = dataclasses.replace(first, at=first.at + timedelta(days=30))
    made.dated[0] = late
    made.on.lists[0] = late  # type: ignore[index]
    made.on.times[0] = late.at  # type: ignore[index]


@pytest.mark.parametrize(
    ("tamper", "name"),
    [
        (drop_row, "rows"),
        (forget_agreement, "newest is whole"),
        (unread_newest, "active on newest"),
        (unread_newest, "newest is whole"),
        (unread_newest, "evidence"),
        (end_early, "newest is active"),
        (end_late, "active on newest"),
        (forget_event, "moves"),
        (turn_around, "order"),
    ],
)
def test_spoiling_what_was_derived_fails_its_check(tamper: Callable[[Assembled], object], name: str) -> None:
    checks = checked(tamper)
    assert name in failing(checks)
    assert checks[name].expected != checks[name].found or checks[name].rows


@pytest.mark.parametrize("table", ["agency", "agreement", "event", "list", "application"])
def test_an_id_twice(table: str) -> None:
    def again(tables: dict[str, list[Row]]) -> None:
        tables[table].append(tables[table][0])

    checks = checked(after=again)
    assert f"ids of {table}" in failing(checks)
    assert checks[f"ids of {table}"].rows == (checks_row_id(table),)


def checks_row_id(table: str) -> str:
    return str(dict(Tables(tell(HISTORY, PENDING).made).all())[table][0][1])


def test_an_agreement_without_a_row() -> None:
    def bare(tables: dict[str, list[Row]]) -> None:
        tables["listing_run"] = [r for r in tables["listing_run"] if r[0] != 0]

    checks = checked(after=bare)
    assert checks["evidence"].rows == (checks_row_id("agreement"),)
    assert "evidence" in failing(checks)


def test_a_spelling_that_is_nobodys() -> None:
    """A unit left out of every agency (its tables could not even be written)."""
    made = tell(HISTORY, PENDING).made
    tables = dict(Tables(made).all())
    made.identified.bodies.pop()
    checks = {c.name: c for c in run_checks(made, tables, [], False)}
    assert "names" in failing(checks)


LOST = ("sha", "f", "a.xlsx", None, None, "document", "a.xlsx: it is empty", "Fetch it again.", None)
NOTED = ("sha", "f", "a.xlsx", "Sheet2", None, "not a list", "a sheet of totals", "Nothing to do.", None)


def test_quarantine_fails_only_a_strict_build() -> None:
    assert failing(checked(quarantined=[LOST])) == set()
    checks = checked(quarantined=[LOST, NOTED], strict=True)
    assert failing(checks) == {"quarantine"}
    assert len(checks["quarantine"].rows) == 1
    assert failing(checked(quarantined=[NOTED], strict=True)) == set(), "a sheet of totals is nothing lost"
    assert checks["quarantine: document"].found == "1"


def test_of_many_failing_rows_some_are_kept() -> None:
    check = Check("x", "y", "0", "99", "fail", tuple(range(99)))
    assert json.loads(check.row()[-1]) == list(range(SHOWN))


# Reports ------------------------------------------------------------------------------------------


def test_reports_count_what_was_decided() -> None:
    history = {
        row("FL", "Macro Police"): "xx..",
        row("FL", "Marco Police"): "..xx",
        row("FL", "MARCO  Police"): "..x.",
        row("MA", "Crow Wing County Sheriff's Office"): "xx..",
        row("MN", "Crow Wing County Sheriff's Office"): "..xx",
        row("ATLANTIS", "Foo Police", "Space Model"): "x...",
        row("GA", "Foo Police", "Space Model", "soon"): "x...",
        row("TX", "Bell County Sheriff's Office", "jem", "2025-02-01"): "x22.",
        row("TX", "Lee County Sheriff's Office", "jem", "2025-02-01"): "...x",
        row("TX", "Lee County Sheriff's Office", "wso", "2025-02-01"): "xx..",
        row("TX", "Lee County Sheriff's Office", "wso", "2025-02-02"): "..xx",
        row("TX", "Lee County Sheriff's Office", "tfm", "2025-08-02"): "..xx",
    }
    told = tell(history)
    tables = dict(Tables(told.made).all())
    checks = {c.name: c for c in run_checks(told.made, tables, list(unread_rows(told.made)), False)}
    found = {name: c.found for name, c in checks.items() if c.result == "info"}
    assert failing(checks) == set()
    assert found["rows, participating"] == "23 in 4 lists"
    assert found["quarantine: unread"] == "2"
    assert found["merges: spelling"] == "1"
    assert found["merges: evened"] == "1"
    assert found["re-datings: memorandum still pending"] == "1"
    assert found["restated: state for a stretch"] == "1"
    assert found["candidates"] == str(len(told.candidates())) == "1"
    assert found["unread"] == "4"
    assert found["signed later"] == "1"
    assert found["printed twice"] == "1"


# A failing check and the build --------------------------------------------------------------------


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on every build forgets an event."""

    def now() -> None:
        honest = building.assemble

        def spoilt(*args: Any) -> Assembled:
            made = honest(*args)
            made.events.remove(next(e for e in made.events if e.kind == "removed"))
            return made

        monkeypatch.setattr(building, "assemble", spoilt)

    return now


def test_a_failing_check_leaves_the_build_before_in_use(
    home: Home, lists: Path, spoil: Callable[[], None]
) -> None:
    before = build(home, lists).current
    files = sorted(p.name for p in home.builds.iterdir())
    spoil()
    with pytest.raises(BuildError) as told:
        build(home, lists)
    assert "1 check failed; the build before stays in use" in told.value.message
    assert (
        "moves: every move of the number of agreements is explained by events; expected 0, found 1"
        in told.value.message
    )
    assert "participatingAgencies05132026am.xlsx" in told.value.message, "it names what fails"
    assert told.value.remedy
    assert home.current() == before
    assert sorted(p.name for p in home.builds.iterdir()) == files
    assert Atlas(home, before).status()["agreements"] == 4


def test_a_first_build_that_fails_leaves_nothing(home: Home, lists: Path, spoil: Callable[[], None]) -> None:
    spoil()
    with pytest.raises(BuildError):
        build(home, lists)
    assert home.current() is None
    assert not home.builds.exists() or list(home.builds.iterdir()) == []


def test_the_checks_of_a_build_can_be_asked(home: Home, lists: Path) -> None:
    built = build(home, lists)
    asked = Atlas(home, built.current).checks()
    assert asked["name"].to_list() == [c.name for c in built.checks]
    assert asked.filter(pl.col("result") == "fail").height == 0
