"""Signing days as ICE printed them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.registry.dates import FIRST_YEAR, read_date, with_year

LAST = 2026
days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST, 12, 31))


@pytest.mark.parametrize(
    ("printed", "day", "rule"),
    [
        ("2025-02-26", date(2025, 2, 26), "iso"),
        ("2025-02-26T00:00:00", date(2025, 2, 26), "iso"),
        ("2/26/2025", date(2025, 2, 26), "month/day/year"),
        ("02/26/25", date(2025, 2, 26), "month/day/year"),
        (" 2-26-2025 ", date(2025, 2, 26), "month/day/year"),
        ("2.26.2025.", date(2025, 2, 26), "month/day/year"),
        ("2/26/2025\xa0", date(2025, 2, 26), "month/day/year"),
        ("05/082025", date(2025, 5, 8), "stroke missing"),
        ("7/72025", date(2025, 7, 7), "stroke missing"),
        ("8/282025", date(2025, 8, 28), "stroke missing"),
        ("828/2025", date(2025, 8, 28), "stroke missing"),
        ("08282025", date(2025, 8, 28), "strokes missing"),
        ("February 26, 2025", date(2025, 2, 26), "month in words"),
        ("Feb. 26, 2025", date(2025, 2, 26), "month in words"),
        ("26 February 2025", date(2025, 2, 26), "month in words"),
        ("45714", date(2025, 2, 26), "day number"),
        ("5025-05-08", date(2025, 5, 8), "year's digit"),
        ("3/1/5025", date(2025, 3, 1), "year's digit"),
        ("2225-01-01", date(2025, 1, 1), "year's digit"),
    ],
)
def test_a_day_that_can_be_read(printed: str, day: date, rule: str) -> None:
    assert read_date(printed, LAST) == (day, rule)


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("pending", "not a date"),
        ("2025", "not a date"),
        ("2025-02-30", "no such day"),
        ("13/1/2025", "no such day"),
        ("26/2/2025", "no such day"),  # day and month are never swapped silently
        ("1999-01-01", "impossible year"),
        ("9999-01-01", "impossible year"),
        ("2055-01-01", "impossible year"),  # 2005, 2015 and 2025 are all one digit away
    ],
)
def test_a_day_that_cannot_be_read_is_not_guessed(printed: str, why: str) -> None:
    day, rule = read_date(printed, LAST)
    assert (day, rule) == (None, why)


@given(days)
def test_the_forms_of_one_day_agree(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day:%m/%d/%Y}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day.month}/{day.day}/{day:%y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%m/%d%Y}",
        str((day - date(1899, 12, 30)).days),
    ]
    assert {read_date(form, LAST)[0] for form in forms} == {day}


@given(st.text(max_size=40))
def test_whatever_is_printed_is_a_possible_day_or_none(printed: str) -> None:
    day, rule = read_date(printed, LAST)
    assert rule
    assert day is None or FIRST_YEAR <= day.year <= LAST


@given(days, st.integers(FIRST_YEAR, LAST))
def test_with_year(day: date, year: int) -> None:
    moved = with_year(day, year)
    if moved is None:
        assert (day.month, day.day) == (2, 29)
    else:
        assert (moved.year, moved.month, moved.day) == (year, day.month, day.day)
        assert moved - day < timedelta(days=366 * 30)
