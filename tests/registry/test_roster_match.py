"""Which agency of the roster one of ours is: each rule where it fires, and where it declines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from atlas287 import bundle
from atlas287.registry.jurisdiction import counties_printed
from atlas287.registry.names import name_key
from atlas287.registry.places import Counties
from atlas287.registry.roster import Roster, pack
from atlas287.registry.roster_match import Match, Sought, Unmatched, find
from atlas287.sources.fbi_agencies import AGENCIES

COUNTIES = Counties.read(bundle.COUNTIES)


def listed(
    ori: str, name: str, counties: str = "", type_: str = "City", year: int | None = 2025, **more: Any
) -> dict[str, Any]:
    """An agency of the roster; its state is its ORI's."""
    state = {"NB": "NE", "GM": "GU"}.get(ori[:2], ori[:2])
    return {
        "ori": ori, "name": name, "state": state, "counties": [c for c in counties.split("+") if c],
        "type": type_, "population": 1000, "officers": 10, "year": year, **more,
    }  # fmt: skip


def seek(
    state: str, names: str | Sequence[str], cells: str = "", type_: str | None = None, *, among: list[Any]
) -> Match | Unmatched:
    """Look an agency up: its names, best first, and ICE's COUNTY cells, newest first."""
    roster = Roster(pack(pl.DataFrame(among, schema=AGENCIES)), COUNTIES)
    words = [cell for cell in cells.split("+") if cell]
    printed = counties_printed(state, words, COUNTIES)
    keys = [name_key(name, state) for name in ([names] if isinstance(names, str) else names)]
    sought = Sought(state, keys, type_, frozenset(printed[:1]), frozenset(printed[1:]), words)
    return find(sought, roster, COUNTIES)


def matched(found: Match | Unmatched) -> tuple[str, str, str]:
    assert isinstance(found, Match), found
    return found.now.ori, found.how, found.sure


def unmatched(found: Match | Unmatched) -> tuple[str, str]:
    assert isinstance(found, Unmatched), found
    return found.result, found.kind


# Sheriffs ----------------------------------------------------------------------------------------


def test_a_sheriff_is_the_roster_s_county() -> None:
    among = [
        listed("MD0110000", "Frederick", "FREDERICK", "County"),
        listed("MD0110100", "Frederick", "FREDERICK", "City"),
        listed("VA0340000", "Frederick", "FREDERICK", "County"),
    ]
    found = seek("MD", "Frederick County Sheriff's Office", "frederick county", among=among)
    assert matched(found) == ("MD0110000", "exact", "sure")


def test_never_across_states() -> None:
    among = [listed("VA0340000", "Frederick", "FREDERICK", "County")]
    found = seek("MD", "Frederick County Sheriff's Office", "frederick county", among=among)
    assert unmatched(found) == ("missing", "sheriffs")


def test_a_county_has_one_sheriff_whatever_the_roster_calls_him() -> None:
    among = [listed("TN0850000", "Hartsville/Trousdale", "TROUSDALE", "County")]
    found = seek("TN", "Trousdale County Sheriff's Office", among=among)
    assert matched(found) == ("TN0850000", "sheriff of the county", "sure")


def test_the_county_s_police_are_not_its_sheriff() -> None:
    among = [listed("GA0330200", "Cobb County Police Department", "COBB", "County")]
    assert unmatched(seek("GA", "Cobb County Sheriff's Office", among=among)) == ("missing", "sheriffs")


def test_a_county_misspelt_in_the_name() -> None:
    among = [listed("MI1111100", "Berrien", "BERRIEN", "County")]
    found = seek("MI", "Berrian County Sheriff's Office", "berrian county", among=among)
    assert matched(found) == ("MI1111100", "county misspelt", "likely")


def test_a_county_that_does_not_exist_has_no_sheriff() -> None:
    among = [listed("TX1550000", "McLennan", "MCLENNAN", "County")]
    found = seek("TX", "McIntosh County Sheriff's Office", "mcintosh county", among=among)
    assert unmatched(found) == ("missing", "sheriffs")
    assert isinstance(found, Unmatched)
    assert found.why == "Texas has no county 'mcintosh'"


def test_an_independent_city_s_sheriff_is_not_its_police() -> None:
    police = listed("VA1200000", "Portsmouth", "PORTSMOUTH CITY")
    sheriff = listed("VA1200100", "Portsmouth City Sheriff's Office", "PORTSMOUTH CITY")
    name = "Portsmouth County Sheriff's Office"
    assert matched(seek("VA", name, among=[police, sheriff]))[0] == "VA1200100"
    assert unmatched(seek("VA", name, among=[police])) == ("missing", "sheriffs")


