"""The shapes of counties and states, for maps: longitude and latitude, not projected.

What ships (``bundle/counties.topo.json.gz``) is TopoJSON made by :mod:`.us_atlas` from the Census
Bureau's boundaries of 2017: Connecticut's eight counties, Puerto Rico's 78 municipios, and the
island areas. Of three counties there is no shape: :data:`LACKING` says why.

Standard library only.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Literal, TypedDict

from .. import bundle
from . import fips

Position = tuple[float, float]  # longitude, latitude in degrees
Ring = list[Position]  # closed: the last is the first
Polygon = list[Ring]  # an outer ring and holes

#: Territories with shapes here that us-atlas's own projected map leaves out, far from the states and
#: small: a map without insets for them names them beside it.
ISLAND_AREAS = frozenset({"AS", "GU", "MP", "VI"})
#: Counties of 2017 without a shape, and why.
LACKING = {
    "51610": "Falls Church city, Virginia: us-atlas simplified its 5 km² to a line without area",
    "60030": "Rose Island, American Samoa: not in the Census Bureau's cartographic boundaries",
    "60040": "Swains Island, American Samoa: not in the Census Bureau's cartographic boundaries",
}


class MultiPolygon(TypedDict):
    """A GeoJSON geometry (RFC 7946): outer rings run counterclockwise, holes clockwise."""

    type: Literal["MultiPolygon"]
    coordinates: list[Polygon]


class Feature(TypedDict):
    """A GeoJSON feature: a county (id: FIPS code) or a state (id: its first two digits)."""

    type: Literal["Feature"]
    id: str
    properties: dict[str, str]  # state: postal code
    geometry: MultiPolygon


class Boundaries:
    """The shapes in one file, unpacked as they are asked for.

    Args:
        path: TopoJSON in gzip as :func:`.us_atlas.write_boundaries` writes it.

    Raises:
        OSError: the file cannot be read.

    Attributes:
        notice: whose boundaries they are, to be shown with them.
    """

    def __init__(self, path: Path = bundle.BOUNDARIES) -> None:
        topology: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
        self.notice: str = topology["notice"]
        self._objects = topology["objects"]
        self._grid: list[list[tuple[int, int]]] = []
        for arc in topology["arcs"]:
            x = y = 0
            self._grid.append([(x := x + dx, y := y + dy) for dx, dy in arc])
        (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
        self._arcs: list[list[Position]] = [
            [(round(tx + sx * x, 5), round(ty + sy * y, 5)) for x, y in arc] for arc in self._grid
        ]

    def county_shapes(self) -> list[Feature]:
        """The counties, in order of FIPS; a county across several islands has several polygons.

        The Aleutians West go on beyond 180 degrees: some of their polygons have longitudes near -180,
        others near 180, and none crosses.
        """
        return list(self._features("counties"))

    def state_shapes(self) -> list[Feature]:
        """The states, the District of Columbia and the territories, in order of FIPS."""
        return list(self._features("states"))

    def lacking(self, codes: Iterable[str]) -> list[str]:
        """Those of the counties of which there is no shape, in order."""
        return sorted(set(codes) - {geometry["id"] for geometry in self._objects["counties"]["geometries"]})

    def neighbours(self) -> set[tuple[str, str]]:
        """Pairs of counties with a stretch of border in common, once each, the lower code first."""
        beside: dict[int, set[str]] = defaultdict(set)
        for code, i in self._arcs_of_counties():
            beside[i].add(code)
        return {pair for codes in beside.values() for pair in combinations(sorted(codes), 2)}

    def meeting(self) -> set[tuple[str, str]]:
        """Pairs of counties that have a point of their borders in common, once each: those with a
        stretch of border, and those that meet at a corner."""
        at: dict[tuple[int, int], set[str]] = defaultdict(set)
        for code, i in self._arcs_of_counties():
            at[self._grid[i][0]].add(code)
            at[self._grid[i][-1]].add(code)
        return {pair for codes in at.values() for pair in combinations(sorted(codes), 2)}

    def _arcs_of_counties(self) -> Iterator[tuple[str, int]]:
        for geometry in self._objects["counties"]["geometries"]:
            for polygon in _polygons(geometry):
                for ring in polygon:
                    for i in ring:
                        yield geometry["id"], i if i >= 0 else ~i

    def _features(self, name: str) -> Iterator[Feature]:
        for geometry in self._objects[name]["geometries"]:
            code = geometry["id"]
            polygons = [
                [self._ring(ring, outer=n == 0) for n, ring in enumerate(polygon)]
                for polygon in _polygons(geometry)
            ]
            yield {
                "type": "Feature",
                "id": code,
                "properties": {"state": fips.STATES[code[:2]]},
                "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            }

    def _ring(self, arcs: list[int], *, outer: bool) -> Ring:
        ring: Ring = []
        for i in arcs:
            arc = self._arcs[i] if i >= 0 else self._arcs[~i][::-1]
            ring.extend(arc[1:] if ring else arc)
        counterclockwise = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0
        return ring if counterclockwise == outer else ring[::-1]


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    polygons: list[list[list[int]]] = geometry["arcs"]
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else polygons
