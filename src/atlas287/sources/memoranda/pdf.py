"""From a file to pages of words, with every bad file refused in words a person can act on."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ...errors import DocumentError
from .limits import LIMITS, Limits

#: The remedy for files that were damaged on their way.
FETCH_AGAIN = "Fetch the document again from ICE's website and compare the sizes."
EXTRA = "Install the extra: pip install 'atlas287[memoranda]'."

#: A part of a page in points from its upper left: left, top, right, bottom.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, in points from the page's upper left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    #: Whether a program set it; False: it was recognized in a picture.
    typed: bool = False
    #: 0 to 100: how sure OCR is of it; None of a text layer's.
    sure: float | None = None

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Page:
    """A page as its text layer has it."""

    number: int
    width: float
    height: float
    pictured: float  # the share of it that one picture covers: 1.0 is a scan
    words: list[Word] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF that could be opened."""

    path: Path
    sha256: str
    size: int
    producer: str
    pages: list[Page]


def read_pdf(path: Path, limits: Limits = LIMITS) -> Pdf:
    """Open a PDF and read its text layer.

    Raises:
        DocumentError: the file is empty, no PDF, too large, cut short, damaged or locked, or takes
            more memory or time than it may; or the extra ``memoranda`` is not installed.
    """
    data = _bytes(path, limits)
    told = _ask(path, limits)
    pages = [
        Page(p["number"], p["width"], p["height"], p["pictured"], [Word(*w) for w in p["words"]])
        for p in told["page"]
    ]
    return Pdf(path, hashlib.sha256(data).hexdigest(), len(data), told["producer"] or "", pages)


def need_pdfium() -> None:
    """Raises DocumentError if the extra ``memoranda`` is not installed."""
    if find_spec("pypdfium2") is None:
        raise DocumentError("PDFs are read by pypdfium2, which is not installed", EXTRA)


def draw_pages(
    path: Path, numbers: Sequence[int], folder: Path, dpi: int, limits: Limits = LIMITS
) -> list[Path]:
    """Pictures of pages, as grey PGM files in ``folder``, in the order asked for.

    Raises:
        DocumentError: as :func:`read_pdf`.
    """
    _ask(path, limits, {"pages": list(numbers), "dpi": dpi, "folder": str(folder)})
    return [folder / f"page-{number:03}.pgm" for number in numbers]


def _bytes(path: Path, limits: Limits) -> bytes:
    """The file, if its outside is that of a PDF."""
    try:
        size = path.stat().st_size
        if size > limits.file:
            raise DocumentError(
                f"{path.name}: {size:,} bytes; a memorandum of more than {limits.file:,} is not read",
                "Save the memorandum's own pages as a file of their own.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{path.name}: {error.strerror or error}", "See that the file may be read."
        ) from error
    if not data:
        raise DocumentError(f"{path.name}: the file is empty", FETCH_AGAIN)
    head = data[:1024].lstrip()
    if b"%PDF-" not in head:
        what = "a web page (HTML), not a PDF" if _is_html(head) else "no PDF: it does not begin as one"
        raise DocumentError(
            f"{path.name}: {what}",
            "Open its address in a browser; if ICE answers with a page there, the memorandum is not posted "
            "under that name any more.",
        )
    if b"%%EOF" not in data[-2048:]:
        raise DocumentError(f"{path.name}: cut short: the end of a PDF (%%EOF) is missing", FETCH_AGAIN)
    return data


def _is_html(head: bytes) -> bool:
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return begin.startswith((b"<!doctype html", b"<html", b"<head", b"<!--", b"<body", b"<script"))


def _ask(path: Path, limits: Limits, pictures: dict[str, Any] | None = None) -> dict[str, Any]:
    """What :mod:`child` says of a file."""
    order = json.dumps({"path": str(path), "limits": asdict(limits), "pictures": pictures})
    command = [sys.executable, "-m", f"{__package__}.child", order]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limits.seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            f"{path.name}: opening it took more than {limits.seconds} seconds",
            "It may be built to stall its reader; open it in a browser, print it to a PDF, and read that.",
        ) from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        answer = {
            "problem": "memory" if b"MemoryError" in done.stderr else "crash",
            "detail": done.returncode,
        }
    if "problem" in answer:
        raise DocumentError(*_refusal(path.name, answer["problem"], answer["detail"], limits))
    return answer


def _refusal(name: str, problem: str, detail: Any, limits: Limits) -> tuple[str, str]:
    """Reason and remedy."""
    by_hand = "Open it in a browser, print it to a PDF, and read that."
    said = {
        "extra": ("PDFs are read by pypdfium2, which is not installed", EXTRA),
        "password": (
            "it is encrypted and opens only with a password",
            "Ask its publisher for a copy without one; ICE posts memoranda unlocked.",
        ),
        "damaged": (f"a damaged PDF ({detail})", FETCH_AGAIN),
        "pages": (
            f"{detail} pages; a memorandum has a dozen, and one of more than {limits.pages} is not read",
            "Save the memorandum's own pages as a file of their own.",
        ),
        "text": (f"more than {limits.text:,} characters of text by page {detail}", by_hand),
        "memory": (f"it unpacks to more than {limits.memory >> 20:,} MB: refused", by_hand),
        "crash": (f"the process that opened it ended at once (status {detail}); it was given "
                  f"{limits.memory >> 20:,} MB of memory", by_hand),
    }  # fmt: skip
    reason, remedy = said[problem]
    return f"{name}: {reason}", remedy
