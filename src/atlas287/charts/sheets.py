"""Sheets: the shapes of counties laid out on a grid, the nation with its insets or one state alone.

Made once a process and kept: thousands of pages draw on the same sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from ..sources.boundaries import ISLAND_AREAS, Boundaries, Feature
from . import albers
from .grid import Mesh, Point, area

#: How wide the nation is drawn: squares of the grid. The fine sheet bears being zoomed to a state.
COARSE, FINE = 1000, 2000
STATE_WIDTH = 1000  # of a state alone; one taller than wide is as high
MARGIN = 0.01  # of the width, around all

Projection = Callable[[float, float], tuple[float, float]]
Place = tuple[float, float]

#: West of here Hawaii has islands where nobody lives; with them the others would be specks.
_HAWAII_ENDS = -161.0
_EAST_OF_HERE_IS_WEST = 0.0  # the westernmost Aleutians have eastern longitudes


@dataclass(frozen=True)
class Sheet:
    """Counties laid out.

    Attributes:
        size: width and height, in squares of the grid.
        mesh: the counties' shapes by FIPS code.
        state: the postal code of each county's state.
        centre: a point inside each county's largest part, and the half width of what room it has there.
        insets: lines that part the insets from the rest, as the ``d`` of a path.
        unit: squares of the grid to a thousandth of the width: what sizes of marks are reckoned in.
    """

    size: tuple[int, int]
    mesh: Mesh
    state: Mapping[str, str]
    centre: Mapping[str, tuple[float, float, float]]
    insets: str = ""

    @property
    def unit(self) -> float:
        return max(self.size) / 1000

    # Lines that many pages draw, as the ``d`` of a path each.

    @cached_property
    def land(self) -> str:
        """All counties as one shape."""
        return self.mesh.joined(self.mesh.shapes)

    @cached_property
    def county_lines(self) -> str:
        """The borders between counties."""
        return self.mesh.borders(lambda fips: fips, True)

    @cached_property
    def state_lines(self) -> str:
        """The borders between states."""
        return self.mesh.borders(lambda fips: self.state[fips], True)

    @cached_property
    def coast(self) -> str:
        """What is around all: coasts and the borders of the country, or of the state that is alone."""
        return self.mesh.borders(lambda fips: fips, False)


@cache
def _counties() -> tuple[Feature, ...]:
    return tuple(Boundaries().county_shapes())


@cache
def counties() -> dict[str, str]:
    """The state of each county of which there is a shape, by FIPS code."""
    return {f["id"]: f["properties"]["state"] for f in _counties()}


@cache
def states() -> frozenset[str]:
    """The states and territories of which there are shapes, by postal code."""
    return frozenset(counties().values())


@cache
def notice() -> str:
    """Whose boundaries they are; a map's credit line says it."""
    return Boundaries().notice


@cache
def nation(width: int = COARSE) -> Sheet:
    """The fifty states, the District and Puerto Rico; Alaska, Hawaii and Puerto Rico in insets.

    Alaska is drawn at 0.3 of the scale, Puerto Rico at 1.6. Territories in
    :data:`sources.boundaries.ISLAND_AREAS` are not on it: whoever shows it names them beside it.
    """
    parts: dict[str, list[Feature]] = {"": [], "AK": [], "HI": [], "PR": []}
    for feature in _counties():
        state = feature["properties"]["state"]
        if state not in ISLAND_AREAS:
            parts[state if state in parts else ""].append(feature)
    main = {f["id"]: _rings(f, albers.CONTIGUOUS) for f in parts[""]}
    west, north, east, south = _bounds(main.values())
    scale = width * (1 - 2 * MARGIN) / (east - west)
    edge = width * MARGIN
    placed = _laid(main, scale, (edge - scale * west, edge - scale * north))
    bottom = (south - north) * scale + 2 * edge
    # Each inset by its lower left or right corner, in shares of the width.
    for state, projection, relative, corner, ends in (
        ("AK", albers.ALASKA, 0.3, (0.01, 0.635), "left"),
        ("HI", albers.HAWAII, 1.0, (0.265, 0.632), "left"),
        ("PR", albers.PUERTO_RICO, 1.6, (0.985, 0.622), "right"),
    ):
        own = {f["id"]: _rings(f, projection) for f in parts[state]}
        w, _, e, s = _bounds(own.values())
        k = scale * relative
        x = corner[0] * width - k * (w if ends == "left" else e)
        placed |= _laid(own, k, (x, corner[1] * width - k * s))
    height = max(bottom, 0.645 * width)
    thin = width / 1000
    return _sheet(
        placed, (width, round(height)), _counties(), least=thin * 0.8, islands=2 * thin,
        insets=_inset_lines(width),
    )  # fmt: skip


