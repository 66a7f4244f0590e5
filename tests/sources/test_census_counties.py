"""The adjacency file: its blocks, its slips, and which counties lie side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas287.errors import BuildError
from atlas287.sources.census_counties import COUNTIES, NEIGHBOURS, read_counties, read_neighbours

LINES = """\
"Todd County, MN"\t27111\t"Otter Tail County, MN"\t27111
\t\t"Todd County, MN"\t27153
"Todd County, MN"\t27153\t"Otter Tail County, MN"\t27111
\t\t"Todd County, MN"\t27153
\t27165\t"Blue Earth County, MN"\t27013
\t\t"Watonwan County, MN"\t27165
"Blue Earth County, MN"\t27013\t"Blue Earth County, MN"\t27013
\t\t"Watonwan County, MN"\t27165
"Hawaii County, HI"\t15001\t"Hawaii County, HI"\t15001
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "county_adjacency.txt"
    path.write_text(LINES, encoding="latin-1")
    return path


def test_a_county_has_the_name_that_most_lines_give_it(file: Path) -> None:
    """A head with another county's name, and one with none, as Minnesota's have."""
    found = read_counties(file)
    assert found.schema == COUNTIES
    assert found.rows() == [
        ("15001", "HI", "Hawaii County"),
        ("27013", "MN", "Blue Earth County"),
        ("27111", "MN", "Otter Tail County"),
        ("27153", "MN", "Todd County"),
        ("27165", "MN", "Watonwan County"),
    ]


def test_neighbours_stand_both_ways_and_nobody_beside_himself(file: Path) -> None:
    found = read_neighbours(file)
    assert found.schema == NEIGHBOURS
    assert found.rows() == [("27013", "27165"), ("27111", "27153"), ("27153", "27111"), ("27165", "27013")]


def test_a_pair_that_one_side_leaves_out_is_a_pair(file: Path) -> None:
    file.write_text('"Hawaii County, HI"\t15001\t"Maui County, HI"\t15009\n')
    assert read_neighbours(file).rows() == [("15001", "15009"), ("15009", "15001")]
    assert read_counties(file)["name"].to_list() == ["Hawaii County", "Maui County"]


@pytest.mark.parametrize(
    "line",
    [
        '\t\t"Todd County, MN"',
        '\t\t"Todd County, MN"\t2715',
        "\t\tTodd County\t27153",
        '"Todd County"\t27153\t"Todd County, MN"\t27153',
        "",
    ],
)
def test_a_line_of_another_form_is_named(file: Path, line: str) -> None:
    file.write_text(LINES + line + "\n")
    for read in (read_counties, read_neighbours):
        with pytest.raises(BuildError, match=r"county_adjacency\.txt, line 10: "):
            read(file)


def test_a_file_that_begins_without_a_county_is_refused(file: Path) -> None:
    file.write_text('\t\t"Todd County, MN"\t27153\n')
    with pytest.raises(BuildError, match="line 1"):
        read_counties(file)


@pytest.mark.needs("data")
def test_the_census_bureaus_own_file(data: Path) -> None:
    path = data / "geography" / "county_adjacency.txt"
    counties, neighbours = read_counties(path), read_neighbours(path)
    assert counties.height == 3_234 and counties["fips"].is_unique().all()
    names = dict(counties.select("fips", "name").iter_rows())
    assert (names["27111"], names["27165"], names["72075"]) == (
        "Otter Tail County",
        "Watonwan County",
        "Juana Diaz Municipio",
    )
    assert counties.filter(state="PR").height == 78 and counties.filter(state="CT").height == 8
    assert counties.select("state", "name").is_unique().all()
    assert neighbours.height == 18_966
    pairs = set(neighbours.iter_rows())
    assert all((b, a) in pairs and a != b for a, b in pairs)
    assert {a for a, _ in pairs} <= set(names)