JACKSONVILLE = [
    listed("FL0160000", "Jacksonville Sheriff's Office", "DUVAL", "County"),
    listed("FL0160200", "Jacksonville", "DUVAL", "City", 2020),
    listed("FL0160300", "Jacksonville Beach", "DUVAL", "City"),
]


def test_a_consolidated_city_keeps_the_ori_it_had_before() -> None:
    found = seek("FL", "Jacksonville Sheriff's Office", "duval county", among=JACKSONVILLE)
    assert matched(found) == ("FL0160000", "exact", "sure")
    assert isinstance(found, Match)
    assert [(f.ori, f.year) for f in found.former] == [("FL0160200", 2020)]


def test_a_city_in_a_county_of_its_name_is_no_sheriff_s_former_self() -> None:
    among = [
        listed("AL0360000", "Jackson", "JACKSON", "County"),
        listed("AL0360100", "Jackson", "JACKSON", "City", 2020),
    ]
    found = seek("AL", "Jackson County Sheriff's Office", among=among)
    assert isinstance(found, Match)
    assert found.former == []


# Municipal police --------------------------------------------------------------------------------


def test_a_police_department_by_name_and_county() -> None:
    among = [
        listed("PA0370800", "Union Township, Lawrence County", "LAWRENCE"),
        listed("PA0543000", "Union Township, Schuylkill County", "SCHUYLKILL"),
    ]
    found = seek("PA", "Union Township Police Department", "lawrence county", among=among)
    assert matched(found) == ("PA0370800", "exact", "sure")


def test_two_places_of_one_name_stay_apart_without_a_county() -> None:
    among = [
        listed("PA0370800", "Union Township, Lawrence County", "LAWRENCE"),
        listed("PA0543000", "Union Township, Schuylkill County", "SCHUYLKILL"),
    ]
    found = seek("PA", "Union Township Police Department", among=among)
    assert unmatched(found) == ("ambiguous", "municipal police")


def test_one_place_of_a_name_needs_no_county() -> None:
    among = [listed("FL0010800", "Alachua", "ALACHUA"), listed("GA0010800", "Alachua", "APPLING")]
    assert matched(seek("FL", "Alachua Police Department", among=among)) == ("FL0010800", "exact", "sure")


def test_a_city_across_county_lines_is_in_each() -> None:
    among = [listed("TX2200200", "Azle", "PARKER+TARRANT")]
    for cell in ("parker county", "tarrant county"):
        assert matched(seek("TX", "Azle Police Department", cell, among=among))[0] == "TX2200200"


def test_another_county_than_the_roster_s_is_not_overlooked() -> None:
    among = [listed("TX2210800", "Tye", "TAYLOR")]
    found = seek("TX", "Tye Police Department", "galveston county", among=among)
    assert unmatched(found) == ("ambiguous", "municipal police")


def test_a_county_that_only_repeats_the_name_says_nothing() -> None:
    among = [listed("AL0200400", "Cherokee", "COLBERT")]
    found = seek("AL", "Cherokee Police Department", "cherokee county", among=among)
    assert matched(found) == ("AL0200400", "county repeats the name", "likely")


def test_a_county_taken_back_counts_no_more() -> None:
    armstrong, lancaster = (
        listed("PA0031400", "Manor Township, Armstrong County", "ARMSTRONG"),
        listed("PA0362500", "Manor Township, Lancaster County", "LANCASTER"),
    )
    name, cells = "Manor Township Police Department", "armstrong county+lancaster county"
    assert matched(seek("PA", name, cells, among=[armstrong, lancaster]))[0] == "PA0031400"
    assert unmatched(seek("PA", name, cells, among=[lancaster])) == ("ambiguous", "municipal police")


@pytest.mark.parametrize(
    ("ice", "roster"),
    [
        ("Benton Borough Police Department", "Benton"),
        ("Ashdown City Police Department", "Ashdown"),
        ("Wayland Police Department", "Wayland Village"),
    ],
)
def test_a_kind_of_municipality_may_be_left_out(ice: str, roster: str) -> None:
    among = [listed("PA0190100", roster, "COLUMBIA")]
    found = seek("PA", ice, "columbia county", among=among)
    assert matched(found) == ("PA0190100", "form left out", "likely")


