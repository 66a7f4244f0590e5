"""Each printed row, read: values, the rules that gave them, and what could not be read."""

from __future__ import annotations

from datetime import date

import pytest

from atlas287.registry.reading import Reading, read_printed
from tests.registry.story import Row, record_of


def read(row: Row, last_year: int = 2026) -> Reading:
    (reading,) = read_printed(record_of({row: "x"}), {}, last_year)
    return reading


def test_a_plain_row_needs_no_rule() -> None:
    link = "https://www.ice.gov/a.pdf"
    found = read(
        Row(
            "FLORIDA",
            "Foo County Sheriff's Office",
            "Task Force Model",
            "2025-03-01",
            link,
            "Foo County",
            "County",
        )
    )
    assert (found.state, found.model, found.signed, found.link) == ("FL", "tfm", date(2025, 3, 1), link)
    assert (found.type, found.county, found.key) == ("County", "foo county", "foo county sheriff")
    assert (found.rules, found.wrong) == ((), ())


def test_rules_that_mended_are_told() -> None:
    found = read(Row("FLORDIA", "Foo", "Task Forse Model", "05/082025"))
    assert (found.state, found.model, found.signed) == ("FL", "tfm", date(2025, 5, 8))
    assert found.rules == ("state: spelling", "model: spelling", "signed: stroke missing")


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (Row("ATLANTIS", "Foo", "Task Force Model", "2025-03-01"), (("state", "unknown"),)),
        (Row("FLORIDA", "Foo", "Space Model", "2025-03-01"), (("model", "unknown"),)),
        (Row("FLORIDA", "Foo", "Task Force Model", "soon"), (("signed", "not a date"),)),
        (Row("FLORIDA", "Foo", None, None), ()),  # blank is not wrong
        (Row("FLORIDA", "Foo", "#N/A", "#N/A"), (("signed", "not a date"),)),
    ],
)
def test_what_cannot_be_read_is_told_and_left_open(row: Row, wrong: tuple[tuple[str, str], ...]) -> None:
    found = read(row)
    assert found.wrong == wrong
    for field, _ in wrong:
        assert getattr(found, field) is None


def test_the_last_year_comes_from_the_record() -> None:
    assert read(Row("FLORIDA", "Foo", "Task Force Model", "2029-03-01"), 2026).signed is None
    assert read(Row("FLORIDA", "Foo", "Task Force Model", "2029-03-01"), 2029).signed == date(2029, 3, 1)
    assert read(Row("FLORIDA", "Foo", "Task Force Model", "2925-03-01"), 2029).signed == date(2025, 3, 1)


def test_rows_are_read_in_the_order_of_their_numbers() -> None:
    record = record_of({Row("FLORIDA", f"{n} Police", "Task Force Model", None): "x" for n in "cab"})
    assert [r.no for r in read_printed(record, {}, 2026)] == [0, 1, 2]
    assert [r.name for r in read_printed(record, {}, 2026)] == record.printed["agency"].to_list()
