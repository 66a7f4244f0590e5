"""The map of a day and of all days: the same figures as the register's, however they are kept."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from atlas287 import Atlas, AtlasError
from atlas287.panel.figures import Figures
from atlas287.panel.mapping import NOT_KNOWN, day_of, step_of


@pytest.fixture(scope="module")
def data(atlas: Atlas) -> dict[str, Any]:
    return atlas.map_days()


def some_days(data: dict[str, Any]) -> list[date]:
    first, last = date.fromisoformat(data["first"]), date.fromisoformat(data["last"])
    return [*(first + timedelta(n) for n in range(0, (last - first).days, 97)), last]


@pytest.mark.parametrize(("on", "agreements", "states"), [("2025-05-28", 628, 40), ("2024-12-31", 135, 21)])
def test_the_slider_shows_what_the_list_says(
    data: dict[str, Any], atlas: Atlas, on: str, agreements: int, states: int
) -> None:
    day = day_of(data, date.fromisoformat(on))
    assert (day["agreements"], day["states"]) == (agreements, states)
    assert sum(day["by_state"].values()) == agreements
    told = atlas.status(on)
    assert (told["agreements"], told["states"], told["territories"]) == (
        agreements,
        states,
        day["territories"],
    )


def test_every_day_agrees_with_the_status_of_that_day(data: dict[str, Any], atlas: Atlas) -> None:
    for on in some_days(data):
        day, told = day_of(data, on), atlas.status(on)
        for name in ("agreements", "states", "territories"):
            assert day[name] == told[name], (on, name)
        assert day["agencies"] == told["agencies_resolved"]
        assert sum(day["by_state"].values()) == told["agreements"], on


def test_every_day_agrees_with_the_exposure_of_that_day(data: dict[str, Any], atlas: Atlas) -> None:
    nation = atlas.exposure("nation", "day")
    for on in some_days(data):
        row = nation.row(by_predicate=pl.col("day") == on, named=True)
        codes = day_of(data, on)["counties"].values()
        assert sum(code & 1 for code in codes) == row["jail_counties"], on
        assert sum(code > 1 for code in codes) == row["field_counties"], on
        assert sum(code & 1 for code in day_of(data, on)["wide"].values()) == row["tfm_states"], on


def test_a_day_s_map_agrees_with_the_slider(data: dict[str, Any], atlas: Atlas) -> None:
    for on in ("2021-03-01", "2025-05-28", data["last"]):
        told, day = atlas.map_on(on), day_of(data, date.fromisoformat(on))
        codes = {f: int(c["jail"]) + 2 * c["step"] for f, c in told["counties"].items()}
        assert {f: code for f, code in codes.items() if code} == day["counties"]
        assert told["wide"].keys() == day["wide"].keys()
        assert len(told["agencies"]) == day["agencies"]
        by_state = Counter(a["state"] for a in told["agencies"] for _ in a["models"])
        assert by_state.keys() == day["by_state"].keys()
        assert all(day["by_state"][s] >= n for s, n in by_state.items())  # one may have two of a model


def test_statewide_agencies_are_in_no_county(atlas: Atlas) -> None:
    agencies = {a["agency_id"]: a for a in atlas.map_on()["agencies"]}
    assert all(not a["fips"] for a in agencies.values() if a["level"] == "State")
    placed = sum(bool(a["fips"]) for a in agencies.values())
    assert placed > 0.95 * sum(a["level"] != "State" for a in agencies.values())


def test_it_fits_into_a_page(data: dict[str, Any]) -> None:
    text = json.dumps(data, separators=(",", ":"))
    assert len(gzip.compress(text.encode(), 9)) < 15_000
    assert json.loads(text) == data


@pytest.mark.parametrize(
    ("low", "high", "people", "step"),
    [
        (0, 0, 1000, 1), (99, 99, 1000, 1), (100, 100, 1000, 2), (100, 499, 1000, 2), (500, 899, 1000, 3),
        (900, 1000, 1000, 4), (99, 100, 1000, NOT_KNOWN), (0, None, 1000, NOT_KNOWN), (5, 5, None, NOT_KNOWN),
    ],
)  # fmt: skip
def test_a_range_in_two_steps_is_not_known(low: int, high: int | None, people: int | None, step: int) -> None:
    assert step_of(Figures(field=True, field_low=low, field_high=high), people) == step
    assert step_of(Figures(field=False, field_low=low, field_high=high), people) == 0


def test_a_day_before_the_first_list_has_no_map(atlas: Atlas) -> None:
    with pytest.raises(AtlasError, match="no list"):
        atlas.map_on("2019-01-01")
