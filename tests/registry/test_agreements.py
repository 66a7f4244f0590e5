"""Agreements: one instrument each, over gaps, corrected days and new signings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry.story import History, Row, Told, row, tell, verdicts

FOO = "Foo County Sheriff's Office"
ID = "tx-foo-county-sheriff/jem"
OLD, NEW = "2025-02-01", "2025-03-02"


def foo(signed: str | None, link: str | None = None, model: str = "jem") -> Row:
    return row("TX", FOO, model, signed, link)


def of(told: Told) -> list[tuple[str, int, int]]:
    """(id, first, last) of each agreement, by the places of its lists."""
    return told.ask(
        "SELECT a.agreement_id, f.seq, l.seq FROM agreement a JOIN list f ON f.list_no = a.first_list "
        "JOIN list l ON l.list_no = a.last_list ORDER BY a.agreement_no"
    )


def redatings(told: Told) -> list[tuple[str | None, str | None, str]]:
    return told.ask("SELECT old, new, rule FROM redating")


def test_same_agency_model_and_day_is_one_agreement_whatever_the_gap() -> None:
    told = tell({foo(OLD): "xx..x...x", row("TX", "Bar Police"): "x" * 9})
    assert (f"{ID}/{OLD}", 0, 8) in of(told)
    assert told.ask("SELECT gaps, lists FROM agreement WHERE model = 'jem'") == [(2, 4)]


def test_another_model_is_another_agreement() -> None:
    told = tell({foo(OLD): "xx", foo(OLD, model="wso"): "xx"})
    assert len(told.agreements()) == 2


@pytest.mark.parametrize(
    ("why", "history", "rules", "signed"),
    [
        (
            "the link was pending",
            {foo(OLD): "xx..", foo(NEW, "memo"): "..xx"},
            ["memorandum still pending"],
            NEW,
        ),
        ("one memorandum", {foo(OLD, "memo"): "xx..", foo(NEW, "memo"): "..xx"}, ["same memorandum"], NEW),
        (
            "printed for a stretch and taken back",
            {foo(OLD, "memo"): "xx..xx", foo(NEW, "other"): "..xx.."},
            ["taken back", "taken back"],
            OLD,
        ),
        ("no day before", {foo(None, "memo"): "xx..", foo(NEW, "other"): "..xx"}, ["undated before"], NEW),
    ],
)
def test_a_corrected_day_is_one_agreement(why: str, history: History, rules: list[str], signed: str) -> None:
    told = tell(history)
    assert [i for i, _, _ in of(told)] == [f"{ID}/{signed}"]
    assert [rule for _, _, rule in redatings(told)] == rules
    assert told.ask("SELECT signed_rule FROM agreement") == ["; ".join(sorted(set(rules)))]
    assert [k for _, k in told.events()] == ["listed"] + ["redated"] * len(rules)
    other = OLD if signed == NEW else NEW
    if why != "no day before":
        assert told.ask("SELECT id FROM redirect WHERE old_id = ?", f"{ID}/{other}") == [f"{ID}/{signed}"]


@pytest.mark.parametrize(
    ("why", "history"),
    [
        ("another memorandum", {foo(OLD, "memo"): "xx..", foo(NEW, "other"): "..xx"}),
        ("a list between", {foo(OLD): "x...", foo(NEW): "..xx"}),
        ("both on one list", {foo(OLD): "xxx.", foo(NEW): "..xx"}),
        ("a third day on the same lists", {foo(OLD): "xx..", foo(NEW): "..xx", foo("2025-03-03"): "..xx"}),
    ],
)
def test_a_new_signing_is_another_agreement(why: str, history: History) -> None:
    told = tell(history)
    assert len(told.agreements()) == len(history)
    assert redatings(told) == []


def test_a_memorandum_of_somebody_else_corrects_nothing() -> None:
    """A link that a neighbour's rows print is a slip of the sheet."""
    told = tell(
        {foo(OLD, "memo"): "xx..", foo(NEW, "memo"): "..xx", row("TX", "Bar Police", link="memo"): "x" * 40}
    )
    assert len(told.agreements()) == 3


# A year misprinted --------------------------------------------------------------------------------


def late(signed: str, at: int = 12) -> Told:
    """An agreement first listed on the list of that place, of 22 March 2025 by default."""
    return tell({foo(signed): "." * at + "xx", row("TX", "Bar Police"): "x" * (at + 2)})


