"""From words on pages to lines, and to one text in which every place knows its page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz import fuzz

from .pdf import Word

#: Footers stand below this share of a page's height.
FOOT = 0.8
_NUMBER = re.compile(r"\W*\d{1,2}\W*")
_LONGEST_FOOT = 12  # words
#: A font without its map to characters prints each 29 places early; these words stand in such fonts.
_EARLY = {"".join(chr(ord(c) - 29) for c in word): word for word in ("Name", "Title", "Agency", "LEA")}
_BLANK = re.compile(r"[_‗]{2,}|B{5,}|(?:[-–—] ?){4,}|[\x00-\x1f]+")


@dataclass(slots=True)
class Line:
    """Words side by side."""

    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def middle(self) -> float:
        return sum(w.middle for w in self.words) / len(self.words)

    @property
    def height(self) -> float:
        return sorted(w.bottom - w.top for w in self.words)[len(self.words) // 2]


def written(words: Iterable[Word]) -> list[Word]:
    """Words without the rules of a form, those of a font without a map set right."""
    kept = []
    words = list(words)
    early_rules = any(w.text.startswith(early) for w in words for early in _EARLY if len(early) > 3)
    for word in words:
        text = _BLANK.sub(" ", word.text)
        if early_rules and not text.strip("B"):
            continue
        for early, plain in _EARLY.items():
            if text.startswith(early):
                text = plain + text[len(early) :]
        kept += _parts(word, text)
    return kept


def _parts(word: Word, text: str) -> list[Word]:
    """A word, or the several that a form's rule had joined, each with its share of the box."""
    parts = list(re.finditer(r"[^\s_]+(?:_[^\s_]+)*", text))
    wide = (word.right - word.left) / max(len(text), 1)
    if len(parts) == 1:
        return [replace(word, text=parts[0][0])]
    return [
        replace(word, text=m[0], left=word.left + m.start() * wide, right=word.left + m.end() * wide)
        for m in parts
    ]


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom. Each word is compared with its neighbour to the left, so that the
    lines of a page scanned askew hold together."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: (w.left, w.top)):
        high = word.bottom - word.top
        near = [
            (apart, n)
            for n, line in enumerate(lines)
            if (apart := abs(line.words[-1].middle - word.middle)) < 0.55 * _clamp(min(high, line.height))
        ]
        if near:
            lines[min(near)[1]].words.append(word)
        else:
            lines.append(Line([word]))
    return sorted(lines, key=lambda line: line.words[0].middle)


def _clamp(height: float) -> float:
    """A height as that of a line of print: a full stop's is less, a signature's across it more."""
    return min(max(height, 9.0), 14.0)


@dataclass(slots=True)
class Sheet:
    """A page as it was read: by which way, its body's lines, its footer's."""

    number: int
    how: str
    width: float
    height: float
    body: list[Line]
    foot: list[Line] = field(default_factory=list)


def sheet(number: int, how: str, size: tuple[float, float], words: Iterable[Word]) -> Sheet:
    """A page's lines, none of them known as footer yet (see :func:`part_footers`)."""
    return Sheet(number, how, *size, lines_of(written(words)))


def part_footers(sheets: Sequence[Sheet]) -> None:
    """Move what stands at the foot of pages out of their bodies: the page's number, the template's revision,
    and what stands there on several pages (the agency)."""
    low = [[_letters(line) for line in one.body[-3:] if _may_be_foot(line, one)] for one in sheets]
    for n, one in enumerate(sheets):
        others = [letters for k, lines in enumerate(low) if k != n for letters in lines if letters]
        while one.body and _may_be_foot(one.body[-1], one):
            last = one.body[-1]
            again = sum(fuzz.ratio(_letters(last), other) >= 80 for other in others)
            if not (_NUMBER.fullmatch(last.text) or "evised" in last.text or again >= 2):
                break
            one.foot.insert(0, one.body.pop())


def _may_be_foot(line: Line, one: Sheet) -> bool:
    return line.middle > FOOT * one.height and len(line.words) <= _LONGEST_FOOT


def _letters(line: Line) -> str:
    return re.sub(r"[^a-z]", "", re.sub(r"revised.*", "", line.text.lower()))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text: where it begins and ends, and its words in small letters."""

    start: int
    end: int
    words: frozenset[str]


@dataclass
class Text:
    """The bodies of some pages as one text, a line's end as a space.

    ``breaks`` are places where a sentence ends whatever its marks: around a heading, and after a line
    that stops well before the margin.
    """

    sheets: Sequence[Sheet]
    text: str = ""
    breaks: set[int] = field(default_factory=set)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        parts: list[str] = []
        at = 0
        for one in self.sheets:
            self._starts.append(at)
            margin = sorted(line.words[-1].right for line in one.body)[-len(one.body) // 3 :][:1]
            for line in one.body:
                part = f"{line.text} "
                if _is_heading(line):
                    self.breaks |= {at, at + len(part)}
                elif margin and line.words[-1].right < margin[0] - 0.25 * one.width:
                    self.breaks.add(at + len(part))
                parts.append(part)
                at += len(part)
        self.text = "".join(parts)

    def page(self, at: int) -> Sheet:
        """The page on which a place of the text stands."""
        return self.sheets[bisect_right(self._starts, at) - 1]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Split where a full stop, colon or semicolon is followed by a capital, a figure or a bullet, and
        at the breaks."""
        marks = (
            m.end() for m in re.finditer(r"(?<!U\.S)(?<!\be\.g)[.;:][\"”]? +(?=[A-Z0-9(\[•\"“])", self.text)
        )
        found, start = [], 0
        for end in sorted({*marks, *self.breaks, len(self.text)}):
            words = re.findall(r"[A-Za-z]+|\d+", self.text[start:end])
            if words:
                found.append(Sentence(start, end, frozenset(w.lower() for w in words)))
            start = end
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset().union(*(s.words for s in self.sentences))


def _is_heading(line: Line) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", line.text)
    return len(letters) >= 6 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)