def _inset_lines(width: int) -> str:
    def line(*points: Place) -> str:
        return "M" + "L".join(f"{round(x * width)} {round(y * width)}" for x, y in points)

    return (
        line((0.0, 0.5), (0.165, 0.5), (0.205, 0.57), (0.25, 0.595), (0.25, 0.645))
        + line((0.262, 0.57), (0.345, 0.59), (0.4, 0.62), (0.4, 0.645))
        + line((0.925, 0.645), (0.925, 0.59), (1.0, 0.59))
    )


@cache
def state_alone(state: str) -> Sheet:
    """One state or territory in its own projection, as large as the grid is wide or, if it is tall, high.

    Raises:
        KeyError: there is no shape of it.
    """
    features = [f for f in _counties() if f["properties"]["state"] == state]
    if not features:
        raise KeyError(state)
    own = [p for f in features for polygon in _polygons(f) for ring in polygon for p in ring]
    lons = [lon if lon < _EAST_OF_HERE_IS_WEST or state in {"GU", "MP"} else lon - 360 for lon, _ in own]
    lats = [lat for _, lat in own]
    projection = albers.ALASKA if state == "AK" else albers.around(min(lons), min(lats), max(lons), max(lats))
    rings = {f["id"]: _rings(f, projection) for f in features}
    west, north, east, south = _bounds(rings.values())
    edge = STATE_WIDTH * MARGIN
    scale = (STATE_WIDTH - 2 * edge) / max(east - west, south - north)
    size = round((east - west) * scale + 2 * edge), round((south - north) * scale + 2 * edge)
    placed = _laid(rings, scale, (edge - scale * west, edge - scale * north))
    return _sheet(placed, size, features, least=2, islands=4)


def _polygons(feature: Feature) -> Iterable[Sequence[Sequence[Place]]]:
    for polygon in feature["geometry"]["coordinates"]:
        if feature["properties"]["state"] != "HI" or polygon[0][0][0] > _HAWAII_ENDS:
            yield polygon


def _rings(feature: Feature, projection: Projection) -> list[list[Place]]:
    return [[projection(*point) for point in ring[:-1]] for polygon in _polygons(feature) for ring in polygon]


def _bounds(shapes: Iterable[Iterable[Iterable[Place]]]) -> tuple[float, float, float, float]:
    points = [point for rings in shapes for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _laid(
    shapes: Mapping[str, Sequence[Sequence[Place]]], scale: float, by: Place
) -> dict[str, list[list[Point]]]:
    return {
        name: [[(round(x * scale + by[0]), round(y * scale + by[1])) for x, y in ring] for ring in rings]
        for name, rings in shapes.items()
    }


def _sheet(
    shapes: Mapping[str, Sequence[Sequence[Point]]],
    size: tuple[int, int],
    features: Iterable[Feature],
    least: float,
    islands: float,
    insets: str = "",
) -> Sheet:
    mesh = Mesh(shapes, least, islands)
    state = {f["id"]: f["properties"]["state"] for f in features if f["id"] in shapes}
    return Sheet(size, mesh, state, {fips: _centre(mesh, fips) for fips in shapes}, insets)


def _centre(mesh: Mesh, fips: str) -> tuple[float, float, float]:
    """The middle of the widest run across a county near the middle of its largest part, and half that run."""
    ring = max(map(mesh.line, mesh.shapes[fips]), key=lambda line: abs(area(line)))
    if len(ring) < 3 or not area(ring):
        return float(ring[0][0]), float(ring[0][1]), 0.5
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    best = (0.0, float(ring[0][0]), float(ring[0][1]))
    for share in (0.5, 0.4, 0.6, 0.3, 0.7):
        y = top + (bottom - top) * share + 0.001  # never through a point
        cuts = sorted(
            ax + (y - ay) * (bx - ax) / (by - ay)
            for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (ay > y) != (by > y)
        )
        for west, east in zip(cuts[::2], cuts[1::2], strict=True):
            # Runs near the middle are liked a little better.
            room = min(east - west, 2 * (bottom - y), 2 * (y - top))
            best = max(best, (room, (west + east) / 2, y))
    room, x, y = best
    return round(x, 1), round(y, 1), max(0.5, room / 2)