@pytest.mark.parametrize(
    ("signed", "mended"),
    [
        ("2024-03-20", "2025-03-20"),  # listed two days after its day, in the year beside
        ("2015-03-20", "2025-03-20"),  # a digit
        ("2024-06-20", None),  # not late enough to be sure, and 2025-06-20 is to come
        ("2024-01-02", None),  # not prompt in 2025 either
        ("2019-03-20", None),  # two digits away from 2025
        ("2025-03-20", None),
    ],
)
def test_a_year_misprinted(signed: str, mended: str | None) -> None:
    told = late(signed)
    own = [i for i, _, _ in of(told) if i.startswith(ID)]
    assert own == [f"{ID}/{mended or signed}"]
    assert redatings(told) == ([(signed, mended, "year misprinted")] if mended else [])


def test_where_the_record_begins_lateness_says_nothing() -> None:
    assert redatings(late("2024-03-12", at=5)) == []
    assert redatings(late("2024-03-12", at=12)) == [("2024-03-12", "2025-03-12", "year misprinted")]


# Superseding --------------------------------------------------------------------------------------


def test_a_new_signing_of_the_same_model_supersedes() -> None:
    told = tell({foo(OLD, "memo"): "xx..", foo(NEW, "other"): "..xx"})
    assert told.agreements() == {f"{ID}/{OLD}": "superseded", f"{ID}/{NEW}": "active"}
    heir = "SELECT b.agreement_id FROM agreement a JOIN agreement b ON b.agreement_no = a.superseded_by"
    assert told.ask(heir) == [f"{ID}/{NEW}"]


def test_a_later_listing_of_an_older_signing_supersedes_nothing() -> None:
    told = tell({foo(NEW, "memo"): "xx.....", foo(OLD, "other"): "..xxxxx"})
    assert told.agreements() == {f"{ID}/{NEW}": "removed", f"{ID}/{OLD}": "active"}


@pytest.mark.parametrize(("days", "status"), [(10, "superseded"), (40, "removed")])
def test_after_two_months_a_signing_is_a_new_beginning(days: int, status: str) -> None:
    told = tell(
        {foo(OLD, "memo"): "x......", foo(NEW, "other"): "...xxxx", row("TX", "Bar Police"): "x" * 7},
        step=days,
    )
    assert told.agreements()[f"{ID}/{OLD}"] == status


# Status -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "status"),
    [
        ("xxxxxx", "active"),
        ("xxxxx.", "not_on_latest"),
        ("xxx...", "not_on_latest"),
        ("xx....", "removed"),
        ("....xx", "active"),
    ],
)
def test_absence_is_not_removal_until_three_further_lists_confirm_it(marks: str, status: str) -> None:
    told = tell({foo(OLD, "memo"): marks, row("TX", "Bar Police"): "xxxxxx"})
    assert told.agreements()[f"{ID}/{OLD}"] == status
    confirmed = told.ask("SELECT confirmed FROM event WHERE kind = 'removed'")
    assert confirmed == ([] if status == "active" else [int(status == "removed")])


def test_the_same_bytes_again_confirm_nothing() -> None:
    told = tell(
        {foo(OLD, "memo"): "xx....", row("TX", "Bar Police"): "xxxxxx"},
        same_bytes=[(2, 3), (2, 4), (2, 5)],
    )
    assert told.agreements()[f"{ID}/{OLD}"] == "not_on_latest"


def test_bounds_are_the_lists_around() -> None:
    told = tell({foo(OLD, "memo"): ".xx...", row("TX", "Bar Police"): "xxxxxx"})
    bounds = "listed_after, first_listed, last_listed, ended_after, ended_before"
    assert told.ask(f"SELECT {bounds} FROM agreement WHERE model = 'jem'") == [
        tuple(f"2025-03-{d}T16:00" for d in (10, 11, 12, 12, 13))
    ]


# Verdicts on days ---------------------------------------------------------------------------------


def test_a_verdict_sets_a_day_right(tmp_path: Path) -> None:
    by = verdicts(tmp_path, dates=[["TX", "Foo Co. Sheriff", "jem", OLD, NEW, "the memorandum says so"]])
    told = tell({foo(OLD, "memo"): "xx", foo(OLD, "other", "wso"): "xx"}, by=by)
    assert set(told.agreements()) == {f"{ID}/{NEW}", f"tx-foo-county-sheriff/wso/{OLD}"}
    assert redatings(told) == [(OLD, NEW, "verdict")]
    assert told.ask("SELECT id FROM redirect WHERE old_id = ?", f"{ID}/{OLD}") == [f"{ID}/{NEW}"]
    assert [k for _, k in told.events()] == ["listed", "listed"], "no list shows a change"
