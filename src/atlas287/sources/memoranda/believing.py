"""What is believed of a place that several readers have read.

A scan's text layer is a reading as well: that of the scanner's or Acrobat's recognition. Where a hand
wrote, or a signature runs across, readers err. So what stands here is what a program typed, what
OCR is sure of (it hardly ever is of a hand), or what two readers make out alike. All else is
illegible. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from . import fields
from .days import days_in, the_day
from .fields import Field
from .heading import tidy
from .pdf import Word
from .people import as_title, name_like
from .signatures import AGENCY, CLOSER, ICE, LAYER, OCR, TYPED, Column, Read

#: OCR is this sure of what a machine printed.
SURE = 85.0
#: Readings alike to this degree (of 100) are one text, read differently.
ALIKE = 75.0


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed (None: nothing can be), how it was read, and the reading that shows it."""

    value: str | None
    how: str
    read: Read


def signed_fields(own: Sequence[Column], later: Sequence[Column]) -> Iterator[Field]:
    """Days, names and titles of both parties.

    Args:
        own: what each reader makes of the memorandum's own columns.
        later: the same of an addendum's, which the same persons sign once more.
    """
    for party in (AGENCY, ICE):
        mine, also = ([c for c in part if c.party == party] for part in (own, later))
        if mine:
            yield from _party(party, mine, also)
        if also:
            yield _field(f"addendum_{party}_signed_on", _signed_on(also)[0], also)


def _party(party: str, own: Sequence[Column], also: Sequence[Column]) -> Iterator[Field]:
    day, stamp = _signed_on(own)
    if stamp:
        yield _field(f"{party}_stamped_on", stamp, own)
    yield _field(f"{party}_signed_on", day, own)
    everywhere = [*own, *also]
    name = believe_name([c.name for c in everywhere if c.name])
    if name or {c.named for c in own} - {None} != {False}:
        yield _field(f"{party}_signatory", name, own)
    yield _field(f"{party}_title", believe_title([c.title for c in everywhere if c.title]), own)


def _signed_on(own: Sequence[Column]) -> tuple[Believed | None, Believed | None]:
    """The day of a signature, and of a digital signature's stamp beside it; without a written day that
    can be read, the stamp's day is the signature's."""
    reads = [r for c in own for r in (c.date, c.stamp) if r]
    stamped = [r for r in reads if any(d.form == "stamp" for d in days_in(r.text))]
    day, stamp = believe_day([r for r in reads if r not in stamped]), believe_day(stamped)
    if stamp is None or stamp.value is None:
        return day, None
    return (day, stamp) if day and day.value else (stamp, None)


def _field(name: str, what: Believed | None, own: Sequence[Column]) -> Field:
    if what:
        value = what.value and tidy(what.value)
        return Field(name, value, what.how, what.read.page, fields.snippet(what.read.text))
    page = next((r.page for c in own for r in (c.title, c.name, c.date, c.agency) if r), None)
    return Field(name, None, fields.ILLEGIBLE, page)


def believe_day(reads: Sequence[Read]) -> Believed | None:
    """The day beside a signature; None where nothing stands there.

    A typed day stands. A recognized one stands if text layer and OCR agree on it, or OCR reads it twice
    and is sure of it once, and there is no other day of which that can be said.
    """
    if not reads:
        return None
    by_day: dict[date, list[tuple[Read, float]]] = defaultdict(list)
    for read in reads:
        if day := the_day(read.text):
            by_day[day.day].append((read, read.sure(day.printed)))
    typed = {day for day, of in by_day.items() if any(r.reader == TYPED for r, _ in of)}
    stands = typed or {day for day, of in by_day.items() if _agreed(of)}
    if len(stands) != 1:
        return Believed(None, fields.ILLEGIBLE, _clearest(reads))
    (one,) = stands
    shows = max(by_day[one], key=lambda o: (o[0].reader == TYPED, o[1]))[0]
    return Believed(one.isoformat(), _how([r for r, _ in by_day[one]]), shows)


