"""Whom agreements reach in one county: jails, the field, nobody twice."""

from __future__ import annotations

import pytest

from atlas287.panel import figures as f
from atlas287.panel.figures import Figures, Policed, Standing, figures, policed_by_county
from atlas287.panel.world import Agency
from tests.panel.worlds import ONE, TWO, agency, county, sheriff

TOWN = agency("town", population=300, town="Town")


def of(
    *standing: tuple[Agency, str], population: int | None = 1000, others: tuple[Agency, ...] = ()
) -> Figures:
    known = policed_by_county({a for a, _ in standing} | set(others), {ONE: population, TWO: 1000})
    return figures(county(population=population), [Standing(*s) for s in standing], known)


@pytest.mark.parametrize(
    ("who", "jail"),
    [
        (sheriff(), True),
        (agency("corrections", "County", "jail"), True),
        (agency("commissioners", "County", "board"), True),
        (agency("metro", "County", "police"), True),
        (agency("regional-jail", "Regional", "jail", (TWO, ONE)), True),
        (agency("independent-city", "Municipal", "sheriff"), True),
        (agency("prosecutor", "County", "attorney"), False),
        (agency("town"), False),
        (agency("campus", "Campus"), False),
        (agency("regional-police", "Regional", "police"), False),
    ],
)
@pytest.mark.parametrize("model", ["jem", "wso", "hybrid"])
def test_who_books_a_countys_arrests(who: Agency, jail: bool, model: str) -> None:
    found = of((who, model))
    assert (found.jail, found.city_jail) == (jail, not jail)
    assert found.jail_models == (model if jail else None)
    assert (f.LOCKUP in (found.doubt or "")) == (not jail)


def test_a_task_force_exposes_no_jail() -> None:
    found = of((sheriff(population=700), "tfm"))
    assert not found.jail and found.field
    assert (found.field_low, found.field_high, found.doubt) == (700, 700, None)


def test_a_hybrid_is_both() -> None:
    found = of((sheriff(population=700), "hybrid"))
    assert found.jail and (found.field_low, found.field_high) == (700, 700)


def test_city_and_county_that_both_signed_add_up_to_the_county() -> None:
    found = of((sheriff(population=700), "tfm"), (TOWN, "tfm"))
    assert (found.field_low, found.field_high) == (1000, 1000)


def test_nobody_is_counted_twice_where_the_fbi_gives_more_than_the_county_has() -> None:
    found = of((sheriff(population=900), "tfm"), (TOWN, "tfm"))
    assert (found.field_low, found.field_high, found.doubt) == (1000, 1000, f.CAPPED)


def test_two_bodies_of_one_town_police_the_same_residents() -> None:
    marshal = agency("marshal", kind="marshal", population=250, town="town")
    assert of((TOWN, "tfm"), (marshal, "tfm")).field_low == 300


def test_a_sheriff_of_unknown_count_polices_at_most_what_the_towns_leave() -> None:
    found = of((sheriff(), "tfm"), others=(TOWN, agency("other", population=200, town="Other")))
    assert (found.field_low, found.field_high, found.doubt) == (0, 500, f.UNKNOWN)


def test_with_a_town_that_signed_too() -> None:
    found = of((sheriff(), "tfm"), (TOWN, "tfm"), others=(agency("other", population=200, town="Other"),))
    assert (found.field_low, found.field_high) == (300, 800)


def test_a_town_of_several_counties_is_counted_in_the_first_and_never_lessens_the_rest() -> None:
    wide = agency("wide", at=(ONE, TWO), population=400, town="Wide")
    here = of((wide, "tfm"))
    assert (here.field_low, here.doubt) == (400, f.HERE)
    there = figures(county(TWO), [Standing(wide, "tfm")], {})
    assert (there.field, there.field_low, there.field_high, there.doubt) == (True, 0, 0, f.ELSEWHERE)
    assert policed_by_county([wide], {ONE: 1000, TWO: 1000}) == {}


def test_of_a_town_of_several_counties_the_others_hold_no_more_than_their_residents() -> None:
    wide = agency("wide", at=(TWO, ONE), population=900, town="Wide")
    assert policed_by_county([wide], {ONE: 1000, TWO: 100}) == {ONE: Policed(800)}
    assert policed_by_county([wide], {ONE: 1000, TWO: None}) == {}
    here = figures(county(), [Standing(sheriff(), "tfm")], {ONE: Policed(800)})
    assert (here.field_low, here.field_high) == (0, 200)


@pytest.mark.parametrize(
    "who",
    [
        agency("campus", "Campus"),
        agency("port", "Port"),
        agency("constable", "Constable District", "constable"),
        agency("county-constable", "County", "constable"),
        agency("prosecutor", "Judicial District", "attorney"),
        agency("corrections", "County", "jail"),
    ],
)
def test_who_polices_no_residents_of_its_own_adds_none(who: Agency) -> None:
    found = of((who, "tfm"))
    assert (found.field, found.field_low, found.field_high, found.doubt) == (True, 0, 0, f.NONE)


def test_a_campus_of_known_count_is_counted() -> None:
    assert of((agency("campus", "Campus", population=50), "tfm")).field_low == 50


@pytest.mark.parametrize("counted", [1000, 1200])
def test_counts_that_leave_nobody_do_not_bound_a_sheriff(counted: int) -> None:
    found = of((sheriff(), "tfm"), (TOWN, "tfm"), others=(agency("big", population=counted - 300, town="B"),))
    assert (found.field_low, found.field_high, found.doubt) == (300, 1000, f.UNKNOWN)


def test_a_town_without_a_count_is_then_at_most_what_the_sheriff_has() -> None:
    small, big = agency("small", town="Small"), agency("big", population=900, town="Big")
    found = of((TOWN, "tfm"), (small, "tfm"), others=(sheriff(population=400), big))
    assert (found.field_low, found.field_high, found.doubt) == (300, 700, f.UNKNOWN)
    assert of((TOWN, "tfm"), (small, "tfm"), others=(big,)).field_high == 1000


def test_where_no_range_is_left_the_reason_is_told() -> None:
    found = of((sheriff(), "tfm"), (agency("big", population=1200, town="Big"), "tfm"))
    assert (found.field_low, found.field_high, found.cut) == (1000, 1000, 200)
    assert found.doubt == f"{f.UNKNOWN}; {f.FULL}; {f.CAPPED}"


def test_a_county_of_unknown_population_has_no_upper_bound() -> None:
    found = of((sheriff(), "tfm"), population=None)
    assert (found.field_low, found.field_high) == (0, None)
    assert f.NO_POPULATION in (found.doubt or "") and f.UNKNOWN in (found.doubt or "")
    assert of((TOWN, "tfm"), population=None).field_high == 300
