"""The shapes that ship: one for every county, none without area, and neighbours where they lie."""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from atlas287 import bundle
from atlas287.sources.acs_counties import read_acs_counties
from atlas287.sources.boundaries import ISLAND_AREAS, LACKING, Boundaries, Feature, Ring

KM = 6371.0088


@pytest.fixture(scope="module")
def boundaries() -> Boundaries:
    return Boundaries()


@pytest.fixture(scope="module")
def counties(boundaries: Boundaries) -> dict[str, Feature]:
    return {feature["id"]: feature for feature in boundaries.county_shapes()}


@pytest.fixture(scope="module")
def states(boundaries: Boundaries) -> dict[str, Feature]:
    return {feature["properties"]["state"]: feature for feature in boundaries.state_shapes()}


def area(ring: Ring) -> float:
    """In km² on the sphere; above zero if it runs counterclockwise."""
    on = [(math.radians(x) * KM, math.sin(math.radians(y)) * KM) for x, y in ring]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(on)) / 2


def size(feature: Feature) -> float:
    return sum(area(ring) for polygon in feature["geometry"]["coordinates"] for ring in polygon)


def holds(feature: Feature, x: float, y: float) -> bool:
    """Whether a point lies in a shape: an odd number of borders to its east."""
    inside = False
    for polygon in feature["geometry"]["coordinates"]:
        for ring in polygon:
            for (ax, ay), (bx, by) in pairwise(ring):
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    inside = not inside
    return inside


def test_it_is_small_and_says_whose_it_is(boundaries: Boundaries) -> None:
    data = bundle.BOUNDARIES.read_bytes()
    assert len(data) < 400_000
    topology = json.loads(gzip.decompress(data))
    assert topology["type"] == "Topology" and set(topology["objects"]) == {"counties", "states"}
    assert topology["source"]["package"] == "us-atlas@3" and topology["source"]["vintage"] == 2017
    assert len(topology["source"]["sha256"]) == 64
    assert "Census Bureau" in boundaries.notice and "ISC" in boundaries.notice
    assert sum(map(len, topology["arcs"])) < 42_000  # of 46,565 in the source


def test_every_county_has_a_shape_or_is_said_to_lack_one(
    boundaries: Boundaries, counties: dict[str, Feature]
) -> None:
    table = pl.read_parquet(bundle.COUNTIES)
    assert boundaries.lacking(table["fips"]) == sorted(LACKING)
    assert set(counties) == set(table["fips"]) - set(LACKING)
    # Of the counties whose people are known, one has none.
    assert boundaries.lacking(table.drop_nulls("population")["fips"]) == ["51610"]
    by_state = Counter(feature["properties"]["state"] for feature in counties.values())
    assert (len(counties), by_state["CT"], by_state["PR"], by_state["VA"]) == (3_230, 8, 78, 132)
    assert {state: by_state[state] for state in ISLAND_AREAS} == {"AS": 3, "GU": 1, "MP": 4, "VI": 3}


@pytest.mark.needs("data")
def test_every_county_of_the_survey_has_a_shape(data: Path, boundaries: Boundaries) -> None:
    people = read_acs_counties(data / "geography" / "acs2017_county_data.csv").counties
    assert boundaries.lacking(people["fips"]) == ["51610"]


def test_no_ring_is_without_area_and_each_runs_its_way(
    counties: dict[str, Feature], states: dict[str, Feature]
) -> None:
    for feature in (*counties.values(), *states.values()):
        assert feature["geometry"]["coordinates"], feature["id"]
        for polygon in feature["geometry"]["coordinates"]:
            for n, ring in enumerate(polygon):
                assert ring[0] == ring[-1] and len(ring) >= 4, feature["id"]
                assert all(a != b for a, b in pairwise(ring)), feature["id"]
                assert (area(ring) > 0) == (n == 0) and abs(area(ring)) > 1e-3, feature["id"]


