"""The FBI's roster, from either publication: one table, and nothing dropped unsaid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas287.sources.fbi_agencies import AGENCIES, QUARANTINE, AgencyRoster, read_agencies

HEAD = "ori,data_year,pub_agency_name,state_abbr,county_name,agency_type_name,population,officer_ct"


def csv_of(folder: Path, *rows: str, head: str = HEAD) -> AgencyRoster:
    path = folder / "roster.csv"
    path.write_text("\n".join([head, *rows]) + "\n")
    return read_agencies(path)


def one(roster: AgencyRoster) -> dict[str, Any]:
    assert roster.agencies.height == 1
    return roster.agencies.to_dicts()[0]


def reasons(roster: AgencyRoster) -> list[str]:
    return roster.quarantine["reason"].to_list()


# What rows say -----------------------------------------------------------------------------------


def test_a_row_keeps_the_publishers_words(tmp_path: Path) -> None:
    row = one(csv_of(tmp_path, "FL0160000,2025,Jacksonville Sheriff's Office,FL,DUVAL,County,1008920,1887"))
    assert row == {
        "ori": "FL0160000",
        "name": "Jacksonville Sheriff's Office",
        "state": "FL",
        "counties": ["DUVAL"],
        "type": "County",
        "population": 1_008_920,
        "officers": 1887,
        "year": 2025,
    }


def test_a_population_of_0_is_not_given(tmp_path: Path) -> None:
    row = one(csv_of(tmp_path, "KY0590000,2025,Kenton,KY,KENTON,County,0,41"))
    assert row["population"] is None
    assert row["officers"] == 41


def test_no_officers_are_a_count_of_none(tmp_path: Path) -> None:
    assert one(csv_of(tmp_path, "OK0070500,2025,Bennington,OK,BRYAN,City,328,0"))["officers"] == 0


@pytest.mark.parametrize(
    ("printed", "counties"),
    [
        ('"JEFFERSON, SHELBY"', ["JEFFERSON", "SHELBY"]),
        ("NOT SPECIFIED", []),
        ("UNMAPPED COUNTY", []),
        ("", []),
        ("GREATER BRIDGEPORT PLANNING REGION", ["GREATER BRIDGEPORT PLANNING REGION"]),
    ],
)
def test_counties(tmp_path: Path, printed: str, counties: list[str]) -> None:
    assert one(csv_of(tmp_path, f"AL0010100,2025,Leeds,AL,{printed},City,12000,30"))["counties"] == counties


@pytest.mark.parametrize(("fbi", "postal"), [("NB", "NE"), ("GM", "GU"), ("FS", "FS"), ("tx", "TX")])
def test_the_fbis_own_codes_become_postal_codes(tmp_path: Path, fbi: str, postal: str) -> None:
    row = f"{fbi.upper()}0090000,2025,Brown,{fbi},BROWN,County,1,1"
    assert one(csv_of(tmp_path, row))["state"] == postal


def test_seven_characters_are_the_nine_without_their_zeros(tmp_path: Path) -> None:
    assert one(csv_of(tmp_path, "FL01600,2025,Jacksonville,FL,DUVAL,City,1,1"))["ori"] == "FL0160000"


def test_a_units_name_in_a_column_of_its_own_is_part_of_the_name(tmp_path: Path) -> None:
    head = HEAD.replace("pub_agency_name", "pub_agency_name,pub_agency_unit")
    row = "TX0152700,2025,Bexar County Constable:,Precinct 3,TX,BEXAR,Other,0,35"
    assert one(csv_of(tmp_path, row, head=head))["name"] == "Bexar County Constable: Precinct 3"


def test_cells_may_be_quoted_over_lines(tmp_path: Path) -> None:
    roster = csv_of(tmp_path, 'AL0010100,2025,"Leeds\nCity",AL,"JEFFERSON, SHELBY",City,12000,30')
    assert one(roster)["name"] == "Leeds\nCity"


# What cannot be used -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ori", ["FL016000", "FL01600000", "", "FL0160-00", "FL016000０", "FL٠160000", "FŁ0160000"]
)
def test_an_ori_of_the_wrong_length_is_set_aside_with_its_reason(tmp_path: Path, ori: str) -> None:
    roster = csv_of(
        tmp_path, f"{ori},2025,Jacksonville,FL,DUVAL,City,1,1", "AL0010100,2025,Leeds,AL,X,City,1,1"
    )
    assert roster.agencies["ori"].to_list() == ["AL0010100"]
    (row,) = roster.quarantine.to_dicts()
    assert (row["file"], row["row"], row["what"]) == ("roster.csv", 2, "agency row")
    assert repr(ori) in row["reason"]
    assert json.loads(row["cells"])["name"] == "Jacksonville"
    assert row["remedy"]


def test_an_ori_that_stands_for_two_agencies_is_neithers(tmp_path: Path) -> None:
    roster = csv_of(
        tmp_path, "FL0160000,2025,Jacksonville,FL,DUVAL,City,1,1", "FL0160000,2025,Duval,FL,DUVAL,County,1,1"
    )
    assert roster.agencies.is_empty()
    assert len(reasons(roster)) == 2
    assert all("stands twice, for 'Jacksonville' and 'Duval'" in reason for reason in reasons(roster))


def test_an_ori_printed_twice_alike_is_one_agency_and_counted(tmp_path: Path) -> None:
    row = "FL0160000,2025,Jacksonville,FL,DUVAL,City,1,1"
    roster = csv_of(tmp_path, row, row)
    assert one(roster)["ori"] == "FL0160000"
    assert ["twice in the same words" in reason for reason in reasons(roster)] == [True]


def test_seven_and_nine_characters_are_one_ori(tmp_path: Path) -> None:
    roster = csv_of(
        tmp_path, "FL01600,2025,Jacksonville,FL,DUVAL,City,1,1", "FL0160000,2025,Duval,FL,DUVAL,County,1,1"
    )
    assert roster.agencies.is_empty()


def test_of_several_years_the_latest_stands(tmp_path: Path) -> None:
    roster = csv_of(
        tmp_path, "FL0160000,2020,Old,FL,DUVAL,City,1,1", "FL0160000,2025,New,FL,DUVAL,County,9,9",
        "FL0160000,2018,Older,FL,DUVAL,City,1,1",
    )  # fmt: skip
    assert (one(roster)["name"], one(roster)["year"], roster.earlier) == ("New", 2025, 2)
    assert reasons(roster) == []


def test_a_county_changed_between_years_is_told(tmp_path: Path) -> None:
    roster = csv_of(
        tmp_path, "FL0160000,2020,Ours,FL,DUVAL,City,1,1", "FL0160000,2025,Ours,FL,NASSAU,City,1,1"
    )
    assert one(roster)["counties"] == ["NASSAU"]
    (row,) = roster.quarantine.to_dicts()
    assert row["what"] == "agency county"
    assert "was in DUVAL in 2020 and is in NASSAU in 2025" in row["reason"]


@pytest.mark.parametrize(
    "other",
    [
        "FL0160000,2025,Ours,FL,NASSAU,City,1,1", "FL0160000,2025,Ours,FL,DUVAL,City,2,1",
        "FL0160000,2025,Ours,FL,DUVAL,County,1,1", "FL01600,2025,Ours,FL,DUVAL,City,1,2",
    ],
)  # fmt: skip
def test_of_an_agency_and_year_twice_in_a_csv_the_first_row_is_counted(tmp_path: Path, other: str) -> None:
    roster = csv_of(tmp_path, "FL0160000,2025,Ours,FL,DUVAL,City,1,1", other)
    kept = one(roster)
    assert (kept["counties"], kept["type"], kept["population"], kept["officers"]) == (["DUVAL"], "City", 1, 1)
    (row,) = roster.quarantine.to_dicts()
    assert (row["what"], row["row"]) == ("agency row", 3)
    assert "the ORI FL0160000 of 2025 is printed twice, with another " in row["reason"]


def test_a_state_that_there_is_not(tmp_path: Path) -> None:
    roster = csv_of(tmp_path, "ZZ0160000,2025,Ours,ZZ,DUVAL,City,1,1")
    assert roster.agencies.is_empty()
    assert ["said to be of 'ZZ', which is no state" in reason for reason in reasons(roster)] == [True]


def test_an_ori_of_another_state(tmp_path: Path) -> None:
    roster = csv_of(tmp_path, "GA0160000,2025,Ours,FL,DUVAL,City,1,1", "NB0160000,2025,Ours,FL,X,City,1,1")
    assert roster.agencies.is_empty()
    assert [r.split(": ", 1)[1] for r in reasons(roster)] == [
        "the ORI GA0160000 begins with GA, and the row says FL",
        "the ORI NB0160000 begins with NB, and the row says FL",
    ]


@pytest.mark.parametrize("row", ["NB0090000,2025,A,NE,,City,1,1", "GM0010000,2025,A,GU,,City,1,1",
                                 "DCUSN0000,2022,A,FS,,Federal,1,1"])  # fmt: skip
def test_an_ori_may_begin_with_the_fbis_own_code_and_a_federal_one_with_any(tmp_path: Path, row: str) -> None:
    assert one(csv_of(tmp_path, row))["ori"] == row[:9]


@pytest.mark.parametrize("cell", ["population", "officers", "year"])
def test_a_number_of_thousands_of_digits_is_left_open(tmp_path: Path, cell: str) -> None:
    said = {"year": "2025", "population": "3", "officers": "4"} | {cell: "9" * 5000}
    row = f"FL0160000,{said['year']},Ours,FL,DUVAL,City,{said['population']},{said['officers']}"
    roster = csv_of(tmp_path, row, "AL0010100,2025,Leeds,AL,SHELBY,City,1,1")
    assert roster.agencies["ori"].to_list() == ["AL0010100", "FL0160000"]
    assert roster.agencies[cell][1] is None
    (reason,) = reasons(roster)
    assert f"{cell} '{'9' * 40}' is no count" in reason


def test_half_of_a_character_is_quarantined(tmp_path: Path) -> None:
    path = tmp_path / "FL.json"
    rows = [
        {"ori": "FL0160000", "agency_name": "A\ud800", "state_abbr": "FL"},
        {"ori": "FL0170000", "agency_name": "B", "state_abbr": "FL"},
    ]
    path.write_text(json.dumps({"DUVAL": rows}))
    roster = read_agencies(path)
    assert one(roster)["ori"] == "FL0170000"
    (row,) = roster.quarantine.to_dicts()
    assert "holds half of a character" in row["reason"]
    assert json.loads(row["cells"])["name"] == "A\ud800"


@pytest.mark.parametrize("wrong", [{"A\ud800": [1]}, {"A\ud800": [{"ori": "FL0160000"}]},
                                   {"A": [{"ori": "\ud800", "agency_name": "A"}]}])  # fmt: skip
def test_half_of_a_character_anywhere(tmp_path: Path, wrong: dict[str, Any]) -> None:
    path = tmp_path / "FL.json"
    path.write_text(json.dumps(wrong))
    roster = read_agencies(path)
    assert (roster.agencies.height, roster.quarantine.height) == (0, 1)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    roster = read_agencies(tmp_path)
    assert roster.agencies.is_empty()
    (row,) = roster.quarantine.to_dicts()
    assert row["what"] == "agency document"
    assert row["reason"].endswith("the folder holds no .json file")


@pytest.mark.parametrize("printed", ["-5", "many", "3.5"])
def test_a_number_that_is_none_is_left_open(tmp_path: Path, printed: str) -> None:
    roster = csv_of(tmp_path, f"FL0160000,2025,Ours,FL,DUVAL,City,{printed},12.0")
    assert (one(roster)["population"], one(roster)["officers"]) == (None, 12)
    assert ["population" in reason for reason in reasons(roster)] == [True]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "name,state\nJacksonville,FL\n"),
        ("a.csv", ""),
        ("a.json", "[]"),
        ("a.json", "{"),
        ("a.json", "[" * 100_000),
        ("a.json", '{"DUVAL": [{"ori": ' + "9" * 5000 + "}]}"),
        ("a.json", '{"DUVAL": [1]}'),
    ],
)
def test_a_document_that_is_none_is_quarantined_whole(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    roster = read_agencies(path)
    assert roster.agencies.schema == AGENCIES
    assert roster.agencies.is_empty()
    assert roster.quarantine.schema == QUARANTINE
    assert roster.quarantine["what"].to_list() == ["agency document"]


# The Crime Data Explorer -------------------------------------------------------------------------

#: As ``/agency/byStateAbbr/IA`` answers: lists of agencies by county, a city across county lines
#: under both names of it or under each.
IOWA = {
    "POLK": [
        {
            "ori": "IA0770000", "counties": "POLK", "is_nibrs": True, "latitude": 41.684281,
            "longitude": -93.56972, "state_abbr": "IA", "state_name": "Iowa",
            "agency_name": "Polk County Sheriff's Office", "agency_type_name": "County",
            "nibrs_start_date": "1992-01-01",
        },
        {
            "ori": "IA0771300", "counties": "JASPER, POLK", "is_nibrs": True, "latitude": None,
            "longitude": None, "state_abbr": "IA", "state_name": "Iowa",
            "agency_name": "Mitchellville", "agency_type_name": None, "nibrs_start_date": "2021-01-01",
        },
    ],
    "JASPER": [
        {"ori": "IA0771300", "agency_name": "Mitchellville", "agency_type_name": None, "state_abbr": "IA"},
    ],
    "DALLAS, POLK": [
        {
            "ori": "IA0770200", "is_nibrs": True, "latitude": 41.684281, "longitude": -93.56972,
            "state_abbr": "IA", "state_name": "Iowa", "agency_name": "Clive Police Department",
            "agency_type_name": "City", "nibrs_start_date": "1992-01-01",
        },
    ],
    "NOT SPECIFIED": [
        {
            "ori": "IADPS0000", "counties": "NOT SPECIFIED", "is_nibrs": False, "latitude": 41.584892,
            "longitude": -93.62555, "state_abbr": "IA", "state_name": "Iowa",
            "agency_name": "Iowa Highway Patrol", "agency_type_name": "State Police",
            "nibrs_start_date": None,
        },
    ],
}  # fmt: skip


@pytest.fixture
def iowa(tmp_path: Path) -> Path:
    path = tmp_path / "IA.json"
    path.write_text(json.dumps(IOWA))
    return path


def test_the_explorers_list_gives_the_same_table(iowa: Path) -> None:
    roster = read_agencies(iowa)
    assert roster.agencies.schema == AGENCIES
    by_ori = {row["ori"]: row for row in roster.agencies.to_dicts()}
    assert by_ori["IA0770000"] == {
        "ori": "IA0770000", "name": "Polk County Sheriff's Office", "state": "IA", "counties": ["POLK"],
        "type": "County", "population": None, "officers": None, "year": None,
    }  # fmt: skip
    assert by_ori["IA0770200"]["counties"] == ["DALLAS", "POLK"]
    assert by_ori["IADPS0000"]["counties"] == []


def test_an_agency_listed_under_two_counties_is_one(iowa: Path) -> None:
    roster = read_agencies(iowa)
    (city,) = roster.agencies.filter(pl.col("ori") == "IA0771300").to_dicts()
    assert set(city["counties"]) == {"JASPER", "POLK"}
    assert reasons(roster) == []


def test_a_folder_holds_a_state_a_file(iowa: Path) -> None:
    (iowa.parent / "FL.json").write_text(
        json.dumps({"DUVAL": [{"ori": "FL0160000", "agency_name": "Jacksonville", "state_abbr": "FL"}]})
    )
    assert read_agencies(iowa.parent).agencies["state"].to_list() == ["FL", "IA", "IA", "IA", "IA"]


# The real one ------------------------------------------------------------------------------------


@pytest.mark.needs("data")
def test_the_roster_of_2025(data: Path) -> None:
    roster = read_agencies(data / "agencies" / "fbi_agencies_2025.csv")
    assert roster.agencies.height == 18_330
    assert roster.quarantine.is_empty()
    assert roster.agencies["ori"].n_unique() == 18_330
    assert roster.agencies.filter(pl.col("year") < 2025).height == 2445
    assert roster.agencies.filter(pl.col("population") == 0).is_empty()
    assert roster.agencies["population"].null_count() == 3809
    assert set(roster.agencies["state"]) >= {"NE", "GU"}
    assert not {"NB", "GM"} & set(roster.agencies["state"])
