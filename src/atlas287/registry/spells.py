"""Spells: one unbroken time of an agency under one model, over all its agreements, from all sources.

The lists give a spell's listed time (:mod:`listed_spells`), the sources before them its course
(:mod:`courses`); where a course leads up to the lists under one model, they are one spell. Start and
end are each a day, or a range with what bounds it; renewals lie inside. An end that people documented
is a verdict (``corrections/endings.csv``); who ended an agreement is never read from its absence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from .courses import DAY, Course, Leg, Shown, broken
from .listed_spells import ListedSpell
from .signings import Signing
from .ties import Body
from .verdicts import Ending

#: The months of 2020 in which nearly every jail agreement in force was signed anew (of the 150 rows of
#: January 2021, 100 bear a day of these): a first signing in them may be a renewal.
RENEWED = date(2020, 3, 1), date(2020, 12, 31)
#: Sources may go on printing what somebody has ended, or drop it already, for so long.
OUT_OF_STEP = timedelta(days=31)
#: Stretches that no source covers are told from this many days on.
TOLD_FROM = timedelta(days=62)


@dataclass(slots=True)
class Spell:
    """One spell. The two days of ``starts`` and of ``ends`` are one where it is documented.

    Attributes:
        ends: the last day known in force and the first day known not to be; None while it stands.
        shown: the times that sources cover, in order.
        listed: its time on ICE's lists, if any.
        ending: the verdict that gave its end.
        against: what sources show that its verdict contradicts.
    """

    body: Body
    model: str
    starts: tuple[date | None, date]
    why_starts: str
    ends: tuple[date, date] | None
    why_ends: str | None
    shown: list[Shown]
    listed: ListedSpell | None = None
    ended: bool = False
    ending: Ending | None = None
    against: str | None = None
    switched_from: str | None = None
    switched_to: str | None = None
    signings: list[Signing] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    n: int = 1

    @property
    def ended_by(self) -> str | None:
        """Who or what ended it, where a source says so."""
        return self.ending.by if self.ending else None

    @property
    def ended_source(self) -> str | None:
        return self.ending.source if self.ending else None

    @property
    def undocumented(self) -> list[tuple[date, date]]:
        """Stretches between its start and its end that no source covers."""
        out = []
        known = self.starts[1]
        until = self.ends[0] if self.ends else max(s.last for s in self.shown)
        for shown in sorted(self.shown):
            if shown.first - known >= TOLD_FROM:
                out.append((known, shown.first))
            known = max(known, shown.last)
        return [(a, min(b, until)) for a, b in out if a < until]


class Listed(NamedTuple):
    """A listed spell, with its days: last list before it (None: it is on the first), first and last
    listed, first list without it (None: it stands)."""

    spell: ListedSpell
    before: date | None
    first: date
    last: date
    without: date | None
    confirmed: bool
    doubts: list[str]


def spells_of(
    body: Body,
    courses: Sequence[Course],
    listed: Sequence[Listed],
    signings: Sequence[Signing],
    full: Sequence[date],
    left: date | None,
    endings: Sequence[Ending],
) -> list[Spell]:
    """The spells of one agency, in order of model and time.

    Args:
        courses: as :func:`courses.courses_of` gives them.
        listed: its listed spells.
        full: the days on which a source names everybody, those of the first lists included, in order.
        left: the day of the earliest source that says it had withdrawn.
        endings: the verdicts on this agency.
    """
    spells = [_of_leg(body, c, leg, full, left) for c in courses for leg in c.legs]
    joined: set[int] = set()
    for one in listed:
        early = next(
            (
                s
                for s in spells
                if s.model == one.spell.model and id(s) not in joined and s.switched_to is None
                and not broken(max(x.last for x in s.shown), _begun(one), full, left)
                and s.starts[1] <= _begun(one) and s is _last(spells, s.model)
            ),
            None,
        )  # fmt: skip
        if early:
            _join(early, one)
            joined.add(id(early))
        else:
            spells.append(_of_listed(body, one, full))
    for spell in spells:
        for ending in endings:
            if ending.model in (None, spell.model):
                _end(spell, ending, spells)
    for spell in spells:
        spell.signings = [s for s in signings if _within(s, spell)]
    spells.sort(key=lambda s: (s.model, s.starts[1]))
    for a, b in pairwise(spells):
        b.n = a.n + 1 if a.model == b.model else 1
    return spells


def _begun(one: Listed) -> date:
    signed = [a.signed for a in one.spell.agreements if a.signed]
    return min([*signed, one.first])


def _last(spells: Sequence[Spell], model: str) -> Spell | None:
    own = [s for s in spells if s.model == model and s.listed is None]
    return max(own, key=lambda s: s.starts[1], default=None)


def _of_leg(body: Body, course: Course, leg: Leg, full: Sequence[date], left: date | None) -> Spell:
    spell = Spell(
        body, leg.model, leg.begins, leg.why_begins, leg.ends, leg.why_ends,
        [s for s in course.shown if s.last >= leg.begins[0] and s.first <= leg.ends[1]],
        switched_from=leg.switched_from, switched_to=leg.switched_to,
    )  # fmt: skip
    if leg is course.legs[0]:
        spell.starts, spell.why_starts = _first_start(leg.model, leg.begins[0], leg.why_begins, full)
    if leg.switched_to is None:
        last, why = leg.ends[0], max(course.shown, key=lambda s: s.last).why
        later = full[bisect_right(full, last) :][:1]
        absent = min([d for d in (*later, left) if d and d > last], default=last)
        whose = "it had withdrawn by" if absent == left else "not on the source of"
        spell.ends, spell.why_ends = (last, absent), f"last shown {last}: {why}; {whose} {absent}"
    spell.ended = True
    return spell


def _first_start(
    model: str, day: date, why: str, full: Sequence[date]
) -> tuple[tuple[date | None, date], str]:
    at = bisect_left(full, day)
    before = full[at - 1] if at else None
    after = before + DAY if before else None
    if model == "jem" and RENEWED[0] <= day <= RENEWED[1]:
        told = f"first signing known is of {day}, when agreements in force were signed anew"
        return (after, day), f"{told}; not on the source of {before}" if before else told
    if why.startswith("signed"):
        return (day, day), why
    return (after, day), f"{why}; not on the source of {before}" if before else why


def _of_listed(body: Body, one: Listed, full: Sequence[date]) -> Spell:
    begun = _begun(one)
    signed = begun < one.first or begun == one.spell.agreements[0].signed
    starts: tuple[date | None, date]
    if one.before and not signed:
        starts = min(one.before + DAY, begun), begun
        why = f"first listed {begun}, not on the list of {one.before}"
    else:
        why = "signed (ice-lists)" if signed else "on the first list held"
        starts, why = _first_start(one.spell.model, begun, why, full)
    spell = Spell(body, one.spell.model, starts, why, None, None, [])
    _join(spell, one)
    return spell


def _join(spell: Spell, one: Listed) -> None:
    spell.listed = one.spell
    spell.shown.append(Shown(_begun(one), one.last, "ice-lists"))
    spell.doubts = list(one.doubts)
    spell.ends = (one.last, one.without) if one.without else None
    spell.ended = one.confirmed
    spell.why_ends = f"last listed {one.last}, not on the list of {one.without}" if one.without else None


def _within(signing: Signing, spell: Spell) -> bool:
    if signing.model and signing.model != spell.model and "hybrid" not in (signing.model, spell.model):
        return False
    until = spell.ends[1] if spell.ends else date.max
    begun = (spell.switched_from and spell.starts[0]) or spell.starts[1]
    return begun <= signing.day <= until


def _end(spell: Spell, ending: Ending, spells: Sequence[Spell]) -> None:
    """Set a spell's end by a verdict, where what the sources show leaves room for it; where its
    agreement went over into another model, that one's start as well."""
    if spell.ends is None or spell.ending:
        return
    # Of a spell the second day is the first not in force, of a verdict the last on which it can have ended.
    low, high = max(spell.ends[0], ending.first), min(spell.ends[1], ending.last + DAY)
    if ending.last < spell.ends[0] or spell.ends[1] < ending.first:
        spell.against = None if spell.switched_to else _out_of_step(spell, ending)
        if spell.against is None:
            return
        low, high = ending.first, ending.last + DAY
    if spell.switched_to:
        after = next(
            s
            for s in spells
            if s.model == spell.switched_to and s.switched_from and s.starts[1] >= spell.ends[0]
        )
        after.starts, after.why_starts = (low + DAY, max(low + DAY, high)), ending.evidence
    spell.ends, spell.ended = (low, low if high - low == DAY else high), True
    spell.ending, spell.why_ends = ending, ending.evidence


def _out_of_step(spell: Spell, ending: Ending) -> str | None:
    """What sources show against an ending that lies a little off their range; None: it is another spell's."""
    assert spell.ends is not None
    last, gone = spell.ends
    if spell.starts[1] <= ending.first < last <= ending.first + OUT_OF_STEP:
        return f"sources go on printing it until {last}"
    if gone < ending.first <= gone + OUT_OF_STEP:
        return f"the source of {gone} lacks it already"
    return None
