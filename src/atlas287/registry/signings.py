"""Signings: each time an agency signed, by every source that says so.

Days of several sources within six weeks of one another are one signing (the agency's signature and
ICE's are often days apart); the source of the lowest rank gives the day, ICE's own lists first, and
what the others say is kept beside it. A source that prints two days means two signings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ..sources.testimony import SIGNED, SOURCES
from .agreements import Agreement
from .schema import Row
from .testimony import Told

#: Days further apart than this are two signings.
ONE_SIGNING = 45
LISTS = "ice-lists"
_RANK = {LISTS: 0, **{s.id: s.rank for s in SOURCES.values()}}
_COLUMN, _FILE_NAME = SIGNED


class Said(NamedTuple):
    """One source's word on one signing."""

    day: date
    source: str
    row: int | None
    model: str | None
    says: str = _COLUMN

    @property
    def rank(self) -> tuple[int, int, date]:
        return _RANK[self.source], self.says == _FILE_NAME, self.day


@dataclass(slots=True)
class Signing:
    """One signing: the day it goes by, its support model if anybody says it, and everything said of it."""

    said: list[Said]
    misprints: list[Said] = field(default_factory=list)  # days that another word of the same row corrects
    best: Said = field(init=False)
    day: date = field(init=False)
    model: str | None = field(init=False)
    sources: list[str] = field(init=False)

    def __post_init__(self) -> None:
        ranked = self.said if len(self.said) == 1 else sorted(self.said, key=lambda s: s.rank)
        self.best, self.day = ranked[0], ranked[0].day
        self.model = next((s.model for s in ranked if s.model), None)
        self.sources = list(dict.fromkeys(s.source for s in ranked))

    @property
    def others(self) -> list[Said]:
        """What is said of it that names another day."""
        return [s for s in (*self.said, *self.misprints) if s.day != self.day]


def signings_of(told: Iterable[Told], agreements: Iterable[Agreement]) -> list[Signing]:
    """The signings of one agency in order of day."""
    said = [Said(t.day, t.source, t.row, t.model, t.says) for t in told if t.says in SIGNED]
    listed = [Said(a.signed, LISTS, None, a.model) for a in agreements if a.signed]
    signings: Iterable[Signing]
    if said:
        signings = _without_misprints([Signing(g) for g in _grouped([*said, *listed])])
    else:  # lists alone: of one model and day an agency has one agreement
        signings = (Signing([one]) for one in listed)
    return sorted(signings, key=lambda s: (s.day, s.model or ""))


def _grouped(said: Iterable[Said]) -> list[list[Said]]:
    """What is said of one signing together."""
    groups: list[list[Said]] = []
    for one in sorted(said, key=lambda s: (s.day, s.rank)):
        home = next((g for g in reversed(groups) if _together(g, one)), None)
        if home is None:
            groups.append([one])
        elif one not in home:
            home.append(one)
    return groups


def _together(group: Sequence[Said], one: Said) -> bool:
    if (one.day - group[0].day).days > ONE_SIGNING:
        return False
    for other in group:
        if other.model and one.model and not _compatible(other.model, one.model):
            return False
        if other.source == one.source and other.day != one.day and _COLUMN == other.says == one.says:
            return False
    return True


def _compatible(a: str, b: str) -> bool:
    # What one source calls hybrid another calls by one of its halves.
    return a == b or "hybrid" in (a, b)


def _without_misprints(signings: list[Signing]) -> Iterator[Signing]:
    """Of a row whose two days lie apart, the one that another source bears out is the day."""
    home = {(s.source, s.row, s.says): g for g in signings for s in g.said}
    gone: set[int] = set()
    for signing in signings:
        if len(signing.said) != 1:
            continue
        (one,) = signing.said
        other = _FILE_NAME if one.says == _COLUMN else _COLUMN
        beside = home.get((one.source, one.row, other))
        if beside is None or beside is signing or id(beside) in gone:
            continue
        if one.says == _FILE_NAME or len({s.source for s in beside.said}) > 1:
            beside.misprints.append(one)
            gone.add(id(signing))
    return (s for s in signings if id(s) not in gone)


def signing_rows(agency_no: int, signings: Sequence[Signing]) -> Iterator[Row]:
    """Rows of the table ``signing``."""
    for n, s in enumerate(signings, start=1):
        others = sorted({f"{o.day} ({o.source})" for o in s.others})
        yield agency_no, n, s.day.isoformat(), s.model, ";".join(s.sources), "; ".join(others) or None
