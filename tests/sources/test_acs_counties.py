"""County people from a compilation of the survey: the schema, what is missing, what is set aside."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from atlas287.sources.acs_counties import PEOPLE, QUARANTINE, CountyPeople, read_acs_counties

HEAD = "CountyId,State,County,TotalPop,Men,Hispanic\n"
FREDERICK = "24021,Maryland,Frederick County,246105,121312,9.0\n"


def read(folder: Path, rows: str, head: str = HEAD, name: str = "acs2017_county_data.csv") -> CountyPeople:
    path = folder / name
    path.write_text(head + rows, encoding="utf-8")
    return read_acs_counties(path)


def reasons(people: CountyPeople) -> list[tuple[int | None, str]]:
    """Row and reason of what was set aside, without the file's name."""
    rows = people.quarantine.select("row", "reason").rows()
    assert people.quarantine["remedy"].str.len_chars().min() != 0
    return [(row, reason.partition(": ")[2]) for row, reason in rows]


def test_a_row_is_a_county(tmp_path: Path) -> None:
    people = read(tmp_path, FREDERICK + "1001,Alabama,Autauga County,55036,26899,2.7\n")
    assert people.counties.schema == PEOPLE and people.quarantine.schema == QUARANTINE
    source = "Census Bureau, ACS 5-year 2017, compiled in acs2017_county_data.csv"
    assert people.counties.rows() == [
        ("01001", "AL", "Autauga County", 55036, 0.027, False, 2017, source),
        ("24021", "MD", "Frederick County", 246105, 0.09, False, 2017, source),
    ]
    assert people.quarantine.is_empty()
    assert people.lacking(["24021", "24999", "15005"]) == ["15005", "24999"]


@pytest.mark.parametrize(
    ("population", "hispanic", "expected"),
    [
        ("", "", (None, None)),
        ("-666666666", "-999999999", (None, None)),
        ("246105", "-666666666.0", (246105, None)),
        ("246105.0", "100", (246105, 1.0)),
        ("0", "0", (0, None)),  # a share of nobody
        ("", "9.0", (None, None)),
    ],
)
def test_what_the_survey_does_not_give_is_null_and_never_zero(
    tmp_path: Path, population: str, hispanic: str, expected: tuple[int | None, float | None]
) -> None:
    people = read(tmp_path, f"24021,Maryland,Frederick County,{population},1,{hispanic}\n")
    assert people.counties.select("population", "hispanic_share").row(0) == expected
    assert people.quarantine.is_empty()


@pytest.mark.parametrize(
    ("population", "hispanic", "reason"),
    [
        ("many", "9.0", "the population 'many' is not a number from 0 to 100,000,000"),
        ("nan", "9.0", "the population 'nan' is not a number from 0 to 100,000,000"),
        ("246105", "100.1", "the Hispanic percentage '100.1' is not a number from 0 to 100"),
        ("1e12", "9.0", "the population '1e12' is not a number from 0 to 100,000,000"),
    ],
)
def test_a_cell_that_is_no_such_number_is_set_aside_and_the_county_kept(
    tmp_path: Path, population: str, hispanic: str, reason: str
) -> None:
    people = read(tmp_path, f"24021,Maryland,Frederick County,{population},1,{hispanic}\n")
    assert reasons(people) == [(2, reason)]
    assert people.quarantine["what"].to_list() == ["county cell"]
    assert people.counties["fips"].to_list() == ["24021"] and people.counties["hispanic_share"][0] is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "3001,Maryland,Nowhere County,5,1,9.0",
            "'03001' is no county's code: five digits, of which the first two name a state",
        ),
        (
            "240210,Maryland,Frederick County,5,1,9.0",
            "'240210' is no county's code: five digits, of which the first two name a state",
        ),
        (
            ",Maryland,Frederick County,5,1,9.0",
            "'' is no county's code: five digits, of which the first two name a state",
        ),
        ("24021,Maryland, ,5,1,9.0", "24021 has no name"),
        ("24021,Virginia,Frederick County,5,1,9.0", "24021 is a code of MD, and the row says 'Virginia'"),
        (
            "24021,Maryland,Frederick County,5.5,1,9.0",
            "the population of 24021 is no whole number: 5.5",
        ),
    ],
)
def test_a_row_that_is_no_county_is_set_aside(tmp_path: Path, row: str, reason: str) -> None:
    people = read(tmp_path, f"1001,Alabama,Autauga County,55036,26899,2.7\n{row}\n")
    assert reasons(people) == [(3, reason)]
    assert people.quarantine["what"].to_list() == ["county row"]
    assert people.counties["fips"].to_list() == ["01001"]


def test_a_county_that_stands_twice(tmp_path: Path) -> None:
    same = read(tmp_path, FREDERICK * 2)
    assert same.counties.height == 1
    assert reasons(same) == [(3, "24021 stands twice in the same words")]
    other = read(tmp_path, FREDERICK + FREDERICK.replace("246105", "246106"))
    assert other.counties.is_empty()
    assert reasons(other) == [(3, "24021 stands twice, and the rows differ: neither is taken")]


def test_a_document_of_another_kind_is_set_aside(tmp_path: Path) -> None:
    assert reasons(read(tmp_path, FREDERICK, HEAD.replace("TotalPop", "People"))) == [
        (None, "it has no column TotalPop")
    ]
    assert "Say the vintage." in read(tmp_path, FREDERICK, name="counties.csv").quarantine["remedy"]
    path = tmp_path / "acs2017_county_data.csv"
    path.write_bytes(HEAD.encode() + FREDERICK.encode() + b"72013,Puerto Rico,Arecibo \xe1,1,1,1\n")
    people = read_acs_counties(path)
    assert people.quarantine["what"].to_list() == ["county document"]


def test_the_vintage_is_the_names_or_the_one_given(tmp_path: Path) -> None:
    path = tmp_path / "counties.csv"
    path.write_text(HEAD + FREDERICK)
    assert read_acs_counties(path, 2015).counties["vintage"].to_list() == [2015]


@pytest.mark.needs("data")
def test_the_survey_of_2017(data: Path) -> None:
    people = read_acs_counties(data / "geography" / "acs2017_county_data.csv")
    table = people.counties
    assert people.quarantine.is_empty()
    assert (
        table.height == 3_219
        and table["fips"].is_unique().all()
        and table.null_count().sum_horizontal()[0] == 0
    )
    assert table["hispanic_share"].is_between(0, 1).all()
    assert table["population"].sum() == 324_473_284
    # The Bureau's own totals of 2013-2017, less the 86 people of Kalawao, which the compilation leaves out.
    by_state = dict(table.group_by("state").agg(pl.col("population").sum()).iter_rows())
    assert by_state["PR"] == 3_468_963 and sum(by_state.values()) - by_state["PR"] == 321_004_407 - 86
    assert table.filter(state="PR").height == 78 and table.filter(state="CT").height == 8
    assert {"46102", "02158", "51019"} <= set(table["fips"]) and not table["planning_region"].any()
    assert people.lacking(["46113", "02270", "51515", "15005", "66010"]) == [
        "02270",
        "15005",
        "46113",
        "51515",
        "66010",
    ]
    assert table.filter(fips="12086").row(0)[:5] == ("12086", "FL", "Miami-Dade County", 2_702_602, 0.675)
