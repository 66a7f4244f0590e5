"""Units: the rows that one spelling of one agency stands for, before spellings are tied.

A unit is a state and a name key. Three things are settled here, row by row: verdicts on
names, a state printed wrongly for a stretch of lists, and two bodies of one name in one
state, which their counties tell apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from .names import kind_of, name_key, place_of
from .reading import Reading
from .verdicts import Verdicts

#: A later state stands unless it is this much rarer than the one before it.
RARER = 10
#: For at most so many lists a row without a county in its name stands under a wrong state.
BRIEF = 10


@dataclass(slots=True)
class Unit:
    """One name key in one state, with the lists that print it."""

    state: str
    key: str
    county: str = ""  # set only where the county tells two bodies of one name apart
    title: str = ""  # the commonest of its own spellings (not one that a verdict brought), to show
    readings: list[Reading] = field(default_factory=list)
    by_date: dict[tuple[str, date | None], int] = field(default_factory=dict)  # (model, signed) -> span
    by_model: dict[str, int] = field(default_factory=dict)  # model -> span
    pending: dict[str, int] = field(default_factory=dict)  # model -> span over pending lists
    span: int = 0
    pending_span: int = 0

    pending_model: str | None = None  # the model of its pending rows that state none

    @property
    def kind(self) -> str:
        return kind_of(self.key)

    def model_of(self, reading: Reading) -> str | None:
        """The model of one of its rows; None for a pending row that states none."""
        return reading.model or self.pending_model


@dataclass(slots=True)
class Restated:
    """Rows printed under a wrong state (or none that can be read), and the right one."""

    printed: str | None
    state: str
    name: str
    model: str | None
    signed: date | None
    span: int  # the lists that print it wrongly
    rule: str


Spans = Mapping[int, int]


def settle(
    readings: Iterable[Reading],
    on: Spans,
    pending: Spans,
    verdicts: Verdicts,
    real_county: Callable[[str, str | None], bool],
) -> tuple[list[Unit], dict[int, Unit], list[Restated], list[Reading]]:
    """Sort readings into units.

    Args:
        readings: every distinct printed row.
        on, pending: by printed row, its span over participating and pending lists.
        real_county: whether a state has a county (parish, borough) of that name.

    Returns:
        the units in order of state and key; the unit of each printed row; the rows whose
        state was set right; and the readings that have no state or model and so no place.
    """
    readings = list(readings)
    state_of, restated = _right_states(readings, on, pending, real_county)
    placed: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    homeless = []
    for reading in readings:
        state = state_of.get(reading.no, reading.state)
        unread = "model" in dict(reading.wrong) or (reading.model is None and on.get(reading.no))
        if state is None or unread or not reading.evened:
            homeless.append(reading)
        else:
            placed[state, _key(reading, state, verdicts)].append(reading)
    units: list[Unit] = []
    unit_of: dict[int, Unit] = {}
    for (state, key), rows in sorted(placed.items()):
        for county, part in _by_county(key, rows, on, pending).items():
            unit = _unit(state, key, county, part, on, pending)
            units.append(unit)
            unit_of.update((reading.no, unit) for reading in part)
    return units, unit_of, restated, homeless


def _key(reading: Reading, state: str, verdicts: Verdicts) -> str:
    key = reading.key if state == reading.state else name_key(reading.name, state)
    for verdict in verdicts.names_by.get((state, key), ()):
        # Pending rows bear no signing day; they go with the rows of their model.
        if verdict.model in (None, reading.model) and verdict.signed in (
            None,
            reading.signed or verdict.signed,
        ):
            return name_key(verdict.same_as, state)
    return key


def _unit(state: str, key: str, county: str, rows: list[Reading], on: Spans, pending: Spans) -> Unit:
    unit = Unit(state, key, county, readings=rows)
    for reading in rows:
        here, waiting = on.get(reading.no, 0), pending.get(reading.no, 0)
        model = reading.model or ""
        if here:
            unit.by_date[model, reading.signed] = unit.by_date.get((model, reading.signed), 0) | here
            unit.by_model[model] = unit.by_model.get(model, 0) | here
            unit.span |= here
        if waiting:
            unit.pending[model] = unit.pending.get(model, 0) | waiting
            unit.pending_span |= waiting
    _state_model(unit)
    own = [r for r in rows if name_key(r.name, state) == key] or rows
    commonest = max(own, key=lambda r: (on.get(r.no, 0).bit_count() + pending.get(r.no, 0).bit_count(), r.no))
    unit.title = commonest.name + (f" ({county})" if county else "")
    return unit


def _state_model(unit: Unit) -> None:
    """A pending row without a model is of the model that the lists beside it print, if of one."""
    blank = unit.pending.get("", 0)
    beside = [m for m, span in unit.pending.items() if m and (_passes(blank, span) or _passes(span, blank))]
    if blank and len(beside) == 1:
        unit.pending_model = beside[0]
        unit.pending[beside[0]] |= unit.pending.pop("")


def _right_states(
    readings: list[Reading], on: Spans, pending: Spans, real_county: Callable[[str, str | None], bool]
) -> tuple[dict[int, str], list[Restated]]:
    """Rows that pass from one state to another between consecutive lists, all else the same.

    The same name, model and signing day that ends in one state on the very list before it
    begins in another is one row under two states. The later state is ICE's correction,
    unless it has so far been a brief slip; :func:`_slip` says when that is sure. Pending lists
    print no signing day, so there the wrong state must have no county of that name.
    """
    groups: dict[tuple[str, str | None, date | None], dict[str | None, list[Reading]]] = {}
    for reading in readings:
        groups.setdefault((reading.evened, reading.model, reading.signed), {}).setdefault(
            reading.state, []
        ).append(reading)
    waiting = {(r.evened, r.model, r.state) for r in readings if pending.get(r.no)}
    state_of: dict[int, str] = {}
    restated = []
    for (_, model, signed), states in groups.items():
        if len(states) != 2:
            continue
        for lists in (on, pending):
            (one, one_rows), (two, two_rows) = sorted(states.items(), key=lambda s: _reach(s[1], lists))
            a, b = _union(one_rows, lists), _union(two_rows, lists)
            if not a or not b or a & b or not (_passes(a, b) or _passes(b, a)):
                continue
            corrected = one is None or (two is not None and b.bit_count() * RARER >= a.bit_count())
            wrong, right = (one_rows, two) if corrected else (two_rows, one)
            if right is None or not (
                one is None or _slip(wrong, states[right], lists, lists is on, waiting, real_county)
            ):
                continue
            state_of.update((reading.no, right) for reading in wrong)
            restated.append(
                Restated(
                    wrong[0].state,
                    right,
                    wrong[0].name,
                    model,
                    signed,
                    _union(wrong, lists),
                    "state for a stretch",
                )
            )
    return state_of, restated


def _slip(
    wrong: list[Reading],
    right: list[Reading],
    lists: Spans,
    listed: bool,
    waiting: set[tuple[str, str | None, str | None]],
    real_county: Callable[[str, str | None], bool],
) -> bool:
    """Whether rows under another state can only be a slip.

    One agency may leave as its namesake in another state comes: where both states have the
    county that the name says (there are eight Jackson Counties), the memorandum, or an
    application in the right state, has to show that it is one row; where the name says no
    county, that or a brief stretch.
    """
    place = place_of(wrong[0].key)
    if place and not real_county(wrong[0].state or "", place):
        return True
    if not listed or (place and not real_county(right[0].state or "", place)):
        return False
    one = right[0]
    linked = {r.link for r in wrong if r.link} & {r.link for r in right if r.link}
    brief = not place and _union(wrong, lists).bit_count() <= BRIEF
    return brief or bool(linked) or (one.evened, one.model, one.state) in waiting


def _reach(rows: list[Reading], lists: Spans) -> int:
    return _union(rows, lists).bit_length()


def _union(rows: list[Reading], lists: Spans) -> int:
    span = 0
    for reading in rows:
        span |= lists.get(reading.no, 0)
    return span


def _passes(a: int, b: int) -> bool:
    """Whether a run of ``a`` ends on the list before one of ``b`` begins."""
    return bool(((a & ~(a >> 1)) << 1) & b & ~(b << 1))


def _by_county(key: str, rows: list[Reading], on: Spans, pending: Spans) -> dict[str, list[Reading]]:
    """Split one name that lists print in two counties at once, or with other signings in each.

    A county that the name itself says settles it: another in the cell is a slip. So is a
    county that changes while model and signing day stay.
    """
    counties = Counter(r.county for r in rows if r.county)
    if len(counties) < 2 or place_of(key):
        return {"": rows}
    groups: list[list[str]] = []
    for county, _ in sorted(counties.items(), key=lambda c: (-c[1], c[0])):
        near = next((g for g in groups if fuzz.ratio(g[0], county) >= 80), None)
        near.append(county) if near else groups.append([county])
    if len(groups) < 2:
        return {"": rows}
    parts = {g[0]: [r for r in rows if r.county in g] for g in groups}
    both = list(parts.values())
    together = any(
        _union(a, lists) & _union(b, lists)
        for i, a in enumerate(both)
        for b in both[i + 1 :]
        for lists in (on, pending)
    )
    signings = [{(r.model, r.signed) for r in part if on.get(r.no)} for part in both]
    models = [{model for model, _ in part} for part in signings]
    other_signings = bool(set.intersection(*models)) and not set.intersection(*signings)
    if not together and not other_signings:
        return {"": rows}
    # A row without a county goes with the rows of its signing day, else with the commonest.
    for reading in rows:
        if not reading.county:
            same = [
                c
                for c, part in parts.items()
                if any((r.model, r.signed) == (reading.model, reading.signed) for r in part)
            ]
            parts[same[0] if len(same) == 1 else groups[0][0]].append(reading)
    return parts
