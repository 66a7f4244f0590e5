"""The day that a list's file name says, and the days it may have meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.registry.list_names import edits, named_day, tail


@pytest.mark.parametrize(
    ("file", "day", "part"),
    [
        ("participatingAgencies05282025pm.xlsx", date(2025, 5, 28), "pm"),
        ("participatingAgencies05282025amB.xlsx", date(2025, 5, 28), "am"),
        ("participatingAgencies05282025_pm_b.xlsx", date(2025, 5, 28), "pm"),
        ("participatingAgencies05282025 PM copy.xlsx", date(2025, 5, 28), "pm"),
        ("pendingAgencies05282025mid.xlsx", date(2025, 5, 28), "mid"),
        ("pendingAgencies05282025.xlsx", date(2025, 5, 28), ""),
        ("pendingAgencies.xlsx", None, ""),
        ("participatingAgencies090022025am.xlsx", None, "am"),  # a digit too many: no day, but edits of one
        ("participatingAgencies13452025am.xlsx", None, "am"),
        ("participatingAgencies14052026am.xlsx", date(2026, 5, 14), "am"),  # no other order makes a day
        ("participatingAgencies20260514.xlsx", date(2026, 5, 14), ""),
        ("list of 2026-05-14.xlsx", date(2026, 5, 14), ""),
        ("05-14-2026 participating.xlsx", date(2026, 5, 14), ""),
    ],
)
def test_the_day_of_a_name(file: str, day: date | None, part: str) -> None:
    assert named_day(file) == (day, part)


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("participatingAgencies01052025pm.xlsx", date(2026, 1, 5)),
        ("participatingAgencies08022025pm.xlsx", date(2025, 9, 2)),
        ("participatingAgencies090022025am.xlsx", date(2025, 9, 2)),
    ],
)
def test_a_day_one_slip_away(file: str, meant: date) -> None:
    assert meant in edits(file)


def test_a_name_without_a_day_means_none() -> None:
    assert edits("pendingAgencies.xlsx") == []


def test_twins_share_their_tail() -> None:
    assert tail("participatingAgencies01052025pm.xlsx") == tail("pendingAgencies01052025PM.xlsx")


@given(st.dates(date(2021, 1, 1), date(2030, 12, 31)), st.sampled_from(["am", "mid", "pm", ""]))
def test_ices_own_names_are_read_back(day: date, part: str) -> None:
    file = f"participatingAgencies{day:%m%d%Y}{part}.xlsx"
    assert named_day(file) == (day, part)
    assert day not in edits(file)


@given(st.text(max_size=40))
def test_any_name_is_read_without_fail(file: str) -> None:
    named_day(file)
    tail(file)
    assert edits(file) == sorted(set(edits(file)))
