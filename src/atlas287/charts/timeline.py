"""The program's story over its growth: numbered events above the curve of agreements.

Three times as long as others say one thing each: the decades before, the first wave and its end, the
surge. Each is a panel with an axis and a scale of its own, for on one axis either the surge or all
that was before it would be a smudge. Events are numbered, so that a list beside the
picture tells them; what can be read where it stands has its words too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .svg import element, link, number, picture, text
from .timeaxis import Axis
from .words import ENGLISH, Words

#: Rows of events, from above.
GROUPS = ("federal", "mandate", "ban", "count")

_ROW = 23
_RADIUS = 9
_LETTER = 6.1  # the width of a letter of 12 pixels, as a guess: no font is known here


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Attributes:
        n: the number that the list beside the picture gives it.
        start: the day, or the first of the month or year that is known.
        end: where it is a time, or known only so finely: the last day of it.
        group: one of :data:`GROUPS`.
        label: drawn beside its number, where there is room.
        said: what a pointer or a screen reader is told.
        count: agreements that a source counted then, drawn at its height over the curve.
    """

    n: int
    start: date
    group: str
    label: str
    said: str
    href: str = ""
    end: date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The curve on one basis, ``in-force`` or ``listed``: days in order, None where nothing is known."""

    basis: str
    points: tuple[tuple[date, int | None], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """One panel's time, both days within it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Layout:
    name: str
    width: int
    left: int
    right: int
    curve: int


WIDE = _Layout("wide", 760, 44, 16, 120)
NARROW = _Layout("narrow", 320, 42, 10, 110)


def timeline(
    events: Sequence[Event],
    curve: Sequence[Stretch],
    spans: Sequence[Span],
    *,
    groups: Mapping[str, str],
    title: str,
    desc: str,
    id: str = "timeline",
    words: Words = ENGLISH,
    layout: _Layout = WIDE,
) -> str:
    """Events over the curve, a panel for each span.

    Args:
        spans: in order of time, without a common day; every event starts in one of them.
        groups: what each of :data:`GROUPS` is called.
        layout: :data:`WIDE` or :data:`NARROW`; :func:`both` gives both.

    Raises:
        ValueError: spans are not in order, an event is of no group, or starts in no span.
    """
    if any(a.last >= b.first for a, b in pairwise(spans)) or any(s.first >= s.last for s in spans):
        raise ValueError("spans of a timeline are not in order of days")
    for event in events:
        if event.group not in GROUPS:
            raise ValueError(f"no such group of events: {event.group!r}")
        if not any(s.first <= event.start <= s.last for s in spans):
            raise ValueError(f"event {event.n} starts in no span of the timeline")
    body: list[str] = []
    top = 4.0
    for span in spans:
        own = [e for e in events if span.first <= e.start <= span.last]
        panel = _Panel(layout, span, words, groups, top)
        body += panel.drawn(own, curve)
        top = panel.bottom + 44
    return picture(
        body, title=title, desc=desc, id=f"{id}-{layout.name}", class_=f"timeline {layout.name}",
        box=(layout.width, top - 14),
    )  # fmt: skip


