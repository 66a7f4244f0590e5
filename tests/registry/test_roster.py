"""The roster as it ships, and the form in which ICE's names and the FBI's agree."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from atlas287 import bundle
from atlas287.registry.names import name_key
from atlas287.registry.places import Counties, county_word
from atlas287.registry.roster import Listed, Roster, pack, write_roster
from atlas287.registry.roster_keys import Key, atlas_key, roster_key
from atlas287.sources.fbi_agencies import read_agencies


@pytest.fixture(scope="module")
def counties() -> Counties:
    return Counties.read(bundle.COUNTIES)


@pytest.fixture(scope="module")
def shipped() -> pl.DataFrame:
    return pl.read_parquet(bundle.AGENCIES)


# The bundle --------------------------------------------------------------------------------------


def test_the_bundle_holds_the_whole_roster_in_little_space(shipped: pl.DataFrame) -> None:
    assert shipped.height == 18_330
    assert bundle.AGENCIES.stat().st_size < 400_000
    assert shipped["ori"].is_unique().all()


def test_the_bundles_keys_are_what_the_rules_give(shipped: pl.DataFrame) -> None:
    """Keys are worked out when the bundle is written: rules that change need a new bundle."""
    names = shipped.select("name", "type", "state").iter_rows()
    assert shipped.select("group", "key", "form").rows() == [tuple(roster_key(*row)) for row in names]


def test_the_bundle_is_in_the_order_that_look_ups_need(shipped: pl.DataFrame) -> None:
    assert shipped.equals(shipped.sort("state", "group", "key", "ori"))


def test_the_bundle_says_what_it_was_read_from(counties: Counties) -> None:
    notes = Roster.read(bundle.AGENCIES, counties).notes
    assert notes["file"] == "fbi_agencies_2025.csv"
    assert len(notes["sha256"]) == 64


@pytest.mark.needs("data")
def test_the_bundle_is_the_published_file(data: Path, shipped: pl.DataFrame) -> None:
    roster = read_agencies(data / "agencies" / "fbi_agencies_2025.csv")
    assert pack(roster.agencies).equals(shipped)


def test_what_was_set_aside_goes_along_into_the_register(tmp_path: Path, counties: Counties) -> None:
    source = tmp_path / "roster.csv"
    source.write_text("ori,pub_agency_name,state_abbr\nFL016,Jacksonville,FL\nFL0160000,Jacksonville,FL\n")
    write_roster(read_agencies(source), tmp_path / "roster.parquet")
    roster = Roster.read(tmp_path / "roster.parquet", counties)
    ((_, _, file, sheet, row, what, reason, _, cells),) = roster.quarantine_rows()
    assert (file, sheet, row, what) == ("roster.csv", None, 2, "agency row")
    assert "'FL016' has 5 characters" in reason
    assert json.loads(cells)["ori"] == "FL016"


# Looking up --------------------------------------------------------------------------------------


def test_every_agency_is_found_under_its_key(shipped: pl.DataFrame, counties: Counties) -> None:
    roster = Roster(shipped, counties)
    for row in shipped.sample(300, seed=287).iter_rows(named=True):
        found = roster.state(row["state"]).called(row["group"], row["key"])
        assert row["ori"] in {one.ori for one in found}
        assert roster.state(row["state"]).holding(row["ori"]) in found


def test_the_keys_of_a_group_are_its_agencies(shipped: pl.DataFrame, counties: Counties) -> None:
    texas = Roster(shipped, counties).state("TX")
    for group, height in shipped.filter(pl.col("state") == "TX").group_by("group").len().iter_rows():
        assert len(texas.keys(group)) == height
        assert len(texas.group(group)) == height


def test_a_state_without_agencies_is_empty(shipped: pl.DataFrame, counties: Counties) -> None:
    assert Roster(shipped, counties).state("MP").group("police") == []


def test_counties_come_as_codes(shipped: pl.DataFrame, counties: Counties) -> None:
    leeds = Roster(shipped, counties).state("AL").holding("AL0010600")
    assert isinstance(leeds, Listed)
    assert (leeds.printed, leeds.counties) == ("Leeds", ("01073", "01117", "01115"))


def test_hardly_a_county_of_the_roster_is_unknown(shipped: pl.DataFrame, counties: Counties) -> None:
    printed = shipped.select("state", pl.col("counties").str.split("|")).explode("counties").unique()
    unknown = {
        (state, name) for state, name in printed.iter_rows() if name and not counties.fips(state, name)
    }
    # Planning regions that cross county lines tell none of Connecticut's eight.
    assert {state for state, _ in unknown} <= {"CT", "FS"}


# The form in which names agree -------------------------------------------------------------------


#: State, ICE's name, ICE's TYPE, the FBI's name, the FBI's type.
SAME = """
    MD | Frederick County Sheriff's Office | County | Frederick | County
    MD | Frederick County Sheriff's Office | County | Frederick County Sheriff's Office | County
    FL | Jacksonville Sheriff's Office | County | Jacksonville Sheriff's Office | County
    FL | Miami-Dade Sheriff's Office | County | Miami-Dade | County
    FL | St. Lucie County Sheriff's Office | County | St. Lucie | County
    MO | Saint Francois County Sheriff's Office | County | St. Francois | County
    AL | DeKalb County Sheriff's Office | County | De Kalb | County
    MD | St. Mary's County Sheriff's Office | County | St. Mary's | County
    VA | Portsmouth Sheriff's Office | County | Portsmouth City Sheriff's Office | City
    FL | Deland Police Department | Municipality | DeLand | City
    FL | Howey in the Hills Police Department | Municipality | Howey-in-the-Hills | City
    FL | City of Miami Police Department | State Agency | Miami | City
    FL | Indian Creek Village Department of Public Safety | - | Indian Creek Village | City
    MI | Center Line Division of Public Safety and Security | State Agency | Center Line | City
    NJ | Lawrence Township Police Department | - | Lawrence Township, Mercer County | City
    IN | Whitestown Town Police Department | - | Whitestown Town | City
    IA | Clive Police Department | - | Clive Police Department | City
    FL | Florida State University Police Department | - | Florida State University: | University or College
    FL | Florida A&M University Board of Trustees | - | Florida A&M University | University or College
    SD | South Dakota Highway Patrol | State Agency | Highway Patrol | State Police
    IN | Indiana State Police Department | Municipality | Indiana State Police | State Police
    OK | Oklahoma Bureau of Investigation | State Agency | State Bureau of Investigation | Other State Agency
    FL | Sarasota Manatee Airport Authority Police Department | - | Sarasota-Manatee Airport Authority | Other
    KY | Fayette County Constable District 1 | - | Fayette County Constable District 1 | Other
    TX | Kinney County Constable's Office | Municipality | Kinney County Constable: | Other
    MO | Saint Charles County Police Department | - | St. Charles County Police Department | County
