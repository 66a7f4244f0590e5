"""Days as people sign them: read strictly, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.sources.memoranda.days import days_in, the_day


@pytest.mark.parametrize(
    ("text", "day", "form"),
    [
        ("February 26, 2025", date(2025, 2, 26), "words"),
        ("FEB. 21, 2025", date(2025, 2, 21), "words"),
        ("Date: OCT 1 5 2019", date(2019, 10, 15), "words"),
        ("SEP - 9 2019", date(2019, 9, 9), "words"),
        ("Sept. 3rd, 2020", date(2020, 9, 3), "words"),
        ("3/20/25", date(2025, 3, 20), "figures"),
        ("04-10-2025", date(2025, 4, 10), "figures"),
        ("4.29.25", date(2025, 4, 29), "figures"),
        ("Date: 2025.03.20 16:44:26 -04'00'", date(2025, 3, 20), "stamp"),
        ("Date:2020.07.23 16:42 :21", date(2020, 7, 23), "stamp"),
    ],
)
def test_a_whole_day_is_read(text: str, day: date, form: str) -> None:
    found = the_day(text)
    assert found is not None
    assert (found.day, found.form) == (day, form)


@pytest.mark.parametrize(
    "text",
    [
        "June 31, 2020", "2/30/2025", "13/13/2025", "1/2/1925", "3/2 0 /25", "5- I I - 2-o -z.o", "2/20, 25",
        "March 2025", "Mar C2010", "", "3/12", "1/2/25 or 1/3/25", "12345/6/25",
    ],
)  # fmt: skip
def test_what_is_not_one_whole_day_is_none(text: str) -> None:
    assert the_day(text) is None


@given(st.dates(date(2002, 1, 1), date(2040, 12, 31)))
def test_every_day_of_the_program_can_be_written(day: date) -> None:
    for text in (f"{day:%B} {day.day}, {day.year}", f"{day.month}/{day.day}/{day.year}", f"{day:%m-%d-%y}"):
        assert [d.day for d in days_in(text)] == [day]
