"""Files that are no memorandum, or would harm their reader: each refused with reason and remedy."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import atlas287
from atlas287 import DocumentError
from atlas287.sources.memoranda import LIMITS, Limits, read_memorandum
from atlas287.sources.memoranda.pdf import draw_pages, need_pdfium, read_pdf
from tests.sources.memoranda import pdfmaker
from tests.sources.memoranda.pdfmaker import Put, bomb, locked, memorandum, pdf, written

WHOLE = memorandum()
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "the file is empty"),
    "html": (
        lambda: b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>Page not found",
        "a web page (HTML), not a PDF",
    ),
    "word": (lambda: b"PK\x03\x04 a document of another kind", "no PDF"),
    "truncated": (lambda: pdf(WHOLE)[:4000], "cut short"),
    "garbled": (lambda: b"%PDF-1.4\n" + b"\xff\x00" * 500 + b"\n%%EOF", "a damaged PDF"),
    "locked": (lambda: locked(WHOLE), "encrypted"),
    "300 pages": (lambda: pdf([[Put(60, 60, "a page")]] * 300), "300 pages"),
    "letter": (lambda: pdf([[Put(60, 60, "A letter about something else")]]), "no memorandum of agreement"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_with_reason_and_remedy(tmp_path: Path, kind: str) -> None:
    make, reason = BAD[kind]
    path = written(tmp_path, make(), "bad.pdf")
    with pytest.raises(DocumentError) as caught:
        read_memorandum(path, tesseract=False)
    assert caught.value.message.startswith("bad.pdf: ")
    assert reason in caught.value.message
    assert caught.value.remedy.endswith(".")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(DocumentError):
            read_pdf(path)


def test_a_file_that_unpacks_without_end_costs_one_small_process(tmp_path: Path) -> None:
    path = written(tmp_path, bomb(3 << 30), "bomb.pdf")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    begun = time.monotonic()
    with pytest.raises(DocumentError, match=r"MB|seconds|characters"):
        read_memorandum(path, tesseract=False)
    assert time.monotonic() - begun < LIMITS.seconds + 10
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert max(used, before) < (LIMITS.memory >> 10) * 1.2  # kilobytes


def test_a_file_that_takes_too_long_is_left(tmp_path: Path) -> None:
    path = written(tmp_path, pdf(WHOLE))
    with pytest.raises(DocumentError, match="took more than"):
        read_memorandum(path, Limits(seconds=0.01), tesseract=False)  # type: ignore[arg-type]


def test_bounds_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, pdf(WHOLE))
    for limits, said in (
        (Limits(file=100), "bytes"),
        (Limits(pages=3), "4 pages"),
        (Limits(text=500), "characters"),
    ):
        with pytest.raises(DocumentError, match=said):
            read_memorandum(path, limits, tesseract=False)


def test_a_page_as_large_as_a_wall_is_drawn_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdfmaker, "WIDTH", 14_000)
    monkeypatch.setattr(pdfmaker, "HEIGHT", 9_000)
    path = written(tmp_path, pdf([[Put(60, 60, "small")]]))
    assert read_pdf(path).pages[0].width == 14_000
    (picture,) = draw_pages(path, [1], tmp_path, 300, Limits(pixels=100_000))
    width, height = map(int, picture.read_bytes().split(b"\n", 1)[0].split()[1:3])
    assert width * height <= 101_000


def test_without_the_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atlas287.sources.memoranda.pdf.find_spec", lambda name: None)
    with pytest.raises(DocumentError) as caught:
        need_pdfium()
    assert "atlas287[memoranda]" in caught.value.remedy


def test_without_the_extra_a_file_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the process that opens it, the library is really not to be had."""
    shadow = tmp_path / "shadow" / "pypdfium2.py"
    shadow.parent.mkdir()
    shadow.write_text("raise ImportError('not here')")
    monkeypatch.setenv("PYTHONPATH", f"{shadow.parent}{os.pathsep}{Path(atlas287.__file__).parents[1]}")
    with pytest.raises(DocumentError) as caught:
        read_memorandum(written(tmp_path, pdf(WHOLE)), tesseract=False)
    assert "pypdfium2, which is not installed" in caught.value.message
    assert "atlas287[memoranda]" in caught.value.remedy


def test_nothing_of_pdfs_is_imported_before_one_is_opened(tmp_path: Path) -> None:
    code = (
        "import sys, atlas287.sources.memoranda, atlas287.registry.build; print('pypdfium2' in sys.modules)"
    )
    done: Any = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
