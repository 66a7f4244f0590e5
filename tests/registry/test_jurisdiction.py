"""Of what an agency is the law: level, counties, municipality, and what is in doubt."""

from __future__ import annotations

from typing import Any

import pytest

from atlas287 import bundle
from atlas287.registry.jurisdiction import Ground, counties_printed, ground
from atlas287.registry.names import name_key
from atlas287.registry.places import Counties
from atlas287.registry.roster import Listed
from atlas287.registry.roster_match import Match, Sought
from atlas287.registry.verdicts import GroundVerdict

COUNTIES = Counties.read(bundle.COUNTIES)


def of(
    state: str,
    name: str,
    cells: str = "",
    type_: str | None = None,
    *,
    roster: tuple[str, str, str] | None = None,
    verdict: GroundVerdict | None = None,
) -> Ground:
    """The ground of an agency: ICE's COUNTY cells, newest first; the roster's name, type, counties."""
    words = [cell for cell in cells.split("+") if cell]
    printed = counties_printed(state, words, COUNTIES)
    sought = Sought(
        state, [name_key(name, state)], type_, frozenset(printed[:1]), frozenset(printed[1:]), words
    )
    match = None
    if roster:
        listed, kind, counties = roster
        fips = tuple(f for c in counties.split("+") if c and (f := COUNTIES.fips(state, c)))
        match = Match(
            Listed(f"{state}0000100", listed, state, fips, kind, 1, 1, 2025, "", "", ""), "exact", "sure", ""
        )
    return ground(sought, name, match, verdict, COUNTIES)


def fips(found: Ground) -> list[tuple[str, str]]:
    return [(code, how) for code, how, _ in found.counties]


def doubts(found: Ground) -> list[str]:
    return [result for result, _ in found.doubts]


# Level -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "name", "type_", "level"),
    [
        ("MD", "Frederick County Sheriff's Office", "County", "County"),
        ("OK", "Haskell County Sheriff's Office", "Municipality", "County"),
        ("FL", "Jacksonville Sheriff's Office", None, "County"),
        ("LA", "Bossier Parish Sheriff's Office", "County", "County"),
        ("FL", "Apopka Police Department", "Municipality", "Municipal"),
        ("FL", "City of Miami Police Department", "State Agency", "Municipal"),
        ("FL", "Neptune Beach Police Department", "County", "Municipal"),
        ("TX", "Stockdale Marshal's Office", "Municipality", "Municipal"),
        ("NY", "Nassau County Police Department", "County", "County"),
        ("MO", "Saint Charles County Police Department", "Municipality", "County"),
        ("FL", "Orange County Corrections Department", "County", "County"),
        ("MD", "Wicomico County Corrections Center", "State Agency", "County"),
        ("FL", "Miami-Dade Corrections and Rehabilitation", "County", "County"),
        ("PA", "Lancaster County District Attorney's Office", "County", "County"),
        ("TX", "Kleberg County Attorney's Specialized Crimes & Narcotics Task Force", "County", "County"),
        ("OK", "Okmulgee County Criminal Justice Authority", "County", "County"),
        ("IN", "Indiana State Police Department", "Municipality", "State"),
        ("LA", "Louisiana Alcohol and Tobacco Control", "Municipality", "State"),
        ("TX", "Texas Department of Public Safety - Texas Highway Patrol", "State Agency", "State"),
        ("FL", "Florida Fish & Wildlife Conservation Commission", "State Agency", "State"),
        ("LA", "Louisiana Office of the State Fire Marshal", "State Agency", "State"),
        ("GU", "Office Of The Attorney General", "State Agency", "State"),
        ("MP", "CNMI Department of Public Safety", "State Agency", "State"),
        ("WV", "West Virginia National Guard", "State Agency", "State"),
        ("FL", "Florida State University Police Department", "Municipality", "Campus"),
        ("FL", "District Board of Trustees of Pensacola State College", "State Agency", "Campus"),
        ("OK", "Caney Valley Public Schools Police Department", "Municipality", "Campus"),
        ("FL", "Lee County Port Authority Police", "County", "Port"),
        ("FL", "Melbourne International Airport Police Department", "Municipality", "Port"),
        ("FL", "Port Orange Police Department", "Municipality", "Municipal"),
        ("VA", "Southwest Virginia Regional Jail Authority", "State Agency", "Regional"),
        ("NC", "Albemarle District Jail", "County", "Regional"),
        ("PA", "York County Regional Police Department", "Municipality", "Regional"),
        ("MO", "COMET Drug Task Force", "Municipality", "Regional"),
        ("MI", "Metro Police Authority of Genesee County", "County", "Regional"),
        ("TX", "Bexar County Constable Precinct 3", "Municipality", "Constable District"),
        ("PA", "Coolspring Township Constable's Office", "County", "Constable District"),
        ("PA", "Pennsylvania State Constable's Office, Cooke Township", "Municipality", "Constable District"),
        ("LA", "Ward 5 Marshal's Office", "Municipality", "Constable District"),
        ("FL", "Office of the State Attorney Sixth Judicial Circuit", "State Agency", "Judicial District"),
        ("AR", "16th Judicial Distric Drug Task Force", "State Agency", "Judicial District"),
        ("AZ", "Kaibab Paiute Tribal Police Department", None, "Tribal"),
        ("AZ", "Ak-Chin Police Department", "Tribal", "Tribal"),
        ("FL", "Something Nobody Heard Of", "County", "County"),
    ],
)
def test_level(state: str, name: str, type_: str | None, level: str) -> None:
    found = of(state, name, type_=type_)
    assert found.level == level
    assert found.level_why