def _agreed(same: Sequence[tuple[Read, float]]) -> bool:
    """Whether readers agree; of a stamp's rigid form one sure reading of OCR is enough."""
    seen = [sure for read, sure in same if read.reader != LAYER]
    if (
        any(d.form == "stamp" for read, _ in same for d in days_in(read.text))
        and max(seen, default=0) >= SURE
    ):
        return True
    return (0 < len(seen) < len(same)) or (len(seen) > 1 and max(seen) >= SURE)


def believe_name(reads: Sequence[Read]) -> Believed | None:
    """A person's name: typed, or made out alike by text layer and OCR, or by OCR twice and sure both times.

    Another reading that lacks a letter or two at an end supports it too: a signature runs across there.
    """
    return _believe([(r, text) for r in reads if name_like(text := _trim_name(r))], reads, two=True)


def believe_title(reads: Sequence[Read]) -> Believed | None:
    """A title of office. Its words are of a small vocabulary, so one clean reading is enough."""
    return _believe([(r, text) for r in reads if (text := as_title(r.text))], reads, two=False)


def _believe(said: Sequence[tuple[Read, str]], reads: Sequence[Read], two: bool) -> Believed | None:
    if not reads:
        return None
    if not said:
        return Believed(None, fields.ILLEGIBLE, _clearest(reads))
    typed = [one for one in said if one[0].reader == TYPED]
    best, same = max(
        ((one, [read for read, text in said if _supports(text, one[1])]) for one in typed or said),
        key=lambda b: (len({r.reader for r in b[1]}), len(b[1]), b[0][0].sure(b[0][1])),
    )
    apart = [text for _, text in said if fuzz.ratio(_key(text), _key(best[1])) < ALIKE]
    seen = [read.sure(best[1]) for read in same if read.reader in (OCR, CLOSER)]
    agreed = 0 < len(seen) < len(same) or sum(sure >= SURE for sure in seen) > 1
    if typed or agreed or (not two and not apart):
        return Believed(best[1], _how(same), best[0])
    return Believed(None, fields.ILLEGIBLE, best[0])


def _supports(text: str, other: str) -> bool:
    """Whether a reading is another one, or that less a letter or two at an end."""
    a, b = _key(text), _key(other)
    return a == b or (len(b) - 2 <= len(a) < len(b) and a in b and len(b) > 7)


def _trim_name(read: Read) -> str:
    """A name without a signature's strokes across it that OCR took for letters, and without a title."""
    words = [w for w in read.words if re.search(r"[A-Za-z]", w.text)]
    # At the ends goes what is too short for a name, or what OCR is hardly sure of: "Z Todd M. Lyons".
    while words and (_is_stroke(words[0].text) or (len(words) > 2 and _is_doubtful(words[0]))):
        words = words[1:]
    while words and (_is_stroke(words[-1].text) or (len(words) > 2 and _is_doubtful(words[-1]))):
        words = words[:-1]
    texts = [w.text for w in words]
    if len(texts) > 2 and as_title(texts[0]):  # "Sheriff Billy Woods"
        texts = texts[1:]
    if len(texts) != len(read.words) and texts and "." in texts[0]:
        return read.text  # an initial is left over where a first name may have gone
    return re.sub(r"[^\w.]+$", "", " ".join(texts))


def _is_stroke(word: str) -> bool:
    letters = re.sub(r"\W", "", word)
    return len(letters) < 3 and "." not in word and letters not in ("II", "IV", "Jr", "Sr")


def _is_doubtful(word: Word) -> bool:
    return word.sure is not None and word.sure < 50


def _how(reads: Sequence[Read]) -> str:
    by_eye = [r for r in reads if r.reader in (OCR, CLOSER)]
    if not by_eye:
        return fields.LAYER
    return fields.BOTH if len(by_eye) < len(reads) else fields.OCR


def _clearest(reads: Sequence[Read]) -> Read:
    return max(reads, key=lambda r: (r.reader in (TYPED, LAYER), r.sure()))


def _key(text: str) -> str:
    return re.sub(r"\W", "", text).lower()
