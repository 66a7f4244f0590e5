"""Courses: how long an agency took part before ICE's lists, by every source that shows it.

A source that prints the day of signing beside an agency shows it from that day to its own. What no
source covers is bridged, and told as not documented, unless :data:`events.CONFIRMED_BY` sources
that mean to name everybody lack the agency in between, or one says that it had withdrawn. Along a
course the support model is what the latest source says; a change lies between two sources, at a signing
if just one lies there, and before 2013 where task forces end, for then there were none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from ..sources.testimony import SOURCES
from .events import CONFIRMED_BY
from .signings import LISTS, Signing
from .testimony import Told

#: The last day of the first wave's task-force agreements: ICE renewed none (news release, 21 December 2012).
TASK_FORCES_END = date(2012, 12, 31)
DAY = timedelta(days=1)
FIELD = frozenset({"tfm", "hybrid"})
#: From 2013 until warrant service officers came, in May 2019, every agreement was a jail one.
JAIL_ALONE = date(2013, 1, 1), date(2019, 5, 1)


class Shown(NamedTuple):
    """A time for which a source shows an agency taking part."""

    first: date
    last: date
    why: str


class Sight(NamedTuple):
    """The support model on a day, by a source."""

    day: date
    model: str
    why: str


@dataclass(slots=True)
class Leg:
    """A part of a course under one model. The bounds of an end are the same day where it is documented.

    ``begins``: the model began on a day from the first to the second; ``ends``: the last day known
    under it and the first day known not to be.
    """

    model: str
    begins: tuple[date, date]
    ends: tuple[date, date]
    why_begins: str
    why_ends: str
    switched_from: str | None = None
    switched_to: str | None = None


@dataclass(slots=True)
class Course:
    """One unbroken course of an agency."""

    shown: list[Shown]
    legs: list[Leg] = field(default_factory=list)

    @property
    def first(self) -> date:
        return self.shown[0].first

    @property
    def last(self) -> date:
        return max(s.last for s in self.shown)


def captures(told: Iterable[Told]) -> list[date]:
    """The days of which a source is held that means to name everybody."""
    days = set()
    for one in told:
        if SOURCES[one.source].full:
            days |= {d for d in (one.day, one.until) if d} if one.says == "seen" else set()
            days |= {one.day} if one.says in ("stood", "pending") else set()
    return sorted(days)


def courses_of(
    told: Sequence[Told],
    signings: Sequence[Signing],
    full: Sequence[date],
    left: date | None,
    known: Sequence[Shown] = (),
) -> list[Course]:
    """The courses of one agency in order, each with its legs.

    Args:
        told: what sources say of it.
        signings: its signings, those that lists print among them.
        full: :func:`captures` over all agencies, the first lists among them, in order.
        left: the day of the earliest source that says it had withdrawn.
        known: verdicts on its continuity.
    """
    early = [s for s in signings if s.sources != [LISTS]]  # what lists alone print is their matter
    out: list[Course] = []
    for shown in sorted([*_by_rows(told), *_by_signings(early), *known]):
        if out and not broken(out[-1].last, shown.first, full, left):
            out[-1].shown.append(shown)
        else:
            out.append(Course([shown]))
    sights = sorted([*_sights(told), *(Sight(s.day, s.model, _signed(s)) for s in early if s.model)])
    for course in out:
        _set_legs(course, [s for s in sights if course.first <= s.day <= course.last], early)
    return out


def broken(last: date, first: date, full: Sequence[date], left: date | None) -> bool:
    """Whether sources show that between two days an agency did not take part."""
    if left and last < left <= first:
        return True
    return bisect_left(full, first) - bisect_right(full, last) >= CONFIRMED_BY


def _by_rows(told: Iterable[Told]) -> list[Shown]:
    rows: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for one in told:
        rows[one.source, one.row].append(one)
    out = []
    for (source, _), own in rows.items():
        signed = [t.day for t in own if t.says == "signed"]
        for one in own:
            if one.says == "stood":
                out.append(Shown(min([*signed, one.day]), one.day, source))
            elif one.says == "seen":
                out.append(Shown(min([*signed, one.day]), one.until or one.day, source))
            elif one.says == "addendum":
                out.append(Shown(one.day, one.day, source))
    return out


def _by_signings(signings: Iterable[Signing]) -> list[Shown]:
    return [Shown(s.day, s.day, _signed(s)) for s in signings]


def _signed(signing: Signing) -> str:
    return f"signed ({', '.join(signing.sources)})"


def _sights(told: Iterable[Told]) -> list[Sight]:
    best: dict[date, tuple[int, Sight]] = {}
    told = list(told)
    inspected = {t.model for t in told if t.source == "oig-2009" and t.says == "stood"}
    for one in told:
        # Half a year after the Inspector General, the chart's types bear his out or are set aside.
        if one.model is None or (one.source == "chart-2010" and inspected and one.model not in inspected):
            continue
        if one.says in ("stood", "pending", "seen"):
            day, rank = one.until or one.day, SOURCES[one.source].rank
            if day not in best or rank < best[day][0]:
                best[day] = rank, Sight(day, one.model, one.source)
    return [sight for _, sight in best.values()]


def _set_legs(course: Course, sights: Sequence[Sight], signings: Sequence[Signing]) -> None:
    start, end = course.first, course.last
    why = min((s for s in course.shown if s.first == start), key=lambda s: not s.why.startswith("signed")).why
    model = sights[0].model if sights else _only_model(start)
    if model is None:
        return
    legs = [Leg(model, (start, start), (end, end), why, "")]
    before = start
    for sight in sights:
        leg = legs[-1]
        if sight.model != leg.model:
            low, high = before, sight.day
            if leg.model in FIELD and low <= TASK_FORCES_END:
                high = min(high, TASK_FORCES_END + DAY)
            signed = {s.day for s in signings if low < s.day <= high}
            told = f"{leg.model} until {before}, {sight.model} by {sight.day} ({sight.why})"
            if len(signed) == 1:
                low = high = signed.pop()
                told = f"its memorandum of {low}: {told}"
            # A memorandum's day is the first of the new model.
            leg.ends = (low - DAY, low - DAY) if low == high else (low, high)
            leg.why_ends, leg.switched_to = told, sight.model
            begins = (low if low == high else low + DAY), high
            legs.append(Leg(sight.model, begins, (end, end), told, "", switched_from=leg.model))
        before = max(before, sight.day)
    course.legs = legs


def _only_model(day: date) -> str | None:
    return "jem" if JAIL_ALONE[0] <= day < JAIL_ALONE[1] else None
