"""Codes that changed, and where their land is counted now."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from atlas287 import bundle
from atlas287.sources import fips


@pytest.mark.parametrize(
    ("old", "on", "now"),
    [
        ("46113", date(2015, 4, 30), "46113"),
        ("46113", date(2015, 5, 1), "46102"),
        ("02270", fips.VINTAGE, "02158"),
        ("51515", fips.VINTAGE, "51019"),
        ("51515", date(2013, 6, 30), "51515"),
        ("51560", fips.VINTAGE, "51005"),
        ("12025", fips.VINTAGE, "12086"),
        ("12086", fips.VINTAGE, "12086"),
        ("02261", date(2020, 1, 1), "02261"),  # split in two: no one code has all of it
        ("30113", fips.VINTAGE, "30113"),
        ("08001", fips.VINTAGE, "08001"),  # gave land to Broomfield, and is still there
        ("09001", date(2023, 1, 1), "09001"),  # planning regions cut across the counties
        ("99999", fips.VINTAGE, "99999"),
    ],
)
def test_a_code_leads_to_the_one_that_has_all_its_land(old: str, on: date, now: str) -> None:
    assert fips.code_on(old, on) == now


def test_every_change_is_whole_and_in_order() -> None:
    changes = fips.changes()
    assert len(changes) >= 40
    assert [c.since for c in changes] == sorted(c.since for c in changes)
    for c in changes:
        assert c.kind in fips.KINDS and c.evidence.endswith(".") and fips.state_of(c.new), c
        if c.kind == "planning region":
            assert not c.old and not c.old_name and c.new.startswith("09")
        else:
            assert fips.state_of(c.old) == fips.state_of(c.new) and c.old_name, c
            assert (c.old == c.new) == (c.kind == "reshaped"), c
    assert len(fips.planning_regions()) == 9


def test_changes_agree_with_the_counties_of_2017() -> None:
    """What was there on the day is in the bundle, and what was not there is not."""
    here = set(pl.read_parquet(bundle.COUNTIES)["fips"])
    for c in fips.changes():
        done = c.since <= fips.VINTAGE
        gone = done and c.kind in ("renumbered", "merged", "split")
        if c.old:
            assert (c.old in here) != gone, c
        later = [d for d in fips.changes() if d.old == c.new and d.kind in ("split", "merged", "renumbered")]
        if not any(d.since <= fips.VINTAGE for d in later):
            assert (c.new in here) == (done or c.old == c.new), c


def test_a_state_is_named_by_its_digits() -> None:
    assert len(fips.STATES) == len(set(fips.STATES.values())) == len(fips.STATES_BY_NAME) == 56
    assert (fips.state_of("24021"), fips.state_of("72001"), fips.state_of("66010")) == ("MD", "PR", "GU")
    for wrong in ("2402", "240210", "24O21", "03001", "", "24０21"):
        assert fips.state_of(wrong) is None
    assert fips.STATES_BY_NAME["district of columbia"] == "DC"
    assert fips.STATES_BY_NAME["u.s. virgin islands"] == "VI"


def test_the_states_of_the_bundle_are_those_of_their_digits() -> None:
    for code, state in pl.read_parquet(bundle.COUNTIES).select("fips", "state").iter_rows():
        assert fips.state_of(code) == state
