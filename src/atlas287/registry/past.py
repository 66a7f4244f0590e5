"""Every agency's signings and spells, from testimony and lists together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .agreements import Agreement
from .courses import Shown, captures, courses_of
from .events import CONFIRMED_BY, is_confirmed
from .listed_spells import ListedSpell, doubts_of, listed_spells_of
from .schema import Row
from .sequence import Ordered
from .signings import Signing, signings_of
from .spells import Listed, Spell, spells_of
from .testimony import Testimony, Told
from .text import MODELS
from .ties import Body
from .verdicts import Ending, Verdicts


@dataclass(slots=True)
class Past:
    """By agency (``id`` of its body): its signings, its spells. ``idle``: verdicts on ends of named
    agencies that no spell takes."""

    signings: dict[int, list[Signing]] = field(default_factory=dict)
    spells: dict[int, list[Spell]] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)


def past_of(
    bodies: Sequence[Body],
    agreements: Mapping[int, Sequence[Agreement]],
    testimony: Testimony,
    on: Ordered,
    moments: Sequence[str],
    verdicts: Verdicts,
) -> Past:
    """Signings and spells of every agency.

    Args:
        agreements: by agency (``id``), its agreements.
        on: the participating lists; ``moments`` their instants as shown.
    """
    told = testimony.by_body()
    full = sorted([*captures(testimony.told), *_first_lists(on)])
    past = Past()
    for body in bodies:
        own, said = agreements.get(id(body), ()), told.get(id(body), [])
        signings = signings_of(said, own)
        listed = [_listed(s, on, moments) for s in listed_spells_of(own, on.documents)]
        left = min((t.day for t in said if t.says == "withdrew"), default=None)
        known = [
            Shown(c.first, c.last, c.source)
            for unit in body.units
            for c in verdicts.continuity.get((unit.state, unit.key), ())
        ]
        courses = courses_of(said, signings, full, left, known) if said else []
        past.signings[id(body)] = signings
        past.spells[id(body)] = spells_of(
            body, courses, listed, signings, full, left, _endings(body, verdicts)
        )
    used = {id(s.ending) for spells in past.spells.values() for s in spells}
    past.idle = [
        f"{state} {name}: {ending.model or 'any model'}, {ending.first} to {ending.last}"
        for (state, name), endings in sorted(verdicts.endings.items())
        for ending in endings
        if state and id(ending) not in used
    ]
    return past


def _first_lists(on: Ordered) -> list[date]:
    """The days of the first lists: enough documents to confirm that an agency had left."""
    first: dict[str, date] = {}
    for document, at in zip(on.documents, on.times, strict=True):
        if len(first) < CONFIRMED_BY:
            first.setdefault(document, at.date())
    return list(first.values())


def _listed(spell: ListedSpell, on: Ordered, moments: Sequence[str]) -> Listed:
    gone = spell.last + 1
    left = gone < len(on.times)
    confirmed = left and is_confirmed(gone, on.documents)
    return Listed(
        spell,
        on.times[spell.first - 1].date() if spell.first else None,
        on.times[spell.first].date(),
        on.times[spell.last].date(),
        on.times[gone].date() if left else None,
        confirmed,
        doubts_of(spell, moments, left and not confirmed),
    )


def _endings(body: Body, verdicts: Verdicts) -> list[Ending]:
    keys = [(u.state, u.key) for u in body.units]
    return [e for key in [*keys, ("", "")] for e in verdicts.endings.get(key, ())]


# Rows of the register -----------------------------------------------------------------------------


def spell_rows(
    past: Past,
    bodies: Sequence[Body],
    moments: Sequence[str],
    numbers: Sequence[int],
    agreement_id: Callable[[Agreement], str],
) -> Iterator[Row]:
    """Rows of the table ``spell``; ``numbers`` is the list_no of each participating list."""
    for no, body in enumerate(bodies):
        for s in past.spells[id(body)]:
            yield (
                no, s.model, s.n, _day(s.starts[0]), _day(s.starts[1]), s.why_starts,
                _day(s.ends[0]) if s.ends else None, _day(s.ends[1]) if s.ends else None, s.why_ends,
                int(s.ended), s.ended_by, s.ended_source, s.switched_from, s.switched_to,
                ";".join(dict.fromkeys(_day(x.day) or "" for x in s.signings)),
                ";".join(f"{a}/{b}" for a, b in s.undocumented) or None,
                *_listed_columns(s.listed, moments, numbers, agreement_id),
                "; ".join([*s.doubts, *([s.against] if s.against else [])]) or None,
            )  # fmt: skip


def _listed_columns(
    listed: ListedSpell | None,
    at: Sequence[str],
    numbers: Sequence[int],
    agreement_id: Callable[[Agreement], str],
) -> Row:
    if listed is None:
        return (None, None, None, None, None, None, None, 0, None, 0)
    first, last = listed.first, listed.last
    left = last + 1 < len(at)
    return (
        at[first - 1] if first else None, at[first], at[last],
        at[last] if left else None, at[last + 1] if left else None,
        numbers[first], numbers[last],
        len(listed.agreements), ";".join(map(agreement_id, listed.agreements)), len(listed.gaps),
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def disagreements(told: Mapping[int, Sequence[Told]], past: Past, bodies: Sequence[Body]) -> list[Row]:
    """Rows of the table ``disagreement``: where sources contradict each other, and what was taken."""
    # A source may say one thing in several rows.
    return list({row[:4]: row for row in _disagreements(told, past, bodies)}.values())


def _disagreements(told: Mapping[int, Sequence[Told]], past: Past, bodies: Sequence[Body]) -> Iterator[Row]:
    for no, body in enumerate(bodies):
        said = told.get(id(body))
        for signing in past.signings[id(body)] if said else ():
            for other in sorted(set(signing.others)):
                best = signing.best
                why = (
                    "the day in the file's name, or beside it, is another"
                    if other in signing.misprints or other.says != "signed"
                    else "days apart: two signatures of one memorandum, or a slip"
                )
                yield (
                    no, "signed_on", f"{best.source}: {best.day}", f"{other.source}: {other.day}",
                    best.day.isoformat(), f"{why}; the source of the lower rank gives the day",
                )  # fmt: skip
        for spell in past.spells[id(body)]:
            if spell.ending and spell.against and spell.ends:
                yield (
                    no, f"end of {spell.model}", f"{spell.ended_source}: {spell.ending.first}", spell.against,
                    _day(spell.ends[0]), "a document on the end goes before what rosters and lists print",
                )  # fmt: skip
        yield from _of_rows(no, said or ())


def _of_rows(no: int, told: Sequence[Told]) -> Iterator[Row]:
    taken = sorted({t.model for t in told if t.source == "oig-2009" and t.says == "stood" and t.model})
    for one in told:
        if one.says == "misdated addendum":
            yield (
                no, "addendum", f"{one.source}: listed before", f"{one.source}: signed {one.day}",
                "no day", "what is listed was signed before",
            )  # fmt: skip
        elif taken and one.source == "chart-2010" and one.says == "stood" and one.model not in (None, *taken):
            yield (
                no, "model", f"oig-2009: {MODELS[taken[0]]}", f"chart-2010: {MODELS[one.model or '']}",
                taken[0], "the chart's type of May 2010 is not the Inspector General's of October 2009, and "
                "no signing lies between",
            )  # fmt: skip