"""
NOT_THE_SAME = """
    TX | Jackson Police Department | - | Jackson | County
    FL | Florida State University Police Department | - | University of Florida | University or College
    FL | Miami-Dade Corrections and Rehabilitation | County | Miami-Dade | County
    GA | Cobb County Sheriff's Office | - | Cobb County Police Department | County
    TX | Bexar County Constable Precinct 3 | - | Bexar County Constable: Precinct 4 | Other
    VA | Richmond County Sheriff's Office | - | Richmond | City
    AL | Jackson Police Department | - | Jackson | Tribal
    PA | Mahanoy Township Police Department | - | Mahanoy City | City
"""


def _pairs(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("state", "ice", "type_", "fbi", "fbi_type"), _pairs(SAME))
def test_names_that_agree(state: str, ice: str, type_: str, fbi: str, fbi_type: str) -> None:
    assert atlas_key(name_key(ice, state), state, type_.strip("-") or None) == roster_key(
        fbi, fbi_type, state
    )


@pytest.mark.parametrize(("state", "ice", "type_", "fbi", "fbi_type"), _pairs(NOT_THE_SAME))
def test_names_that_do_not(state: str, ice: str, type_: str, fbi: str, fbi_type: str) -> None:
    assert atlas_key(name_key(ice, state), state, type_.strip("-") or None) != roster_key(
        fbi, fbi_type, state
    )


def test_the_kind_of_municipality_stands_apart() -> None:
    assert roster_key("Chippewa Township", "City", "PA") == Key("police", "chippewa", "township")
    assert roster_key("Mahanoy City", "City", "PA") == Key("police", "mahanoy", "city")
    borough = name_key("Mahanoy City Borough Police Department", "PA")
    assert atlas_key(borough, "PA", None) == Key("police", "mahanoy", "city")


# Counties by name --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "printed", "fips"),
    [
        ("MD", "frederick county", "24021"), ("TX", "Jackson County", "48239"), ("FL", "DUVAL", "12031"),
        ("MD", "St. Mary's", "24037"), ("MD", "SAINT MARYS COUNTY", "24037"), ("IL", "De Kalb", "17037"),
        ("LA", "LaSalle Parish", "22059"), ("LA", "La Salle", "22059"), ("MD", "PRINCE GEORGE'S", "24033"),
        ("VA", "HOPEWELL CITY", "51670"), ("VA", "hopewell county", "51670"), ("VA", "Richmond", "51159"),
        ("VA", "Richmond city", "51760"), ("MO", "ST LOUIS CITY", "29510"),
        ("MO", "St. Louis County", "29189"),
        ("VA", "James City County", "51095"), ("NM", "Doña Ana", "35013"), ("NM", "DONA ANA", "35013"),
        ("AK", "Kodiak Island", "02150"), ("IL", "ROCK ISLAND", "17161"),
        ("MO", "ste. genevieve count", "29186"),
        ("TX", "guadalupe conty", "48187"), ("AL", "baldwin couny", "01003"), ("MN", "OTTER TAIL", "27111"),
        ("SD", "OGLALA LAKOTA", "46102"), ("SD", "Shannon County", "46102"),
        ("CT", "GREATER BRIDGEPORT PLANNING REGION", "09001"), ("CT", "Fairfield County", "09001"),
    ],
)  # fmt: skip
def test_a_county_by_name(counties: Counties, state: str, printed: str, fips: str) -> None:
    assert counties.fips(state, printed) == fips


@pytest.mark.parametrize(
    ("state", "printed"),
    [
        ("TX", "mcintosh county"), ("TX", "overton county"), ("CT", "CAPITOL PLANNING REGION"),
        ("ZZ", "Duval"), ("FL", ""),
    ],
)  # fmt: skip
def test_a_county_that_is_none(counties: Counties, state: str, printed: str) -> None:
    assert counties.fips(state, printed) is None


@pytest.mark.parametrize(
    ("state", "printed", "fips"),
    [
        ("PA", "alleghany county", "42003"), ("PA", "miffin county", "42087"),
        ("LA", "arcadia county", "22001"), ("SC", "lexignton county", "45063"),
        ("FL", "st. luice county", "12111"), ("IN", "stueben county", "18151"),
        ("OK", "bryant county", None),  # Bryan or Grant
        ("GA", "jackson count of old", None), ("AR", "pop county", None), ("TX", "german coast", None),
    ],
)  # fmt: skip
def test_a_misspelt_county(counties: Counties, state: str, printed: str, fips: str | None) -> None:
    assert counties.near(state, printed) == fips


def test_no_two_counties_of_a_state_share_a_word() -> None:
    table = pl.read_parquet(bundle.COUNTIES)
    words = table.with_columns(word=pl.col("name").map_elements(county_word, pl.String))
    assert words.filter(pl.struct("state", "word").is_duplicated()).is_empty()
