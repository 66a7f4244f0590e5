"""What ships of counties: the counties of 2017 with their people, and which lie side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas287 import bundle
from atlas287.errors import BuildError
from atlas287.registry.bundling import county_table, neighbour_table, write_bundle
from atlas287.sources.acs_counties import read_acs_counties
from atlas287.sources.boundaries import Boundaries

ADJACENCY = """\
"Shannon County, SD"\t46113\t"Bennett County, SD"\t46007
\t\t"Shannon County, SD"\t46113
"Bennett County, SD"\t46007\t"Bennett County, SD"\t46007
\t\t"Shannon County, SD"\t46113
"Bedford County, VA"\t51019\t"Bedford County, VA"\t51019
\t\t"Bedford city, VA"\t51515
\t\t"Campbell County, VA"\t51031
"Campbell County, VA"\t51031\t"Bedford County, VA"\t51019
\t\t"Campbell County, VA"\t51031
"Bedford city, VA"\t51515\t"Bedford County, VA"\t51019
\t\t"Bedford city, VA"\t51515
\t\t"Campbell County, VA"\t51031
"Guam, GU"\t66010\t"Guam, GU"\t66010
"""
PEOPLE = """\
CountyId,State,County,TotalPop,Hispanic
46102,South Dakota,Oglala Lakota County,14335,3.3
51019,Virginia,Bedford County,77424,2.1
51031,Virginia,Campbell County,,
"""


@pytest.fixture
def adjacency(tmp_path: Path) -> Path:
    path = tmp_path / "county_adjacency.txt"
    path.write_text(ADJACENCY, encoding="latin-1")
    return path


@pytest.fixture
def acs(tmp_path: Path) -> Path:
    path = tmp_path / "acs2017_county_data.csv"
    path.write_text(PEOPLE)
    return path


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle to write into, in place of the package's own."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    monkeypatch.setattr(bundle, "FOLDER", folder)
    for name in ("COUNTIES", "NEIGHBOURS", "BOUNDARIES"):
        monkeypatch.setattr(bundle, name, folder / getattr(bundle, name).name)
    return folder


def test_counties_have_the_codes_and_names_of_2017(adjacency: Path, acs: Path) -> None:
    table = county_table(adjacency, read_acs_counties(acs))
    assert table.columns == ["fips", "state", "name", "population", "hispanic_share", "vintage"]
    assert table.rows() == [
        ("46007", "SD", "Bennett County", None, None, None),
        ("46102", "SD", "Oglala Lakota County", 14335, 0.033, 2017),
        ("51019", "VA", "Bedford County", 77424, 0.021, 2017),
        ("51031", "VA", "Campbell County", None, None, 2017),
        ("66010", "GU", "Guam", None, None, None),
    ]


def test_a_renamed_county_has_its_new_name_though_the_survey_lacks_it(adjacency: Path, acs: Path) -> None:
    acs.write_text(PEOPLE.replace("46102,South Dakota,Oglala Lakota County,14335,3.3\n", ""))
    table = county_table(adjacency, read_acs_counties(acs))
    assert table.filter(fips="46102").row(0)[2:4] == ("Oglala Lakota County", None)


def test_of_counties_that_merged_the_one_that_stayed_has_the_row(adjacency: Path, acs: Path) -> None:
    kobuk, arctic = '"Kobuk Census Area, AK"\t02140', '"Northwest Arctic Borough, AK"\t02188'
    adjacency.write_text(f"{kobuk}\t{kobuk}\n{arctic}\t{arctic}\n")
    table = county_table(adjacency, read_acs_counties(acs))
    assert table.select("fips", "name").rows() == [("02188", "Northwest Arctic Borough")]


def test_neighbours_have_the_codes_of_2017_too(adjacency: Path) -> None:
    assert neighbour_table(adjacency).rows() == [
        ("46007", "46102"),
        ("46102", "46007"),
        ("51019", "51031"),  # Bedford city is part of the county, and nobody's neighbour
        ("51031", "51019"),
    ]


def test_writing_says_what_is_lacking_and_is_the_same_twice(
    shipped: Path, adjacency: Path, acs: Path
) -> None:
    acs.write_text(PEOPLE + "48301,Texas,Loving County,many,1\n")
    said: list[str] = []
    sizes = dict(write_bundle(None, adjacency, None, said.append, acs=acs))
    assert sizes == {path.name: path.stat().st_size for path in shipped.iterdir()}
    assert set(sizes) == {"counties.parquet", "county_neighbours.parquet"}
    assert said[:3] == [
        "5 counties, 2 of them with their people",
        "  not in acs2017_county_data.csv: 46007, 66010",
        "  not in county_adjacency.txt: 48301",
    ]
    assert "'many' is not a number" in said[3] and len(said) == 4
    first = {path.name: path.read_bytes() for path in shipped.iterdir()}
    notes = pl.read_parquet_metadata(bundle.COUNTIES)
    assert notes["people"] == "acs2017_county_data.csv" and len(notes["counties_sha256"]) == 64
    list(write_bundle(None, adjacency, None, said.append, acs=acs))
    assert {path.name: path.read_bytes() for path in shipped.iterdir()} == first


def test_one_of_the_two_sources_is_not_enough(shipped: Path, adjacency: Path, acs: Path) -> None:
    for given in ({"counties": adjacency}, {"acs": acs}):
        with pytest.raises(BuildError, match="make one table") as failed:
            list(write_bundle(**given))  # type: ignore[arg-type]
        assert "--counties" in failed.value.remedy and "--acs" in failed.value.remedy
    assert not list(shipped.iterdir())


def test_what_ships_is_the_counties_of_2017() -> None:
    table = pl.read_parquet(bundle.COUNTIES)
    assert table.height == 3_233 and table["fips"].is_unique().all() and table["fips"].is_sorted()
    assert table.select("state", "name").is_unique().all()
    assert table["population"].count() == 3_219
    known, unknown = table.drop_nulls("population"), table.filter(pl.col("population").is_null())
    assert known["vintage"].unique().to_list() == [2017] and known["hispanic_share"].is_between(0, 1).all()
    assert known["population"].sum() == 324_473_284
    assert unknown["state"].value_counts().sort("state").rows() == [
        ("AS", 5), ("GU", 1), ("HI", 1), ("MP", 4), ("VI", 3)
    ]  # fmt: skip
    by_state = dict(table["state"].value_counts().iter_rows())
    assert (by_state["PR"], by_state["CT"], by_state["FL"], by_state["VA"]) == (78, 8, 67, 133)
    names = dict(table.select("fips", "name").iter_rows())
    assert not {"46113", "02270", "51515"} & set(names)
    assert (names["46102"], names["02158"]) == ("Oglala Lakota County", "Kusilvak Census Area")
    assert (names["27111"], names["27165"]) == ("Otter Tail County", "Watonwan County")
    assert (names["35013"], names["72097"]) == ("Doña Ana County", "Mayagüez Municipio")


def test_what_ships_of_neighbours_is_symmetric_and_of_the_same_counties() -> None:
    table = pl.read_parquet(bundle.NEIGHBOURS)
    pairs = set(table.iter_rows())
    assert table.columns == ["fips", "neighbour_fips"] and table.height == len(pairs) == 18_964
    assert all((b, a) in pairs and a != b for a, b in pairs)
    counties = set(pl.read_parquet(bundle.COUNTIES)["fips"])
    alone = counties - {a for a, _ in pairs}
    assert {a for a, _ in pairs} <= counties
    assert {"15001", "66010", "69100"} <= alone and len(alone) == 10
    assert ("24021", "24031") in pairs and ("46102", "46007") in pairs and ("24021", "24003") not in pairs


@pytest.mark.needs("data")
def test_what_ships_is_what_the_sources_give(data: Path, shipped: Path) -> None:
    own = {path.name: path for path in Path(bundle.__file__).parent.glob("count*")}
    geography = data / "geography"
    said: list[str] = []
    list(
        write_bundle(
            None,
            geography / "county_adjacency.txt",
            None,
            said.append,
            acs=geography / "acs2017_county_data.csv",
        )
    )
    assert said == [
        "3,233 counties, 3,219 of them with their people",
        "  not in acs2017_county_data.csv: 15005, 60010, 60020, 60030, 60040, 60050, 66010, 69085, 69100, "
        "69110, 69120, 78010, 78020, 78030",
    ]
    for name in ("counties.parquet", "county_neighbours.parquet"):
        assert pl.read_parquet(shipped / name).equals(pl.read_parquet(own[name]))


def test_boundaries_are_written_by_the_same_command(shipped: Path, tmp_path: Path) -> None:
    square = {"type": "Polygon", "id": "24001", "arcs": [[0]]}
    source = {
        "bbox": [0, 0, 1, 1],
        "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        "objects": {"counties": {"geometries": [square, {**square, "id": "24003", "arcs": [[1]]}]}},
        "arcs": [[[0, 0], [0, 10], [10, 0], [0, -10], [-10, 0]], [[50, 50], [0, 0]]],
    }
    path, said = tmp_path / "counties-10m.json", list[str]()
    path.write_text(json.dumps(source))
    assert list(dict(write_bundle(say=said.append, boundaries=path))) == ["counties.topo.json.gz"]
    assert said == ["no shape of 24003: it has no area in counties-10m.json"]
    assert [feature["id"] for feature in Boundaries(bundle.BOUNDARIES).county_shapes()] == ["24001"]


def test_the_command_writes_them_and_says_what_it_needs(
    run: Callable[..., Any], shipped: Path, adjacency: Path, acs: Path
) -> None:
    refused = run("bundle", "--counties", adjacency)
    assert refused.code == 1 and "give both --counties and --acs" in refused.err and not refused.out
    done = run("bundle", "--counties", adjacency, "--acs", acs)
    assert done.code == 0 and "county_neighbours.parquet" in done.out
    assert {path.name for path in shipped.iterdir()} == {"counties.parquet", "county_neighbours.parquet"}
