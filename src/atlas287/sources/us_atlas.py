"""County boundaries as npm's us-atlas publishes them, made small enough to ship.

``counties-10m.json`` of us-atlas 3 is the Census Bureau's cartographic boundaries of 2017 as
TopoJSON: each stretch of border is one *arc*, which the counties on both sides refer to. So an arc
is simplified once, for both, and neighbours keep a common border without gap or overlap.

Method: points are taken out in the order of the triangles they make with their neighbours, the
smallest first (Visvalingam and Whyatt 1993, "Line generalisation by repeated elimination of
points"), areas in km² on the sphere. The ends of an arc stay. An arc keeps every point that it had
where leaving some out would make it cross another, or leave another's point on its other side.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..errors import BuildError

PACKAGE, FILE = "us-atlas@3", "counties-10m.json"
#: Triangles below this go: less than half a pixel of a map of the nation 975 pixels wide.
LEAST_KM2 = 10.0
#: Or below this share of the smallest county beside the arc, so that small cities keep their form.
LEAST_SHARE = 0.005
NOTICE = (
    "Boundaries: U.S. Census Bureau, cartographic boundary files, 2017 edition (public domain), by way of "
    "us-atlas 3, copyright 2013-2019 Michael Bostock (ISC License); simplified."
)

_EARTH_KM = 6371.0088

Point = tuple[int, int]  # on the file's grid
Arc = list[Point]
Ring = list[int]  # arcs in order; ~i is arc i from its end
Shape = list[list[Ring]]  # polygons: an outer ring and holes each


def write_boundaries(source: Path, target: Path) -> list[str]:
    """Simplify a ``counties-10m.json`` into ``target``, TopoJSON in gzip.

    The result has the objects ``counties`` (by FIPS code) and ``states`` (by its first two digits; each the
    counties of the state as one), outer rings clockwise, and beyond TopoJSON ``notice``, ``source`` and
    ``lacking``: counties that the source has no area of. The same source gives the same file.

    Returns:
        the codes in ``lacking``.

    Raises:
        BuildError: the source is not us-atlas's.
        OSError: a file cannot be read or written.
    """
    data = source.read_bytes()
    try:
        topology = simplified(json.loads(data))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BuildError(
            f"{source.name} is not the TopoJSON of us-atlas: {type(error).__name__}: {error}",
            f"take {FILE} from npm's {PACKAGE}",
        ) from error
    said = {"package": PACKAGE, "file": FILE, "sha256": hashlib.sha256(data).hexdigest(), "vintage": 2017}
    text = json.dumps({**topology, "notice": NOTICE, "source": said}, separators=(",", ":"))
    target.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    return sorted(topology["lacking"])


def simplified(topology: dict[str, Any], least_km2: float = LEAST_KM2) -> dict[str, Any]:
    """A topology with the same counties and states on fewer points; raises ValueError and its like."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    grid = _Sphere(sx, sy, tx, ty)
    arcs, place = _once_each([_absolute(arc) for arc in topology["arcs"]])
    counties = {
        geometry["id"]: _solid(_replaced(geometry, place), arcs, grid)
        for geometry in topology["objects"]["counties"]["geometries"]
    }
    arcs = _thinned(arcs, counties, grid, least_km2)
    # The source's own states are not taken: of Illinois, a stretch of border is missing.
    states = {
        state: _merged([shape for code, shape in counties.items() if code.startswith(state)], arcs, grid)
        for state in {code[:2] for code in counties}
    }
    used = list(dict.fromkeys(_index(i) for shape in counties.values() for i in _arcs_of(shape)))
    new = {old: number for number, old in enumerate(used)}
    return {
        "type": "Topology",
        "bbox": topology["bbox"],
        "transform": topology["transform"],
        "objects": {"counties": _collection(counties, new), "states": _collection(states, new)},
        "arcs": [_relative(arcs[old]) for old in used],
        "lacking": sorted(code for code, shape in counties.items() if not shape),
    }


class _Sphere:
    """The file's grid on the sphere, in a projection that keeps areas: x along, y by the sine of latitude."""

    def __init__(self, sx: float, sy: float, tx: float, ty: float) -> None:
        self._x = (math.radians(sx) * _EARTH_KM, math.radians(tx) * _EARTH_KM)
        self._y = (math.radians(sy), math.radians(ty))

    def at(self, point: Point) -> tuple[float, float]:
        (ax, bx), (ay, by) = self._x, self._y
        return ax * point[0] + bx, _EARTH_KM * math.sin(ay * point[1] + by)

    def area(self, points: Sequence[Point]) -> float:
        """Of a closed line, in km²; below zero if it runs clockwise."""
        if _doubled_area(points) == 0:
            return 0.0
        on = [self.at(point) for point in points]
        return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(on)) / 2


