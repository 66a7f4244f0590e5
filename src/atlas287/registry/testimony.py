"""Testimony: what sources other than ICE's lists say, read and tied to the agencies.

A name goes to the agency whose key it has, by a verdict (``corrections/testimony.csv``), or to the
one agency of its state of which it is a longer form. What no list ever printed makes an agency of
its own. A statement whose state, day or county cannot be, or that speaks of a signing to come, is set
aside with its reason.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from ..sources.testimony import SIGNED, SOURCES
from .dates import read_date
from .names import longer_form, name_key, place_of
from .reading import Reading
from .schema import Row
from .text import STATE_NAMES, evened, tidy
from .ties import Body
from .units import Unit
from .verdicts import TestimonyNames
from .words import model_code, state_code

#: The last year that these sources can speak of.
LAST_YEAR = 2020
MODEL_WORDS = {"TFO": "tfm", "JEO": "jem", "JEO/TFO": "hybrid"}

_LOOK = "look the days up in the source and write YYYY-MM-DD"

RealCounty = Callable[[str, str | None], bool]


@dataclass(slots=True)
class Told:
    """One statement on one agency, read."""

    body: Body
    source: str
    row: int
    says: str
    model: str | None
    day: date
    until: date | None
    printed_state: str
    printed: str
    rule: str


@dataclass(slots=True)
class Testimony:
    """Every statement that could be read, the agencies it made, and what was set aside."""

    told: list[Told]
    bodies: list[Body]  # that no list ever printed
    quarantine: list[Row]

    def by_body(self) -> dict[int, list[Told]]:
        """The statements on each agency (by ``id``)."""
        of: dict[int, list[Told]] = defaultdict(list)
        for one in self.told:
            of[id(one.body)].append(one)
        return of


def testify(
    statements: pl.DataFrame, bodies: Iterable[Body], names: TestimonyNames, real_county: RealCounty
) -> Testimony:
    """Read statements and tie them to agencies.

    Args:
        statements: as :func:`atlas287.sources.testimony.read_folder` gives them.
        bodies: the agencies that lists print.
        names: the verdicts: (source or "", state, name key) -> the key it should have.
        real_county: whether a state has a county of that name.
    """
    tying = _Tying(bodies, names, real_county)
    sights = _last_sights(statements)
    told: list[Told] = []
    aside: list[Row] = []
    # Of an agency that no list printed, the source of the lowest rank gives the name.
    ordered = sorted(statements.iter_rows(), key=lambda s: (SOURCES[s[0]].rank, s[1], *map(str, s[2:])))
    for source, row, state, agency, model, says, day, until in ordered:
        wrong = _wrong(day, until)
        if not wrong and says in SIGNED:
            wrong = _to_come(day, sights.get((source, row, state), SOURCES[source].as_of))
        code, _ = state_code(state)
        form = MODEL_WORDS.get(model or "") or (model_code(model)[0] if model else None)
        if code is None:
            wrong = f"the state {state!r} is none", "write a state's name or postal code"
        elif model and form is None:
            wrong = f"the support model {model!r} is none", "write it as the source's other rows do"
        body, rule = (None, "") if wrong or code is None else tying.tie(source, code, agency)
        if not wrong and body is None and code is not None:
            wrong = tying.why_not(source, code, agency)
        if wrong or body is None or (begun := _day(day)) is None:
            reason, remedy = wrong or ("", "")
            cells = {
                "state": state,
                "agency": agency,
                "model": model,
                "says": says,
                "day": day,
                "until": until,
            }
            aside.append(
                (
                    None, None, SOURCES[source].file, None, row, "testimony",
                    f"{SOURCES[source].file}, row {row}: {reason}", remedy,
                    json.dumps({k: v for k, v in cells.items() if v}, ensure_ascii=False),
                )
            )  # fmt: skip
            continue
        told.append(
            Told(body, source, row, says, form, begun, _day(until) if until else None, state, agency, rule)
        )
    return Testimony(told, tying.made, aside)


def _last_sights(statements: pl.DataFrame) -> dict[tuple[str, int, str], str]:
    """By source, row and state, the last day on which the source saw what it prints."""
    seen = statements.filter(pl.col("says") == "seen").select("source", "row", "state", "until")
    return {(source, row, state): until for source, row, state, until in seen.iter_rows()}


def _to_come(day: str, last_sight: str) -> tuple[str, str] | None:
    signed, last = _day(day), _day(last_sight)
    if signed and last and signed > last:
        return f"signed on {day}, after the source's last sight of it ({last_sight})", _LOOK
    return None


def _day(printed: str) -> date | None:
    day, rule = read_date(printed, LAST_YEAR)
    return None if rule == "year's digit" else day  # these sources are few enough to be looked up


def _wrong(day: str, until: str | None) -> tuple[str, str] | None:
    for printed in (day,) if until is None else (day, until):
        if _day(printed) is None:
            _, rule = read_date(printed, LAST_YEAR)
            why = "impossible year" if rule == "year's digit" else rule
            return f"{printed!r} is no day: {why}", _LOOK
    if until and (begun := _day(day)) and (ended := _day(until)) and begun > ended:
        return f"it begins on {day} after it ends on {until}", _LOOK
    return None


class _Tying:
    """Names to agencies, and the agencies that only testimony names."""

    def __init__(self, bodies: Iterable[Body], names: TestimonyNames, real_county: RealCounty) -> None:
        self.names, self.real_county = names, real_county
        self.of: dict[str, dict[str, list[Body]]] = defaultdict(lambda: defaultdict(list))
        for body in bodies:
            for unit in body.units:
                if body not in self.of[unit.state][unit.key]:
                    self.of[unit.state][unit.key].append(body)
        self.made: list[Body] = []
        self.known: dict[tuple[str, str, str], tuple[Body | None, str]] = {}

    def tie(self, source: str, state: str, agency: str) -> tuple[Body | None, str]:
        """The agency that a source means by a name, and the rule; None where it cannot be told."""
        asked = source, state, agency
        if asked not in self.known:
            self.known[asked] = self._tie(*asked)
        return self.known[asked]

    def _tie(self, source: str, state: str, agency: str) -> tuple[Body | None, str]:
        printed = name_key(agency, state)
        verdict = self.names.get((source, state, printed)) or self.names.get(("", state, printed))
        key = name_key(verdict, state) if verdict else printed
        here = self.of[state]
        if key in here:
            found, rule = here[key], "verdict" if verdict else "same name"
        else:
            longer = {id(b): b for k, bs in here.items() if longer_form(key, k, state) for b in bs}
            found, rule = list(longer.values()), "verdict" if verdict else "longer form"
        if len(found) == 1:
            return found[0], rule
        if found or not evened(agency) or self._nowhere(state, key):
            return None, ""
        name = verdict or agency
        body = Body([_unit(state, key, name, -1 - len(self.made))])
        self.made.append(body)
        here[key].append(body)
        return body, "verdict" if verdict else "as printed"

    def _nowhere(self, state: str, key: str) -> bool:
        place = place_of(key)
        return place is not None and not self.real_county(state, place)

    def why_not(self, source: str, state: str, agency: str) -> tuple[str, str]:
        """Reason and remedy for a name that :meth:`tie` cannot tie."""
        if not evened(agency):
            return "no agency is named", "look the name up in the source"
        verdict = (
            f"add a row to corrections/testimony.csv: {source},{state},{agency},<the agency>,<what shows it>"
        )
        key = name_key(agency, state)
        if not self._nowhere(state, key):
            return f"{agency!r} may be several agencies of {state}", verdict
        place = place_of(key)
        others = [other for other in STATE_NAMES if other != state and self.real_county(other, place)]
        where = f"; {', '.join(others[:6])} {'has' if len(others) == 1 else 'have'} one" if others else ""
        return f"{state} has no {place}{where}: wrong state or misspelt ({agency!r})", verdict


def _unit(state: str, key: str, name: str, no: int) -> Unit:
    reading = Reading(no, state, tidy(name), evened(name), key, None, None, None, None, None, (), ())
    return Unit(state, key, title=tidy(name), readings=[reading])


# Rows of the register -----------------------------------------------------------------------------


def source_rows(told: Sequence[Told]) -> list[Row]:
    """Rows of the table ``source``."""
    counts: dict[str, set[int]] = defaultdict(set)
    for one in told:
        counts[one.source].add(one.row)
    return [
        (s.id, s.title, s.publisher, s.as_of, s.rank, s.file, len(counts[s.id])) for s in SOURCES.values()
    ]


def testimony_rows(told: Sequence[Told], agency_no: Callable[[Body], int]) -> list[Row]:
    """Rows of the table ``testimony``; what a row of a source says twice is one of them."""
    rows: dict[tuple[object, ...], Row] = {}
    for one in told:
        no, day = agency_no(one.body), one.day.isoformat()
        until = one.until.isoformat() if one.until else None
        rows.setdefault(
            (one.source, one.row, no, one.says, day),
            (
                one.source, one.row, no, one.says, one.model, day, until, one.printed_state, one.printed,
                one.rule,
            ),
        )  # fmt: skip
    return list(rows.values())
