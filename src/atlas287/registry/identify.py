"""Which spellings name one agency.

Rules decide first, on the lists' own evidence; a verdict decides what rules cannot; what
neither decides is a candidate, reported and never merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz, process

from . import handover, spans
from .handover import Handover, Ruling
from .names import likeness, place_of, stem, tellers
from .ties import UNLIKE, Identified, Ties
from .units import Spans, Unit
from .verdicts import Verdicts

#: A pending name and a participating one meet within this time, or not at all.
WAIT = timedelta(days=60)


def identify(
    units: Sequence[Unit],
    on: Spans,
    pending: Spans,
    times: Sequence[datetime],
    pending_times: Sequence[datetime],
    verdicts: Verdicts,
    real_county: Callable[[str, str | None], bool],
) -> Identified:
    """Tie units into agencies.

    Args:
        units: from :func:`units.settle`.
        on, pending: by printed row, its span over participating and pending lists.
        times, pending_times: the instant of each participating and pending list, in order.
        real_county: whether a state has a county (parish, borough) of that name.
    """
    ties = Ties(units, verdicts, real_county)
    ties.spellings()
    own_link = _own_links(units, on)
    for found in handover.find(_by_signing(units)):
        ties.decide(found, handover.rule_on(found, own_link, real_county))
    for found in handover.find(_by_link(units, on)):
        ruling = handover.rule_on(found, own_link, real_county)
        # A link may have slipped to the row beside it: without a rule, it suggests only like names.
        ties.decide(found, ruling if ruling.rule or _like(found) else Ruling(None, UNLIKE))
    for found in handover.find(_by_pending(units)):
        ties.decide(found, _pending_rule(found, real_county), kind="pending")
    _meet(ties, units, times, pending_times, real_county)
    _look_alikes(ties, units, real_county)
    return ties.result()


def _like(found: Handover) -> bool:
    return likeness(found.old.key, found.new.key) >= handover.ALIKE


def _by_signing(units: Sequence[Unit]) -> list[tuple[str, list[tuple[Unit, int]]]]:
    groups: dict[tuple[str, str, date | None], list[tuple[Unit, int]]] = defaultdict(list)
    for unit in units:
        for (model, signed), span in unit.by_date.items():
            groups[unit.state, model, signed].append((unit, span))
    return [(key[1], members) for key, members in groups.items() if key[2] is not None]


def _by_link(units: Sequence[Unit], on: Spans) -> list[tuple[str, list[tuple[Unit, int]]]]:
    groups: dict[tuple[str, str, str], dict[int, tuple[Unit, int]]] = defaultdict(dict)
    for unit in units:
        for r in unit.readings:
            if r.link and r.model and on.get(r.no):
                _, span = groups[unit.state, r.model, r.link].get(id(unit), (unit, 0))
                groups[unit.state, r.model, r.link][id(unit)] = (unit, span | on[r.no])
    return [(key[1], list(members.values())) for key, members in groups.items() if len(members) > 1]


def _by_pending(units: Sequence[Unit]) -> list[tuple[str, list[tuple[Unit, int]]]]:
    groups: dict[tuple[str, str], list[tuple[Unit, int]]] = defaultdict(list)
    for unit in units:
        for model, span in unit.pending.items():
            groups[unit.state, model].append((unit, span))
    return [(key[1], members) for key, members in groups.items()]


def _own_links(units: Sequence[Unit], on: Spans) -> Callable[[Unit, Unit], bool]:
    """Whether two units share a memorandum that hardly any other name was printed with."""
    rows: dict[str, int] = defaultdict(int)
    of_unit: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit in units:
        for r in unit.readings:
            if r.link and on.get(r.no):
                n = on[r.no].bit_count()
                rows[r.link] += n
                of_unit[id(unit)][r.link] += n

    def own(a: Unit, b: Unit) -> bool:
        mine, yours = of_unit.get(id(a), {}), of_unit.get(id(b), {})
        return any(
            mine[link] + yours[link] >= handover.OWN_LINK * rows[link] for link in mine.keys() & yours.keys()
        )

    return own


def _pending_rule(found: Handover, real_county: Callable[[str, str | None], bool]) -> Ruling:
    """On pending lists nothing but the letters ties two names, so more likeness is asked."""
    ruling = handover.rule_on(found, lambda a, b: False, real_county)
    mended = not real_county(found.old.state, place_of(found.old.key)) and real_county(
        found.new.state, place_of(found.new.key)
    )
    very_alike = handover.much_alike(found.old, found.new) >= handover.VERY_ALIKE
    if ruling.rule in ("spelling", "word order") and (very_alike or mended):
        return ruling
    # Names come and go on pending lists every day; only like ones are worth somebody's look.
    return Ruling(None, ruling.why if _like(found) else UNLIKE)


def _meet(
    ties: Ties,
    units: Sequence[Unit],
    times: Sequence[datetime],
    pending_times: Sequence[datetime],
    real_county: Callable[[str, str | None], bool],
) -> None:
    """Tie names that only pending lists print to the agency that took part soon after."""
    taking_part: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.span:
            taking_part[unit.state, unit.kind].append(unit)
    for waiting in units:
        if waiting.span or not waiting.pending_span:
            continue
        began, ended = (
            pending_times[spans.first(waiting.pending_span)],
            pending_times[spans.last(waiting.pending_span)],
        )
        near = []
        for unit in taking_part[waiting.state, waiting.kind]:
            if handover.much_alike(waiting, unit) < handover.VERY_ALIKE:
                continue
            if _other_county(waiting, unit, real_county) or not (
                waiting.pending.keys() & unit.by_model.keys()
            ):
                continue
            if began - timedelta(days=1) <= times[spans.first(unit.span)] <= ended + WAIT:
                near.append(unit)
        roots = {ties.root(u) for u in near}
        if len(roots) == 1:
            ties.tie_pending(
                waiting,
                near[0],
                "pending under one spelling, listed under another",
                spans.last(waiting.pending_span),
            )


def _other_county(a: Unit, b: Unit, real_county: Callable[[str, str | None], bool]) -> bool:
    one, other = place_of(a.key), place_of(b.key)
    return one != other and real_county(a.state, one) and real_county(b.state, other)


def _look_alikes(ties: Ties, units: Sequence[Unit], real_county: Callable[[str, str | None], bool]) -> None:
    """Report names nearly alike that no handover ties, for somebody to look at."""
    by_kind: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        by_kind[unit.state, unit.kind].append(unit)
    for group in by_kind.values():
        stems = [stem(u.key) for u in group]
        for i, one in enumerate(group[:-1]):
            rest = stems[i + 1 :]
            for _, _, j in process.extract(
                stems[i], rest, scorer=fuzz.ratio, score_cutoff=handover.VERY_ALIKE, limit=None
            ):
                other = group[i + 1 + j]
                same_stem = stems[i] == rest[j] and tellers(one.key) == tellers(other.key)
                if not same_stem and handover.much_alike(one, other) < handover.VERY_ALIKE:
                    continue
                if not handover.together(one, other) and not _other_county(one, other, real_county):
                    ties.consider(one, other, "like names, no handover")
