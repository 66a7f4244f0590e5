"""The queries that a claim may name: what each takes, and how the atlas answers it.

A new one is a function and a row of :data:`QUERIES`; its parameters are read and refused here, so
that a bad claim is told before anything is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..errors import AskedError
from ..registry.questions import asked
from . import answers
from .answers import Asking
from .found import Found
from .readings import COUNTS


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: how it is read (raising AskedError), whether it must be given, what it says."""

    read: Callable[[Any], Any]
    says: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A named query: what it answers, what it takes, and how it is asked."""

    says: str
    params: Mapping[str, Param]
    ask: Callable[[Asking, dict[str, Any]], Found]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise AskedError(f"{value!r} is no text", remedy="write a word or a line; quote digits: '04013'")
    return value.strip()


def _day(value: Any) -> date:
    if not isinstance(value, (date, str)):
        raise AskedError(f"{value!r} is not a day", remedy="write YYYY-MM-DD")
    return asked.day(value)


def _state(value: Any) -> str:
    return asked.state(_text(value))


def _model(value: Any) -> str:
    return asked.model(_text(value))


def _of(what: str, known: Mapping[str, Any] | tuple[str, ...]) -> Callable[[Any], str]:
    return lambda value: asked.one_of(_text(value), what, tuple(known))


_STATE = Param(_state, "only this state (postal code)")
_MODEL = Param(_model, "only this support model: jem, tfm, wso, hybrid")
_ON = Param(_day, "the day, YYYY-MM-DD", needed=True)
_COUNT = Param(_of("count", COUNTS), f"what is counted: {', '.join(COUNTS)}", needed=True)
_BASIS = Param(_of("basis", asked.BASES), "listed (rows of ICE's list; the default) or in-force")

QUERIES: dict[str, Query] = {
    "status": Query(
        "how many agreements, agencies or states there were on a day",
        {"on": _ON, "count": _COUNT, "basis": _BASIS, "state": _STATE, "model": _MODEL},
        answers.status,
    ),
    "growth": Query(
        "how much a count changed between two days",
        {
            "start": Param(_day, "the first day, YYYY-MM-DD", needed=True),
            "end": Param(_day, "the last day, YYYY-MM-DD", needed=True),
            "count": _COUNT,
            "as": Param(_of("unit of growth", answers.GROWN), "number (the default), percent or times"),
            "basis": _BASIS,
            "state": _STATE,
            "model": _MODEL,
        },
        answers.growth,
    ),
    "history": Query(
        "whether one agency took part on a day, or when it signed",
        {
            "agency": Param(_text, "its id, or a spelling that a list printed", needed=True),
            "state": _STATE,
            "model": _MODEL,
            "fact": Param(_of("fact", answers.FACTS), "participates (the default) or signed_on"),
            "on": Param(_day, "for participates: the day, YYYY-MM-DD"),
        },
        answers.history,
    ),
    "coverage": Query(
        "whom agreements reached on a day",
        {
            "on": _ON,
            "figure": Param(
                _text, "a figure of `atlas287 coverage --json`, such as jail.residents", needed=True
            ),
            "state": _STATE,
            "county": Param(_text, "only this county (FIPS in quotes)"),
        },
        answers.coverage,
    ),
    "enforcement": Query(
        "people identified, removed or arrested through agreements",
        {
            "measure": Param(_text, "identified, removed or arrests", needed=True),
            "agency": Param(_text, "one agency, by its id"),
            "state": _STATE,
            "county": Param(_text, "only this county (FIPS in quotes)"),
            "start": Param(_text, "first fiscal year or month, such as FY2007 or 2018-12"),
            "end": Param(_text, "the last"),
        },
        answers.enforcement,
    ),
    "timeline": Query(
        "what the timeline says of an event",
        {
            "entry": Param(_text, "the event's id in timeline.csv", needed=True),
            "value": Param(_of("value", answers.VALUES), "year (the default), day or figure"),
        },
        answers.timeline,
    ),
    "sql": Query(
        "a SELECT of one value on the register; :list is the number of the list of the day",
        {
            "select": Param(_text, "the SELECT", needed=True),
            "counts": Param(_text, "what it counts, in words", needed=True),
            "counts_es": Param(_text, "the same in Spanish"),
            "on": Param(_day, "the day whose list :list is, YYYY-MM-DD; also :day"),
            "proof": Param(_text, "a SELECT of ids (agreement_id, event_id, list_id) that show it"),
        },
        answers.sql,
    ),
    "nothing": Query("nothing in the atlas can check it: `needs` says what would", {}, answers.nothing),
}
