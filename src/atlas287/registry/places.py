"""Whether a state has a county of some name: it tells a misspelling from another county."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl

from .names import name_key, place_of


def county_test(counties: Path) -> Callable[[str, str | None], bool]:
    """A test of (postal code, county as a name key has it) against the Census Bureau's list."""
    by_state: dict[str, list[str]] = {}
    for state, name in pl.read_parquet(counties, columns=["state", "name"]).iter_rows():
        by_state.setdefault(state, []).append(name)

    @cache
    def of(state: str) -> frozenset[str | None]:
        return frozenset(place_of(name_key(f"{name} Sheriff", state)) for name in by_state.get(state, ()))

    return lambda state, place: place is not None and place in of(state)
