"""What spreadsheets call their cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.sources.cell_names import column_index, column_letters, split_name
from tests.listmaker import letters


@pytest.mark.parametrize(
    ("column", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (9_999, "NTP"), (16_383, "XFD")],
)
def test_a_column_has_the_name_that_spreadsheets_give(column: int, name: str) -> None:
    assert column_letters(column) == letters(column) == name
    assert column_index(name) == column_index(name.lower()) == column


@given(st.integers(0, 16_383), st.integers(1, 1_048_576))
def test_a_cell_is_found_by_its_name(column: int, row: int) -> None:
    assert split_name(f"{column_letters(column)}{row}") == (column, row)