def test_the_roster_s_type_goes_before_the_words() -> None:
    found = of(
        "FL",
        "Florida Atlantic Police Department",
        roster=("Florida Atlantic University", "University or College", "PALM BEACH"),
    )
    assert (found.level, found.municipality) == ("Campus", None)


def test_a_verdict_goes_before_all() -> None:
    verdict = GroundVerdict("Regional", ("29189",), None, "It polices several cities.")
    found = of("MO", "North County Police Cooperative", "north county", "Municipality", verdict=verdict)
    assert (found.level, fips(found)) == ("Regional", [("29189", "verdict")])
    assert found.level_why.startswith("verdict: ")
    assert found.counties[0][2] == "It polices several cities."


def test_a_verdict_on_a_county_that_is_none() -> None:
    verdict = GroundVerdict(None, ("29189", "99999", "17031", "29189"), None, "So it is said.")
    found = of("MO", "North County Police Cooperative", verdict=verdict)
    assert fips(found) == [("29189", "verdict")]
    assert [why for _, why in found.doubts] == [
        "a verdict says 99999, which MO has not", "a verdict says 17031, which MO has not",
    ]  # fmt: skip


# Counties ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "name", "code"),
    [
        ("MD", "Frederick County Sheriff's Office", "24021"),
        ("TX", "Jackson County Sheriff's Office", "48239"),
        ("LA", "LaSalle Parish Sheriff's Office", "22059"),
        ("LA", "East Baton Rouge Parish Sheriff's Office", "22033"),
        ("MD", "St. Mary's County Sheriff's Office", "24037"),
        ("AL", "DeKalb County Sheriff's Office", "01049"),
        ("VA", "Hopewell County Sheriff's Office", "51670"),
        ("VA", "Richmond County Sheriff's Office", "51159"),
        ("FL", "Miami-Dade Sheriff's Office", "12086"),
        ("TN", "Metropolitan Moore County Sheriff's Office", "47127"),
        ("PA", "County of Franklin / Franklin County Jail", "42055"),
        ("PA", "Pennsylvania State Constables Office Cambria County", "42021"),
        ("FL", "Pasco County Board of County Commissioners/ Pasco County Corrections", "12101"),
        ("CT", "Fairfield County Sheriff's Office", "09001"),
        ("MO", "St. Louis County Police Department", "29189"),
    ],
)
def test_the_county_that_a_name_says(state: str, name: str, code: str) -> None:
    assert fips(of(state, name)) == [(code, "name")]


def test_a_name_s_misspelling_of_a_county() -> None:
    assert fips(of("MI", "Berrian County Sheriff's Office", "berrian county")) == [
        ("26021", "name, misspelt")
    ]


def test_a_consolidated_city_is_where_the_roster_has_it() -> None:
    found = of(
        "FL", "Jacksonville Sheriff's Office", roster=("Jacksonville Sheriff's Office", "County", "DUVAL")
    )
    assert fips(found) == [("12031", "roster")]


