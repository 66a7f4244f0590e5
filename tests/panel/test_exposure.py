"""Exposure over time: days, months, sums, and nobody twice, in any small world."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings

from atlas287.panel.figures import FIELD_MODELS, FULL, JAIL_MODELS, UNKNOWN, Standing, books_arrests, figures
from atlas287.panel.months import NO_LIST, by_agency, by_county, months_of
from atlas287.panel.schema import AGENCY_MONTH, COUNTY_MONTH, NATION_DAY, STATE_DAY
from atlas287.panel.segments import county_segments
from atlas287.panel.series import by_day, by_list
from atlas287.panel.statejails import RUNS_JAILS, booking_states
from atlas287.panel.world import STATE, World, joined
from tests.panel.worlds import ONE, TWO, agency, county, sheriff, world, worlds

FEB, MAY = date(2025, 2, 20), date(2025, 5, 10)


def row(frame: pl.DataFrame, **of: object) -> dict[str, object]:
    (found,) = frame.filter(**of).to_dicts()
    return found


def test_days_of_a_month_are_those_that_the_newest_list_speaks_for() -> None:
    # Lists of 30 March to 2 April; the sheriff stands on the second and third.
    frame = by_county(world([(sheriff(), "jem", 1, 2)]))
    march, april = row(frame, fips=ONE, month="2025-03"), row(frame, fips=ONE, month="2025-04")
    assert (march["jail"], march["jail_days"], march["days"]) == (1, 1, 2)
    assert (april["jail"], april["jail_days"], april["days"]) == (0, 1, 2)
    assert march["source"] == "list2025-03-31.xlsx"


def test_a_gap_between_lists_counts_by_the_list_before() -> None:
    frame = by_county(world([(sheriff(), "jem", 0, 0)], days=[date(2025, 3, 5), date(2025, 3, 20)]))
    assert row(frame, fips=ONE)["jail_days"] == 15
    assert row(frame, fips=ONE)["jail"] == 0


def test_a_month_without_a_list_is_null_and_not_zero() -> None:
    frame = by_county(world([(sheriff(), "jem", 0, 1)], days=[FEB, MAY]))
    assert frame["month"].unique().sort().to_list() == ["2025-02", "2025-03", "2025-04", "2025-05"]
    silent = frame.filter(pl.col("month").is_in(["2025-03", "2025-04"]))
    assert set(silent["doubt"]) == {NO_LIST}
    known = {"fips", "county", "state", "month", "population", "doubt"}
    for column in set(COUNTY_MONTH.frame_schema) - known:
        assert silent[column].null_count() == silent.height, column
    assert row(frame, fips=TWO, month="2025-02")["jail"] == 0
    agencies = by_agency(world([(sheriff(), "jem", 0, 1)], days=[FEB, MAY]))
    assert agencies.filter(month="2025-03")["jem"].to_list() == [None]


def test_no_month_before_the_first_list() -> None:
    assert months_of(world([], days=[FEB, MAY]))[0].name == "2025-02"
    assert months_of(world([], days=[FEB, MAY]))[0].first == FEB.toordinal()
    assert months_of(world([], days=[FEB, MAY]))[-1].last == MAY.toordinal()


def test_statewide_agencies_are_in_no_countys_figure() -> None:
    police, prisons = agency("troopers", STATE, "state police", ()), agency("doc", STATE, "jail", ())
    there = world([(police, "tfm", 0, 3), (prisons, "jem", 2, 3)])
    march, april = (row(by_county(there), fips=ONE, month=m) for m in ("2025-03", "2025-04"))
    assert (march["statewide_tfm"], march["statewide_jail"]) == (1, 0)
    assert (april["statewide_tfm"], april["statewide_jail"]) == (1, 1)
    assert (april["jail"], april["field"], april["field_high"]) == (0, 0, 0)
    nation = by_day(there)
    assert (nation["jail_residents"].sum(), nation["tfm_residents"].to_list()) == (0, [2000] * 4)
    assert nation["jail_states_residents"].to_list() == [0, 0, 2000, 2000]


@pytest.mark.parametrize(("state", "says"), [("WV", True), ("MP", True), ("TX", False)])
def test_where_the_state_runs_the_jails_its_agreement_is_told_and_not_counted(state: str, says: bool) -> None:
    prisons = agency("doc", STATE, "jail", ())._replace(state=state)
    there = world([(prisons, "jem", 2, 3)], [county()._replace(state=state)])
    march, april = (row(by_county(there), fips=ONE, month=m) for m in ("2025-03", "2025-04"))
    assert march["doubt"] is None and april["doubt"] == (RUNS_JAILS if says else None)
    assert (april["jail"], april["statewide_jail"]) == (0, 1)
    assert booking_states(there.stints) == ([state] if says else [])


def test_an_agency_of_no_known_county_is_told_apart() -> None:
    nation = by_day(world([(agency("lost", at=(), population=5), "tfm", 1, 3), (sheriff(), "wso", 0, 3)]))
    assert nation["unplaced"].to_list() == [0, 1, 1, 1]
    assert nation["field_high"].to_list() == [0] * 4


def test_agencies_by_month_say_whom_they_reach_alone() -> None:
    there = world(
        [(sheriff(), "jem", 0, 3), (sheriff(), "tfm", 2, 3)],
        others=(agency("town", population=300, town="Town"),),
    )
    march, april = (row(by_agency(there), month=m) for m in ("2025-03", "2025-04"))
    assert (march["jem"], march["tfm"], march["jail_counties"], march["jail_residents"]) == (1, 0, 1, 1000)
    assert (march["field_low"], march["field_high"]) == (0, 0)
    assert (april["tfm"], april["field_low"], april["field_high"], april["listed_days"]) == (1, 0, 700, 2)


def test_frames_have_the_columns_declared() -> None:
    there = world([(sheriff(), "jem", 0, 3)])
    for panel, frame in (
        (COUNTY_MONTH, by_county(there)),
        (AGENCY_MONTH, by_agency(there)),
        (NATION_DAY, by_day(there)),
        (STATE_DAY, by_day(there, "state")),
    ):
        assert frame.schema == pl.Schema(panel.frame_schema)
        assert frame.select(panel.key).is_duplicated().sum() == 0
        for column in panel.columns:
            assert column.says and (column.unit or column.type == "text" or column.name == "day"), column.name


def naive(there: World, day: date) -> tuple[int, int, int | None, int]:
    """The nation's figures of a day, each county afresh: counties and residents of jails, field."""
    moment = max(n for n, r in enumerate(there.rulings) if r.day <= day)
    standing = [s for s in there.stints if s.first <= moment <= s.last and s.agency.level != STATE]
    jails = {
        f
        for s in standing
        if s.model in JAIL_MODELS and books_arrests(s.agency)
        for f in s.agency.counties
        if f in there.counties
    }
    low, high = 0, 0
    unbounded = False
    for fips, one in there.counties.items():
        own = {Standing(s.agency, s.model) for s in standing if fips in s.agency.counties}
        found = figures(one, own, there.policed)
        low += found.field_low
        high += found.field_high or 0
        unbounded |= found.field_high is None
    return len(jails), sum(there.counties[f].population or 0 for f in jails), None if unbounded else high, low


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_every_day_is_what_its_own_list_gives(there: World) -> None:
    nation = by_day(there)
    known = any(c.population is not None for c in there.counties.values())
    for told in nation.iter_rows(named=True):
        counties, residents, high, low = naive(there, told["day"])
        assert told["jail_counties"] == counties
        assert told["jail_residents"] == (residents if known else None)
        assert (told["field_low"], told["field_high"]) == (low, high)
    assert nation.height == (there.rulings[-1].day - there.rulings[0].day).days + 1


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_nobody_is_counted_twice(there: World) -> None:
    for s in county_segments(there):
        people = there.counties[s.fips].population
        low, high = s.figures.field_low, s.figures.field_high
        assert low >= 0 and (high is None or low <= high)
        doubt = s.figures.doubt or ""
        assert low != high or UNKNOWN not in doubt or FULL in doubt
        if people is not None:
            assert high is not None and high <= people
        elif high is not None:
            # One resident is one agency's: never more than all agencies with ground here police.
            own = {t.agency for t in there.stints if t.model in FIELD_MODELS and t.agency.home == s.fips}
            assert high <= sum(a.population or 0 for a in own)
    by = {f: [s for s in county_segments(there) if s.fips == f] for f in there.counties}
    for segments in by.values():
        for a, b in pairwise(segments):
            assert a.last < b.first, "segments of a county do not overlap"


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_county_months_add_up_to_the_nations_day(there: World) -> None:
    nation = {r["day"]: r for r in by_day(there).iter_rows(named=True)}
    counties = by_county(there)
    assert counties.height == len(there.counties) * len(months_of(there))
    for month in months_of(there):
        rows = counties.filter(month=month.name)
        if month.moment is None:
            assert rows["jail"].null_count() == rows.height
            continue
        told = nation[date.fromordinal(month.last)]
        exposed = rows.filter(jail=1)
        assert exposed.height == told["jail_counties"]
        assert exposed["population"].sum() == (told["jail_residents"] or 0)
        assert rows["field_low"].sum() == told["field_low"]
        high = None if rows["field_high"].null_count() else rows["field_high"].sum()
        assert high == told["field_high"]
    days = counties["jail_days"].sum() + 0
    assert days == sum(r["jail_counties"] for r in nation.values() if f"{r['day']:%Y-%m}" in held(there)), (
        "days"
    )


def held(there: World) -> set[str]:
    return {m.name for m in months_of(there) if m.moment is not None}


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_states_add_up_to_the_nation(there: World) -> None:
    nation, states = by_list(there), by_list(there, "state")
    for column in ("jail_counties", "field_counties", "field_low", "agencies", "unplaced", "tfm_states"):
        summed = states.group_by("ruling").agg(pl.col(column).sum()).sort("ruling")[column]
        assert summed.to_list() == nation.sort("ruling")[column].to_list(), column


def test_joined_runs() -> None:
    assert joined([(4, 5), (0, 1), (2, 2), (1, 1)]) == [(0, 2), (4, 5)]


def test_a_moment_of_a_day() -> None:
    there = world([], days=[FEB, MAY])
    assert there.moment(FEB - timedelta(days=1)) is None
    assert (there.moment(FEB), there.moment(MAY - timedelta(days=1)), there.moment(MAY)) == (0, 0, 1)
