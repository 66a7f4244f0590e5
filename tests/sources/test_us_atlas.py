"""Simplifying a topology: one border for both sides, no ring lost, nothing crossing that did not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from atlas287.errors import BuildError
from atlas287.sources.boundaries import Boundaries
from atlas287.sources.us_atlas import simplified, write_boundaries

#: Two squares side by side: a common border that wiggles, a county within the first, and one that is a line.
#: One step of the grid is a hundredth of a degree, about a kilometre.
WIGGLES = [[100, 0], [1, 30], [-1, 30], [1, 30], [40, 5], [-41, 5]]


def topology(**arcs: list[list[int]]) -> dict[str, Any]:
    named = {
        "border": WIGGLES,
        "west": [[100, 100], [-100, 0], [0, -100], [100, 0]],
        "east": [[100, 0], [100, 0], [0, 100], [-100, 0]],
        "island": [[40, 40], [10, 0], [0, 10], [-10, 0], [0, -10]],
        "out": [[300, 300], [5, 5]],
        "back": [[305, 305], [-5, -5]],
        **arcs,
    }
    number = {name: i for i, name in enumerate(named)}
    west, east = [number["border"], number["west"]], [~number["border"], number["east"]]
    island, line = [number["island"]], [number["out"], number["back"]]
    return {
        "type": "Topology",
        "bbox": [0, 0, 4, 4],
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "objects": {
            "counties": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "24003", "arcs": [east], "properties": {"name": "East"}},
                    {"type": "Polygon", "id": "24001", "arcs": [west, [~number["island"]]]},
                    {"type": "MultiPolygon", "id": "24002", "arcs": [[island], [line]]},
                    {"type": "Polygon", "id": "24004", "arcs": [line]},
                ],
            },
            "states": {"type": "GeometryCollection", "geometries": []},
            "nation": {"type": "GeometryCollection", "geometries": []},
        },
        "arcs": list(named.values()),
    }


def shape(topology: dict[str, Any], code: str, of: str = "counties") -> list[list[list[tuple[int, int]]]]:
    """The polygons of a county or state, on the grid; each ring from its first arc on."""
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        arcs.append([(x := x + dx, y := y + dy) for dx, dy in arc])
    (geometry,) = [g for g in topology["objects"][of]["geometries"] if g["id"] == code]
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]

    def ring(parts: list[int]) -> list[tuple[int, int]]:
        points: list[tuple[int, int]] = []
        for i in parts:
            points.extend((arcs[i] if i >= 0 else arcs[~i][::-1])[bool(points) :])
        return points

    return [[ring(parts) for parts in polygon] for polygon in polygons]


def test_small_wiggles_go_and_large_ones_stay_on_both_sides() -> None:
    thin = simplified(topology(), least_km2=200.0)
    (west,), (east,) = shape(thin, "24001")[0][:1], shape(thin, "24003")[0]
    border = [(100, 0), (101, 90), (141, 95), (100, 100)]
    assert border == west[-len(border) :][::-1]
    assert border == east[-len(border) :]


def test_nothing_goes_below_the_measure() -> None:
    thin = simplified(topology(), least_km2=0.0)
    border = [(100, 0), (101, 30), (100, 60), (101, 90), (141, 95), (100, 100)]
    assert shape(thin, "24003")[0][0][-6:] == border


def test_a_small_county_is_measured_by_its_own_size() -> None:
    """A triangle of ten square kilometres is little to a large county and much to a small one."""
    small = [[40, 40], [5, -2], [5, 2], [0, 10], [-10, 0], [0, -10]]
    thin = simplified(topology(island=small), least_km2=50.0)
    assert (45, 38) in shape(thin, "24002")[0][0]
    assert (100, 60) not in shape(thin, "24001")[0][0]


def test_an_island_never_becomes_a_line() -> None:
    """A square kilometre off a large county's coast."""
    islet = topology(islet=[[300, 0], [1, 0], [0, 1], [-1, 0], [0, -1]])
    (east,) = [g for g in islet["objects"]["counties"]["geometries"] if g["id"] == "24003"]
    east |= {"type": "MultiPolygon", "arcs": [east["arcs"], [[len(islet["arcs"]) - 1]]]}
    _, (ring,) = shape(simplified(islet, least_km2=50.0), "24003")
    assert set(ring) == {(300, 0), (301, 0), (301, 1), (300, 1)}