def _absolute(arc: Iterable[Sequence[int]]) -> Arc:
    x = y = 0
    points: Arc = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        if not points or points[-1] != (x, y):
            points.append((x, y))
    return points


def _relative(arc: Arc) -> list[list[int]]:
    return [list(arc[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))]


def _once_each(arcs: list[Arc]) -> tuple[list[Arc], list[int]]:
    """Arcs that run over the same points, either way, as one; and where each went (~i: turned round)."""
    first: dict[tuple[Point, ...], int] = {}
    once: list[Arc] = []
    place = []
    for arc in arcs:
        way, back = tuple(arc), tuple(reversed(arc))
        if back in first and way not in first:
            place.append(~first[back])
            continue
        if way not in first:
            first[way] = len(once)
            once.append(arc)
        place.append(first[way])
    return once, place


def _replaced(geometry: dict[str, Any], place: list[int]) -> Shape:
    polygons = {"Polygon": [geometry["arcs"]], "MultiPolygon": geometry["arcs"]}[geometry["type"]]
    return [[[place[i] if i >= 0 else ~place[~i] for i in ring] for ring in polygon] for polygon in polygons]


def _solid(shape: Shape, arcs: list[Arc], grid: _Sphere) -> Shape:
    """Outer rings clockwise, holes counterclockwise, without what the source simplified down to a line
    or a point: spikes, and rings that have no area."""
    polygons = []
    for polygon in shape:
        rings = []
        for n, ring in enumerate(polygon):
            ring = _without_spikes(i for i in ring if len(arcs[_index(i)]) > 1)
            if area := grid.area(_line(ring, arcs)):
                rings.append(ring if (area < 0) == (n == 0) else [~i for i in reversed(ring)])
        if rings:
            polygons.append(rings)
    return polygons


def _without_spikes(ring: Iterable[int]) -> Ring:
    """Without arcs that are gone there and back at once."""
    kept: Ring = []
    for i in ring:
        if kept and kept[-1] == ~i:
            kept.pop()
        else:
            kept.append(i)
    while len(kept) > 1 and kept[0] == ~kept[-1]:
        kept = kept[1:-1]
    return kept


def _merged(shapes: Iterable[Shape], arcs: list[Arc], grid: _Sphere) -> Shape:
    """The shape that some shapes make up together: the arcs that only one of them has, in rings."""
    once: set[int] = set()
    for shape in shapes:
        for i in _arcs_of(shape):
            if ~i in once:
                once.remove(~i)
            else:
                once.add(i)
    ends = {i: (arcs[i][0], arcs[i][-1]) if i >= 0 else (arcs[~i][-1], arcs[~i][0]) for i in once}
    leaving: dict[Point, list[int]] = defaultdict(list)
    for i in sorted(once, reverse=True):
        leaving[ends[i][0]].append(i)
    rings: list[Ring] = []
    for start in sorted(ends):
        walk, at = [], ends[start][0]
        while leaving[at]:
            walk.append(leaving[at].pop())
            at = ends[walk[-1]][1]
            # Back at a point of the walk: that loop is a ring of its own.
            met = next((n for n, i in enumerate(walk) if ends[i][0] == at), None)
            if met is not None:
                rings.append(walk[met:])
                del walk[met:]
    areas = [(ring, grid.area(_line(ring, arcs))) for ring in rings]
    polygons = [[ring] for ring, area in areas if area < 0]  # outer rings run clockwise
    for ring, area in areas:
        if area > 0:
            hole = _line(ring, arcs)
            for polygon in polygons:
                outer = _line(polygon[0], arcs)
                if _encloses(outer, next(p for p in hole if p not in outer)):
                    polygon.append(ring)
    return polygons


