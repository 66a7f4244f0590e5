"""Figures of one unit, a strip each: a dot, and the interval around it where one is known.

A strip stands beside the words of its row, which wrap and print as text does; strips of one unit share
an axis, so that they are one picture in rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10

from .svg import element, number, picture, text

_ROW, _AXIS = 26.0, 20.0
_MARGIN = 4.0  # per cent kept free on either side


@dataclass(frozen=True, slots=True)
class Scale:
    """From one end of an axis to the other, with the values that are marked."""

    ticks: tuple[float, ...]

    @classmethod
    def over(cls, values: Iterable[float]) -> Scale:
        """An axis that holds all of some values, and zero."""
        found = [0.0, *values]
        low, high = min(found), max(found)
        step = _step((high - low) or 1.0)
        first, last = floor(low / step), -floor(-high / step)
        return cls(tuple(step * n for n in range(first, max(last, first + 1) + 1)))

    def at(self, value: float) -> float:
        """Where a value is, in per cent of the width."""
        low, high = self.ticks[0], self.ticks[-1]
        return _MARGIN + (100 - 2 * _MARGIN) * (value - low) / (high - low)


def strip(
    scale: Scale,
    value: float,
    low: float | None = None,
    high: float | None = None,
    *,
    labels: Sequence[str],
    title: str,
    desc: str,
    id: str,
) -> str:
    """One figure on its axis.

    Args:
        low, high: the interval around it, if one is known.
        labels: the scale's ticks in words.

    Raises:
        ValueError: it lies outside the scale, or its interval does not hold it.
    """
    ends = [v for v in (low, high) if v is not None]
    if not all(scale.ticks[0] <= v <= scale.ticks[-1] for v in (value, *ends)):
        raise ValueError(f"{value} is not on a scale of {scale.ticks[0]} to {scale.ticks[-1]}")
    if ends and not min(ends) <= value <= max(ends):
        raise ValueError(f"the interval does not hold {value}")
    body = list(_axis(scale, labels))
    middle = _ROW / 2
    if low is not None and high is not None:
        x1, x2 = _p(scale, low), _p(scale, high)
        body.append(element("line", x1=x1, x2=x2, y1=middle, y2=middle, class_="interval"))
    body.append(element("circle", cx=_p(scale, value), cy=middle, r=6, class_="dot"))
    return picture(body, title=title, desc=desc, id=id, class_="dots", box=None, height=_ROW + _AXIS)


def _axis(scale: Scale, labels: Sequence[str]) -> Iterator[str]:
    for tick, label in zip(scale.ticks, labels, strict=True):
        x = _p(scale, tick)
        yield element("line", x1=x, x2=x, y1=0, y2=_ROW + 3, class_="zero" if tick == 0 else "tick")
        yield element("text", text(label), x=x, y=_ROW + 16, class_="axis", text_anchor="middle")


def _step(size: float) -> float:
    """A round step that parts a length in at most five."""
    ten = 10.0 ** floor(log10(size / 5))
    return next(m * ten for m in (1, 2, 2.5, 5, 10) if size / (m * ten) <= 5)


def _p(scale: Scale, value: float) -> str:
    return f"{number(scale.at(value))}%"
