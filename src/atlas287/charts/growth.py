"""The program's growth: agreements over time by support model, stacked, from zero.

Our own SVG and not Altair's: it is coloured by class, so it works in dark mode and print and under a
policy without inline style; it breaks where its basis changes; and a phone gets a layout of its own.
The page carries both layouts, and the style sheet shows one. Altair with vl-convert would be 35 MB
to install for two charts, and its colours would be fixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .svg import element, hatch, number, picture, text
from .timeaxis import Axis
from .words import ENGLISH, Words

#: From the ground up: what grew last is on top.
MODELS = ("hybrid", "jem", "wso", "tfm")


@dataclass(frozen=True, slots=True)
class Point:
    """The number of agreements by model on a day; None: nothing is known from here to the next point.

    ``unsure``: further ones of which it is not known whether they stood.
    """

    on: date
    counts: Mapping[str, int] | None
    unsure: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values()) if self.counts else 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points on one basis, in order of days: ``in-force`` (our reading of all sources) or ``listed``."""

    basis: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    width: int
    panel: int  # height of the main panel
    small: int  # of the magnified one
    left: int = 44
    right: int = 152
    two_lines: bool = False


WIDE = _Layout(760, 260, 130)
NARROW = _Layout(320, 240, 120, left=42, right=100, two_lines=True)


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where a panel lies, and its scale: ``most`` at ``top``, nothing at ``bottom``."""

    top: float
    bottom: float
    most: int

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.most


def growth(
    stretches: Sequence[Stretch],
    *,
    title: str,
    desc: str,
    id: str = "growth",
    words: Words = ENGLISH,
    turns: Mapping[date, str] | None = None,
    magnified_until: date | None = date(2024, 12, 31),
    layout: _Layout = WIDE,
) -> str:
    """Agreements over time.

    Args:
        stretches: in order of time; between two of them the curve breaks, and says why.
        turns: what is marked on the time axis; the words' own unless told.
        magnified_until: what came before is drawn once more on a scale of its own; None: it is not.
        layout: :data:`WIDE` or :data:`NARROW`; :func:`both` gives both.

    Raises:
        ValueError: there is no point to draw, or points are not in order.
    """
    points = [p for s in stretches for p in s.points]
    if not any(p.counts for p in points):
        raise ValueError("growth without a point to draw")
    if any(a.on > b.on for a, b in pairwise(points)):
        raise ValueError("points of growth are not in order of days")
    axis = Axis(
        date(points[0].on.year, 1, 1), points[-1].on,
        100 * layout.left / layout.width, 100 * layout.right / layout.width,
    )  # fmt: skip
    marked = dict(axis.shown(words.turns if turns is None else turns))
    early = [p for p in points if magnified_until and p.on <= magnified_until]
    show_early = bool(early) and len(early) < len(points) and any(p.counts for p in early)
    top = 8.0 + 18 * len(stretches)
    begin = top
    panels: list[_Panel] = []
    if show_early:
        top += 18
        panels.append(_Panel(top, top + layout.small, _nice(max(p.total + p.unsure for p in early))))
        top += layout.small + 12
    lift = 15 * len(marked) + 6 * bool(marked)
    top += 18 + lift
    panels.append(_Panel(top, top + layout.panel, _nice(max(p.total + p.unsure for p in points))))
    bottom = top + layout.panel
    draw = _Drawing(layout, axis, words, id)
    body = [hatch(f"{id}-hatch", 5), *draw.bases(stretches, 8.0, begin)]
    if show_early and magnified_until:
        until = words.day(magnified_until)
        body += draw.panel(panels[0], f"{words.magnified} {until}", stretches, magnified_until)
    body += draw.panel(panels[-1], words.all_years, stretches, None, lift)
    body += draw.turns(marked, panels[-1].top - lift, bottom)
    body += draw.years(bottom, panels)
    body += draw.ends(points[-1], panels[-1])
    return picture(
        body, title=title, desc=desc, id=id,
        class_=f"growth {'narrow' if layout is NARROW else 'wide'}", box=(layout.width, bottom + 26),
    )  # fmt: skip


def both(stretches: Sequence[Stretch], *, id: str = "growth", **values: object) -> str:
    """Both layouts of :func:`growth`, of which the style sheet shows the one that fits."""
    given: dict[str, object] = dict(values)
    return "".join(
        growth(stretches, id=f"{id}-{name}", layout=layout, **given)  # type: ignore[arg-type]
        for name, layout in (("wide", WIDE), ("narrow", NARROW))
    )


def _nice(most: int) -> int:
    """The end of an axis: the next number that parts evenly into four or five."""
    size = 1
    while True:
        for step in (4, 5, 8, 10, 12, 16, 20, 24):
            if step * size >= max(4, most):
                return step * size
        size *= 10


@dataclass(frozen=True, slots=True)
class _Drawing:
    layout: _Layout
    axis: Axis
    words: Words
    id: str

    def x(self, day: date) -> float:
        return self.axis.at(day) * self.layout.width / 100

    @property
    def edge(self) -> float:
        return self.layout.width - self.layout.right

    def bases(self, stretches: Sequence[Stretch], top: float, bottom: float) -> Iterator[str]:
        """What each stretch is, over the time that it spans."""
        for n, stretch in enumerate(stretches):
            y = top + 18 * n
            a, b = self.x(stretch.points[0].on), self.x(stretch.points[-1].on)
            said = self.words.listed if stretch.basis == "listed" else self.words.in_force
            right = n == len(stretches) - 1 and n > 0
            yield element(
                "path",
                d=f"M{_n(a)} {_n(y + 14)}H{_n(b)}M{_n(a)} {_n(y + 10)}v8M{_n(b)} {_n(y + 10)}v8",
                class_="basis",
            )
            yield element(
                "text", text(said), x=b if right else a, y=y + 8, class_="basis-label",
                text_anchor="end" if right else "start",
            )  # fmt: skip

    def panel(
        self, panel: _Panel, heading: str, stretches: Sequence[Stretch], until: date | None, lift: float = 0
    ) -> Iterator[str]:
        edge = self.edge if until is None else self.x(until)
        left = self.layout.left
        yield element("text", text(heading), x=left, y=panel.top - 6 - lift, class_="heading")
        parts = 5 if panel.most % 5 == 0 and panel.most % 4 else 4
        for n in range(parts + 1):
            value = panel.most * n // parts
            y = panel.y(value)
            yield element("path", d=f"M{left} {_n(y)}H{_n(edge)}", class_="zero" if not n else "tick")
            yield element(
                "text", text(self.words.count(value)), x=left - 6, y=y + 4, class_="axis", text_anchor="end"
            )
        for stretch in stretches:
            for run in _runs(stretch.points, until):
                yield from self.stack(run, panel)
        if until is not None:
            yield from self.inside(stretches, panel, until)
        for one, other in pairwise(stretches):
            a, b = one.points[-1].on, other.points[0].on
            if until is None or b <= until:
                x = (self.x(a) + self.x(b)) / 2
                yield element("path", d=f"M{_n(x)} {_n(panel.top)}V{_n(panel.bottom)}", class_="break")

    def stack(self, run: Sequence[Point], panel: _Panel) -> Iterator[str]:
        """The models of a run without gaps, one on another, and on top what is not sure."""
        ground = [0] * len(run)
        for model in (*MODELS, "unsure"):
            counts = [p.unsure if model == "unsure" else (p.counts or {}).get(model, 0) for p in run]
            if not any(counts):
                continue
            roof = [g + c for g, c in zip(ground, counts, strict=True)]
            up = [(self.x(p.on), panel.y(v)) for p, v in zip(run, roof, strict=True)]
            down = [(self.x(p.on), panel.y(v)) for p, v in zip(run, ground, strict=True)]
            d = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in [*up, *reversed(down)]) + "z"
            fill = f"url(#{self.id}-hatch)" if model == "unsure" else None
            yield element("path", d=d, class_=f"area {model}", fill=fill)
            ground = roof

    def inside(self, stretches: Sequence[Stretch], panel: _Panel, until: date) -> Iterator[str]:
        """The names of models, each where it is thick for longest."""
        runs = [run for s in stretches for run in _runs(s.points, until)]
        for model in MODELS:
            most = max((p.counts or {}).get(model, 0) for run in runs for p in run)
            if panel.y(0) - panel.y(most) < 12:
                continue
            thick = [[p for p in run if (p.counts or {}).get(model, 0) >= 0.8 * most] for run in runs]
            own = max(thick, key=lambda run: (run[-1].on - run[0].on).days if run else -1)
            middle = own[0].on + (own[-1].on - own[0].on) / 2
            at = min(own, key=lambda p: abs((p.on - middle).days)).counts or {}
            below = sum(at.get(m, 0) for m in MODELS[: MODELS.index(model)])
            name = self.words.short[model]
            half = 3.6 * len(name)  # half of what it takes, as a guess, for no font is known here
            x = min(max(self.x(middle), self.layout.left + half), self.x(until) - half)
            yield element(
                "text", text(name), x=x, y=panel.y(below + at.get(model, 0) / 2) + 4,
                class_="inside", text_anchor="middle",
            )  # fmt: skip

    def turns(self, turns: Mapping[date, str], top: float, bottom: float) -> Iterator[str]:
        for n, day in enumerate(turns):
            yield element("path", d=f"M{_n(self.x(day))} {_n(top + 15 * n + 2)}V{_n(bottom)}", class_="turn")
        for n, (day, said) in enumerate(turns.items()):
            x, y = self.x(day), top + 15 * n
            before = x > self.layout.width * 0.45
            yield element(
                "text", text(said), x=x + (-4 if before else 4), y=y + 10, class_="turn-label",
                text_anchor="end" if before else "start",
            )  # fmt: skip

    def years(self, bottom: float, panels: Sequence[_Panel]) -> Iterator[str]:
        for day, major in self.axis.ticks():
            if not major and self.layout.two_lines:
                continue
            x = self.x(day)
            said = str(day.year) if day.month == 1 else self.words.month(day)
            yield element("path", d=f"M{_n(x)} {_n(bottom)}v5", class_="zero")
            yield element("text", text(said), x=x, y=bottom + 19, class_="axis", text_anchor="middle")

    def ends(self, last: Point, panel: _Panel) -> Iterator[str]:
        """At the right end the models' names and numbers, none over another."""
        counts, below, free = last.counts or {}, 0, panel.bottom + 8
        gap = 28 if self.layout.two_lines else 15
        for model in MODELS:
            if not (own := counts.get(model, 0)):
                continue
            y = min(panel.y(below + own / 2) + 4, free)
            free, below = y - gap, below + own
            name, count = self.words.short[model], self.words.count(own)
            if self.layout.two_lines:
                yield element("text", text(name), x=self.edge + 6, y=y - 6, class_=f"end {model}")
                yield element("text", text(count), x=self.edge + 6, y=y + 7, class_="end-count")
            else:
                yield element("text", text(f"{name} {count}"), x=self.edge + 8, y=y, class_=f"end {model}")
        y = min(panel.y(last.total) - 6, free)
        yield element(
            "text", text(f"{self.words.total} {self.words.count(last.total)}"), x=self.edge + 8, y=y,
            class_="total",
        )  # fmt: skip


def _runs(points: Sequence[Point], until: date | None) -> Iterator[list[Point]]:
    """The points in runs between gaps."""
    run: list[Point] = []
    for point in points:
        if until is not None and point.on > until:
            break
        if point.counts is None:
            if run:
                yield run
            run = []
        else:
            run.append(point)
    if run:
        yield run


def _n(value: float) -> str:
    return number(round(value, 1))
