"""Events between consecutive lists, and that they explain every move of the number."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.registry.events import CONFIRMED_BY, DELTA, is_confirmed
from tests.registry.story import History, places, row, tell

FOO = "Foo County Sheriff's Office"
BAR = row("TX", "Bar Police Department", link="bar")


@pytest.mark.parametrize(
    ("history", "events"),
    [
        ({row("TX", FOO): "xx"}, [(0, "listed")]),
        ({row("TX", FOO): ".x", BAR: "xx"}, [(0, "listed"), (1, "listed")]),
        ({row("TX", FOO): "x.", BAR: "xx"}, [(0, "listed"), (0, "listed"), (1, "removed")]),
        (
            {row("TX", FOO): "x.x.x", BAR: "xxxxx"},
            [(0, "listed"), (0, "listed"), (1, "removed"), (2, "returned"), (3, "removed"), (4, "returned")],
        ),
        (
            {row("TX", FOO, "jem"): "xx", row("TX", FOO, "wso"): ".x"},
            [(0, "listed"), (1, "model_added")],
        ),
        (
            {row("TX", FOO, "jem"): "x.", row("TX", FOO, "wso"): ".x"},
            [(0, "listed"), (1, "removed"), (1, "switched")],
        ),
        (
            {row("TX", FOO, "jem"): "x..", row("TX", FOO, "wso"): "..x", BAR: "xxx"},
            [(0, "listed"), (0, "listed"), (1, "removed"), (2, "listed")],  # a list between: no switch
        ),
        (
            {row("TX", FOO, "jem", "2025-01-02", "a"): "x.", row("TX", FOO, "jem", "2025-03-02", "b"): ".x"},
            [(0, "listed"), (1, "superseded"), (1, "resigned")],
        ),
        (
            {row("TX", FOO, signed="2025-01-02", link="a"): "xx.", row("TX", FOO, link="b"): ".xx"},
            [(0, "listed"), (1, "resigned"), (2, "superseded")],
        ),
        (
            {row("TX", "Macro Police"): "x.", row("TX", "Marco Police"): ".x"},
            [(0, "listed"), (1, "renamed")],
        ),
        ({row("TX", FOO): "x2x"}, [(0, "listed")]),
        ({row("TX", FOO): "x.x"}, [(0, "listed"), (1, "removed"), (2, "returned")]),
    ],
)  # fmt: skip
def test_events(history: History, events: list[tuple[int, str]]) -> None:
    assert tell(history).events() == events


def test_details_and_witnesses() -> None:
    told = tell({row("TX", FOO, "jem"): "xx..", row("TX", FOO, "wso"): "..xx"})
    ((at, before, detail, event_id),) = told.ask(
        "SELECT at, before_at, detail, event_id FROM event WHERE kind = 'switched'"
    )
    assert (before, at) == ("2025-03-11T16:00", "2025-03-12T16:00")
    assert detail == "jem → wso"
    assert event_id == "tx-foo-county-sheriff/wso/2025-03-01@2025-03-12T16:00:switched"
    first = told.ask("SELECT before_list_no, before_at, detail FROM event WHERE kind = 'listed'")
    assert first == [(None, None, "stands on the first list held")]


def test_an_agency_that_drops_one_of_two_models_has_not_switched() -> None:
    told = tell({row("TX", FOO, "jem"): "xx", row("TX", FOO, "wso"): "x.", row("TX", FOO, "tfm"): ".x"})
    assert (1, "switched") in told.events()
    assert told.ask("SELECT detail FROM event WHERE kind = 'switched'") == ["wso → tfm"]


@pytest.mark.parametrize("further", range(6))
def test_a_removal_is_confirmed_by_three_further_lists(further: int) -> None:
    documents = [f"bytes {n}" for n in range(1 + 1 + further)]
    assert is_confirmed(1, documents) == (further >= CONFIRMED_BY)
    assert CONFIRMED_BY == 3
    again = [*documents, *documents[1:2] * 5]
    assert is_confirmed(1, again) == (further >= CONFIRMED_BY), "the same bytes again are no witness"


marks = st.text(".x", min_size=5, max_size=5)
AGENCIES = (
    "Foo County Sheriff's Office",
    "Bar Police",
    "Macro Police",
    "Marco Police",
    "Baz Jail",
    "Bazz Jail",
)
some_rows = st.dictionaries(
    st.builds(
        row,
        st.sampled_from(["TX", "OK"]),
        st.sampled_from(AGENCIES),
        st.sampled_from(["jem", "wso"]),
        st.sampled_from(["2025-03-01", "2025-03-02", None]),
        st.sampled_from([None, "a", "b"]),
    ),
    marks,
    min_size=1,
    max_size=10,
)


@given(some_rows)
def test_events_explain_every_move_and_nothing_is_lost(history: History) -> None:
    """Whatever comes and goes: the deltas of the events add up to the agreements on each list,
    each row is one agreement's, and no agreement is without a row."""
    told = tell(history)
    on_list = told.ask("SELECT agreements, list_no FROM list WHERE NOT stale ORDER BY list_no")
    moved = Counter(dict(told.ask("SELECT list_no, sum(delta) FROM event GROUP BY 1")))
    assert [n for n, _ in on_list] == list(itertools.accumulate(moved[no] for _, no in on_list))
    ends = "JOIN list f ON f.list_no = r.first_list JOIN list l ON l.list_no = r.last_list"
    runs = told.ask(f"SELECT sum(l.seq - f.seq + 1) FROM listing_run r {ends}")
    kept = places(told)
    assert (runs[0] or 0) == sum(m[n] == "x" for m in history.values() for n in kept)
    assert told.ask("SELECT count(*) FROM listing_run WHERE agreement_no IS NULL") == [0]
    shown = "(SELECT agreement_no FROM listing_run)"
    assert told.ask(f"SELECT count(*) FROM agreement WHERE agreement_no NOT IN {shown}") == [0]
    for kind, delta in told.ask("SELECT kind, delta FROM event"):
        assert DELTA[kind] == delta
    last = on_list[-1][1]
    active = set(told.ask("SELECT agreement_no FROM agreement WHERE status = 'active'"))
    assert active == set(told.ask("SELECT DISTINCT agreement_no FROM listing_run WHERE last_list = ?", last))


@given(some_rows)
def test_no_agency_stands_twice_on_one_list_but_for_its_own_signings(history: History) -> None:
    """Rules never bring two names that one list prints under one model into one agency."""
    told = tell(history)
    for body in told.made.bodies:
        for a, b in itertools.combinations(body.units, 2):
            for model in a.by_model.keys() & b.by_model.keys():
                assert not a.by_model[model] & b.by_model[model]