@pytest.mark.parametrize(
    ("ice", "roster"),
    [
        ("Benton Township Police Department", "Benton"),
        ("Benton Police Department", "Benton Township"),
        ("Benton Borough Police Department", "Benton Township"),
    ],
)
def test_a_township_is_never_the_borough_of_its_name(ice: str, roster: str) -> None:
    among = [listed("PA0190100", roster, "COLUMBIA")]
    assert isinstance(seek("PA", ice, "columbia county", among=among), Unmatched)


def test_the_kind_that_agrees_goes_before_one_left_out() -> None:
    among = [
        listed("PA0040200", "Butler", "BUTLER"), listed("PA0040300", "Butler Township", "BUTLER"),
        listed("PA0040400", "Butler Borough", "BUTLER"),
    ]  # fmt: skip
    assert (
        matched(seek("PA", "Butler Township Police Department", "butler county", among=among))[0]
        == "PA0040300"
    )
    assert matched(seek("PA", "Butler Police Department", "butler county", among=among))[0] == "PA0040200"


def test_one_agency_under_two_oris_keeps_the_newer() -> None:
    among = [listed("OK0010100", "Stilwell", "ADAIR", year=2019), listed("OK0010200", "Stilwell", "ADAIR")]
    found = seek("OK", "Stilwell Police Department", "adair county", among=among)
    assert isinstance(found, Match)
    assert (found.now.ori, [f.ori for f in found.former]) == ("OK0010200", ["OK0010100"])


def test_two_of_one_year_are_ambiguous() -> None:
    among = [listed("OK0010100", "Stilwell", "ADAIR"), listed("OK0010200", "Stilwell", "ADAIR")]
    found = seek("OK", "Stilwell Police Department", "adair county", among=among)
    assert unmatched(found) == ("ambiguous", "municipal police")


def test_a_roster_of_no_year_matches_as_well() -> None:
    among = [listed("IA0770200", "Clive Police Department", "DALLAS+POLK", year=None)]
    assert matched(seek("IA", "Clive Police Department", "polk county", among=among))[0] == "IA0770200"


# Letters -----------------------------------------------------------------------------------------


def test_letters_that_nearly_agree() -> None:
    among = [listed("NH0045200", "Pittsburg", "COOS"), listed("NH0040100", "Berlin", "COOS")]
    found = seek("NH", "Pittsburgh Police Department", among=among)
    assert matched(found) == ("NH0045200", "fuzzy", "likely")


@pytest.mark.parametrize(
    ("ice", "roster"),
    [
        ("Ellington Police Department", ["Wellington", "Bellington"]),  # two as near as one another
        ("North Salem Police Department", ["South Salem"]),  # a point of the compass tells them apart
        ("Port Richey Police Department", ["New Port Richey"]),  # a word more is another place
        ("Cadiz Police Department", ["Madison"]),
        ("Jamestown Township Police Department", ["Jamestowne"]),  # and a township no borough
    ],
)
def test_letters_that_do_not_decide(ice: str, roster: list[str]) -> None:
    among = [listed(f"MO0540{n}00", name, "LAFAYETTE") for n, name in enumerate(roster)]
    assert isinstance(seek("MO", ice, among=among), Unmatched)


def test_letters_decide_in_the_county_only() -> None:
    among = [listed("MO0540800", "Wellingtun", "LAFAYETTE")]
    assert isinstance(seek("MO", "Wellington Police Department", "reynolds county", among=among), Unmatched)
    assert matched(seek("MO", "Wellington Police Department", "lafayette county", among=among))[1] == "fuzzy"


def test_points_of_the_compass_are_no_misspelling() -> None:
    among = [listed("MO0540800", "South Springfield", "GREENE")]
    assert isinstance(
        seek("MO", "North Springfield Police Department", "greene county", among=among), Unmatched
    )
    assert (
        matched(seek("MO", "South Springfeld Police Department", "greene county", among=among))[1] == "fuzzy"
    )


def test_another_spelling_of_ours_may_be_the_roster_s() -> None:
    among = [listed("TX1410100", "Lampasas", "LAMPASAS")]
    found = seek("TX", ["Lompoc Police Department", "Lampasas Police Department"], among=among)
    assert matched(found)[:2] == ("TX1410100", "exact")


# Campuses, states, constables and others ---------------------------------------------------------