def test_positions_are_on_the_map(counties: dict[str, Feature]) -> None:
    for feature in counties.values():
        for polygon in feature["geometry"]["coordinates"]:
            xs = [x for ring in polygon for x, _ in ring]
            ys = [y for ring in polygon for _, y in ring]
            assert min(xs) >= -180 and max(xs) <= 180 and min(ys) > -15 and max(ys) < 72
            assert max(xs) - min(xs) < 60, feature["id"]  # none runs around the world at the 180th meridian


@pytest.mark.parametrize(
    ("fips", "x", "y", "km2", "off"),
    [
        # County seats, and land areas as the Census Bureau's gazetteer gives them.
        ("24021", -77.4105, 39.4143, 1_710, 0.03),  # Frederick, Maryland
        ("12086", -80.1918, 25.7617, 4_916, 0.10),  # Miami
        ("12031", -81.6557, 30.3322, 1_974, 0.20),  # Jacksonville: the St. Johns River is land here
        ("48239", -96.6461, 28.9789, 2_148, 0.05),  # Edna, Texas
        ("06071", -117.2898, 34.1083, 51_948, 0.02),  # San Bernardino
        ("09001", -73.1952, 41.1792, 1_619, 0.05),  # Bridgeport, Connecticut
        ("46102", -102.5510, 43.0250, 5_424, 0.02),  # Pine Ridge, South Dakota
        ("72127", -66.1057, 18.3955, 124, 0.25),  # San Juan
        ("51600", -77.3064, 38.8462, 16, 0.30),  # Fairfax city, inside Fairfax County
        ("02158", -163.5532, 61.8449, 44_240, 0.10),  # Mountain Village, Alaska
    ],
)
def test_a_county_is_where_it_is_and_as_large(
    counties: dict[str, Feature], fips: str, x: float, y: float, km2: float, off: float
) -> None:
    assert [code for code, feature in counties.items() if holds(feature, x, y)] == [fips]
    assert size(counties[fips]) == pytest.approx(km2, rel=off)


def test_states_are_made_of_their_counties(counties: dict[str, Feature], states: dict[str, Feature]) -> None:
    of_counties: Counter[str] = Counter()
    for feature in counties.values():
        of_counties[feature["properties"]["state"]] += size(feature)  # type: ignore[assignment]
    assert len(states) == len(of_counties) == 56
    for state, feature in states.items():
        # Falls Church's 5 km² are in no county's shape: they had none in the source.
        assert size(feature) == pytest.approx(of_counties[state], abs=1e-3), state
    assert sum(map(size, states.values())) == pytest.approx(9_350_000, rel=0.01)


def test_neighbours_agree_with_the_adjacency_file(
    boundaries: Boundaries, counties: dict[str, Feature]
) -> None:
    table = pl.read_parquet(bundle.NEIGHBOURS)
    listed = {(a, b) for a, b in table.iter_rows() if a < b and a in counties and b in counties}
    drawn, meeting = boundaries.neighbours(), boundaries.meeting()
    assert all(a < b for a, b in drawn) and drawn <= meeting
    # A border drawn is a border listed.
    assert len(drawn & listed) / len(drawn) > 0.999
    # What is listed is drawn as a border or a corner in common; the rest lie across water.
    assert len(meeting & listed) / len(listed) > 0.97
    assert len(drawn & listed) / len(listed) > 0.94
    apart = listed - meeting
    assert ("17031", "26021") in apart  # Chicago and Berrien County, across Lake Michigan
    assert ("51013", "51059") in drawn  # Arlington and Fairfax, though Falls Church lies between in part


def test_a_border_is_drawn_once_for_both_sides(counties: dict[str, Feature]) -> None:
    """Frederick in Maryland and Loudoun in Virginia, along the Potomac: the same points."""
    points = [
        {p for polygon in counties[code]["geometry"]["coordinates"] for ring in polygon for p in ring}
        for code in ("24021", "51107")
    ]
    assert len(points[0] & points[1]) >= 3
