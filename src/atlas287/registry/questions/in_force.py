"""Which spells stand on a day, by all sources: those known in force, and those that may be."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ...errors import NoListError
from ..text import TERRITORIES

MODELS = ("jem", "tfm", "wso")
#: Of an agency known to take part while one model goes over into the next.
UNSETTLED = "model unsettled"


class Stretch(NamedTuple):
    """A spell: from when to when it may have been in force, and for how much of that it surely was."""

    agency_no: int
    state: str
    model: str
    starts_from: str
    starts_by: str
    ends_from: str
    ends_by: str
    switched_from: str | None
    switched_to: str | None
    undocumented: str | None

    def on(self, day: str) -> bool:
        """Whether it may have been in force."""
        return self.starts_from <= day and (day < self.ends_by or day <= self.ends_from)

    def surely(self, day: str) -> bool:
        return self.starts_by <= day <= self.ends_from

    def undocumented_on(self, day: str) -> bool:
        """Whether the day lies in a stretch that no source covers."""
        parts = (p.split("/") for p in (self.undocumented or "").split(";") if p)
        return any(a < day < b for a, b in parts)


def stretches(db: sqlite3.Connection, state: str | None = None, model: str | None = None) -> list[Stretch]:
    """Every spell as a stretch, open ends far ahead."""
    return [
        Stretch(*row)
        for row in db.execute(
            "SELECT s.agency_no, g.state, s.model, coalesce(s.starts_from, s.starts_by), s.starts_by, "
            "coalesce(s.ends_from, '9999'), coalesce(s.ends_by, '9999'), s.switched_from, s.switched_to, "
            "s.undocumented FROM spell s JOIN agency g USING (agency_no) "
            "WHERE (? IS NULL OR g.state = ?) AND (? IS NULL OR s.model = ?) ORDER BY s.rowid",
            (state, state, model, model),
        )
    ]


def first_day(db: sqlite3.Connection) -> str:
    """The first day on which an agreement is known to have been in force.

    Raises:
        NoListError: nothing is known at all.
    """
    day = db.execute("SELECT min(starts_by) FROM spell").fetchone()[0]
    if day is None:
        raise NoListError("no source of agreements is held", remedy="add ICE's lists: `atlas287 add DIR`")
    return str(day)


def known_on(db: sqlite3.Connection, day: str) -> None:
    """Refuse a day before the first agreement that any source documents.

    Raises:
        NoListError: it lies before.
    """
    first = first_day(db)
    if day < first:
        raise NoListError(
            f"no agreement is documented for {day}: the first is of {first}",
            remedy="that is where the sources begin; earlier days have no count here",
        )


def counted(spells: Sequence[Stretch], day: str) -> dict[str, Any]:
    """How many spells stand on a day.

    Returns:
        ``agreements`` (known in force), ``uncertain`` (may be: the day lies within the range of a
        start or an end), ``undocumented`` (among the first, those that no source covers on that
        day), ``agencies``, ``states``, ``territories``, ``by_model``. An agency known to take part
        whose model is going over into another is one agreement, its model unsettled.
    """
    here = [s for s in spells if s.on(day)]
    sure = [s for s in here if s.surely(day)]
    by_agency: dict[int, list[Stretch]] = defaultdict(list)
    for s in here:
        if not s.surely(day):
            by_agency[s.agency_no].append(s)
    between, unsure = [], 0
    for own in by_agency.values():
        ending = {s.switched_to: s for s in own if s.switched_to}
        pairs = [s for s in own if s.switched_from and s.model in ending]
        between += pairs
        unsure += len(own) - 2 * len(pairs)
    models = dict.fromkeys(MODELS, 0)
    for s in sure:
        models[s.model] = models.get(s.model, 0) + 1
    if between:
        models[UNSETTLED] = len(between)
    taking_part = [*sure, *between]
    return {
        "agreements": len(taking_part),
        "uncertain": unsure,
        "undocumented": sum(s.undocumented_on(day) for s in taking_part),
        "agencies": len({s.agency_no for s in taking_part}),
        **places(s.state for s in taking_part),
        "by_model": models,
    }


def places(states: Iterable[str]) -> dict[str, int]:
    """How many states, and how many territories."""
    found = set(states)
    return {"states": len(found - TERRITORIES), "territories": len(found & TERRITORIES)}
