"""An agency's history: a lane for each support model, bars from start to end, marks where something happened.

A bar is solid where the agreement is documented to stand, fades over the range in which it began or
ended, and is hatched where nothing documents that it went on. What happened is told by the form of a
mark, never by its colour alone. Positions across are per cent, so text keeps its size on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .svg import element, hatch, link, number, picture, text
from .timeaxis import Axis
from .words import ENGLISH, Words

MODELS = ("jem", "tfm", "wso", "hybrid")
#: What a mark may say; its form is in :func:`_symbol`.
KINDS = ("signed", "renewed", "listed", "removed", "pending", "changed", "other")

_TOP, _LANE, _BAR, _LABEL, _AXIS = 4, 46, 14, 16, 24
_STUB = 3.0  # per cent: an end of which not even a range is known


@dataclass(frozen=True, slots=True)
class Bar:
    """A time under one model.

    Attributes:
        start_from, start_to: it began between these days; alike if the day is known; from None: it is
            not known how long before.
        end_from, end_to: it ended between these days; to None: it is not known how long after.
        open_end: it stood on the newest list, so it has no end.
        undocumented: stretches, first and last day, of which no source shows that it went on.
    """

    start_from: date | None
    start_to: date
    end_from: date | None = None
    end_to: date | None = None
    open_end: bool = False
    undocumented: tuple[tuple[date, date], ...] = ()
    label: str = ""
    href: str = ""

    @property
    def days(self) -> list[date]:
        ends = (self.start_from, self.start_to, self.end_from, self.end_to)
        return [day for day in ends if day is not None] + [d for run in self.undocumented for d in run]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day; ``href`` leads to its evidence."""

    on: date
    kind: str
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Everything under one model; ``name`` is drawn above it (the model's own, unless told)."""

    model: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    name: str = ""


def lanes(
    of: Sequence[Lane],
    newest: date,
    *,
    title: str,
    desc: str,
    id: str = "lanes",
    words: Words = ENGLISH,
    turns: Mapping[date, str] | None = None,
) -> str:
    """An agency's history to the day of the newest list.

    Args:
        turns: what the time axis marks; the words' own unless told.

    Raises:
        ValueError: a lane has no such model, a mark no such kind, or a bar's days are not in order.
    """
    for lane in of:
        _checked(lane)
    days = [d for lane in of for d in [*(d for b in lane.bars for d in b.days), *(m.on for m in lane.marks)]]
    axis = Axis.over(min([*days, newest]), max([*days, newest]))
    marked = axis.shown(words.turns if turns is None else turns)
    top = _TOP + 15 * len(marked)
    bottom = top + _LANE * max(1, len(of))
    body: list[str] = [
        hatch(f"{id}-hatch", 5),
        *_fades(id, {lane.model for lane in of}),
        *axis.drawn(top, bottom, words, id),
        *axis.turns(dict(marked), _TOP, bottom),
    ]
    for n, lane in enumerate(of):
        body.append(
            element("g", *_lane(lane, axis, top + n * _LANE, newest, id, words), class_=f"lane {lane.model}")
        )
    return picture(body, title=title, desc=desc, id=id, class_="lanes", box=None, height=bottom + _AXIS)


def symbol(kind: str) -> str:
    """A mark as a key shows it."""
    return element(
        "svg", element("g", _symbol(kind), transform="translate(8 8)"),
        xmlns="http://www.w3.org/2000/svg", viewBox="0 0 16 16", width=16, height=16,
        class_="swatch lanes", aria_hidden="true",
    )  # fmt: skip


def _checked(lane: Lane) -> None:
    if lane.model not in MODELS:
        raise ValueError(f"no such support model: {lane.model!r}")
    for mark in lane.marks:
        if mark.kind not in KINDS:
            raise ValueError(f"no such kind of mark: {mark.kind!r}")
    for bar in lane.bars:
        order = [d for d in (bar.start_from, bar.start_to, bar.end_from, bar.end_to) if d is not None]
        if order != sorted(order):
            raise ValueError(f"a bar's days are not in order: {', '.join(map(str, order))}")


def _fades(id: str, models: Iterable[str]) -> Iterator[str]:
    """For each model a fade in and a fade out."""
    for model in MODELS:
        if model in models:
            for way, (begin, end) in (("in", (0.06, 1)), ("out", (1, 0.06))):
                stops = (
                    element("stop", offset=o, class_=f"fade {model}", stop_opacity=s)
                    for o, s in ((0, begin), (1, end))
                )
                yield element("defs", element("linearGradient", *stops, id=f"{id}-{model}-{way}"))


def _lane(lane: Lane, axis: Axis, top: float, newest: date, id: str, words: Words) -> Iterator[str]:
    yield element(
        "text", text(lane.name or words.models[lane.model]), x="1.5%", y=top + _LABEL - 3, class_="lane-name"
    )
    y = top + _LABEL + 4
    middle = y + _BAR / 2
    yield element(
        "line",
        x1=f"{number(axis.left)}%",
        x2=f"{number(100 - axis.right)}%",
        y1=middle,
        y2=middle,
        class_="rail",
    )
    for bar in lane.bars:
        parts = list(_bar(bar, lane.model, axis, y, newest, id))
        said = [element("title", text(bar.label))] if bar.label else []
        yield link(bar.href, element("g", *said, *parts, class_="bar"), aria_label=bar.label)
    for mark in sorted(lane.marks, key=lambda m: (m.on, m.kind)):
        said = [element("title", text(mark.label))] if mark.label else []
        hit = element("circle", r=11, class_="hit") if mark.href else ""
        inner = element("g", *said, hit, _symbol(mark.kind), class_=f"mark {mark.kind}")
        linked = link(mark.href, inner, aria_label=mark.label)
        # A nested picture stands at a per cent, and is drawn in pixels from there.
        yield element("svg", linked, x=f"{number(axis.at(mark.on))}%", y=middle, overflow="visible")


def _bar(bar: Bar, model: str, axis: Axis, y: float, newest: date, id: str) -> Iterator[str]:
    begun, edge = axis.at(bar.start_to), 100 - axis.right
    ended = axis.at(newest) if bar.open_end else axis.at(bar.end_from or bar.start_to)
    first = max(0.0, begun - _STUB) if bar.start_from is None else axis.at(bar.start_from)
    if bar.open_end:
        last = ended
    else:
        last = min(edge, ended + _STUB) if bar.end_to is None else axis.at(bar.end_to)

    def block(a: float, b: float, class_: str, fill: str | None = None, inset: float = 0) -> str:
        return element(
            "rect", x=f"{number(a)}%", width=f"{number(max(0.0, b - a))}%", y=y + inset,
            height=_BAR - 2 * inset, class_=class_, fill=fill,
        )  # fmt: skip

    if begun > first:
        yield block(first, begun, "soft", f"url(#{id}-{model}-in)")
        yield block(first, begun, f"range {model}", inset=_BAR / 2 - 0.75)
    yield block(begun, max(ended, begun + 0.3), f"solid {model}")
    if last > ended:
        yield block(ended, last, "soft", f"url(#{id}-{model}-out)")
        yield block(ended, last, f"range {model}", inset=_BAR / 2 - 0.75)
    for a, b in bar.undocumented:
        yield block(axis.at(a), axis.at(b), "gap")
        yield block(axis.at(a), axis.at(b), f"gap-lines {model}", f"url(#{id}-hatch)")
    if bar.open_end:  # an arrow: it goes on
        arrow = element("path", d=f"M0 {number(y)}l7 {_BAR / 2:g} -7 {_BAR / 2:g}z", class_=f"solid {model}")
        yield element("svg", arrow, x=f"{number(ended)}%", y=0, overflow="visible")


def _symbol(kind: str) -> str:
    """A mark's form about 0 0."""
    forms = {
        "signed": element("path", d="M0-10V10", class_="stroke"),
        "renewed": element("circle", r=4.5, class_="hollow"),
        "listed": element("circle", r=4.5, class_="full"),
        "removed": element("path", d="M-4-4L4 4M-4 4L4-4", class_="stroke"),
        "pending": element("path", d="M0-5L5 4H-5z", class_="hollow"),
        "changed": element("path", d="M0-5.5L5.5 0 0 5.5-5.5 0z", class_="hollow"),
        "other": element("path", d="M-4-4h8v8h-8z", class_="hollow"),
    }
    return forms[kind]