def test_triangles_are_measured_on_the_sphere() -> None:
    """The same on the grid, and half as large at 60 degrees north."""
    north = topology()
    north["transform"] = {"scale": [0.01, 0.01], "translate": [0, 60]}
    assert (100, 60) in shape(simplified(topology(), least_km2=25.0), "24001")[0][0]
    assert (100, 60) not in shape(simplified(north, least_km2=25.0), "24001")[0][0]


def test_rings_without_area_go_and_their_counties_are_named() -> None:
    thin = simplified(topology())
    codes = [g["id"] for g in thin["objects"]["counties"]["geometries"]]
    assert codes == ["24001", "24002", "24003"] and thin["lacking"] == ["24004"]
    assert len(thin["arcs"]) == 4  # those of the line are used by nobody


def test_a_state_is_its_counties_as_one() -> None:
    (whole,) = shape(simplified(topology()), "24", "states")
    (outer,) = whole  # the county within another fills its hole
    corners = {(0, 0), (0, 100), (100, 100), (200, 100), (200, 0), (100, 0)}
    assert set(outer) == corners and outer[0] == outer[-1] and len(outer) == 7

    other = topology(islet=[[300, 0], [1, 0], [0, 1], [-1, 0], [0, -1]])
    east, _, within, _ = other["objects"]["counties"]["geometries"]
    within["id"] = "51600"
    east |= {"type": "MultiPolygon", "arcs": [east["arcs"], [[len(other["arcs"]) - 1]]]}
    apart = simplified(other)
    (islet,), (outer, hole) = sorted(shape(apart, "24", "states"), key=len)
    assert set(islet) == {(300, 0), (301, 0), (301, 1), (300, 1)}
    assert set(outer) == corners and set(hole) == {(40, 40), (50, 40), (50, 50), (40, 50)}
    assert shape(apart, "51", "states") == [[hole[::-1]]]


def test_an_arc_that_is_a_point_goes() -> None:
    point = topology(point=[[100, 100], [0, 0]])
    (east,) = [g for g in point["objects"]["counties"]["geometries"] if g["id"] == "24003"]
    east["arcs"][0].insert(0, len(point["arcs"]) - 1)
    assert simplified(point) == simplified(topology())


def test_a_spike_of_a_border_goes() -> None:
    """Where three counties meet, the source goes along an arc and back: as at Pope County, Illinois."""
    spiked = topology(spike=[[100, 100], [0, 40]])
    spike = len(spiked["arcs"]) - 1
    (east,) = [g for g in spiked["objects"]["counties"]["geometries"] if g["id"] == "24003"]
    ring = east["arcs"][0]
    for east["arcs"][0] in ([*ring, spike, ~spike], [~spike, *ring, spike]):
        thin = simplified(spiked)
        assert shape(thin, "24003") == shape(simplified(topology()), "24003")
        assert len(thin["arcs"]) == 4


def test_a_border_drawn_twice_becomes_one() -> None:
    """As in the source between Arlington and Fairfax: two arcs over the same points, one for each side."""
    twice = topology()
    twice["arcs"].append(
        [[100, 100], *([-dx, -dy] for dx, dy in reversed(WIGGLES[1:]))]
    )  # the border again, from its other end
    (east,) = [g for g in twice["objects"]["counties"]["geometries"] if g["id"] == "24003"]
    east["arcs"][0][0] = len(twice["arcs"]) - 1
    once = simplified(twice)
    assert once["arcs"] == simplified(topology())["arcs"]
    assert shape(once, "24003") == shape(simplified(topology()), "24003")


#: A border with a bay in the western county, of 40 steps: little to counties so large.
BAY = [[100, 0], [0, 46], [-10, 4], [10, 4], [0, 46]]


@pytest.mark.parametrize(
    ("border", "gone"),
    [(BAY, (90, 50)), ([[100, 0], [0, 46], [3, -6], [0, 14], [-3, 46]], (103, 40))],
)
def test_a_bay_of_little_goes(border: list[list[int]], gone: tuple[int, int]) -> None:
    assert gone in shape(simplified(topology(border=border), least_km2=1.0), "24003")[0][0]
    assert gone not in shape(simplified(topology(border=border), least_km2=1e4), "24003")[0][0]


