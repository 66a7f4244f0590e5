"""The Census API's answers, from a server on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from atlas287.archive import Archive
from atlas287.errors import FetchError, NotFoundError
from atlas287.sources.acs_counties import PEOPLE
from atlas287.sources.census_api import fetch_people, read_people
from atlas287.sources.http import Fetcher
from tests.sources.publisher import Answer, Publisher, publisher

HEAD = ["NAME", "B03002_001E", "B03002_012E", "state", "county"]
ROWS: list[list[Any]] = [
    HEAD,
    ["Frederick County, Maryland", "279835", "34040", "24", "021"],
    ["District of Columbia, District of Columbia", "672079", "77760", "11", "001"],
    ["Capitol Planning Region, Connecticut", "973393", "150742", "09", "110"],
    ["Loving County, Texas", "43", None, "48", "301"],
    ["Kalawao County, Hawaii", "-666666666", "-666666666", "15", "005"],
    ["Doña Ana County, New Mexico", "221862", "152364", "35", "013"],
    ["Adjuntas Municipio, Puerto Rico", "17986", "17898", "72", "001"],
]


def as_answered(rows: list[list[Any]]) -> bytes:
    """The API's own layout: a row a line."""
    return ("[" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]").encode()


@pytest.fixture
def census() -> Iterator[Publisher]:
    with publisher() as server:
        server.says(
            "/data/2023/acs/acs5",
            Answer(body=as_answered(ROWS), headers={"Content-Type": "application/json;charset=utf-8"}),
        )
        yield server


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(pause=0, sleep=lambda _: None) as client:
        yield client


def test_the_counties_of_a_year(census: Publisher, fetcher: Fetcher, tmp_path: Path) -> None:
    people = fetch_people(fetcher, 2023, base=census.base, key="k-e-y", archive=Archive(tmp_path))
    assert census.asked[0][0] == (
        "/data/2023/acs/acs5?get=NAME,B03002_001E,B03002_012E&for=county:*&key=k-e-y"
    )
    assert people.counties.schema == PEOPLE and people.quarantine.is_empty()
    source = "Census Bureau, ACS 5-year 2023, B03002"
    assert people.counties.rows() == [
        ("09110", "CT", "Capitol Planning Region", 973393, 150742 / 973393, True, 2023, source),
        ("11001", "DC", "District of Columbia", 672079, 77760 / 672079, False, 2023, source),
        ("15005", "HI", "Kalawao County", None, None, False, 2023, source),
        ("24021", "MD", "Frederick County", 279835, 34040 / 279835, False, 2023, source),
        ("35013", "NM", "Doña Ana County", 221862, 152364 / 221862, False, 2023, source),
        ("48301", "TX", "Loving County", 43, None, False, 2023, source),
        ("72001", "PR", "Adjuntas Municipio", 17986, 17898 / 17986, False, 2023, source),
    ]
    (kept,) = Archive(tmp_path).sightings()
    assert (kept.folder, kept.file, kept.publisher) == ("census", "acs5_2023_county.json", "census")
    assert kept.sha256 == people.sha256 and "k-e-y" not in f"{kept}"
    assert kept.address == (f"{census.base}/data/2023/acs/acs5?get=NAME,B03002_001E,B03002_012E&for=county:*")
    again = read_people(Archive(tmp_path).read(kept.sha256), 2023)
    assert again.counties.equals(people.counties)


def test_no_key_is_needed_by_us(census: Publisher, fetcher: Fetcher) -> None:
    assert fetch_people(fetcher, 2023, base=census.base).counties.height == 7
    assert "key" not in census.asked[0][0]


def test_years_without_a_survey(census: Publisher, fetcher: Fetcher) -> None:
    with pytest.raises(NotFoundError, match="no five-year estimates of 2008") as early:
        fetch_people(fetcher, 2008, base=census.base)
    assert "2009" in early.value.remedy and not census.asked
    with pytest.raises(NotFoundError, match="no five-year estimates of 2041"):
        fetch_people(fetcher, 2041, base=census.base)