def both(
    events: Sequence[Event], curve: Sequence[Stretch], spans: Sequence[Span], *, id: str = "timeline",
    **values: object,
) -> str:  # fmt: skip
    """Both layouts of :func:`timeline`, of which the style sheet shows the one that fits."""
    given: dict[str, object] = dict(values)
    return "".join(
        timeline(events, curve, spans, id=id, layout=layout, **given)  # type: ignore[arg-type]
        for layout in (WIDE, NARROW)
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """An event in its row: where its number is, and on which side its words are, if on any."""

    event: Event
    row: int
    x: float
    side: str  # start, end, or "" without words


class _Panel:
    """One span, from its heading down to its axis."""

    def __init__(
        self, layout: _Layout, span: Span, words: Words, groups: Mapping[str, str], top: float
    ) -> None:
        self.layout, self.span, self.words, self.groups = layout, span, words, groups
        self.top = self.bottom = top
        self.axis = Axis(
            span.first, span.last, 100 * layout.left / layout.width, 100 * layout.right / layout.width
        )
        self.edge = layout.width - layout.right

    def x(self, day: date) -> float:
        return self.axis.at(day) * self.layout.width / 100

    def drawn(self, events: Sequence[Event], curve: Sequence[Stretch]) -> Iterator[str]:
        years = f"{self.span.first.year}–{self.span.last.year}"
        yield element("text", text(years), x=4, y=self.top + 13, class_="heading")
        y, marks, stems = self.top + 20, [], []
        for group in GROUPS:
            own = [e for e in events if e.group == group]
            if not own:
                continue
            y += 15
            marks.append(element("text", text(self.groups[group]), x=4, y=y - 2, class_="group"))
            placed = list(self.placed(own))
            for p in placed:
                middle = y + _ROW * p.row + _ROW / 2
                marks.append(self.mark(p, middle))
                stems.append((p, middle))
            y += _ROW * (1 + max(p.row for p in placed)) + 2
        parts = [(s.basis, known) for s in curve for known in self.known(s)]
        most = _nice(max((v for _, run in parts for _, v in run), default=0))
        self.bottom = y + 16 + self.layout.curve if parts else y + 6
        # Stems first, for numbers and curve lie over them.
        for p, middle in stems:
            yield element("path", d=f"M{_n(p.x)} {_n(middle)}V{_n(self.bottom)}", class_="stem")
        if parts:
            yield from self.curve(parts, most, y + 16)
            yield from self.counts(events, most, y + 16)
        yield from self.ticks()
        yield from marks

    def placed(self, events: Sequence[Event]) -> Iterator[_Placed]:
        """Events in as few rows as they need without lying over each other."""
        rows: list[list[tuple[float, float]]] = []
        room = 0.62 * (self.edge - self.layout.left)
        for event in sorted(events, key=lambda e: (e.start, e.n)):
            x = min(max(self.x(event.start), _RADIUS + 1.0), self.edge - _RADIUS)
            wide = _LETTER * len(event.label) + 6
            until = max(x, self.x(event.end) if event.end else x)
            after = max(x + _RADIUS, until) + 5
            side = "" if not event.label or wide > room else "start"
            if side and after + wide > self.edge:
                side = "end" if x - _RADIUS - wide > 0 else ""
            begin = x - _RADIUS - 3 - (wide if side == "end" else 0)
            end = max(x + _RADIUS, until) + 3 + (wide if side == "start" else 0)
            row = next(
                (n for n, own in enumerate(rows) if all(end < a or begin > b for a, b in own)), len(rows)
            )
            if row == len(rows):
                rows.append([])
            rows[row].append((begin, end))
            yield _Placed(event, row, x, side)

    def mark(self, placed: _Placed, y: float) -> str:
        """A number in a circle, with a bar where it is a time, and its words."""
        event, x = placed.event, placed.x
        parts = [element("title", text(event.said))]
        after = x + _RADIUS
        if event.end and (until := min(self.x(event.end), self.edge)) > x:
            parts.append(element("path", d=f"M{_n(x)} {_n(y)}H{_n(until)}", class_="while"))
            after = max(after, until)
        parts.append(element("circle", cx=_n(x), cy=_n(y), r=_RADIUS, class_=f"event {event.group}"))
        parts.append(element("text", text(event.n), x=x, y=y + 4, class_="n", text_anchor="middle"))
        if placed.side:
            at = after + 5 if placed.side == "start" else x - _RADIUS - 5
            anchor = placed.side
            parts.append(
                element("text", text(event.label), x=at, y=y + 4, class_="label", text_anchor=anchor)
            )
        return link(event.href, element("g", *parts, class_="mark"), aria_label=event.said)

    def known(self, stretch: Stretch) -> Iterator[list[tuple[date, int]]]:
        """The runs of a stretch that lie in the span, between gaps."""
        run: list[tuple[date, int]] = []
        for day, value in stretch.points:
            if value is None or not self.span.first <= day <= self.span.last:
                if run:
                    yield run
                run = []
            else:
                run.append((day, value))
        if run:
            yield run

    def curve(
        self, parts: Sequence[tuple[str, list[tuple[date, int]]]], most: int, top: float
    ) -> Iterator[str]:
        for n in range(3):
            value = most * n // 2
            y = self.y(value, most, top)
            class_ = "zero" if not n else "tick"
            yield element("path", d=f"M{self.layout.left} {_n(y)}H{_n(self.edge)}", class_=class_)
            yield element(
                "text", text(self.words.count(value)), x=self.layout.left - 6, y=y + 4, class_="axis",
                text_anchor="end",
            )  # fmt: skip
        for (one, before), (other, after) in pairwise(parts):
            if one != other:
                x = (self.x(before[-1][0]) + self.x(after[0][0])) / 2
                yield element("path", d=f"M{_n(x)} {_n(top)}V{_n(self.bottom)}", class_="break")
                said = self.words.in_force, self.words.listed
                if one == "listed":
                    said = said[1], said[0]
                for words, step, anchor in ((said[0], -5, "end"), (said[1], 5, "start")):
                    if step < 0 or x + _LETTER * len(words) < self.edge:
                        yield element(
                            "text", text(words), x=x + step, y=top + 10, class_="basis-label",
                            text_anchor=anchor,
                        )  # fmt: skip
        for basis, run in parts:
            d = "M" + "L".join(f"{_n(self.x(day))} {_n(self.y(v, most, top))}" for day, v in run)
            yield element("path", d=d, class_=f"curve {basis}")
        day, value = parts[-1][1][-1]
        y = self.y(value, most, top)
        yield element(
            "text", text(self.words.count(value)), x=min(self.x(day), self.edge), y=y - 6, class_="total",
            text_anchor="end",
        )  # fmt: skip

    def counts(self, events: Sequence[Event], most: int, top: float) -> Iterator[str]:
        """What sources counted, over the curve."""
        for event in events:
            if event.count is not None and event.count <= most:
                x, y = self.x(event.start), self.y(event.count, most, top)
                yield element("path", d=f"M{_n(x)} {_n(y - 4.5)}l4.5 4.5-4.5 4.5-4.5-4.5z", class_="counted")

    def y(self, value: int, most: int, top: float) -> float:
        return self.bottom - (self.bottom - top - 12) * value / most

    def ticks(self) -> Iterator[str]:
        bottom = self.bottom
        yield element("path", d=f"M{self.layout.left} {_n(bottom)}H{_n(self.edge)}", class_="zero")
        for day, major in self.axis.ticks():
            if not major and self.layout is NARROW:
                continue
            x = self.x(day)
            said = str(day.year) if day.month == 1 else self.words.month(day)
            yield element("path", d=f"M{_n(x)} {_n(bottom)}v5", class_="zero")
            anchor = "end" if x > self.edge - 14 else "middle"
            yield element("text", text(said), x=x, y=bottom + 18, class_="axis", text_anchor=anchor)


def _nice(most: int) -> int:
    """The end of an axis that is parted in two: the next round number."""
    size = 1
    while True:
        for step in (2, 4, 6, 8, 10, 12, 16):
            if step * size >= max(2, most):
                return step * size
        size *= 10


def _n(value: float) -> str:
    return number(round(value, 1))
