"""Reading the pages of one document: by their text layer, by OCR where that has not got their text, and
a second time, closer, where signatures stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from . import fields
from .limits import Limits
from .lines import Sheet, part_footers, sheet, written
from .ocr import Tesseract, read_closer, read_pictures
from .pdf import Page, Pdf, Word
from .signatures import AGENCY, CLOSER, ICE, LAYER, OCR, Column, Read, columns, halves

#: From this share on, one picture is the page: a scan.
PICTURE = 0.7
#: A layer of fewer words over a scan is a stamp on it, not its text.
_FEW = 15
#: In English this share of words, or more, are among the commonest; in a spoiled layer they are not …
_COMMON_SHARE = 0.15
#: … or more than this share are longer than words are, because gaps were lost.
_LONG_SHARE, _LONG = 0.03, 17
_COMMON = frozenset("the of and to in a or is be for by on as will with this any that".split())


class Looking:
    """One document and what was seen of it; pictures of a page are read once."""

    def __init__(self, pdf: Pdf, tesseract: Tesseract | None, limits: Limits) -> None:
        self.pdf = pdf
        self.tesseract = tesseract
        self.limits = limits
        self.pictures: dict[int, Sequence[Word]] = {}
        #: Pages whose text layer has not got their text.
        self.bare = [page for page in pdf.pages if not has_text(page)]

    def sheets(self) -> list[Sheet]:
        """Every page, its footer apart."""
        self.look(page.number for page in self.bare)
        found = [self._sheet(page) for page in self.pdf.pages]
        part_footers(found)
        return found

    def look(self, numbers: Iterable[int]) -> None:
        """Read pictures of pages, if there is OCR."""
        wanted = [self.pdf.pages[n - 1] for n in numbers if n not in self.pictures]
        if self.tesseract and wanted:
            self.pictures |= read_pictures(self.pdf.path, wanted, self.tesseract, self.limits)

    def first_by_ocr(self) -> Sheet | None:
        """The first page as OCR reads it, where its text layer was read."""
        page = self.pdf.pages[0]
        if not self.tesseract or page in self.bare:
            return None
        self.look([1])
        return sheet(1, fields.OCR, (page.width, page.height), self.pictures[1])

    def _sheet(self, page: Page) -> Sheet:
        size = page.width, page.height
        if page not in self.bare:
            return sheet(page.number, fields.LAYER, size, page.words)
        if page.number in self.pictures:
            return sheet(page.number, fields.OCR, size, self.pictures[page.number])
        if len(page.words) >= _FEW and page.pictured >= PICTURE:  # spoiled, but all there is
            return sheet(page.number, fields.LAYER, size, page.words)
        return Sheet(page.number, fields.SCANNED, *size, [])

    def columns(self, signed: Sheet) -> list[Column]:
        """What each reader makes of a page's columns; day and name are looked at once more, closer."""
        page = self.pdf.pages[signed.number - 1]
        size = page.width, page.height
        found = columns(page.number, LAYER, page.words, *size) if page.words else []
        seen = columns(
            page.number, OCR, _with_typed(written(self.pictures.get(page.number, ())), page.words), *size
        )
        if self.tesseract and (page in self.bare or page.pictured >= PICTURE):
            if not found and not seen:
                seen += self._by_halves(page)
            seen += self._closer(page, [*seen, *found])
        return found + seen

    def _by_halves(self, page: Page) -> list[Column]:
        """The columns where OCR took one of them for a picture: each half of the page by itself."""
        assert self.tesseract
        size = page.width, page.height
        boxes = halves(self.pictures.get(page.number) or page.words, *size)
        read = read_closer(self.pdf.path, page, boxes, self.tesseract, self.limits) if boxes else []
        return [
            column
            for of_both in zip(*read, strict=True)
            for column in columns(page.number, CLOSER, [w for words in of_both for w in words], *size)
        ]

    def _closer(self, page: Page, known: Sequence[Column]) -> list[Column]:
        asked = []
        for party in (AGENCY, ICE):
            for place in ("day_box", "name_box", "stamp_box"):
                box = next((b for c in known if c.party == party and (b := getattr(c, place))), None)
                if box:
                    asked.append((party, place, box))
        assert self.tesseract
        read = read_closer(self.pdf.path, page, [box for *_, box in asked], self.tesseract, self.limits)
        more = []
        for (party, place, _), by_fineness in zip(asked, read, strict=True):
            for words in by_fineness:
                kept = tuple(w for w in words if not re.match(r"(Date|Name)\W*$", w.text))
                if not kept:
                    continue
                one = Read(page.number, CLOSER, kept)
                day, name, stamp = (one if place == p else None for p in ("day_box", "name_box", "stamp_box"))
                more.append(Column(party, None, day, name, None, None, stamp, None, None, None))
        return more


def has_text(page: Page) -> bool:
    """Whether a page has a text layer that holds its text: no mere stamp on a scan, no scrambled letters."""
    words = [w.text.lower().strip(".,;:()") for w in page.words]
    if len(words) < _FEW:
        return page.pictured < PICTURE
    common = sum(w in _COMMON for w in words)
    if page.pictured < PICTURE:
        return common > 0  # a font without its map to characters leaves none
    long = sum(len(w) > _LONG and w.isalpha() for w in words)
    return common >= _COMMON_SHARE * len(words) and long <= _LONG_SHARE * len(words)


def _with_typed(seen: Sequence[Word], layer: Sequence[Word]) -> list[Word]:
    """OCR's words, with those in place of them that a program typed over the picture."""
    typed = [w for w in layer if w.typed]
    kept = [w for w in seen if not any(_overlap(w, t) for t in typed)]
    return [*kept, *typed] if seen else []


def _overlap(a: Word, b: Word) -> bool:
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    small = min((a.right - a.left) * (a.bottom - a.top), (b.right - b.left) * (b.bottom - b.top))
    return across > 0 and down > 0 and across * down > 0.4 * small
