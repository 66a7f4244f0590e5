"""Spells: one unbroken time of an agency under one model, over all its agreements, on basis listed.

A re-signing without a gap goes on with the spell. Lists that lack the agency's row end a spell
only where enough further documents confirm it (:data:`events.CONFIRMED_BY`) and what comes later is
another agreement: the very agreement that returns was never given up, whatever lists lacked it.
Every other gap is bridged, counted, and told in ``doubt``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from . import spans
from .agreements import Agreement
from .events import is_confirmed
from .schema import Row
from .ties import Body


@dataclass(slots=True)
class Spell:
    """One spell: the n-th of its agency under a model, and the agreements in it, in order."""

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


def spells_of(agreements: Iterable[Agreement], documents: Sequence[str]) -> Iterator[Spell]:
    """The spells of one agency, in order of model and time.

    Args:
        agreements: of the agency.
        documents: sha256 of each participating list, in order.
    """
    by_model: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        by_model[agreement.model].append(agreement)
    for model, own in sorted(by_model.items()):
        spells: list[Spell] = []
        for agreement in sorted(own, key=lambda a: (a.first, str(a.signed), a.last)):
            at = spells[-1] if spells else None
            if at and not is_confirmed(at.last + 1, documents[: agreement.first]):
                at.agreements.append(agreement)
                at.span |= agreement.span
            else:
                spells.append(Spell(agreement.body, model, len(spells) + 1, [agreement], agreement.span))
        yield from spells


def spell_rows(
    agreements: Mapping[int, Sequence[Agreement]],
    documents: Sequence[str],
    at: Sequence[str],
    numbers: Sequence[int],
    agency_no: Callable[[Body], int],
    agreement_id: Callable[[Agreement], str],
) -> Iterator[Row]:
    """Rows of the table ``spell``.

    Args:
        agreements: by agency, its agreements.
        documents, at, numbers: of each participating list in order: sha256, instant, list_no.
    """
    for own in agreements.values():
        for s in spells_of(own, documents):
            gone = s.last + 1
            left = gone < len(documents)
            ended = left and is_confirmed(gone, documents)
            yield (
                agency_no(s.body), s.model, s.n,
                at[s.first - 1] if s.first else None, at[s.first], at[s.last],
                at[s.last] if left else None, at[gone] if left else None,
                numbers[s.first], numbers[s.last],
                len(s.agreements), ";".join(map(agreement_id, s.agreements)),
                s.agreements[0].signed.isoformat() if s.agreements[0].signed else None,
                int(ended), len(s.gaps), _doubt(s, at, left and not ended),
            )  # fmt: skip


def _doubt(spell: Spell, at: Sequence[str], unsure: bool) -> str | None:
    doubts = []
    if not spell.first:
        doubts.append("stands on the first list held, so when its listing began is not shown")
    for first, last in spell.gaps:
        lists = last - first + 1
        doubts.append(f"{lists} list{'s' * (lists > 1)} of {at[first]} to {at[last]} lack it")
    if unsure:
        doubts.append("missing from the newest lists, which too few others confirm")
    return "; ".join(doubts) or None
