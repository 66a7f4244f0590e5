"""Shapes on a grid of whole numbers that share their borders: thinned, joined, written shortly.

Shapes that meet are rounded to the same points, so the lines between where three of them meet
(*arcs*) can be found again from the points alone. An arc is thinned once for both its sides, and
neighbours keep a common border. Points go in the order of the triangles they make with their
neighbours (Visvalingam and Whyatt 1993), as in :mod:`atlas287.sources.us_atlas`, here on the plane and
for the eye alone.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

Point = tuple[int, int]
Line = tuple[Point, ...]
Ring = list[int]  # arcs in order; ~i is arc i from its end
Name = TypeVar("Name", bound=Hashable)


class Mesh:
    """Shapes by name, with the borders they share.

    Args:
        shapes: by name, closed lines of points on the grid, the first not repeated at the end; outer
            rings and holes alike (filled by the even-odd rule or by their sense).
        least: triangles of less than this area, in squares of the grid, are cut off.
        islands: rings of less than this area are left out, but the largest of each shape is not.
    """

    def __init__(self, shapes: Mapping[str, Sequence[Sequence[Point]]], least: float = 0, islands: float = 0):
        beside: dict[Point, set[Point]] = defaultdict(set)
        closed = {name: _kept(rings, islands) for name, rings in shapes.items()}
        for rings in closed.values():
            for ring in rings:
                for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
                    beside[a].add(b)
                    beside[b].add(a)
        corners = {point for point, others in beside.items() if len(others) != 2}
        self._number: dict[Line, int] = {}
        self.shapes = {name: [self._arcs_of(ring, corners) for ring in own] for name, own in closed.items()}
        self.arcs = [thinned(line, least) for line in self._number]
        self._paths: dict[str, str] = {}

    def _arcs_of(self, ring: list[Point], corners: set[Point]) -> Ring:
        start = next((n for n, point in enumerate(ring) if point in corners), None)
        if start is None:  # an island, or a hole that one shape fills
            start = ring.index(min(ring))
        walk = [*ring[start:], *ring[:start], ring[start]]
        cuts = [n for n, point in enumerate(walk) if point in corners] if walk[0] in corners else []
        cuts = cuts or [0, len(walk) - 1]
        return [self._arc(tuple(walk[a : b + 1])) for a, b in pairwise(cuts)]

    def _arc(self, line: Line) -> int:
        back = line[::-1]
        if back in self._number:
            return ~self._number[back]
        return self._number.setdefault(line, len(self._number))

    def line(self, ring: Ring) -> list[Point]:
        """A ring's points, the first not repeated."""
        points: list[Point] = []
        for i in ring:
            points.extend(self._directed(i)[:-1])
        return points

    def _directed(self, i: int) -> Line:
        return self.arcs[i] if i >= 0 else self.arcs[~i][::-1]

    def path(self, name: str) -> str:
        """A shape as the ``d`` of a path; never empty. Kept, for it is on many pages."""
        if name not in self._paths:
            self._paths[name] = self._path(name)
        return self._paths[name]

    def _path(self, name: str) -> str:
        rings = [line for line in map(self.line, self.shapes[name]) if len(line) > 2]
        if not rings:
            x, y = next((self.line(ring)[0] for ring in self.shapes[name]), (0, 0))
            return f"M{x} {y}h1v1h-1z"
        return closed_path(rings)

    def joined(self, names: Iterable[str]) -> str:
        """Shapes as one, the borders between them gone, as the ``d`` of a path ("" for none)."""
        once: set[int] = set()
        for name in names:
            for ring in self.shapes[name]:
                for i in ring:
                    if ~i in once:
                        once.remove(~i)
                    else:
                        once.add(i)
        lines = (_straight((*line, line[0]))[:-1] for line in map(self.line, self._rings(once)) if line)
        return closed_path([line for line in lines if len(line) > 2])

    def _rings(self, arcs: Iterable[int]) -> Iterable[Ring]:
        leaving: dict[Point, list[int]] = defaultdict(list)
        for i in sorted(arcs, reverse=True):
            leaving[self._directed(i)[0]].append(i)
        for start in sorted(leaving):
            while leaving[start]:
                ring, at = [], start
                while leaving[at]:
                    ring.append(leaving[at].pop())
                    at = self._directed(ring[-1])[-1]
                yield ring

    def borders(self, of: Callable[[str], Name], between: bool) -> str:
        """The lines between shapes of unlike ``of`` (or, not ``between``, around all), each drawn once."""
        sides: dict[int, list[Name]] = defaultdict(list)
        for name, rings in self.shapes.items():
            for i in {i if i >= 0 else ~i for ring in rings for i in ring}:
                sides[i].append(of(name))
        wanted = [
            i for i, names in sorted(sides.items()) if (len(set(names)) > 1 if between else len(names) == 1)
        ]
        return open_path(self._chains(wanted))

    def _chains(self, arcs: Iterable[int]) -> list[list[Point]]:
        """Arcs strung together where one goes on from another."""
        at: dict[Point, list[int]] = defaultdict(list)
        for i in arcs:
            at[self.arcs[i][0]].append(i)
            at[self.arcs[i][-1]].append(i)
        used: set[int] = set()
        chains = []
        # Ends first, so that a line is not begun in its middle.
        for start in sorted(at, key=lambda p: (len(at[p]) % 2 == 0, p)):
            while left := [i for i in at[start] if i not in used]:
                chain, here, i = [start], start, left[0]
                while True:
                    used.add(i)
                    line = self.arcs[i] if self.arcs[i][0] == here else self.arcs[i][::-1]
                    chain.extend(line[1:])
                    here = line[-1]
                    onward = [j for j in at[here] if j not in used]
                    if not onward:
                        break
                    i = onward[0]
                chains.append(chain)
        return chains


