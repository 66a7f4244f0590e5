"""Time across a picture, in per cent of its width: it is as wide as its place, its text stays readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .svg import element, number, text
from .words import Words

#: Labels that fit on 320 pixels; between them, what a wide screen has room for.
_FEW = 5
_MANY = 11


@dataclass(frozen=True, slots=True)
class Axis:
    """From one day to another; a margin on either side keeps marks and labels inside."""

    first: date
    last: date
    left: float = 1.5
    right: float = 2.5

    @classmethod
    def over(cls, first: date, last: date) -> Axis:
        """From the first of a year, or of a quarter if all is within three years."""
        short = (last - first).days < 3 * 365
        begin = date(first.year, 3 * ((first.month - 1) // 3) + 1 if short else 1, 1)
        return cls(begin, max(last, date(begin.year, begin.month, 28)))

    def at(self, day: date) -> float:
        """Where a day is, in per cent; days outside lie on the edge."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + (100 - self.left - self.right) * min(1.0, max(0.0, share))

    def ticks(self) -> Iterator[tuple[date, bool]]:
        """First days of months or years to label, and whether each has room on a narrow screen."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120) if months / s <= _MANY), 240)
        every = next((n for n in (1, 2, 3, 4, 5) if months / step / n <= _FEW), 10)
        start = self.first.year * 12 + self.first.month - 1
        begin = -(-start // step) * step
        for n, month in enumerate(range(begin, start + months, step)):
            day = date(month // 12, month % 12 + 1, 1)
            if day <= self.last:
                yield day, n % every == 0

    def drawn(self, top: float, bottom: float, words: Words, id: str) -> Iterator[str]:
        """Ticks over the height of the picture, and their labels below it."""
        found = list(self.ticks())
        by_year = all(day.month == 1 for day, _ in found)
        for day, major in found:
            x = f"{number(self.at(day))}%"
            small = "" if major else " minor"
            label = str(day.year) if by_year else words.month(day)
            yield element("line", x1=x, x2=x, y1=top, y2=bottom, class_="tick" + small)
            anchor = "start" if self.at(day) < 4 else "end" if self.at(day) > 97 else "middle"
            yield element("text", text(label), x=x, y=bottom + 15, class_="axis" + small, text_anchor=anchor)

    def turns(self, turns: Mapping[date, str], top: float, bottom: float) -> Iterator[str]:
        """What happened on some days, each as a line with its words in a row of its own above."""
        labels = []
        for n, (day, said) in enumerate(self.shown(turns)):
            at, y = self.at(day), top + 15 * n
            x, side = f"{number(at)}%", "start" if at < 38 else "middle" if at < 62 else "end"
            begin = y + (14 if side == "middle" else 3)
            yield element("line", x1=x, x2=x, y1=begin, y2=bottom, class_="turn")
            label = {"class_": "turn-label", "text_anchor": side, "dx": {"start": 4, "end": -4}.get(side)}
            labels.append(element("text", text(said), x=x, y=y + 11, **label))
        yield from labels  # over the lines, for each line runs through the rows of the later labels

    def shown(self, turns: Mapping[date, str]) -> list[tuple[date, str]]:
        """Those of some days that lie on the axis, in order."""
        return [(day, turns[day]) for day in sorted(turns) if self.first < day < self.last]