@pytest.mark.parametrize(
    "island",
    [
        [[98, 49], [6, 0], [0, 2], [-6, 0], [0, -2]],  # half in the bay: it would be crossed
        [[95, 49], [3, 0], [0, 2], [-3, 0], [0, -2]],  # in the bay: it would be on the other county's side
        [[100, 50], [3, -1], [0, 2], [-3, -1]],  # before the bay: it would be touched
    ],
)
def test_a_border_stays_whole_where_another_is_in_its_way(island: list[list[int]]) -> None:
    crowded = topology(border=BAY, island=island)
    west, east = (
        next(g for g in crowded["objects"]["counties"]["geometries"] if g["id"] == code)
        for code in ("24001", "24003")
    )
    east["arcs"].append(west["arcs"].pop())  # the hole for it
    thin = simplified(crowded, least_km2=1e4)
    assert shape(thin, "24003")[0][0][-5:] == [(100, 0), (100, 46), (90, 50), (100, 54), (100, 100)]


def test_an_island_in_two_arcs_never_becomes_a_line() -> None:
    """An islet off a large county, of which other arcs end on its shore."""
    islet = topology(near=[[300, 0], [-1, 1], [1, 1]], far=[[300, 2], [1, -1], [-1, -1]])
    (east,) = [g for g in islet["objects"]["counties"]["geometries"] if g["id"] == "24003"]
    far = len(islet["arcs"]) - 1
    east |= {"type": "MultiPolygon", "arcs": [east["arcs"], [[far - 1, far]]]}
    _, (ring,) = shape(simplified(islet, least_km2=50.0), "24003")
    assert set(ring) == {(300, 0), (299, 1), (300, 2), (301, 1)}


def test_counties_that_meet_at_a_corner_are_two_polygons_of_their_state() -> None:
    corner = topology(
        border=[[100, 0], [0, 100]],
        north=[[100, 100], [0, 50], [-50, 0], [0, -50], [50, 0]],
        south=[[100, 0], [0, -50], [50, 0], [0, 50], [-50, 0]],
    )
    (east,) = [g for g in corner["objects"]["counties"]["geometries"] if g["id"] == "24003"]
    south = len(corner["arcs"]) - 1
    east |= {"type": "MultiPolygon", "arcs": [[[south]], [[south - 1]]]}
    whole = shape(simplified(corner), "24", "states")
    assert [len(set(ring)) for (ring,) in whole] == [4, 4, 4]


def test_the_same_source_gives_the_same_file_that_the_reader_reads(tmp_path: Path) -> None:
    source, one, two = tmp_path / "counties-10m.json", tmp_path / "one.gz", tmp_path / "two.gz"
    source.write_text(json.dumps(topology()))
    assert write_boundaries(source, one) == write_boundaries(source, two) == ["24004"]
    assert one.read_bytes() == two.read_bytes() and one.read_bytes()[4:8] == bytes(4)  # no time of writing
    assert json.loads(gzip.decompress(one.read_bytes()))["source"]["file"] == "counties-10m.json"
    read = Boundaries(one)
    assert [feature["id"] for feature in read.county_shapes()] == ["24001", "24002", "24003"]
    assert read.neighbours() == {("24001", "24002"), ("24001", "24003")}
    assert read.lacking(["24001", "24004"]) == ["24004"]
    outer, hole = read.county_shapes()[0]["geometry"]["coordinates"][0]
    assert min(x for x, _ in outer) == 0.0 and max(y for _, y in outer) == 1.0
    assert {(0.4, 0.4), (0.5, 0.5)} <= set(hole)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"type": "FeatureCollection", "features": []}', "null"])
def test_another_file_is_refused_and_nothing_written(tmp_path: Path, text: str) -> None:
    source, target = tmp_path / "counties.json", tmp_path / "out.gz"
    source.write_text(text)
    with pytest.raises(BuildError, match=r"counties\.json is not the TopoJSON of us-atlas"):
        write_boundaries(source, target)
    assert not target.exists()