def _encloses(line: Sequence[Point], point: Point) -> bool:
    """Whether a closed line runs around a point: it passes an odd number of times to its east."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise(line):
        if (ay > y) != (by > y):
            up = 1 if by > ay else -1
            inside ^= (x - ax) * (by - ay) * up < (y - ay) * (bx - ax) * up
    return inside


def _index(i: int) -> int:
    return i if i >= 0 else ~i


def _arcs_of(shape: Shape) -> Iterator[int]:
    return (i for polygon in shape for ring in polygon for i in ring)


def _line(ring: Ring, arcs: list[Arc]) -> Arc:
    """The points of a ring in order; the first is the last."""
    points: Arc = []
    for i in ring:
        arc = arcs[i] if i >= 0 else arcs[~i][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _collection(shapes: dict[str, Shape], new: dict[int, int]) -> dict[str, Any]:
    def renumbered(i: int) -> int:
        return new[i] if i >= 0 else ~new[~i]

    geometries = []
    for code, shape in sorted(shapes.items()):
        rings = [[[renumbered(i) for i in ring] for ring in polygon] for polygon in shape]
        if len(rings) == 1:
            geometries.append({"type": "Polygon", "id": code, "arcs": rings[0]})
        elif rings:
            geometries.append({"type": "MultiPolygon", "id": code, "arcs": rings})
    return {"type": "GeometryCollection", "geometries": geometries}


def _thinned(arcs: list[Arc], counties: dict[str, Shape], grid: _Sphere, least_km2: float) -> list[Arc]:
    """The arcs on fewer points, such that each stays on its side of every other."""
    least = [least_km2] * len(arcs)
    for shape in counties.values():
        size = abs(sum(grid.area(_line(ring, arcs)) for polygon in shape for ring in polygon))
        for i in _arcs_of(shape):
            least[_index(i)] = min(least[_index(i)], LEAST_SHARE * size)
    stay = [_staying(arc, _weights(arc, grid), km2) for arc, km2 in zip(arcs, least, strict=True)]
    while True:
        thin = [[arc[n] for n in kept] for arc, kept in zip(arcs, stay, strict=True)]
        spoilt = {i for pair in _crossings(thin) for i in pair} | set(_overrunning(arcs, stay, thin))
        mend = [i for i in spoilt if len(stay[i]) < len(arcs[i])]
        if not mend:
            return thin
        for i in mend:
            stay[i] = list(range(len(arcs[i])))


def _staying(arc: Arc, weights: list[float], least: float) -> list[int]:
    if arc[0] == arc[-1] and len(arc) > 3:  # an island: two points more, or it would be a line
        least = min(least, sorted(weights[1:-1])[-2])
    return [n for n, weight in enumerate(weights) if weight >= least]


def _overrunning(arcs: list[Arc], stay: list[list[int]], thin: list[Arc]) -> Iterator[int]:
    """Arcs with a point of another between what they were and what they are on fewer points."""
    points: dict[tuple[int, int], set[Point]] = defaultdict(set)
    for point in {point for arc in thin for point in arc}:
        points[point[0] >> 6, point[1] >> 8].add(point)
    for i, arc in enumerate(arcs):
        for a, b in pairwise(stay[i]):
            between = [*arc[a : b + 1], arc[a]]
            xs, ys = zip(*between, strict=True)
            near = (
                point
                for x in range(min(xs) >> 6, (max(xs) >> 6) + 1)
                for y in range(min(ys) >> 8, (max(ys) >> 8) + 1)
                for point in points.get((x, y), ())
            )
            if b > a + 1 and any(_encloses(between, p) for p in near if p not in between):
                yield i
                break


def _weights(arc: Arc, grid: _Sphere) -> list[float]:
    """For each point, the triangle below which it goes, in km²; infinite for the ends."""
    on = [grid.at(point) for point in arc]
    last = len(arc) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))

    def triangle(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = on[before[i]], on[i], on[after[i]]
        return abs((ax - bx) * (cy - by) - (cx - bx) * (ay - by)) / 2

    weights = [math.inf] * len(arc)
    now = {i: triangle(i) for i in range(1, last)}
    heap = [(area, i) for i, area in now.items()]
    heapq.heapify(heap)
    most = 0.0
    while heap:
        area, i = heapq.heappop(heap)
        if now.get(i) != area:
            continue
        del now[i]
        most = weights[i] = max(most, area)
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in now:
                now[j] = triangle(j)
                heapq.heappush(heap, (now[j], j))
    return weights


def _crossings(arcs: list[Arc]) -> Iterator[tuple[int, int]]:
    """Pairs of arcs of which segments cross, touch elsewhere than at an end of both, or are the same.

    Exact, in whole numbers; only segments in the same cells of a coarse grid are compared.
    """
    cells: dict[tuple[int, int], list[tuple[int, Point, Point]]] = defaultdict(list)
    for number, arc in enumerate(arcs):
        for a, b in pairwise(arc):
            for x in range(min(a[0], b[0]) >> 6, (max(a[0], b[0]) >> 6) + 1):
                for y in range(min(a[1], b[1]) >> 8, (max(a[1], b[1]) >> 8) + 1):
                    cells[x, y].append((number, a, b))
    for segments in cells.values():
        for n, (i, a, b) in enumerate(segments):
            for j, c, d in segments[:n]:
                if _clash(a, b, c, d):
                    yield i, j


def _clash(a: Point, b: Point, c: Point, d: Point) -> bool:
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return False
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    if common := {a, b} & {c, d}:
        return len(common) == 2
    return _side(a, b, c) * _side(a, b, d) <= 0 and _side(c, d, a) * _side(c, d, b) <= 0


def _side(a: Point, b: Point, c: Point) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def _doubled_area(points: Sequence[Point]) -> int:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points))
