"""Ids: unique, readable, pinned, stable; and redirects from every other id."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from atlas287 import Atlas
from atlas287.registry.ids import unused
from tests.registry.story import applied, row, tell, verdicts

REDIRECTS = "SELECT old_id, id FROM redirect WHERE old_id"


def test_an_id_is_state_and_earliest_name() -> None:
    told = tell(
        {
            row("LA", "Louisiana State Patrol", link="memo"): "xx..",
            row("LA", "Louisiana State Police Department", link="memo"): "..xx",
        }
    )
    assert list(told.agencies()) == ["la-louisiana-state-patrol"], "a renaming keeps the id"
    assert told.ask("SELECT * FROM redirect") == [
        ("la-louisiana-state-police", "la-louisiana-state-patrol", "another spelling"),
        (
            "la-louisiana-state-police/tfm/2025-03-01",
            "la-louisiana-state-patrol/tfm/2025-03-01",
            "another spelling",
        ),
    ]


def test_a_slip_names_nobody() -> None:
    told = tell(
        {
            row("FL", "Macro Island Police Department"): "xx..",
            row("FL", "Marco Island Police Department"): "..xx",
        }
    )
    assert list(told.agencies()) == ["fl-marco-island-police"]
    assert told.ask(f"{REDIRECTS} NOT LIKE '%/%'") == [("fl-macro-island-police", "fl-marco-island-police")]


def test_a_slip_of_late_names_nobody_for_now() -> None:
    """A spelling that has so far been rare does not take the place of one that stood for long."""
    right, slip = "Marco Island Police Department", "Macro Island Police Department"
    told = tell({row("FL", right): "x" * 30 + ".", row("FL", slip): "." * 30 + "x"})
    assert told.ask("SELECT agency_id, name FROM agency") == [("fl-marco-island-police", right)]
    told = tell({row("FL", right): "x" * 9 + ".", row("FL", slip): "." * 9 + "x"})
    assert told.ask("SELECT agency_id, name FROM agency") == [("fl-macro-island-police", slip)]


def test_a_pending_spelling_names_nobody() -> None:
    told = tell(
        {row("OK", "Barnsdall Police Department", signed="2025-03-12"): "..xx"},
        {applied("OK", "Barndall Police Department"): "xx.."},
    )
    assert list(told.agencies()) == ["ok-barnsdall-police"]
    assert told.ask(f"{REDIRECTS} NOT LIKE '%/%'") == [("ok-barndall-police", "ok-barnsdall-police")]


def test_a_pinned_id_outlives_what_the_rules_would_say(tmp_path: Path) -> None:
    history = {
        row("FL", "Macro Island Police Department"): "xx..",
        row("FL", "Marco Island Police Department"): "..xx",
    }
    by = verdicts(tmp_path, ids=[["fl-published-long-ago", "FL", "Macro Island Police Dept."]])
    told = tell(history, by=by)
    assert list(told.agencies()) == ["fl-published-long-ago"]
    names = "fl-macro-island-police", "fl-marco-island-police"
    agencies = dict.fromkeys(names, "fl-published-long-ago")
    assert dict(told.ask(f"{REDIRECTS} NOT LIKE '%/%'")) == agencies
    assert dict(told.ask(f"{REDIRECTS} LIKE '%/%'")) == {
        f"{name}/tfm/2025-03-01": "fl-published-long-ago/tfm/2025-03-01" for name in names
    }


def test_two_that_would_share_an_id_do_not(tmp_path: Path) -> None:
    """Two pins of one id (a mistake) still give two ids."""
    by = verdicts(tmp_path, ids=[["fl-one", "FL", "Alpha Police"], ["fl-one", "FL", "Beta Police"]])
    told = tell({row("FL", "Alpha Police"): "xx", row("FL", "Beta Police"): "xx"}, by=by)
    assert sorted(told.agencies()) == ["fl-one", "fl-one-2"]


def test_an_id_that_leads_to_two_things_leads_nowhere(tmp_path: Path) -> None:
    """By verdict one spelling is two agencies': of its rows for jail, and of the others."""
    means = {"tfm": "Gulf County Sheriff's Office", "wso": "Gulf County Jail"}
    by = verdicts(
        tmp_path, names=[["FL", "Gulf County BOCC", m, "", name, "seen"] for m, name in means.items()]
    )
    told = tell({row("FL", "Gulf County BOCC"): "xx", row("FL", "Gulf County BOCC", "wso"): "xx"}, by=by)
    assert sorted(told.agencies()) == ["fl-gulf-county-jail", "fl-gulf-county-sheriff"]
    assert told.ask("SELECT old_id FROM redirect WHERE old_id NOT LIKE '%/%'") == []
    assert dict(told.ask(f"{REDIRECTS} LIKE '%/%'")) == {
        f"fl-gulf-county-board-of-county-commissioners/{m}/2025-03-01": f"fl-gulf-county-{who}/{m}/2025-03-01"
        for m, who in (("tfm", "sheriff"), ("wso", "jail"))
    }


def test_two_agreements_of_one_day_have_two_ids() -> None:
    told = tell(
        {row("FL", "Alpha Police", signed=None): "x.x", row("FL", "Alpha Police", "wso", None): "xxx"}
    )
    assert sorted(told.agreements()) == ["fl-alpha-police/tfm/undated", "fl-alpha-police/wso/undated"]


@given(st.lists(st.sampled_from(["a", "b", "a-2", "a-3"]), max_size=12))
def test_unused_never_gives_an_id_twice(names: list[str]) -> None:
    used: set[str] = set()
    given_out = [unused(name, used) for name in names]
    assert len(set(given_out)) == len(given_out)
    assert all(out.startswith(name) for name, out in zip(names, given_out, strict=True))


def test_ids_of_the_bundle(atlas: Atlas) -> None:
    """No id twice, none that leads away from a thing it names, none that leads to nothing."""
    ids: list[str] = []
    for table, column in (("agency", "agency_id"), ("agreement", "agreement_id"), ("event", "event_id"),
                          ("application", "application_id"), ("list", "list_id")):  # fmt: skip
        own = [r[0] for r in atlas.db.execute(f"SELECT {column} FROM {table}")]
        assert len(set(own)) == len(own), table
        ids += own
    leads = dict(atlas.db.execute("SELECT old_id, id FROM redirect").fetchall())
    assert leads
    assert not leads.keys() & set(ids)
    assert set(leads.values()) <= set(ids)
    for table in ("agency", "agreement"):
        for (own,) in atlas.db.execute(f"SELECT {table}_id FROM {table}"):
            assert own == own.lower() and " " not in own


def test_ids_do_not_change_as_lists_are_added() -> None:
    """The same history told list by list never takes an id away but leaves a redirect."""
    history = {
        row("TX", "Somervill County Sheriff's Office"): "xx....",
        row("TX", "Somerville County Sheriff's Office"): "..xx..",
        row("TX", "Somervell County Sheriff's Office"): "....xx",
        row("TX", "Bar Police", signed="2025-02-01"): "xx....",
        row("TX", "Bar Police", signed="2025-02-03"): "..xxxx",
    }
    published: set[str] = set()
    for length in range(1, 7):
        told = tell({r: marks[:length] for r, marks in history.items() if "x" in marks[:length]})
        now = set(told.agencies()) | set(told.agreements())
        leads = set(told.ask("SELECT old_id FROM redirect"))
        assert published - now - leads == set()
        published |= now
