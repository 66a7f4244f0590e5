"""Events: what changed between two consecutive lists, each with the lists that show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import spans
from .agreements import Agreement
from .ties import Body

#: An agreement missing from the newest lists is removed once this many further documents
#: confirm the first that lacks it. The same bytes seen again confirm nothing.
CONFIRMED_BY = 3

#: What each event does to the number of agreements on the list.
DELTA = {
    "listed": 1,
    "model_added": 1,
    "returned": 1,
    "switched": 1,
    "resigned": 1,
    "removed": -1,
    "superseded": -1,
    "redated": 0,
    "renamed": 0,
}


@dataclass(slots=True)
class Event:
    """One change. ``at``: the list that shows it first; the list before it is the other
    witness. ``confirmed`` is False while too few lists have followed a removal."""

    kind: str
    at: int
    body: Body
    agreement: Agreement | None
    detail: str = ""
    confirmed: bool = True


def events_of(body: Body, agreements: Sequence[Agreement], documents: Sequence[str]) -> list[Event]:
    """All events of one agency, in order.

    Args:
        documents: sha256 of each participating list, in order.
    """
    out: list[Event] = []
    by_model: dict[str, int] = defaultdict(int)
    for agreement in agreements:
        by_model[agreement.model] |= agreement.span
    for agreement in agreements:
        out += _comings_and_goings(agreement, agreements, by_model, documents)
        for change in agreement.redatings:
            if change.at is not None:
                old, new = change.old or "no day", change.new or "no day"
                out.append(Event("redated", change.at, body, agreement, f"{old} → {new} ({change.rule})"))
    out += _renamings(body)
    out.sort(key=lambda e: (e.at, DELTA[e.kind], e.kind, e.agreement.model if e.agreement else "", e.detail))
    return out


def _comings_and_goings(
    agreement: Agreement, all_: Sequence[Agreement], by_model: dict[str, int], documents: Sequence[str]
) -> Iterable[Event]:
    for n, (began, ended) in enumerate(spans.runs(agreement.span)):
        kind, detail = ("returned", "") if n else _first_listing(agreement, began, all_, by_model)
        yield Event(kind, began, agreement.body, agreement, detail)
        if ended == len(documents) - 1:
            continue
        gone = ended + 1
        heir = agreement.superseded_by
        if ended == agreement.last and heir is not None:
            yield Event(
                "superseded", gone, agreement.body, agreement, f"a signing of {heir.signed} took its place"
            )
        else:
            yield Event("removed", gone, agreement.body, agreement, "", is_confirmed(gone, documents))


def _first_listing(
    agreement: Agreement, began: int, all_: Sequence[Agreement], by_model: dict[str, int]
) -> tuple[str, str]:
    if began == 0:
        return "listed", "stands on the first list held"
    predecessor = next((a for a in all_ if a.superseded_by is agreement), None)
    if predecessor:
        return "resigned", f"signed {agreement.signed}, after {predecessor.signed}"
    before = {m for m, span in by_model.items() if span >> (began - 1) & 1}
    now = {m for m, span in by_model.items() if span >> began & 1}
    dropped = sorted(before - now)
    if dropped:
        return "switched", f"{', '.join(dropped)} → {agreement.model}"
    if before - {agreement.model}:
        return "model_added", f"beside {', '.join(sorted(before - {agreement.model}))}"
    return "listed", ""


def is_confirmed(gone: int, documents: Sequence[str]) -> bool:
    """Whether enough further documents follow the first list that lacks a row."""
    seen: set[str] = set()
    for at in range(gone, len(documents)):
        seen.add(documents[at])
        if len(seen) > CONFIRMED_BY:
            return True
    return False


def _renamings(body: Body) -> Iterable[Event]:
    for old in body.units:
        for new in body.units:
            if old is new:
                continue
            began = set(spans.starts(new.span))
            for p in spans.ends(old.span):
                if p + 1 in began:
                    yield Event("renamed", p + 1, body, None, f"{old.title} → {new.title}")