def test_a_city_across_county_lines_serves_each_the_printed_one_first() -> None:
    found = of("TX", "Azle Police Department", "tarrant county", roster=("Azle", "City", "PARKER+TARRANT"))
    assert fips(found) == [("48439", "roster"), ("48367", "roster")]
    assert found.doubts == []


@pytest.mark.parametrize(
    ("state", "cell", "code", "how"),
    [
        ("LA", "caldwell parish", "22021", "ICE"),
        ("KS", "montgomery", "20125", "ICE"),
        ("PA", "alleghany county", "42003", "ICE, misspelt"),
        ("LA", "arcadia county", "22001", "ICE, misspelt"),
        ("MO", "ste. genevieve count", "29186", "ICE"),
    ],
)
def test_the_county_that_ice_prints(state: str, cell: str, code: str, how: str) -> None:
    assert fips(of(state, "Somewhere Police Department", cell)) == [(code, how)]


def test_a_state_s_agency_serves_no_county() -> None:
    found = of("ID", "Idaho State Police Department", "jerome county", "State Agency")
    assert (found.level, found.counties, found.doubts) == ("State", [], [])


def test_a_regional_police_serves_what_its_name_and_the_roster_say() -> None:
    found = of(
        "PA",
        "Lebanon County Regional Police Department",
        roster=("Lebanon County Regional", "City", "LEBANON+BERKS"),
    )
    assert fips(found) == [("42075", "name"), ("42011", "roster")]


# Doubts ------------------------------------------------------------------------------------------


def test_a_county_that_does_not_exist_is_told() -> None:
    found = of("LA", "St. Charles Parish Sheriff's Office", "german coast county")
    assert fips(found) == [("22089", "name")]
    assert found.doubts == [("no such county", "ICE prints 'german coast county'")]


def test_no_county_at_all_is_told() -> None:
    found = of("TX", "McIntosh County Sheriff's Office", "mcintosh county")
    assert found.counties == []
    assert doubts(found) == ["no such county", "missing"]


def test_a_county_that_changed_is_told_and_the_newest_taken() -> None:
    found = of("PA", "Greene Township Constable's Office", "erie county+pike county")
    assert fips(found) == [("42049", "ICE")]
    assert found.doubts == [("changed", "ICE's COUNTY has said Pike County, then Erie County")]


def test_a_county_in_other_words_has_not_changed() -> None:
    assert of("PA", "Unity Township Constable", "westmoreland county+westmoreland").doubts == []


def test_a_contradiction_is_told() -> None:
    found = of("TN", "Madison County Sheriff's Office", "macon county")
    assert fips(found) == [("47113", "name")]
    assert found.doubts == [("contradicted", "the name says Madison County, ICE's COUNTY Macon County")]


# Municipality ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "name", "municipality"),
    [
        ("FL", "City of Miami Police Department", "Miami"),
        ("FL", "Boca Raton Police Services Department", "Boca Raton"),
        ("FL", "Indian River Shores Department of Public Safety", "Indian River Shores"),
        ("IN", "Greens Fork Police Department", "Greens Fork"),
        ("PA", "Constable Unity Township", "Unity Township"),
        ("PA", "Gaines Township PA State Constable", "Gaines Township"),
        ("PA", "Pennsylvania State Constable's Office, Cooke Township", "Cooke Township"),
        ("PA", "Office of Constable Monroeville 6th Ward", "Monroeville"),
        ("PA", "Monroeville Constable Office, PA", "Monroeville"),
        ("TX", "Bexar County Constable Precinct 3", None),
        ("MD", "Frederick County Sheriff's Office", None),
    ],
)
def test_municipality(state: str, name: str, municipality: str | None) -> None:
    assert of(state, name).municipality == municipality


def test_the_roster_s_name_of_a_municipality_goes_first() -> None:
    found = of("FL", "Sunny Isles Police Department", roster=("Sunny Isles Beach ", "City", "MIAMI-DADE"))
    assert found.municipality == "Sunny Isles Beach"


def test_reasons_are_words() -> None:
    found = of("PA", "Lewistown Borough Constable's Office", "miffin county")
    assert found.counties == [("42087", "ICE, misspelt", "ICE prints 'miffin county'")]
    assert all(isinstance(why, str) and why for _, _, why in found.counties)


def test_every_fips_has_a_name() -> None:
    known: dict[str, Any] = COUNTIES.names
    assert known["24021"] == "Frederick County"
