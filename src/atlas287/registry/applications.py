"""Pending applications: when each was pending, and which agreement it became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import spans
from .agreements import Agreement
from .events import is_confirmed
from .ties import Body

#: ICE may list an agreement a day before it takes the application off the pending list.
OVERLAP = timedelta(days=1)
#: An agreement first listed later than this after the last pending list came of something else.
WITHIN = timedelta(days=120)
UNSTATED = "unstated"


@dataclass(slots=True)
class Application:
    """One application of an agency for one model; ``span`` is over pending lists."""

    body: Body
    model: str
    span: int
    became: Agreement | None
    status: str


def applications_of(
    body: Body,
    agreements: Sequence[Agreement],
    times: Sequence[datetime],
    pending_times: Sequence[datetime],
    documents: Sequence[str],
) -> list[Application]:
    """The applications of one agency, in order of model and first pending list.

    Runs of pending lists that lead to one agreement, or to none, are one application.

    Args:
        agreements: the agency's.
        documents: sha256 of each pending list, in order.
    """
    by_model: dict[str, int] = {}
    for unit in body.units:
        for model, span in unit.pending.items():
            by_model[model or UNSTATED] = by_model.get(model or UNSTATED, 0) | span
    out: list[Application] = []
    for model, span in sorted(by_model.items()):
        begun = sorted((a for a in agreements if a.model == model), key=lambda a: a.first)
        parts: dict[int, tuple[Agreement | None, int]] = {}
        for began, ended in spans.runs(span):
            soon = pending_times[ended] + WITHIN
            became = next(
                (a for a in begun if pending_times[began] - OVERLAP <= times[a.first] <= soon), None
            )
            agreement, so_far = parts.get(id(became), (became, 0))
            parts[id(became)] = agreement, so_far | spans.run(began, ended)
        out += [Application(body, model, s, a, _status(a, s, documents)) for a, s in parts.values()]
    out.sort(key=lambda a: (a.model, spans.first(a.span)))
    return out


def _status(became: Agreement | None, span: int, documents: Sequence[str]) -> str:
    if became:
        return "became"
    gone = spans.last(span) + 1
    if gone == len(documents):
        return "pending"
    return "gone" if is_confirmed(gone, documents) else "not_on_latest"