def test_a_page_in_place_of_a_table_is_no_empty_table(
    census: Publisher, fetcher: Fetcher, tmp_path: Path
) -> None:
    """What the API answers to a key it does not know: a page, and all is well by its status."""
    page = b"<html><head><title>Invalid Key</title></head><body>A valid <em>key</em> must be included</body>"
    census.says("/data/2023/acs/acs5", Answer.moved("/data/invalid_key.html"))
    census.says("/data/invalid_key.html", Answer(body=page))
    with pytest.raises(FetchError, match="not the API's answer") as failed:
        fetch_people(fetcher, 2023, base=census.base, key="wrong", archive=Archive(tmp_path))
    assert "key" in failed.value.remedy and "wrong" not in str(failed.value)
    assert not Archive(tmp_path).sightings()


def test_a_failing_api_is_asked_again_and_an_absent_one_told(census: Publisher, fetcher: Fetcher) -> None:
    path = "/data/2023/acs/acs5"
    census.says(path, Answer(500), Answer(429, headers={"Retry-After": "1"}), Answer(body=as_answered(ROWS)))
    assert fetch_people(fetcher, 2023, base=census.base).counties.height == 7
    census.says(path, Answer(403))
    with pytest.raises(FetchError, match="403") as refused:
        fetch_people(fetcher, 2023, base=census.base)
    assert refused.value.status == 403


@pytest.mark.parametrize(
    ("row", "what", "reason"),
    [
        (
            ["Frederick County, Maryland", "5", "6", "24", "021"],
            "cell",
            "more Hispanic residents (6) than residents (5)",
        ),
        (["Frederick County, Maryland", "x", "6", "24", "021"], "cell", "the population 'x' is not a number"),
        (["Frederick County, Maryland", "5", "4", "24", "21"], "row", "'2421' is no county's code"),
        (["Frederick County, Maryland", "5", "4", "03", "021"], "row", "'03021' is no county's code"),
        (
            ["Frederick County, Virginia", "5", "4", "24", "021"],
            "row",
            "24021 is a code of MD, and the row says",
        ),
        (["Maryland", "5", "4", "24", "021"], "row", "24021 has no name"),
        ([None, "5", "4", "24", "021"], "row", "24021 has no name"),
        (["Frederick County, Maryland", "5", "4", "24"], "row", "it has 4 cells under 5 columns"),
        (
            ["Adjuntas Municipio, Puerto Rico", "17986", "17898", "72", "001"],
            "row",
            "72001 stands twice in the same",
        ),
    ],
)
def test_what_cannot_be_used_is_set_aside(row: list[Any], what: str, reason: str) -> None:
    people = read_people(as_answered([*ROWS[:1], *ROWS[2:], row]), 2023)
    (aside,) = people.quarantine.rows(named=True)
    assert aside["reason"].startswith(f"acs5_2023_county.json, row 8: {reason}")
    assert aside["what"] == f"county {what}" and aside["row"] == 8 and aside["remedy"]
    assert ("24021" in people.counties["fips"]) == (what == "cell")


@pytest.mark.parametrize(
    "data", [b"", b"null", b"[]", b"{}", b"[1]", b'[["NAME"]]', b"\xff", b"[" * 100_000, b"error: unknown"]
)
def test_what_is_no_table_is_set_aside_whole(data: bytes) -> None:
    people = read_people(data, 2023)
    assert people.counties.is_empty() and people.counties.schema == PEOPLE
    assert people.quarantine["what"].to_list() == ["county document"]


def test_columns_may_come_in_any_order() -> None:
    turned = [list(reversed(row)) for row in ROWS]
    assert read_people(as_answered(turned), 2023).counties.equals(
        read_people(as_answered(ROWS), 2023).counties
    )


def test_vintages_that_part_a_name_by_semicolons() -> None:
    rows = [HEAD, ["Frederick County; Maryland", "5", "4", "24", "021"]]
    assert read_people(as_answered(rows), 2011).counties["name"].to_list() == ["Frederick County"]
