"""Every memorandum of a folder as one table, one row a field: what the bundle ships."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ...errors import DocumentError
from .limits import LIMITS, Limits
from .ocr import Tesseract
from .private import without_private
from .reading import Memorandum, Unread, read_memorandum

TABLE = pl.Schema(
    {
        "folder": pl.String(),  # where it lay: ICE's files are kept by state
        "file": pl.String(),
        "sha256": pl.String(),
        "size": pl.UInt32(),  # bytes
        "pages": pl.UInt16(),
        "text": pl.String(),  # typed, recognized, scanned or mixed
        "recognizer": pl.String(),
        "ocr": pl.String(),
        "scanned": pl.UInt16(),  # pages without a usable text layer
        "field": pl.String(),  # one of fields.FIELDS
        "value": pl.String(),
        "how": pl.String(),  # one of fields.WAYS
        "page": pl.UInt16(),
        "snippet": pl.String(),
    }
)
_DOCUMENT = ("folder", "file", "sha256", "size", "pages", "text", "recognizer", "ocr", "scanned")


@dataclass(frozen=True, slots=True)
class Read:
    """A folder read: its memoranda, and what could not be read of it.

    ``unread`` rows are (folder, file, sha256 or None, page or None, what, reason, remedy).
    """

    memoranda: list[Memorandum]
    unread: list[tuple[str, str, str | None, int | None, str, str, str]]

    def table(self) -> pl.DataFrame:
        """:data:`TABLE`, in order of folder, file and field as declared."""
        rows = [
            (*(getattr(m, name) for name in _DOCUMENT), f.name, f.value, f.how, f.page, f.snippet)
            for m in self.memoranda
            for f in m.fields
        ]
        return pl.DataFrame(rows, schema=TABLE, orient="row")

    def write(self, path: Path) -> None:
        """Write the table; what could not be read goes into the file's own notes."""
        notes = {"unread": json.dumps(self.unread, ensure_ascii=False)}
        self.table().write_parquet(path, compression="zstd", compression_level=19, metadata=notes)


def read_folder(
    root: Path,
    progress: Callable[[int], object] | None = None,
    limits: Limits = LIMITS,
    tesseract: Tesseract | bool | None = True,
) -> Read:
    """Read every PDF under a folder, in order of folder and name.

    Raises nothing for what a document holds; ``progress`` is called with the number of documents done.

    Raises:
        NotADirectoryError: ``root`` is no folder.
    """
    if not root.is_dir():
        raise NotADirectoryError(f"no folder {root}")
    done = Read([], [])
    files = sorted(p for p in root.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
    for count, path in enumerate(files, 1):
        folder = path.resolve().parent.name
        try:
            memorandum = read_memorandum(path, limits, tesseract)
        except DocumentError as error:
            whole = Unread("memorandum", error.message, error.remedy)
            done.unread.append(_row(folder, path, _sha256(path, limits), whole))
        else:
            done.memoranda.append(memorandum)
            done.unread.extend(_row(folder, path, memorandum.sha256, one) for one in memorandum.problems)
        if progress:
            progress(count)
    return done


def _row(
    folder: str, path: Path, sha256: str | None, one: Unread
) -> tuple[str, str, str | None, int | None, str, str, str]:
    return folder, path.name, sha256, one.page, one.what, without_private(one.reason), one.remedy


def _sha256(path: Path, limits: Limits) -> str | None:
    try:
        if path.stat().st_size > limits.file:
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
