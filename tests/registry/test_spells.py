"""Spells: unbroken times of an agency under a model, over its agreements."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287 import Atlas
from atlas287.registry.checks import run_checks
from atlas287.registry.tables import Tables
from tests.registry.story import History, Told, row, tell

FOO = "Foo County Sheriff's Office"
BAR = row("TX", "Bar Police Department", link="bar")


def spells(told: Told, name: str = "tx-foo-county-sheriff") -> list[dict[str, Any]]:
    return [
        dict(r)
        for r in told.db.execute(
            "SELECT s.* FROM spell s JOIN agency USING (agency_no) WHERE agency_id = ? ORDER BY model, n",
            (name,),
        )
    ]


def foo(marks: str, signed: str = "2025-01-02", link: str = "a", model: str = "tfm") -> History:
    return {row("TX", FOO, model, signed, link): marks}


def over(length: int) -> History:
    return {BAR: "x" * length}


def test_what_stands_has_begun_between_two_lists_and_has_no_end() -> None:
    (spell,) = spells(tell({**foo("..xx"), **over(4)}))
    assert (spell["listed_after"], spell["first_listed"]) == ("2025-03-11T16:00", "2025-03-12T16:00")
    assert (spell["ended_after"], spell["ended_before"], spell["ended"]) == (None, None, 0)
    assert (spell["starts_by"], spell["agreements"], spell["doubt"]) == ("2025-01-02", 1, None)


def test_an_end_lies_between_two_lists_once_confirmed() -> None:
    (spell,) = spells(tell({**foo(".x"), **over(6)}))
    assert (spell["ended_after"], spell["ended_before"]) == ("2025-03-11T16:00", "2025-03-12T16:00")
    assert (spell["ended"], spell["doubt"]) == (1, None)


def test_too_few_lists_since_is_no_end() -> None:
    (spell,) = spells(tell({**foo(".x"), **over(5)}))
    assert (spell["ended"], spell["ended_before"]) == (0, "2025-03-12T16:00")
    assert "too few" in spell["doubt"]


def test_on_the_first_list_held_the_start_is_not_shown() -> None:
    (spell,) = spells(tell(foo("x")))
    assert spell["listed_after"] is None
    assert "when its listing began is not shown" in spell["doubt"]


@pytest.mark.parametrize(("first", "second"), [("xx..", "..xx"), ("xxx.", ".xxx")])
def test_a_resigning_without_a_gap_goes_on(first: str, second: str) -> None:
    history = {**foo(first), **foo(second, "2025-03-03", "b"), **over(4)}
    (spell,) = spells(tell(history))
    assert (spell["agreements"], spell["gaps"], spell["starts_by"]) == (2, 0, "2025-01-02")
    assert len(spell["agreement_ids"].split(";")) == 2


@pytest.mark.parametrize(("missing", "count"), [(1, 1), (3, 1), (4, 2), (9, 2)])
def test_a_gap_between_agreements_ends_a_spell_only_if_confirmed(missing: int, count: int) -> None:
    length = 4 + missing
    history = {
        **foo("xx" + "." * (missing + 2)),
        **foo("." * (missing + 2) + "xx", "2025-03-03", "b"),
        **over(length),
    }
    found = spells(tell(history))
    assert [s["n"] for s in found] == list(range(1, count + 1))
    assert sum(s["gaps"] for s in found) == (1 if count == 1 else 0)
    if count == 1:
        assert f"{missing} list" in found[0]["doubt"]
    else:
        assert [s["ended"] for s in found] == [1, 0]


def test_the_same_bytes_seen_again_confirm_no_end() -> None:
    history = {**foo("x......"), **foo("......x", "2025-03-03", "b"), **over(7)}
    again = [(1, 2), (1, 3), (1, 4), (1, 5)]
    assert len(spells(tell(history, same_bytes=again))) == 1
    assert len(spells(tell(history))) == 2


def test_the_very_agreement_that_returns_was_never_given_up() -> None:
    (spell,) = spells(tell({**foo("x" + "." * 9 + "x"), **over(11)}))
    assert (spell["gaps"], spell["ended"]) == (1, 0)
    assert "9 lists of 2025-03-11T16:00 to 2025-03-19T16:00 lack it" in spell["doubt"]


def test_each_model_has_spells_of_its_own() -> None:
    found = spells(tell({**foo("xx"), **foo("xx", model="jem"), **over(2)}))
    assert [(s["model"], s["n"]) for s in found] == [("jem", 1), ("tfm", 1)]


@given(st.lists(st.text("x.", min_size=9, max_size=9), min_size=1, max_size=4))
def test_spells_cover_every_agreement_once_and_never_overlap(marks: list[str]) -> None:
    days = [f"2025-01-0{n}" for n in range(1, 5)]
    history = {
        row("TX", FOO, "tfm", day, day): m for day, m in zip(days, marks, strict=False) if "x" in m
    } | over(9)
    told = tell(history)
    own = Counter(i for (ids,) in told.db.execute("SELECT agreement_ids FROM spell") for i in ids.split(";"))
    assert own == Counter(told.ask("SELECT agreement_id FROM agreement"))
    found = spells(told)
    for a, b in pairwise(found):
        assert a["last_listed"] < b["first_listed"]
        assert a["ended"] == 1
    checks = run_checks(told.made, dict(Tables(told.made).all()) | {"quarantine": []}, [], False)
    assert next(c for c in checks if c.name == "spells").result == "pass"


def test_the_check_fails_on_an_agreement_in_two_spells() -> None:
    told = tell({**foo("xx"), **over(2)})
    tables = dict(Tables(told.made).all()) | {"quarantine": []}
    tables["spell"] = [*tables["spell"], tables["spell"][0]]
    (check,) = (c for c in run_checks(told.made, tables, [], False) if c.name == "spells")
    assert check.result == "fail" and check.rows


# The register as it is ----------------------------------------------------------------------------


def test_the_spells_of_the_register(atlas: Atlas) -> None:
    (found,) = atlas.checks().filter(name="spells").to_dicts()
    assert (found["found"], found["result"]) == (str(atlas.table("agreement").height), "pass")
    butler = atlas.db.execute(
        "SELECT n, listed_after, s.first_listed, ended_before, starts_by, ended, s.agreements "
        "FROM spell s JOIN agency USING (agency_no) "
        "WHERE agency_id = 'oh-butler-county-sheriff' AND model = 'jem'"
    ).fetchall()
    assert [tuple(r) for r in butler] == [
        (1, None, "2021-01-13T00:20", "2021-06-10T05:41", "2013-01-01", 1, 1),
        (2, butler[1]["listed_after"], "2025-02-26T18:33", None, "2025-02-24", 0, 1),
    ]


def test_a_spell_ends_where_its_last_agreement_does(atlas: Atlas) -> None:
    rows = atlas.db.execute(
        "SELECT s.ended, s.ended_before, a.status, a.ended_before AS gone FROM spell s "
        "JOIN agreement a ON a.agreement_id IN "
        "(SELECT value FROM json_each('[\"' || replace(s.agreement_ids, ';', '\",\"') || '\"]')) "
        "WHERE s.last_list = a.last_list"
    ).fetchall()
    assert len(rows) >= atlas.table("spell").drop_nulls("agreement_ids").height
    for r in rows:
        assert r["ended_before"] == r["gone"]
        assert (r["status"] == "active") == (r["ended_before"] is None)
        assert not (r["ended"] and r["status"] in ("active", "not_on_latest"))
