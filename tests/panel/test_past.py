"""Exposure on basis in-force, 2002 to 2020: what is known and what may have been."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from atlas287 import Atlas
from atlas287.panel import in_force
from atlas287.panel.months import by_agency
from atlas287.panel.past import read_past
from atlas287.panel.schema import AGENCY_MONTH_IN_FORCE, COUNTY_MONTH_IN_FORCE, NATION_DAY_IN_FORCE
from atlas287.panel.world import World

UNTIL = date(2020, 12, 31)


@pytest.fixture(scope="module")
def worlds(atlas: Atlas) -> tuple[World, World]:
    return read_past(atlas.db, until=UNTIL)


@pytest.fixture(scope="module")
def counties(worlds: tuple[World, World]) -> pl.DataFrame:
    return in_force.county_months(*worlds)


@pytest.fixture(scope="module")
def nation(worlds: tuple[World, World]) -> pl.DataFrame:
    return in_force.days(*worlds)


@pytest.fixture(scope="module")
def agencies(worlds: tuple[World, World]) -> pl.DataFrame:
    return in_force.agency_months(*worlds)


def test_the_tables_are_as_declared(
    counties: pl.DataFrame, nation: pl.DataFrame, agencies: pl.DataFrame
) -> None:
    for panel, frame in (
        (COUNTY_MONTH_IN_FORCE, counties),
        (NATION_DAY_IN_FORCE, nation),
        (AGENCY_MONTH_IN_FORCE, agencies),
    ):
        assert dict(frame.schema) == dict(panel.frame_schema)
        assert not frame.select(panel.key).is_duplicated().any()
        assert not any("newest list at or before" in c.says or "on the list" in c.says for c in panel.columns)


def test_every_day_from_the_first_agreement_on(nation: pl.DataFrame) -> None:
    assert nation["day"].to_list() == pl.date_range(date(2002, 7, 2), UNTIL, eager=True).to_list()


def test_no_month_before_the_first_agreement(counties: pl.DataFrame) -> None:
    assert (counties["month"].min(), counties["month"].max()) == ("2002-07", "2020-12")
    assert counties.filter(month="2002-07")["days"].unique().to_list() == [30]
    assert counties.group_by("month").len()["len"].n_unique() == 1, "every county in every month"


def test_county_months_add_up_to_the_nations_days(counties: pl.DataFrame, nation: pl.DataFrame) -> None:
    by_month = counties.group_by("month").agg(
        pl.col("jail_days", "field_days").sum(), pl.col("jail", "field").sum()
    )
    days = nation.with_columns(month=pl.col("day").dt.strftime("%Y-%m")).group_by("month").agg(
        pl.col("jail_counties", "field_counties").sum(), last=pl.col("jail_counties").sort_by("day").last(),
        last_field=pl.col("field_counties").sort_by("day").last(),
    )  # fmt: skip
    both = by_month.join(days, on="month", how="full")
    assert both.height == 222 and both.null_count().sum_horizontal().sum() == 0
    for ours, theirs in (
        ("jail_days", "jail_counties"),
        ("field_days", "field_counties"),
        ("jail", "last"),
        ("field", "last_field"),
    ):
        assert both[ours].cast(pl.Int64).to_list() == both[theirs].cast(pl.Int64).to_list(), ours


def test_what_is_known_is_never_more_than_what_may_have_been(
    counties: pl.DataFrame, nation: pl.DataFrame, worlds: tuple[World, World]
) -> None:
    for column in ("agencies", "jail_counties", "field_counties"):
        assert (nation[column] <= nation[f"{column}_high"]).all()
    assert not counties.filter(pl.col("jail_maybe") == 1, pl.col("jail") == 1).height, "known is not perhaps"
    assert counties.filter(pl.col("jail_maybe") == 1).height
    known, maybe = (by_agency(w) for w in worlds)
    assert maybe.join(known, on=["agency_id", "month"], how="anti").height == 0


def test_no_task_forces_from_2013_on(counties: pl.DataFrame, nation: pl.DataFrame) -> None:
    late = nation.filter(pl.col("day") >= date(2013, 1, 1))
    assert late.select(pl.col("field_counties", "field_counties_high", "tfm_states").max()).row(0) == (
        0,
        0,
        0,
    )
    assert nation.filter(day=date(2012, 12, 31))["field_counties"].item() > 0
    assert counties.filter(pl.col("month") >= "2013-01")["field_maybe"].max() == 0


def test_the_jail_half_goes_on_while_a_hybrid_turns_into_a_jail_agreement(counties: pl.DataFrame) -> None:
    hall = counties.filter(fips="13139").filter(
        pl.col("month").is_between(pl.lit("2010-01"), pl.lit("2014-12"))
    )
    assert hall["jail"].unique().to_list() == [1]
    assert hall.filter(month="2010-04").select("field", "field_maybe").row(0) == (1, 0)
    assert hall.filter(month="2012-11").select("field", "field_maybe").row(0) == (0, 1)
    assert hall.filter(month="2013-01").select("field", "field_maybe").row(0) == (0, 0)


def test_an_agency_in_the_range_of_its_start_or_end_is_perhaps(agencies: pl.DataFrame) -> None:
    manatee = agencies.filter(agency_id="fl-manatee-county-sheriff")
    assert manatee.filter(maybe=1)["month"].to_list() == [f"2009-{n:02}" for n in range(2, 10)]
    assert manatee.filter(month="2009-01").select("jem", "in_force_days", "maybe").row(0) == (1, 31, 0)
    lyon = agencies.filter(agency_id="nv-lyon-county-sheriff", month="2019-06")
    assert lyon.select("jem", "maybe").row(0) == (0, 1)
