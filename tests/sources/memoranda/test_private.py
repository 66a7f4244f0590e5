"""Telephone numbers and mailboxes never stay in what is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.sources.memoranda.private import MAILBOX, TELEPHONE, is_clean, without_private


@pytest.mark.parametrize(
    "text",
    ["(352)-483-5400", "352-726-4488", "850.215.5146", "(325) 853-2737", "3527264488", "1-877-246-8253",
     "l-833-4ICE-OPR", "+1 202 732 4242", "352–726–4488", "(352)726-4488"],
)  # fmt: skip
def test_a_telephone_number_goes(text: str) -> None:
    assert without_private(f"call {text}, or write") == f"call {TELEPHONE}, or write"


@pytest.mark.parametrize(
    "text",
    ["ccapri@eustis.org", "Joint Intake@cbp.dhs.gov".split()[1], "first.last@sub.agency.gov", "a_b @ c.org"],
)
def test_a_mailbox_goes(text: str) -> None:
    said = without_private(f"at {text} now")
    assert MAILBOX in said
    assert "@" not in said


@pytest.mark.parametrize(
    "text",
    ["8 U.S.C. § 1357(g)(7) and (8)", "28 U.S.C. § 1346(b)(1), 2671-2680", "Public Law 107-276", "287(g)",
     "within 48 hours, no later than 30 days", "March 25, 2025", "3/20/25", "2025.03.20 16:44:26", "FL 34450",
     "Revised 02/15/2025", "a minimum score of 70 percent"],
)  # fmt: skip
def test_law_days_and_numbers_stay(text: str) -> None:
    assert without_private(text) == text


@given(st.from_regex(r"\A[2-9][0-9]{2}[-. ][2-9][0-9]{2}[-. ][0-9]{4}\Z"), st.emails())
def test_no_number_and_no_mailbox_survives(number: str, mailbox: str) -> None:
    said = without_private(f"Call {number} or {mailbox}.")
    assert number not in said
    assert "@" not in said
    assert is_clean(said)
