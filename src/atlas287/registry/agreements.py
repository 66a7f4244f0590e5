"""Agreements: one signed instrument each, over every list that prints it.

Same agency, model and signing day is one agreement whatever gaps its listing has. A signing
day that changes between consecutive lists is either a correction (one agreement, re-dated)
or a new signing; the rules below tell them apart and are logged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from . import spans
from .dates import with_year
from .reading import Reading
from .ties import Body
from .units import Spans

#: An agreement first listed this many days after the day it bears …
LATE = 300
#: … was signed in another year if one changed digit brings the day this near to the listing.
PROMPT = 60
#: Lists that must have come before, so that lateness is not just where the record begins.
LISTS_BEFORE = 10
#: The rule on a day that changes while no memorandum is posted yet …
PENDING = "memorandum still pending"
#: … and how many days such a correction moves it at most; further is another signing.
CORRECTED_WITHIN = 120
#: A signing listed within this many days after another agreement of the same agency and
#: model left the lists supersedes it; later, the first was removed and a second came.
SUPERSEDES_WITHIN = 60


@dataclass(slots=True)
class Redating:
    """A signing day that changed on the lists, or that rules changed, and by which rule."""

    old: date | None
    new: date | None
    rule: str
    at: int | None  # the list on which the new day stands first; None: no list prints it


@dataclass(slots=True)
class Agreement:
    """One agreement.

    ``span`` is the participating lists that print it; ``by_date`` the spans of each signing
    day printed for it; ``signed`` the day it goes by.
    """

    body: Body
    model: str
    signed: date | None
    span: int
    by_date: dict[date | None, int]
    redatings: list[Redating] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    superseded_by: Agreement | None = None

    @property
    def first(self) -> int:
        return spans.first(self.span)

    @property
    def last(self) -> int:
        return spans.last(self.span)


def agreements_of(
    body: Body,
    on: Spans,
    times: Sequence[datetime],
    link_owner: Mapping[str, frozenset[int]],
    verdict: Mapping[tuple[str, date], date],
) -> list[Agreement]:
    """The agreements of one agency, in order of model and first listing.

    Args:
        on: by printed row, its span over participating lists.
        times: the instant of each participating list.
        link_owner: by memorandum link, the ids of the units that print most of its rows.
        verdict: (model, day printed) -> the right day, for this agency.
    """
    by_model: dict[str, dict[date | None, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    changed: dict[str, list[Redating]] = defaultdict(list)
    for reading in (r for u in body.units for r in u.readings if on.get(r.no)):
        day, model = reading.signed, reading.model or ""
        if day and (model, day) in verdict:
            right = verdict[model, day]
            if not any(c.old == day for c in changed[model]):
                changed[model].append(Redating(day, right, "verdict", None))
            day = right
        by_model[model][day].append(reading)
    out: list[Agreement] = []
    owners = frozenset(id(u) for u in body.units)
    for model, days in sorted(by_model.items()):
        out += _of_model(body, model, days, changed[model], on, times, link_owner, owners)
    return out


def _of_model(
    body: Body,
    model: str,
    days: Mapping[date | None, list[Reading]],
    changed: list[Redating],
    on: Spans,
    times: Sequence[datetime],
    link_owner: Mapping[str, frozenset[int]],
    owners: frozenset[int],
) -> list[Agreement]:
    span_of = {day: _union(rows, on) for day, rows in days.items()}
    chains = [{day} for day in days]
    redatings: list[Redating] = []
    for old, new, at in _changes(span_of):
        rule = _redated(days[old], days[new], span_of[old], span_of[new], at, on, link_owner, owners)
        apart = abs((new - old).days) if old and new else 0
        if old and new and (rule is None or (rule == PENDING and apart > CORRECTED_WITHIN)):
            continue
        if new is not None:  # a day that cannot be read any more is no other day
            redatings.append(Redating(old, new, rule if old and rule else "undated before", at))
        _join(chains, old, new)
    out = []
    for chain in chains:
        span = _or(span_of[d] for d in chain)
        agreement = Agreement(
            body,
            model,
            _last_day({d: span_of[d] for d in chain}),
            span,
            {d: span_of[d] for d in chain},
            [r for r in redatings if r.new in chain] + [c for c in changed if c.new in chain],
            [r for d in chain for r in days[d]],
        )
        _mend_year(agreement, times)
        out.append(agreement)
    out.sort(key=lambda a: (a.first, a.signed or date.min))
    _supersede(out, times)
    return out


def _union(rows: Iterable[Reading], on: Spans) -> int:
    return _or(on[r.no] for r in rows)


def _or(parts: Iterable[int]) -> int:
    whole = 0
    for part in parts:
        whole |= part
    return whole


def _changes(span_of: Mapping[date | None, int]) -> list[tuple[date | None, date | None, int]]:
    """Days that end on the list before another begins, where no third is concerned."""
    ended: dict[int, list[date | None]] = defaultdict(list)
    begun: dict[int, list[date | None]] = defaultdict(list)
    for day, span in span_of.items():
        for p in spans.ends(span):
            ended[p + 1].append(day)
        for p in spans.starts(span):
            begun[p].append(day)
    return [
        (ended[at][0], begun[at][0], at)
        for at in sorted(ended.keys() & begun.keys())
        if len(ended[at]) == len(begun[at]) == 1 and not span_of[ended[at][0]] & span_of[begun[at][0]]
    ]


def _redated(
    old: list[Reading],
    new: list[Reading],
    old_span: int,
    new_span: int,
    at: int,
    on: Spans,
    link_owner: Mapping[str, frozenset[int]],
    owners: frozenset[int],
) -> str | None:
    """The rule by which a changed day is a correction, or None for a new signing."""
    before = [r for r in old if on[r.no] >> (at - 1) & 1]
    if all(r.link is None for r in before):
        return PENDING
    shared = {r.link for r in old if r.link} & {r.link for r in new if r.link}
    if any(link_owner.get(link, frozenset()) <= owners for link in shared if link):
        return "same memorandum"
    until = next((p for p in spans.ends(new_span) if p >= at), None)
    if until is not None and old_span >> (until + 1) & 1:
        return "taken back"
    since = next((p for p in reversed(list(spans.starts(old_span))) if p < at), 0)
    if since and new_span >> (since - 1) & 1:
        return "taken back"
    return None


def _join(chains: list[set[date | None]], a: date | None, b: date | None) -> None:
    one = next(c for c in chains if a in c)
    other = next(c for c in chains if b in c)
    if one is not other:
        one |= other
        chains.remove(other)


def _last_day(by_date: Mapping[date | None, int]) -> date | None:
    """The day that the last list printing any prints; of several, the later."""
    dated = {d: span for d, span in by_date.items() if d}
    return max(dated, key=lambda d: (spans.last(dated[d]), d)) if dated else None


def _mend_year(agreement: Agreement, times: Sequence[datetime]) -> None:
    """A day a year or a digit away from the listing that brought it was misprinted.

    ICE printed Tenaha, Texas, on 8 January 2026 as signed on 7 January 2025; a year of lists
    without it, and a task force that did not exist, say 2026.
    """
    day, listed = agreement.signed, times[agreement.first].date()
    if day is None or agreement.redatings:
        return
    late, early = (listed - day).days >= LATE and agreement.first >= LISTS_BEFORE, (day - listed).days > 1
    if not late and not early:
        return
    near = []
    for year in range(listed.year - 1, listed.year + 1):
        other = with_year(day, year)
        digits = sum(a != b for a, b in zip(str(year), str(day.year), strict=True))
        if other and year != day.year and digits == 1 and 0 <= (listed - other).days <= PROMPT:
            near.append(other)
    if len(near) == 1:
        agreement.redatings.append(Redating(day, near[0], "year misprinted", None))
        agreement.signed = near[0]


def _supersede(agreements: list[Agreement], times: Sequence[datetime]) -> None:
    for i, old in enumerate(agreements):
        for new in agreements[i + 1 :]:
            if new.last <= old.last or (old.signed and new.signed and new.signed <= old.signed):
                continue
            if old.last + 1 >= len(times):
                continue
            gone = times[old.last + 1]
            if (times[new.first] - gone).days <= SUPERSEDES_WITHIN:
                old.superseded_by = new
                break
