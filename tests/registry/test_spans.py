"""Spans against what they stand for: plain sets of list numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.registry import spans

places = st.sets(st.integers(0, 1500), max_size=60)


def span_of(lists: set[int]) -> int:
    return sum(1 << n for n in lists)


@given(places)
def test_bits_give_the_lists_back_in_order(lists: set[int]) -> None:
    assert list(spans.bits(span_of(lists))) == sorted(lists)


@given(places.filter(bool))
def test_first_and_last(lists: set[int]) -> None:
    assert spans.first(span_of(lists)) == min(lists)
    assert spans.last(span_of(lists)) == max(lists)


@given(places)
def test_starts_ends_and_runs(lists: set[int]) -> None:
    starts = sorted(n for n in lists if n - 1 not in lists)
    ends = sorted(n for n in lists if n + 1 not in lists)
    assert list(spans.starts(span_of(lists))) == starts
    assert list(spans.ends(span_of(lists))) == ends
    assert spans.runs(span_of(lists)) == tuple(zip(starts, ends, strict=True))


@given(places)
def test_runs_make_the_span_again(lists: set[int]) -> None:
    assert sum(spans.run(a, b) for a, b in spans.runs(span_of(lists))) == span_of(lists)


@pytest.mark.parametrize(("first", "last"), [(0, 0), (3, 3), (2, 5), (0, 1251)])
def test_a_run_holds_both_its_ends(first: int, last: int) -> None:
    assert list(spans.bits(spans.run(first, last))) == list(range(first, last + 1))
