"""On which lists a thing stands, as one integer: bit *p* is set where list *p* prints it.

Lists of one kind are numbered in order, so "stood together", "one began where the other
ended" and "unbroken" are single operations on whole histories.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache


def run(first: int, last: int) -> int:
    """The span of an unbroken run from list ``first`` to list ``last``."""
    return ((1 << (last - first + 1)) - 1) << first


def first(span: int) -> int:
    """The first list of a span; the span must not be empty."""
    return (span & -span).bit_length() - 1


def last(span: int) -> int:
    """The last list of a span; the span must not be empty."""
    return span.bit_length() - 1


def starts(span: int) -> Iterator[int]:
    """The lists at which an unbroken run of the span begins."""
    return bits(span & ~(span << 1))


def ends(span: int) -> Iterator[int]:
    """The lists at which an unbroken run of the span ends."""
    return bits(span & ~(span >> 1))


@lru_cache(maxsize=1 << 16)  # thousands of things share a few hundred spans, and each is asked often
def runs(span: int) -> tuple[tuple[int, int], ...]:
    """The unbroken runs of a span, as (first list, last list)."""
    return tuple(zip(starts(span), ends(span), strict=True))


def bits(span: int) -> Iterator[int]:
    """The lists of a span, in order."""
    while span:
        low = span & -span
        yield low.bit_length() - 1
        span ^= low
