"""One memorandum: from a file to its fields, each with page, snippet and how it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from ...errors import DocumentError
from . import fields
from .believing import signed_fields
from .days import the_day
from .fields import FIELDS, Field, snippet
from .heading import Head, read_head, revised, tidy
from .limits import LIMITS, Limits
from .lines import Sheet, Text
from .looking import PICTURE, Looking
from .ocr import INSTALL, Tesseract, find_tesseract
from .pdf import Pdf, read_pdf
from .private import without_private
from .terms import Found, Terms

#: Where ICE posts memoranda, under the names that its lists link.
FOLDER = "https://www.ice.gov/doclib/287gMOA/"
#: OCR that is less sure than this of a word of an agency's name has not made it out.
_FAIR = 50.0
_RECOGNIZERS = ("Paper Capture", "ABBYY", "OmniPage", "tesseract", "ocrmypdf", "Readiris")
_SIGNING = re.compile(r"[Bb]y ?signing ?th ?is ?(?:MOA|addendum)|fully ?\w+ ?to ?enter ?into ?this")
_COLUMNS = re.compile(r"(?=.*For ?the ?LEA ?:)(?=.*For ?ICE ?:)(?=.*Signature)(?=.*Date)", re.DOTALL)
_ADDENDUM = re.compile(r"ADDENDUM ?TO ?(?:MODIFY )?")
_ADDS = re.compile(r"language sha ?ll be added.{0,200}?[:.] ?[\"“'](?P<adds>.{10,300}?)[\"”']", re.DOTALL)
_EFFECTIVE = re.compile(r"was effective on (?P<day>\w+\.? \d{1,2}, ?\d{4})")


@dataclass(frozen=True, slots=True)
class Unread:
    """Something of a memorandum that could not be read: reason and remedy, for the quarantine."""

    what: str  # "memorandum" (the whole), "memorandum page" or "memorandum field"
    reason: str
    remedy: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Memorandum:
    """What was read of one document.

    Attributes:
        folder: where it lay: ICE files memoranda by state, a hint.
        address: where ICE posts it, derived from its name; not fetched by us.
        text: ``typed``, ``recognized`` (a scan whose maker recognized its letters), ``scanned`` (a
            picture) or ``mixed``.
        recognizer: who recognized the letters of a scan, as the file says.
        ocr: the version of Tesseract that read what has no text, and signatures once more; None: none did.
        scanned: pages without a text layer that holds their text.
        fields: all of :data:`fields.FIELDS`, in that order.
    """

    folder: str
    file: str
    sha256: str
    size: int
    address: str
    pages: int
    text: str
    recognizer: str | None
    ocr: str | None
    scanned: int
    fields: list[Field]
    problems: list[Unread] = field(default_factory=list)

    def __getitem__(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)


def read_memorandum(
    path: Path, limits: Limits = LIMITS, tesseract: Tesseract | bool | None = True
) -> Memorandum:
    """Read a signed memorandum of agreement.

    Args:
        tesseract: the OCR to use; True: whichever is installed; None or False: none.

    Raises:
        DocumentError: see :func:`pdf.read_pdf`; or the document is no memorandum of agreement.
    """
    found = find_tesseract() if tesseract is True else (tesseract or None)
    pdf = read_pdf(path, limits)
    return _Reader(pdf, found, limits).read()


class _Reader:
    """The reading of one document."""

    def __init__(self, pdf: Pdf, tesseract: Tesseract | None, limits: Limits) -> None:
        self.pdf = pdf
        self.looking = Looking(pdf, tesseract, limits)

    def read(self) -> Memorandum:
        path, sheets = self.pdf.path, self.looking.sheets()
        text = Text(sheets)
        unread = [s.number for s in sheets if s.how == fields.SCANNED]
        if not unread and not _is_memorandum(text.text):
            raise DocumentError(
                f"{path.name}: no memorandum of agreement under section 287(g): its text does not say so",
                "See that it is the document you mean; a list of agencies is added with `atlas287 add`.",
            )
        self.looking.look(s.number for s in sheets if _is_signed(s))
        found = {f.name: f for f in self._fields(text)}
        missing = fields.SCANNED if unread else fields.NOT_FOUND
        every = [found.get(name) or Field(name, None, missing) for name in FIELDS]
        problems = [_scanned(path.name, unread, len(sheets))] if unread else []
        problems += [_illegible(path.name, one) for one in every if one.how == fields.ILLEGIBLE]
        kind, recognizer = self._kind()
        ocr = self.looking.tesseract.version if self.looking.tesseract and self.looking.pictures else None
        return Memorandum(
            path.resolve().parent.name, path.name, self.pdf.sha256, self.pdf.size, FOLDER + quote(path.name),
            len(sheets), kind, recognizer, ocr, len(self.looking.bare), every, problems,
        )  # fmt: skip

    def _kind(self) -> tuple[str, str | None]:
        """Whether the document was typed, recognized, scanned or is mixed, and who recognized it."""
        bare = self.looking.bare
        if len(bare) == len(self.pdf.pages):
            return "scanned", None
        recognized = any(p.pictured >= PICTURE and p not in bare for p in self.pdf.pages)
        known = any(r.lower() in self.pdf.producer.lower() for r in _RECOGNIZERS)
        kind = "mixed" if bare else "recognized" if recognized else "typed"
        return kind, self.pdf.producer if recognized and known else None

    # Fields -----------------------------------------------------------------------------------

    def _fields(self, text: Text) -> Iterator[Field]:
        head = read_head(text, text.sheets)
        yield from self._head(head, text)
        if rev := revised(text.sheets):
            day, on, line = rev
            yield Field("revised", day, on.how, on.number, snippet(line))
        own = re.findall(r"[a-z]{3,}", f"{head.agency or ''} {head.short or ''}".lower())
        words = {"lea", "sheriff", "sheriffs", "police", *own} - {"the", "and", "for"}
        for found in Terms(text, frozenset(words)).all():
            yield _of(found, text)
        addendum = next((s for s in text.sheets if s.number > 2 and _ADDENDUM.search(_body(s)[:200])), None)
        signed = [s for s in text.sheets if _is_signed(s)]
        main = next((s for s in signed if not addendum or s.number < addendum.number), None)
        later = next((s for s in signed if addendum and s.number >= addendum.number), None)
        yield from signed_fields(*(self.looking.columns(s) if s else [] for s in (main, later)))
        if addendum:
            yield from _addendum(text, addendum)

    def _head(self, head: Head, text: Text) -> Iterator[Field]:
        """Model, agency and state; the agency by OCR where the text layer has not got it."""
        for found in head.found:
            one = _of(found, text)
            unsure = found.name == "agency" and not _is_sure(found, text.page(found.start))
            yield replace(one, value=None, how=fields.ILLEGIBLE) if unsure else one
        if head.agency is not None:
            return
        if again := self.looking.first_by_ocr():
            seen = Text([again])
            agency = next((f for f in read_head(seen, seen.sheets).found if f.name == "agency"), None)
            if agency and _is_sure(agency, again):
                yield _of(agency, seen)
                return
        if head.spoiled:
            yield replace(_of(head.spoiled, text), value=None, how=fields.ILLEGIBLE)


def _scanned(file: str, unread: Sequence[int], pages: int) -> Unread:
    said = ", ".join(map(str, unread))
    reason = (
        f"page{'s' * (len(unread) > 1)} {said} of {pages}: scanned, without text, and no OCR is installed"
    )
    return Unread("memorandum page", f"{file}: {reason}", INSTALL, unread[0])


def _illegible(file: str, one: Field) -> Unread:
    return Unread(
        "memorandum field",
        f"{file}, page {one.page}: {one.name} ({FIELDS[one.name]}) is illegible",
        "Look at the page by eye; handwriting is not guessed.",
        one.page,
    )


def _is_sure(found: Found, on: Sheet) -> bool:
    """Whether OCR, if it was that, is fairly sure of each word of a value."""
    sure: dict[str, float] = {}
    for line in on.body:
        for w in line.words:
            token = re.sub(r"\W", "", w.text).lower()
            sure[token] = max(sure.get(token, 0.0), 100.0 if w.sure is None else w.sure)
    words = [re.sub(r"\W", "", w).lower() for w in found.value.split()]
    return all(sure.get(w, 100.0) >= _FAIR for w in words)


def _is_memorandum(text: str) -> bool:
    squeezed = re.sub(r"\s+", "", text[:6_000]).lower()
    return "memorandumofagreement" in squeezed and (
        "287(g)" in squeezed or "1357(g)" in squeezed or "immigration" in squeezed
    )


def _is_signed(one: Sheet) -> bool:
    body = _body(one)
    return bool(
        _SIGNING.search(body) or _COLUMNS.match(body) or (_ADDENDUM.search(body[:200]) and "Date" in body)
    )


def _body(one: Sheet) -> str:
    return " ".join(line.text for line in one.body)


def _of(found: Found, text: Text) -> Field:
    on = text.page(found.start)
    return Field(found.name, found.value, on.how, on.number, snippet(text.text[found.start : found.end]))


def _addendum(text: Text, addendum: Sheet) -> Iterator[Field]:
    at = text.text.find(_body(addendum)[:60])
    if m := _ADDS.search(text.text, at):
        yield _of(Found("addendum", tidy(without_private(m["adds"])), m.start(), m.end()), text)
    if (m := _EFFECTIVE.search(text.text, at)) and (day := the_day(m["day"])):
        yield _of(Found("addendum_to_effective_on", day.day.isoformat(), m.start(), m.end()), text)
