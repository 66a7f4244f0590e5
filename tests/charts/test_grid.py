"""Shapes on a grid: borders found again, shapes joined, lines thinned."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from atlas287.charts.grid import Mesh, thinned
from tests.charts.drawn import area, rings

SIZE = 10


def squares(width: int, height: int) -> dict[str, list[list[tuple[int, int]]]]:
    """A chequerboard of squares, clockwise."""
    return {
        f"{x},{y}": [
            [
                (x * SIZE, y * SIZE),
                ((x + 1) * SIZE, y * SIZE),
                ((x + 1) * SIZE, (y + 1) * SIZE),
                (x * SIZE, (y + 1) * SIZE),
            ]
        ]
        for x in range(width)
        for y in range(height)
    }


def size_of(d: str) -> float:
    return abs(sum(map(area, rings(d))))


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1))
def test_shapes_joined_cover_what_they_cover_apart(chosen: set[tuple[int, int]]) -> None:
    mesh = Mesh(squares(5, 5))
    joined = mesh.joined(f"{x},{y}" for x, y in chosen)
    assert size_of(joined) == len(chosen) * SIZE**2


def test_joined_squares_have_no_border_between_them() -> None:
    mesh = Mesh(squares(2, 1))
    (ring,) = rings(mesh.joined(mesh.shapes))
    assert {(0, 0), (20, 0), (20, 10), (0, 10)} <= set(ring) and len(ring) <= 5  # where it begins may stay
    assert (10, 10) not in ring or (10, 0) not in ring


def test_a_hole_stays_a_hole() -> None:
    mesh = Mesh(squares(3, 3))
    around = mesh.joined(name for name in mesh.shapes if name != "1,1")
    assert len(rings(around)) == 2
    assert size_of(around) == 8 * SIZE**2


def test_every_border_is_drawn_once() -> None:
    mesh = Mesh(squares(3, 3))

    def long(d: str) -> float:
        return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for line in rings(d) for a, b in pairwise(line))

    assert long(mesh.borders(lambda n: n, True)) == 12 * SIZE
    assert long(mesh.borders(lambda n: n, False)) == 12 * SIZE
    assert long(mesh.borders(lambda n: n[0], True)) == 6 * SIZE  # between columns alone


def test_a_shape_too_small_for_the_grid_is_still_there() -> None:
    mesh = Mesh({"speck": [[(3, 4), (3, 4), (3, 4)]]}, least=2, islands=9)
    assert mesh.path("speck") == "M3 4h1v1h-1z"


def test_islands_go_but_not_the_largest_part() -> None:
    far = [(x + 100, y) for x, y in squares(1, 1)["0,0"][0]]
    small = [(200, 0), (202, 0), (202, 2), (200, 2)]
    mesh = Mesh({"a": [far, small], "b": [[(300, 0), (302, 0), (302, 2), (300, 2)]]}, islands=50)
    assert len(mesh.shapes["a"]) == 1 and len(mesh.shapes["b"]) == 1


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=40),
    st.floats(0, 100),
)
def test_a_thinned_line_keeps_its_ends_and_adds_nothing(line: list[tuple[int, int]], least: float) -> None:
    thin = thinned(tuple(line), least)
    assert thin[0] == line[0] and thin[-1] == line[-1]
    rest = iter(line)
    assert all(point in rest for point in thin), "its points are the line's, in order"
