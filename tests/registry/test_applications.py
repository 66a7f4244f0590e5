"""Pending applications: when first and last pending, and what they became."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.story import applied, row, tell

FOO = "Foo County Sheriff's Office"
ID = "tx-foo-county-sheriff"


def applications(listed: str, pending: str, **more: Any) -> list[tuple[str, int, int, str, str | None]]:
    """(id, first, last, status, became) of Foo's applications for the jail model."""
    history = {row("TX", "Bar Police"): "x" * len(listed)}
    if "x" in listed:
        history[row("TX", FOO, "jem", "2025-03-11")] = listed
    told = tell(
        history, {applied("TX", FOO, "jem"): pending, applied("TX", "Baz Police"): "x" * len(pending)}, **more
    )
    return told.ask(
        "SELECT p.application_id, f.seq, l.seq, p.status, a.agreement_id FROM application p "
        "JOIN list f ON f.list_no = p.first_list JOIN list l ON l.list_no = p.last_list "
        "LEFT JOIN agreement a ON a.agreement_no = p.became WHERE p.model = 'jem' ORDER BY 2"
    )


def test_an_application_became_an_agreement() -> None:
    assert applications("..xx", "xx..") == [
        (f"{ID}/jem/pending/2025-03-10T16:00", 0, 1, "became", f"{ID}/jem/2025-03-11")
    ]


@pytest.mark.parametrize(
    ("pending", "status"),
    [("xxxxxx", "pending"), ("xxxxx.", "not_on_latest"), ("xx....", "gone")],
)
def test_an_application_that_became_nothing(pending: str, status: str) -> None:
    ((_, _, _, said, became),) = applications("......", pending)
    assert (said, became) == (status, None)


def test_runs_that_lead_to_one_agreement_are_one_application() -> None:
    ((_, first, last, status, _),) = applications(".....x", "x.xx..")
    assert (first, last, status) == (0, 3, "became")


def test_an_application_after_the_listing_is_another() -> None:
    """Pending again long after it was listed, it did not become that agreement."""
    both = applications("..xxxxxxx", "xx....xxx")
    assert [(f, s) for _, f, _, s, _ in both] == [(0, "became"), (6, "pending")]


def test_the_lists_may_overlap_by_a_day() -> None:
    assert [s for *_, s, _ in applications(".xx", "xx.")] == ["became"]
    assert [s for *_, s, _ in applications("xxx", ".x.")] == ["became"], (
        "listed the day before it was pending"
    )
    assert [s for *_, s, _ in applications("xxxx", "..x.")] == ["not_on_latest"]


def test_an_application_for_another_model_became_nothing() -> None:
    told = tell({row("TX", FOO, "wso", "2025-03-11"): ".x"}, {applied("TX", FOO, "jem"): "x."})
    assert told.ask("SELECT status FROM application") == ["not_on_latest"]


def test_an_agency_that_only_applied_is_pending_or_applied() -> None:
    told = tell(
        {row("TX", "Bar Police"): "x" * 6},
        {applied("TX", FOO): "x" * 6, applied("TX", "Baz Police"): "x....."},
    )
    assert dict(told.ask("SELECT agency_id, status FROM agency")) == {
        "tx-bar-police": "active",
        "tx-baz-police": "applied",
        ID: "pending",
    }
