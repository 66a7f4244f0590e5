"""Exposure on ICE's own lists: known figures, and sums that agree however they are told."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from atlas287 import Atlas, NotFoundError
from atlas287.panel.figures import FULL, UNKNOWN
from atlas287.panel.reading import read_world
from atlas287.panel.schema import COUNTY_MONTH
from atlas287.panel.world import World

#: Escambia, Gulf, Jackson, Miami-Dade, Okaloosa, Orange, Osceola, Pasco and Volusia.
NOT_THE_SHERIFFS_JAIL = {"12033", "12045", "12063", "12086", "12091", "12095", "12097", "12101", "12127"}


@pytest.fixture(scope="module")
def world(atlas: Atlas) -> World:
    return read_world(atlas.db)


@pytest.fixture(scope="module")
def nation(atlas: Atlas) -> pl.DataFrame:
    return atlas.exposure()


@pytest.fixture(scope="module")
def counties(atlas: Atlas) -> pl.DataFrame:
    return atlas.exposure("county", "month")


def test_all_67_counties_of_florida_by_their_sheriffs(atlas: Atlas, world: World) -> None:
    said = atlas.coverage("2025-05-28", "FL")
    assert (said["counties"], said["jail"]["counties"], said["jail"]["share"]) == (67, 67, 1.0)
    assert said["field"]["counties"] == 67
    moment = world.moment(date(2025, 5, 28))
    assert moment is not None
    own = {f for f, c in world.counties.items() if c.state == "FL"}
    by: dict[tuple[bool, bool], set[str]] = {}
    for s in world.stints:
        if s.agency.state == "FL" and s.agency.level == "County" and s.first <= moment <= s.last:
            by.setdefault((s.agency.kind == "sheriff", s.model == "tfm"), set()).update(s.agency.counties)
    # Every sheriff had signed for a task force; where the sheriff does not run the jail, the county's
    # own corrections had signed for it.
    assert len(own) == 67 and by[True, True] == own
    assert own - by[True, False] == NOT_THE_SHERIFFS_JAIL
    assert by[False, False] >= NOT_THE_SHERIFFS_JAIL
    assert said["jail"]["residents"] == said["population"] == 20_278_447


def test_jacksonville_is_duval_county(atlas: Atlas) -> None:
    said = atlas.coverage("2025-05-28", county="12031")
    assert said["figures"]["jail"] and said["figures"]["field_low"] == said["population"]
    assert [a["agreement_id"] for a in said["agreements"]] == [
        "fl-jacksonville-sheriff/jem/2020-06-09",
        "fl-jacksonville-sheriff/tfm/2025-02-26",
    ]
    assert "fl-department-of-corrections/jem/2020-08-21" in {a["agreement_id"] for a in said["statewide"]}
    assert [n["fips"] for n in said["neighbours"]] == ["12003", "12019", "12089", "12109"]


def test_nobody_was_policed_under_a_task_force_before_2025(nation: pl.DataFrame) -> None:
    before = nation.filter(pl.col("day") < date(2025, 1, 20))
    assert before["field_high"].sum() == 0
    assert before["tfm_states"].sum() == 0
    assert before["jail_counties"].min() > 100  # type: ignore[operator]


def test_every_day_from_the_first_list_to_the_newest(nation: pl.DataFrame) -> None:
    assert (nation["day"].min(), nation["day"].max()) == (date(2021, 1, 13), date(2026, 4, 30))
    assert nation.height == nation["day"].n_unique() == 1934
    assert nation["age_days"].min() == 0


def test_agencies_of_a_day_are_those_of_status(atlas: Atlas, nation: pl.DataFrame) -> None:
    for day in ("2021-06-30", "2024-12-31", "2025-05-28", "2026-04-30"):
        (row,) = nation.filter(day=date.fromisoformat(day)).to_dicts()
        said = atlas.status(day)
        assert row["source"] == said["list"]["file"]
        assert row["agencies"] == said["agencies_resolved"]


def test_county_months_add_up_to_the_nations_day(nation: pl.DataFrame, counties: pl.DataFrame) -> None:
    summed = (
        counties.group_by("source")
        .agg(
            pl.col("jail").sum().cast(pl.Int64).alias("jail_counties"),
            pl.col("population").filter(pl.col("jail") == 1).sum().alias("jail_residents"),
            pl.col("field").sum().cast(pl.Int64).alias("field_counties"),
            pl.col("field_low").sum(),
            pl.col("field_high").sum(),
        )
        .sort("source")
    )
    assert summed.height == counties["month"].n_unique() == 64
    told = nation.filter(pl.col("source").is_in(summed["source"].implode()), pl.col("age_days") == 0)
    assert told.sort("source").select(summed.columns).equals(summed)
    assert counties["field_high"].null_count() == 0


def test_county_days_add_up_to_the_nations_days(nation: pl.DataFrame, counties: pl.DataFrame) -> None:
    assert counties["jail_days"].sum() == nation["jail_counties"].sum()
    assert counties["field_days"].sum() == nation["field_counties"].sum()
    assert (counties["jail_days"] > counties["days"]).sum() == 0
    # January 2021 begins with the list of the 13th; April 2026 ends with that of the 30th.
    ends = counties.filter(fips="12031").sort("month")["days"]
    assert (ends[0], ends[-1]) == (19, 30)


def test_states_add_up_to_the_nation(atlas: Atlas, nation: pl.DataFrame) -> None:
    states = atlas.exposure("state")
    columns = ["jail_counties", "jail_residents", "field_counties", "field_low", "field_high", "agencies",
               "tfm_states", "tfm_residents", "jail_states", "unplaced"]  # fmt: skip
    summed = states.group_by("day").agg(pl.col(columns).sum()).sort("day")
    assert summed.select(columns).equals(nation.select(columns))


def test_a_days_coverage_is_that_days_row(atlas: Atlas, nation: pl.DataFrame) -> None:
    for day in ("2021-01-13", "2025-05-28", "2026-04-30"):
        (row,) = nation.filter(day=date.fromisoformat(day)).to_dicts()
        said = atlas.coverage(day)
        assert said["jail"]["counties"] == row["jail_counties"]
        assert (said["jail"]["residents"], said["jail"]["hispanic"]) == (
            row["jail_residents"],
            row["jail_hispanic"],
        )
        assert (said["field"]["low"], said["field"]["high"]) == (row["field_low"], row["field_high"])
        assert len(said["statewide"]["tfm"]["states"]) == row["tfm_states"]
        assert said["statewide"]["jail"]["residents"] == row["jail_states_residents"]
        assert said["roster"]["share"] == pytest.approx(row["roster_share"], abs=1e-6)


def test_field_never_passes_the_county_and_low_never_high(counties: pl.DataFrame) -> None:
    assert counties.filter(pl.col("field_low") > pl.col("field_high")).height == 0
    assert counties.filter(pl.col("field_high") > pl.col("population")).height == 0
    flagged = counties.filter(pl.col("doubt").str.contains(UNKNOWN, literal=True))
    alike = flagged.filter(pl.col("field_low") == pl.col("field_high"))
    assert alike["doubt"].str.contains(FULL, literal=True).all()
    ranges = counties.filter(pl.col("field_low") != pl.col("field_high"))
    assert ranges.height > 0
    assert ranges["doubt"].str.contains("residents policed not known").all()


def test_las_vegas_police_run_the_county_jail(counties: pl.DataFrame) -> None:
    assert "wso" in (counties.filter(fips="32003", jail=1)["jail_models"].to_list())


def test_a_state_department_of_corrections_exposes_no_county(atlas: Atlas) -> None:
    said = atlas.coverage("2025-05-28", county="13135")  # Gwinnett left in 2021; Georgia's prisons stay
    assert not said["figures"]["jail"]
    assert [a["level"] for a in said["statewide"] if a["model"] != "tfm"] == ["State"]


@pytest.mark.parametrize(
    ("day", "fips", "most"),
    [("2025-05-28", "12011", 1_000_000), ("2026-04-30", "48029", 600_000)],
)
def test_at_most_is_neither_nobody_nor_everybody(atlas: Atlas, day: str, fips: str, most: int) -> None:
    # Broward's towns of earlier years are the sheriff's by now; San Antonio is of two counties.
    found = atlas.coverage(day, county=fips)["figures"]
    assert found["field_low"] < found["field_high"] < most


def test_state_run_jails_are_a_figure_apart(atlas: Atlas) -> None:
    said = atlas.coverage("2026-04-30")
    assert said["state_run_jails"]["states"] == ["AK", "MP", "WV"]
    assert (said["state_run_jails"]["counties"], said["state_run_jails"]["counties_unknown"]) == (88, 4)
    assert atlas.coverage("2026-04-30", "WV")["jail"]["counties"] == 0
    assert atlas.coverage("2026-04-30", "TX")["state_run_jails"]["counties"] == 0
    county = atlas.coverage("2026-04-30", county="54039")
    assert county["state_run_jail"] and not county["figures"]["jail"]


def test_people_cut_by_capping_are_told(atlas: Atlas, counties: pl.DataFrame) -> None:
    field = atlas.coverage("2026-04-30")["field"]
    capped = counties.filter(pl.col("doubt").str.contains("capped"), month="2026-04")
    assert field["counties_capped"] == capped.height > 0
    assert field["residents_cut"] > field["counties_capped"]


def test_columns_and_refusals(atlas: Atlas, counties: pl.DataFrame) -> None:
    assert counties.columns == [c.name for c in COUNTY_MONTH.columns]
    assert counties.height == 3233 * 64
    with pytest.raises(NotFoundError, match="no exposure by county and day"):
        atlas.exposure("county", "day")
    with pytest.raises(NotFoundError, match="FIPS code '99999'"):
        atlas.coverage(county="99999")


def test_a_town_of_several_counties_is_counted_in_the_one_that_ice_prints(
    world: World, counties: pl.DataFrame
) -> None:
    home = {s.agency.id: s.agency.counties for s in world.stints if len(s.agency.counties) > 1}
    assert home["tx-azle-police"] == ("48439", "48367")
    assert home["fl-flagler-beach-police"] == ("12035", "12127")
    month = counties.filter(month="2026-04")
    doubts = {f: d or "" for f, d in month.select("fips", "doubt").iter_rows()}
    assert "counted here alone" in doubts["48439"] and "counted elsewhere" in doubts["48367"]