def test_one_campus_of_several_by_its_county() -> None:
    among = [
        listed("CA0429700", "University of California:", "SANTA BARBARA", "University or College"),
        listed("CA0010000", "University of California:", "ALAMEDA", "University or College"),
    ]
    name = "University of California Police Department"
    assert matched(seek("CA", name, "alameda county", among=among))[0] == "CA0010000"
    assert unmatched(seek("CA", name, among=among)) == ("ambiguous", "campus police")


def test_a_state_s_agency_is_the_row_of_the_whole_state() -> None:
    whole = listed("WVWSP0000", "State Police", "", "State Police", 2022)
    posts = [
        listed(f"WVWSP{n}00", "State Police:", c, "State Police") for n, c in ((14, "TAYLOR"), (30, "OHIO"))
    ]
    name = "West Virginia State Police Department"
    assert matched(seek("WV", name, among=[whole, *posts])) == ("WVWSP0000", "statewide row", "likely")
    assert unmatched(seek("WV", name, among=posts)) == ("missing", "state agencies")
    assert matched(seek("WV", name, among=[whole])) == ("WVWSP0000", "exact", "sure")


def test_a_row_that_breaks_off_may_be_of_a_unit() -> None:
    among = [listed("TN019410X", "Department of Correction,", "DAVIDSON", "Other State Agency")]
    found = seek("TN", "Tennessee Department of Corrections", "", "State Agency", among=among)
    assert matched(found) == ("TN019410X", "perhaps a unit of it", "likely")


ONE, TWO = (listed(f"TX08411{n}0", "Galveston County Constable:", "GALVESTON", "Other") for n in (1, 2))


@pytest.mark.parametrize("among", [[ONE], [ONE, TWO]])
def test_a_constable_s_precinct_is_not_guessed(among: list[Any]) -> None:
    found = seek("TX", "Galveston County Constable Precinct 2", "galveston county", among=among)
    assert unmatched(found) == ("ambiguous", "constables")


def test_a_constable_without_precincts_is_the_county_s_one() -> None:
    name = "Galveston County Constable's Office"
    assert matched(seek("TX", name, among=[ONE])) == ("TX0841110", "the county's one constable", "likely")
    assert unmatched(seek("TX", name, among=[ONE, TWO])) == ("ambiguous", "constables")


def test_a_constable_by_the_number_the_roster_prints() -> None:
    among = [
        listed(f"KY05613{n}0", f"Jefferson County Constable District {n}", "JEFFERSON", "Other")
        for n in (1, 2)
    ]
    found = seek("KY", "Jefferson County Constable District 2", among=among)
    assert matched(found) == ("KY0561320", "exact", "sure")
    assert isinstance(seek("KY", "Jefferson County Constable District 3", among=among), Unmatched)


def test_constables_that_the_roster_does_not_have() -> None:
    found = seek("PA", "Coolspring Township Constable's Office", "mercer county", among=[ONE])
    assert unmatched(found) == ("missing", "constables")
    assert isinstance(found, Unmatched)
    assert found.why == "the roster has no constables of Pennsylvania"


def test_county_detectives_are_the_district_attorney_s() -> None:
    among = [listed("PA0382100", "County Detective:", "LEBANON", "Other")]
    name = "Lebanon County District Attorney's Office"
    assert matched(seek("PA", name, among=among)) == (
        "PA0382100",
        "detectives of the district attorney",
        "likely",
    )
    assert unmatched(seek("PA", "Luzerne County District Attorney's Office", among=among)) == (
        "missing",
        "prosecutors",
    )


def test_a_jail_is_not_its_county_s_sheriff() -> None:
    among = [listed("FL0480000", "Orange", "ORANGE", "County")]
    found = seek("FL", "Orange County Corrections Department", "orange county", "County", among=among)
    assert unmatched(found) == ("missing", "jails")


def test_a_marshal_may_be_the_city_s_police_or_not() -> None:
    among = [listed("TX0891000", "Smiley", "GONZALES")]
    found = seek("TX", "Smiley City Marshal's Office", "gonzales county", among=among)
    assert unmatched(found) == ("ambiguous", "marshals")


def test_what_is_missing_is_told_with_the_likest_name() -> None:
    among = [listed("IN0160100", "Greensburg", "DECATUR"), listed("IN0410300", "Avon", "HENDRICKS")]
    found = seek("IN", "Greensboro Police Department", "henry county", among=among)
    assert isinstance(found, Unmatched)
    assert found.why == (
        "no municipal police of this name among the roster's 2 of Indiana; "
        "the nearest is Greensburg, Decatur County"
    )