def area(ring: Sequence[Point]) -> float:
    """Of a closed line, in squares of the grid; its sign tells its sense."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _kept(rings: Sequence[Sequence[Point]], islands: float) -> list[list[Point]]:
    """Without repeated points, spikes, and what is too small to see."""
    cleaned = [ring for ring in map(_cleaned, rings) if ring]
    if not cleaned:
        return [list(ring[:1]) for ring in rings[:1]]
    largest = max(cleaned, key=lambda ring: abs(area(ring)))
    return [ring for ring in cleaned if ring is largest or abs(area(ring)) > islands]


def _cleaned(ring: Sequence[Point]) -> list[Point]:
    points: list[Point] = []
    for point in ring:
        if not points or points[-1] != point:
            points.append(point)
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def thinned(line: Line, least: float) -> Line:
    """A line without the points whose triangles are smaller than ``least``; its ends stay."""
    last = len(line) - 1
    if last < 2 or not least:
        return _straight(line)
    keep = 2 if line[0] == line[-1] else 0  # a closed line stays a triangle
    before, after = list(range(-1, last)), list(range(1, last + 2))

    def triangle(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = line[before[i]], line[i], line[after[i]]
        return abs((ax - bx) * (cy - by) - (cx - bx) * (ay - by)) / 2

    now = {i: triangle(i) for i in range(1, last)}
    heap = [(size, i) for i, size in now.items()]
    heapq.heapify(heap)
    while heap and len(now) > keep:
        size, i = heapq.heappop(heap)
        if now.get(i) != size:
            continue
        if size >= least:
            break
        del now[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in now:
                now[j] = max(size, triangle(j))
                heapq.heappush(heap, (now[j], j))
    return tuple(line[i] for i in (0, *sorted(now), last))


def _straight(line: Line) -> Line:
    """Without points on the straight line between their neighbours."""
    points = list(line[:1])
    for here, after in pairwise(line[1:]):
        (ax, ay), (bx, by), (cx, cy) = points[-1], here, after
        if (ax - bx) * (cy - by) != (cx - bx) * (ay - by):
            points.append(here)
    return (*points, *line[-1:]) if len(line) > 1 else line


def closed_path(rings: Iterable[Sequence[Point]]) -> str:
    """Rings as the ``d`` of a path, in steps from point to point."""
    return "".join(f"M{ring[0][0]} {ring[0][1]}{_steps(ring)}z" for ring in rings)


def open_path(lines: Iterable[Sequence[Point]]) -> str:
    """Lines as the ``d`` of a path."""
    return "".join(f"M{line[0][0]} {line[0][1]}{_steps(line)}" for line in lines)


def _steps(line: Sequence[Point]) -> str:
    out = "l" if len(line) > 1 else ""
    for n, (a, b) in enumerate(pairwise(line)):
        x, y = b[0] - a[0], b[1] - a[1]
        out += f"{x}" if not n or x < 0 else f" {x}"
        out += f"{y}" if y < 0 else f" {y}"
    return out
