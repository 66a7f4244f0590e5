"""Reading pictures of pages with Tesseract, where it is installed."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ...errors import DocumentError
from .limits import LIMITS, Limits
from .pdf import Box, Page, Word, draw_pages

INSTALL = "Install Tesseract (on Debian and Ubuntu: apt-get install tesseract-ocr) and read it again."
#: Pages are drawn this fine: what Tesseract asks for.
DPI = 300
#: A part of a page is read once more coarser and finer: a stamp's worn figures join, a pen's part.
CLOSER = (200, 450)
#: Two pages at a time, each by one thread: quicker than one page by several.
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program, and which version of it."""

    command: str
    version: str

    def read(
        self, picture: Path, width: float, dpi: int = DPI, block: bool = False, limits: Limits = LIMITS
    ) -> list[Word]:
        """The words on a picture that is ``width`` points wide; ``block``: it is one block of text.

        Raises:
            DocumentError: Tesseract fails, or takes longer than it may.
        """
        command = [self.command, str(picture), "stdout", "--dpi", str(dpi), "-l", "eng"]
        command += ["--psm", "6", "tsv"] if block else ["tsv"]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=limits.ocr_seconds, check=False, env=environment
            )
        except subprocess.TimeoutExpired as error:
            raise DocumentError(
                f"reading the picture of a page took more than {limits.ocr_seconds} seconds",
                "Look at the page by eye; it may be a picture without text.",
            ) from error
        if done.returncode:
            said = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"])[-1]
            raise DocumentError(
                f"Tesseract failed: {said}",
                "See that its English data are there: apt-get install tesseract-ocr-eng.",
            )
        return list(_words(done.stdout.decode("utf-8", "replace"), width))


def _words(table: str, width: float) -> list[Word]:
    """The words of Tesseract's TSV, in points."""
    words: list[Word] = []
    scale = 0.0
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "1":
            scale = width / max(int(row["width"]), 1)
        if row["level"] == "5" and (text := row["text"].strip()):
            left, top, wide, high = (int(row[side]) * scale for side in ("left", "top", "width", "height"))
            words.append(Word(text, left, top, left + wide, top + high, sure=float(row["conf"])))
    return words


@cache
def find_tesseract() -> Tesseract | None:
    """Tesseract, if it is on the path and runs."""
    command = shutil.which("tesseract")
    if command is None:
        return None
    try:
        said = subprocess.run([command, "--version"], capture_output=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return Tesseract(command, said.decode("utf-8", "replace").split("\n", 1)[0].strip())


def read_pictures(
    path: Path, pages: Sequence[Page], tesseract: Tesseract, limits: Limits = LIMITS
) -> Mapping[int, list[Word]]:
    """By number, the words that Tesseract reads on pictures of these pages.

    Raises:
        DocumentError: as :func:`pdf.draw_pages` and :meth:`Tesseract.read`.
    """
    if not pages:
        return {}
    with tempfile.TemporaryDirectory(prefix="atlas287-") as folder, ThreadPoolExecutor(_AT_ONCE) as several:
        drawn = draw_pages(path, [p.number for p in pages], Path(folder), DPI, limits)
        read = several.map(
            lambda at: tesseract.read(at[0], at[1].width, limits=limits), zip(drawn, pages, strict=True)
        )
        return {page.number: words for page, words in zip(pages, read, strict=True)}


def read_closer(
    path: Path, page: Page, boxes: Sequence[Box], tesseract: Tesseract, limits: Limits = LIMITS
) -> list[list[list[Word]]]:
    """Parts of a page, each read by itself at every fineness of :data:`CLOSER`: by box, by fineness.

    Raises:
        DocumentError: as :func:`read_pictures`.
    """
    found: list[list[list[Word]]] = [[] for _ in boxes]
    with tempfile.TemporaryDirectory(prefix="atlas287-") as folder:
        for dpi in CLOSER:
            (drawn,) = draw_pages(path, [page.number], Path(folder), dpi, limits)
            for n, box in enumerate(boxes):
                part = Path(folder) / f"part-{n}-{dpi}.pgm"
                if _cut(drawn, part, box, page.width):
                    words = tesseract.read(part, box[2] - box[0], dpi, block=True, limits=limits)
                    found[n].append([_moved(w, box) for w in words])
    return found


def _cut(picture: Path, part: Path, box: Box, width: float) -> bool:
    """Write a part of a grey picture as a picture of its own; False where nothing is left of it."""
    head, data = picture.read_bytes().split(b"\n", 1)
    across, rows = map(int, head.split()[1:3])
    scale = across / width
    left, right = (min(max(int(x * scale), 0), across) for x in (box[0], box[2]))
    top, bottom = (min(max(int(y * scale), 0), rows) for y in (box[1], box[3]))
    if right - left < 10 or bottom - top < 10:
        return False
    lines = (data[row * across + left : row * across + right] for row in range(top, bottom))
    part.write_bytes(b"P5 %d %d 255\n" % (right - left, bottom - top) + b"".join(lines))
    return True


def _moved(word: Word, box: Box) -> Word:
    return replace(
        word,
        left=word.left + box[0],
        right=word.right + box[0],
        top=word.top + box[1],
        bottom=word.bottom + box[1],
    )
