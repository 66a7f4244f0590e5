"""What exposure is computed from: the register's agencies, their ground, and who stood when.

Lists rule days: a day is spoken for by the newest list at or before its end, so of several
lists of one day only the last rules. Ruling lists are numbered 0, 1, 2 …; everything in this
room counts in these numbers ("moments"), and days come back in at the very end. So the work
grows with the lists that changed something and not with days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .figures import Policed

#: The level of bodies that act in the whole state.
STATE = "State"


class Agency(NamedTuple):
    """An agency and its ground. ``population``: residents it polices; None is not known."""

    id: str
    name: str
    state: str
    level: str
    kind: str
    counties: tuple[str, ...] = ()  # FIPS, the first of them home
    population: int | None = None
    municipality: str | None = None

    @property
    def home(self) -> str | None:
        return self.counties[0] if self.counties else None


class County(NamedTuple):
    """A county; residents None is not known. ``hispanic``: residents, by the share the table gives."""

    fips: str
    state: str
    name: str
    population: int | None = None
    hispanic: int | None = None


class Ruling(NamedTuple):
    """A list that speaks for its day and the days until the next."""

    day: date
    at: str
    file: str
    list_no: int = -1


class Stint(NamedTuple):
    """An unbroken run of moments on which an agency stands under a model, both ends included."""

    agency: Agency
    model: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class World:
    """Everything that exposure depends on.

    Attributes:
        policed: by county, the residents that agencies known by their population police there,
            signatories or not; what is left of the county is what an agency of unknown
            population can police at most.
        roster: by state, how many agencies the FBI's roster has; None without a roster.
        on_roster: ids of our agencies that the roster has.
        vintage: what the counties' populations are (of which source and year).
    """

    rulings: Sequence[Ruling]
    counties: Mapping[str, County]
    stints: Sequence[Stint]
    policed: Mapping[str, Policed] = field(default_factory=dict)
    roster: Mapping[str, int] | None = None
    on_roster: frozenset[str] = frozenset()
    vintage: str | None = None

    def of_county(self) -> dict[str, list[Stint]]:
        """By county, the stints of the agencies below state level that serve it."""
        by: dict[str, list[Stint]] = defaultdict(list)
        for stint in self.stints:
            if stint.agency.level != STATE:
                for fips in stint.agency.counties:
                    if fips in self.counties:
                        by[fips].append(stint)
        return dict(sorted(by.items()))

    def moment(self, day: date) -> int | None:
        """The ruling list of a day; None before the first."""
        found = bisect_right(self.rulings, day, key=lambda r: r.day) - 1
        return None if found < 0 else found


def joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs, with those that overlap or touch made one."""
    out: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if out and first <= out[-1][1] + 1:
            out[-1] = out[-1][0], max(last, out[-1][1])
        else:
            out.append((first, last))
    return out
