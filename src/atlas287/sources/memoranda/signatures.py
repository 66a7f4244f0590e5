"""The two signatures at a memorandum's end, or an addendum's, as one reader sees them.

They stand in two columns, one ICE's: since 2025 with labels (Date, Signature, Name, Title, Agency),
before that with the day above the signature, and name, title and agency under it. What is believed
of several readers' columns is decided in :mod:`believing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .lines import Line, lines_of, written
from .pdf import Box, Word
from .people import as_title

AGENCY, ICE = "agency", "ice"
#: Readers: a program's own letters, a text layer of recognized ones, OCR of the page, OCR of a part of it.
TYPED, LAYER, OCR, CLOSER = "typed", "layer", "ocr", "closer"
LABELS = ("Date", "Signature", "Name", "Title", "Agency")
_LABEL = re.compile(rf"({'|'.join(LABELS)})(?:[:;.,·]\W*|\W*$)", re.IGNORECASE)
_OF_ICE = ("immigration", "customs", "removal", "homeland")
_BY_LAW = re.compile(r"(?:allowed|extent).{0,20}by law", re.IGNORECASE)
_STAMP = re.compile(r"20\d\d ?\. ?\d\d ?\. ?\d\d ?\d\d ?[:.] ?\d\d")
#: A form's rows are 26 points or more apart; what is written on one stands this near to its label.
_ABOVE, _BELOW = 15.0, 10.0
#: The agency's name may go on for two rows more.
_AGENCY_BELOW = 58.0
_ROW = 20.0
#: A line of so many words runs across the page.
_LONG = 9
#: Below this share of the page's height is the footer.
_FOOT = 0.93


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader makes of one place."""

    page: int
    reader: str
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        joined = " ".join(w.text for w in self.words)
        return re.sub(r" ([,.;:])(?= |$)", r"\1", joined).strip(" -–—_|~·*“”\"'‘[](){}")

    def sure(self, part: str = "") -> float:
        """How sure OCR is of the least sure word of a part; 100 of a text layer's."""
        said = [
            w.sure
            for w in self.words
            if w.sure is not None and (not part or (w.text.strip(".,;:’' ") or w.text) in part)
        ]
        return min(said, default=0.0 if self.reader in (OCR, CLOSER) else 100.0)


@dataclass(frozen=True, slots=True)
class Column:
    """One party's column: what stands at each place, and where to look closer for day, name and stamp."""

    party: str
    named: (
        bool | None
    )  # whether it has a place for the name (forms of February 2025 have not); None: not seen
    date: Read | None
    name: Read | None
    title: Read | None
    agency: Read | None
    stamp: Read | None
    day_box: Box | None
    name_box: Box | None
    stamp_box: Box | None


def columns(page: int, reader: str, words: Iterable[Word], width: float, height: float) -> list[Column]:
    """The two columns of signatures on a page; none where it has none, or neither or both are ICE's."""
    lines = lines_of(written(words))
    first = next((n + 1 for n, line in enumerate(lines) if _BY_LAW.search(line.text)), None)
    if first is None:  # after the last line that runs across the page
        first = max((n + 1 for n, line in enumerate(lines) if len(line.words) >= _LONG), default=0)
    block = [line for line in lines[first:] if line.middle < _FOOT * height]
    middle = _gutter(block)
    if middle is None:
        return []
    halves = [
        [w for line in block for w in line.words if (w.left >= middle) == right] for right in (False, True)
    ]
    of_ice = [_is_ice(half) for half in halves]
    if of_ice[0] == of_ice[1]:
        return []
    edges = (middle, width - 20)
    return [
        _column(ICE if own else AGENCY, page, reader, lines_of(half), edge)
        for own, half, edge in zip(of_ice, halves, edges, strict=True)
    ]


def halves(words: Iterable[Word], width: float, height: float) -> list[Box]:
    """The two halves of the part of a page that holds signatures, for a reader who took one for a picture."""
    lines = lines_of(written(words))
    top = next((max(w.bottom for w in line.words) for line in lines if _BY_LAW.search(line.text)), None)
    if top is None:
        return []
    middle, bottom = 0.48 * width, min(top + 190, _FOOT * height)
    return [(20.0, top + 2, middle, bottom), (middle, top + 2, width - 10, bottom)]


def _gutter(block: Sequence[Line]) -> float | None:
    """Where the right column begins: at a label that stands twice in one line, or after a wide gap."""
    for line in block:
        starts = [w.left for w in line.words if _LABEL.match(w.text) or w.text == "For"]
        if len(starts) > 1 and starts[1] - starts[0] > 120:
            return starts[1] - 12
    wide = [
        b.left
        for line in block
        for a, b in zip(line.words, line.words[1:], strict=False)
        if b.left - a.right > 40 and b.left > 220
    ]
    alone = [
        line.words[0].left for line in block if line.words[0].left > 260 and _LABEL.match(line.words[0].text)
    ]
    return min([*wide, *alone], default=None) and min([*wide, *alone]) - 12


def _is_ice(words: Iterable[Word]) -> bool:
    text = " ".join(w.text for w in words).lower()
    return "for ice" in text or sum(word in text for word in _OF_ICE) >= 2


