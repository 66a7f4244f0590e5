"""The ties made so far between spellings, and what was left undecided.

A union of units that refuses to bring two rows of one list under one agency, and keeps the
log that ``docs/merge-sample.md`` is drawn from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from . import handover
from .handover import Handover, Ruling
from .names import likeness, name_key, place_of
from .text import evened
from .units import RARER, Unit
from .verdicts import Verdicts

#: Why a pair is not even a candidate.
UNLIKE = "unlike"


@dataclass(slots=True)
class Merge:
    """Two spellings tied: by which rule, on what evidence, between which two lists."""

    state: str
    old: str
    new: str
    rule: str
    why: str
    kind: str = "participating"
    at: int | None = None  # the list on which the new name stands first
    units: tuple[int, int] = (0, 0)  # ids of the units of the old and the new spelling


@dataclass(slots=True)
class Candidate:
    """Two spellings that may be one agency's; nobody has decided."""

    state: str
    one: str
    other: str
    why: str
    kind: str = "participating"
    at: int | None = None


@dataclass(slots=True)
class Body:
    """One agency: the units that name it."""

    units: list[Unit] = field(default_factory=list)
    left: set[int] = field(default_factory=set)  # ids of units whose spelling ICE gave up as wrong

    @property
    def span(self) -> int:
        return _or(u.span for u in self.units)

    @property
    def pending_span(self) -> int:
        return _or(u.pending_span for u in self.units)


@dataclass(slots=True)
class Identified:
    bodies: list[Body]
    merges: list[Merge]
    candidates: list[Candidate]


def _or(parts: Iterable[int]) -> int:
    whole = 0
    for part in parts:
        whole |= part
    return whole


class Ties:
    """The ties made so far (a union of units), and what was left undecided."""

    def __init__(
        self, units: Sequence[Unit], verdicts: Verdicts, real_county: Callable[[str, str | None], bool]
    ) -> None:
        self.real_county = real_county
        self.units = units
        self.parent = {id(u): id(u) for u in units}
        self.members: dict[int, list[Unit]] = {id(u): [u] for u in units}
        self.left: set[int] = set()
        self.merges: list[Merge] = []
        self.candidates: dict[tuple[str, frozenset[str]], tuple[Unit, Unit, Candidate]] = {}
        self.apart = verdicts.distinct

    def spellings(self) -> None:
        """Log the spellings that already share a key, or that a verdict gave one."""
        for unit in self.units:
            names: dict[str, str] = {evened(unit.title): unit.title}
            for reading in unit.readings:
                if reading.evened not in names:
                    names[reading.evened] = reading.name
                    rule = "typographic" if name_key(reading.name, unit.state) == unit.key else "verdict"
                    why, of = f"both read {unit.key!r}", (id(unit), id(unit))
                    self.merges.append(Merge(unit.state, reading.name, unit.title, rule, why, units=of))

    def root(self, unit: Unit) -> int:
        at = id(unit)
        while self.parent[at] != at:
            self.parent[at] = at = self.parent[self.parent[at]]
        return at

    def decide(self, found: Handover, ruling: Ruling, kind: str = "participating") -> None:
        old, new = found.old, found.new
        if self.root(old) == self.root(new) or self._kept_apart(old, new):
            return
        like = likeness(old.key, new.key) >= handover.ALIKE
        if ruling.rule is None:
            if ruling.why != UNLIKE and (found.only or like):
                self._leave(old, new, ruling.why, kind, found.at)
            return
        clash = self._clash(old, new)
        if clash:
            self._leave(old, new, clash, kind, found.at)
            return
        self._tie(old, new)
        if like or ruling.rule in ("word order", "taken back"):
            self.left.add(id(self._slip(old, new)))
        self._log(old, new, ruling.rule, ruling.why, kind, found.at)

    def _slip(self, one: Unit, other: Unit) -> Unit:
        """Which of two like spellings is the slip: it does not name the agency.

        The one that is no county of the state, where the other is; else the one that ICE gave
        up, unless what took its place has so far been rare.
        """
        real = [self.real_county(u.state, place_of(u.key)) for u in (one, other)]
        if real[0] != real[1]:
            return other if real[0] else one
        former, later = sorted((one, other), key=lambda u: (u.span.bit_length(), u.pending_span.bit_length()))
        rare = (later.span | later.pending_span).bit_count() * RARER < (
            former.span | former.pending_span
        ).bit_count()
        return later if rare else former

    def tie_pending(self, waiting: Unit, taking_part: Unit, why: str, at: int) -> None:
        if self.root(waiting) != self.root(taking_part) and not self._kept_apart(waiting, taking_part):
            clash = self._clash(waiting, taking_part)
            if clash:
                self._leave(waiting, taking_part, clash, "pending", at)
                return
            self._tie(waiting, taking_part)
            self.left.add(id(waiting))
            self._log(waiting, taking_part, "pending spelling", why, "pending", at)

    def _log(self, old: Unit, new: Unit, rule: str, why: str, kind: str, at: int) -> None:
        of = id(old), id(new)
        self.merges.append(Merge(old.state, old.title, new.title, rule, why, kind, at, of))

    def consider(self, one: Unit, other: Unit, why: str) -> None:
        if self.root(one) != self.root(other) and not self._kept_apart(one, other):
            self._leave(one, other, why, "participating", None)

    def _clash(self, old: Unit, new: Unit) -> str | None:
        """Two agencies already tied together may not bring in two rows of one list."""
        ours, theirs = self.members[self.root(old)], self.members[self.root(new)]
        for a in ours:
            for b in theirs:
                if handover.together(a, b):
                    return f"{a.title} and {b.title} stand on one list under one model"
                if self._kept_apart(a, b):
                    return "a verdict keeps them apart"
        return None

    def _kept_apart(self, one: Unit, other: Unit) -> bool:
        return (one.state, frozenset({one.key, other.key})) in self.apart

    def _leave(self, one: Unit, other: Unit, why: str, kind: str, at: int | None) -> None:
        key = (one.state, frozenset({one.key + one.county, other.key + other.county}))
        self.candidates.setdefault(
            key, (one, other, Candidate(one.state, one.title, other.title, why, kind, at))
        )

    def _tie(self, a: Unit, b: Unit) -> None:
        one, other = self.root(a), self.root(b)
        self.parent[other] = one
        self.members[one] += self.members.pop(other)

    def result(self) -> Identified:
        bodies = [Body(sorted(m, key=lambda u: (u.key, u.county)), self.left) for m in self.members.values()]
        bodies.sort(key=lambda b: (b.units[0].state, b.units[0].key, b.units[0].county))
        still = [
            candidate
            for _, (one, other, candidate) in sorted(
                self.candidates.items(), key=lambda c: (c[0][0], sorted(c[0][1]))
            )
            if self.root(one) != self.root(other)  # later evidence may have tied them
        ]
        return Identified(bodies, self.merges, still)
