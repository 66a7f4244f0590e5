"""Listed spells: one unbroken time of an agency on ICE's lists under one model, over all its agreements.

A re-signing without a gap goes on with the spell. Lists that lack the agency's row end a spell
only where enough further documents confirm it (:data:`events.CONFIRMED_BY`) and what comes later is
another agreement: the very agreement that returns was never given up, whatever lists lacked it.
Every other gap is bridged, counted, and told in ``doubt``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from . import spans
from .agreements import Agreement
from .events import is_confirmed
from .ties import Body


@dataclass(slots=True)
class ListedSpell:
    """One listed spell: the n-th of its agency under a model, and the agreements in it, in order."""

    body: Body
    model: str
    n: int
    agreements: list[Agreement]
    span: int

    @property
    def first(self) -> int:
        return spans.first(self.span)

    @property
    def last(self) -> int:
        return spans.last(self.span)

    @property
    def gaps(self) -> list[tuple[int, int]]:
        """Runs of lists in between that lack it, as (first, last)."""
        runs = spans.runs(self.span)
        return [(a[1] + 1, b[0] - 1) for a, b in pairwise(runs)]


def listed_spells_of(agreements: Iterable[Agreement], documents: Sequence[str]) -> Iterator[ListedSpell]:
    """The spells of one agency, in order of model and time.

    Args:
        agreements: of the agency.
        documents: sha256 of each participating list, in order.
    """
    by_model: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        by_model[agreement.model].append(agreement)
    for model, own in sorted(by_model.items()):
        spells: list[ListedSpell] = []
        for agreement in sorted(own, key=lambda a: (a.first, str(a.signed), a.last)):
            at = spells[-1] if spells else None
            if at and not is_confirmed(at.last + 1, documents[: agreement.first]):
                at.agreements.append(agreement)
                at.span |= agreement.span
            else:
                spells.append(
                    ListedSpell(agreement.body, model, len(spells) + 1, [agreement], agreement.span)
                )
        yield from spells


def doubts_of(spell: ListedSpell, at: Sequence[str], unsure: bool) -> list[str]:
    """What to know of its ends and gaps.

    Args:
        at: the instant of each participating list.
        unsure: it is missing from the newest lists, and too few others confirm that.
    """
    doubts = []
    if not spell.first:
        doubts.append("stands on the first list held, so when its listing began is not shown")
    for first, last in spell.gaps:
        lists = last - first + 1
        doubts.append(f"{lists} list{'s' * (lists > 1)} of {at[first]} to {at[last]} lack it")
    if unsure:
        doubts.append("missing from the newest lists, which too few others confirm")
    return doubts