def _column(party: str, page: int, reader: str, lines: Sequence[Line], edge: float) -> Column:
    labelled: dict[str, Line] = {}
    for line in lines:
        if label := _label(line):
            labelled.setdefault(label, line)
    for between in (("signature", "name", "title"), ("name", "title", "agency")):
        _infer(between, labelled, lines)
    stamp = _stamp(lines)

    def read(words: Sequence[Word]) -> Read | None:
        kept = tuple(w for w in words if re.search(r"\w", w.text) or w.text in "-,.&/")
        if any(w.typed for w in kept):  # what OCR sees beside typed words is a signature's strokes
            kept = tuple(w for w in kept if w.typed)
        if not any(re.search(r"\w", w.text) for w in kept):
            return None
        typed = all(w.typed for w in kept)
        return Read(page, TYPED if typed else reader, kept)

    at = {label: _beside(label, line, lines, stamp) for label, line in labelled.items()}
    date = labelled.get("date")
    left = min((w.left for line in lines for w in line.words), default=0.0) - 4
    day_box = (left, date.words[0].middle - 24, edge, date.words[0].middle + 18) if date else None
    if "name" in labelled or "title" in labelled:
        name, title, agency = (at.get(label, []) for label in ("name", "title", "agency"))
        if "name" not in labelled:  # a form without that row: some write beside "For the LEA:"
            name = _beside_heading(lines)
    else:
        begin = date.middle + 6 if date else 0.0
        name, title, agency = _under([line for line in lines if line.middle > begin])
    named = None if not labelled and not title else "name" in labelled or "title" not in labelled
    at_name = labelled["name"].words[0] if "name" in labelled else (title[0] if title and named else None)
    name_box = None
    if at_name:
        # Beside its label a name stands a little high; without one, it is the line above the title.
        above, below = (22, 8) if "name" in labelled else (23, -4)
        name_box = (left, at_name.middle - above, edge, at_name.middle + below)
    signed = next((w for line in lines for w in line.words if _is_digitally(w.text)), None)
    stamp_box = (signed.left - 5, signed.top - 5, edge, signed.top + 42) if signed else None
    places = read(at.get("date", [])), read(name), read(title), read(agency), read(stamp)
    return Column(party, named, *places, day_box, name_box, stamp_box)


def _label(line: Line) -> str | None:
    """The label that a line begins with, one letter of it perhaps misread."""
    first = line.words[0].text
    if m := _LABEL.match(first):
        return m[1].lower()
    letters = re.sub(r"\W", "", first)
    return next((n.lower() for n in LABELS if OSA.distance(letters, n) <= len(n) // 4), None)


def _beside_heading(lines: Sequence[Line]) -> list[Word]:
    """What is written beside "For the LEA:" or "For ICE:", or a little above."""
    for n, line in enumerate(lines):
        colon = next((k for k, w in enumerate(line.words) if w.text.endswith(":")), None)
        if line.words[0].text == "For" and colon is not None:
            high = [
                w
                for above in lines[max(0, n - 1) : n]
                for w in above.words
                if line.middle - w.middle < _ABOVE
            ]
            return [w for w in high if w.left > line.words[colon].right] + line.words[colon + 1 :]
    return []


def _infer(between: tuple[str, str, str], labelled: dict[str, Line], lines: Sequence[Line]) -> None:
    """A label that could not be made out, halfway between those above and below it, under the former."""
    above, missing, below = between
    if missing in labelled or above not in labelled or below not in labelled:
        return
    upper, lower = labelled[above].words[0], labelled[below].words[0]
    halfway = (upper.middle + lower.middle) / 2
    for line in lines:
        if abs(line.words[0].middle - halfway) < 8 and abs(line.words[0].left - upper.left) < 8:
            labelled[missing] = line


def _beside(label: str, line: Line, lines: Sequence[Line], stamp: Sequence[Word]) -> list[Word]:
    """The words written at a label: beside it, or a little above, where a form's rule runs under them."""
    here = line.words[0].middle
    below = _AGENCY_BELOW if label == "agency" else _BELOW
    barred = {id(w) for w in stamp}
    found = []
    for other in lines:
        if other is not line and (_label(other) or any(_is_digitally(w.text) for w in other.words)):
            continue
        for w in other.words:
            if w is line.words[0]:
                if rest := _LABEL.sub("", w.text, count=1) if _LABEL.match(w.text) else "":
                    found.append(Word(rest, w.left, w.top, w.right, w.bottom, w.typed, w.sure))
            elif here - _ABOVE < w.middle < here + below and id(w) not in barred:
                found.append(w)
    return found


def _is_digitally(text: str) -> bool:
    """Whether a word is the first of "Digitally signed by", small as it is printed."""
    return "igitally" in text or OSA.distance(text[:9], "Digitally", score_cutoff=2) <= 2


def _stamp(lines: Sequence[Line]) -> list[Word]:
    """The words of a digital signature's moment, "2025.03.20 16:44:26"."""
    for line in lines:
        for n in range(len(line.words)):
            words = line.words[n : n + 6]
            if _STAMP.match(re.sub(r"^Date: ?", "", " ".join(w.text for w in words))):
                return words
    return []


def _under(lines: Sequence[Line]) -> tuple[list[Word], list[Word], list[Word]]:
    """Name, title and agency of a column without labels: the line above the first of office, that line,
    and those under it."""
    for n, line in enumerate(lines):
        if as_title(line.text):
            above = [x for x in lines[:n] if line.middle - x.middle < _ROW]
            under = [w for x in lines[n + 1 :] if x.middle - line.middle < 0.8 * _ROW for w in x.words]
            return above[-1].words if above else [], line.words, under
    return [], [], []
