"""Handovers: one name ends on the very list before another begins, all else the same.

That is how the lists themselves show a misspelling mended or an agency renamed. Every rule
asks that the evidence leave one reading: one name ended, one began, and nothing on any list
shows them to be two bodies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from . import spans
from .names import PLACES, likeness, longer_form, misspelt, place_of, stem, tellers
from .units import Unit

#: Telling words this much alike (of 100) are one word misspelt, where the lists hand over.
ALIKE = 80
#: Without a signing day to hold on to (pending lists), more is asked.
VERY_ALIKE = 88
#: A link belongs to a pair of names if they print this share of its rows: for a few days of
#: August 2025 ICE's links stood one or more rows away from their own.
OWN_LINK = 0.9


@dataclass(slots=True, frozen=True)
class Handover:
    """Name ``old`` ended where ``new`` began: between lists ``at - 1`` and ``at``."""

    old: Unit
    new: Unit
    at: int
    model: str
    only: bool  # no other name of that model and day ended or began there
    taken_back: bool  # ``old`` returned when ``new`` ended


@dataclass(slots=True, frozen=True)
class Ruling:
    """What a rule makes of a handover: ``rule`` ties the names; None leaves a candidate."""

    rule: str | None
    why: str


def find(groups: Iterable[tuple[str, list[tuple[Unit, int]]]]) -> Iterable[Handover]:
    """Handovers within groups of rows that agree in all but the name.

    Args:
        groups: (model, [(unit, its span under that model and signing day)]).
    """
    for model, members in groups:
        if len(members) < 2:
            continue
        ended: dict[int, list[Unit]] = defaultdict(list)
        begun: dict[int, list[Unit]] = defaultdict(list)
        span_of = {id(unit): span for unit, span in members}
        for unit, span in members:
            for p in spans.ends(span):
                ended[p + 1].append(unit)
            for p in spans.starts(span):
                begun[p].append(unit)
        for at in sorted(ended.keys() & begun.keys()):
            only = len(ended[at]) == len(begun[at]) == 1
            for old in ended[at]:
                for new in begun[at]:
                    a, b = span_of[id(old)], span_of[id(new)]
                    if a & b:
                        continue
                    until = next((p for p in spans.ends(b) if p >= at), None)
                    back = (
                        until is not None
                        and until + 1 in set(spans.starts(a))
                        and at - 1 in set(spans.ends(a))
                    )
                    yield Handover(old, new, at, model, only, back)


def rule_on(
    handover: Handover,
    own_link: Callable[[Unit, Unit], bool],
    real_county: Callable[[str, str | None], bool],
) -> Ruling:
    """Which rule, if any, makes the two names of a handover one agency's."""
    old, new = handover.old, handover.new
    if old.kind != new.kind:
        return Ruling(None, f"a {old.kind} and a {new.kind}: different kinds of body")
    if together(old, new):
        return Ruling(None, "both stand on one list under one model")
    if tellers(old.key) != tellers(new.key):
        return Ruling(None, "another number or point of the compass in the names")
    same_words = sorted(old.key.split()) == sorted(new.key.split())
    other_places = (
        place_of(old.key) != place_of(new.key)
        and real_county(old.state, place_of(old.key))
        and real_county(new.state, place_of(new.key))
    )
    if other_places:
        return Ruling(None, "both name a county of the state")
    linked = own_link(old, new)
    if same_words:
        return Ruling("word order", "the same words in another order")
    if linked and handover.only:
        return Ruling("same memorandum", "one signing day and one memorandum under both names")
    if handover.taken_back and handover.only:
        return Ruling("taken back", "printed for a stretch and taken back")
    if _unit_words(old.key) != _unit_words(new.key):
        return Ruling(None, "one names a county, township or borough, the other does not")
    alike = likeness(old.key, new.key) if stem(old.key)[:1] == stem(new.key)[:1] else 0.0
    mended = not real_county(old.state, place_of(old.key)) and real_county(new.state, place_of(new.key))
    sure = handover.only or mended or alike >= VERY_ALIKE
    if alike >= ALIKE and misspelt(old.key, new.key) and sure:
        return Ruling("spelling", f"telling words {alike:.0f} % alike")
    if longer_form(old.key, new.key, old.state) and handover.only:
        return Ruling("longer form", "one name holds the other")
    return Ruling(None, f"telling words {alike:.0f} % alike")


def together(a: Unit, b: Unit) -> bool:
    """Whether some list prints both under one model: then they are two bodies."""
    return any(span & b.by_model.get(model, 0) for model, span in a.by_model.items()) or any(
        span & b.pending.get(model, 0) for model, span in a.pending.items()
    )


def _unit_words(key: str) -> list[str]:
    return sorted(w for w in key.split() if w in PLACES)


def much_alike(a: Unit, b: Unit) -> float:
    """How alike two names are when nothing but their letters ties them (0 to 100)."""
    if a.kind != b.kind or tellers(a.key) != tellers(b.key) or _unit_words(a.key) != _unit_words(b.key):
        return 0.0
    return (
        min(likeness(a.key, b.key), fuzz.ratio(a.key, b.key))
        if min(len(stem(a.key)), len(stem(b.key))) > 3
        else 0.0
    )
