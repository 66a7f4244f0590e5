"""A document to read, and which reader is for it: decided by its bytes, not by its name."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from atlas287.archive.addresses import origin
from atlas287.archive.intake import printable

from .limits import LIMITS, Limits
from .problems import FETCH_AGAIN, Note, UnreadableError
from .repeats import Repeats
from .roster_html import read_roster
from .table import Parsed
from .workbook import read_workbook

# Office files before 2007, and encrypted ones since. calamine reads .xls, but lays out whatever
# rectangle the file claims before its size can be seen; and ICE never published one.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_UNLOCK = "Open it with its password in a spreadsheet program and save it without one."
_SAVE = "If it holds a list, save it as an Excel workbook (.xlsx) and add that beside the original."


@dataclass(frozen=True)
class Document:
    """One sighting of a document: where it lay, what is known of its origin, and its bytes.

    ``captured`` is YYYYMMDDhhmmss (UTC) or None. ``sha256`` is checked against the content,
    or computed when it is None.
    """

    folder: str
    file: str
    content: Path | bytes = field(repr=False)
    sha256: str | None = None
    publisher: str = "unknown"
    address: str | None = None
    captured: str | None = None

    @classmethod
    def at(cls, path: Path) -> Document:
        """The document of a file, its origin told by its name and its folder by the one it lies in."""
        name, folder = printable(path.name), printable(path.parent.name)
        known = origin(name)
        return cls(folder, name, path, None, known.publisher, known.address, known.captured)


@dataclass(frozen=True)
class Loaded:
    """A document's bytes and their hash; ``refused`` says why there are no bytes."""

    sha256: str
    data: bytes = field(default=b"", repr=False)
    refused: Note | None = None


def load(document: Document, limits: Limits = LIMITS) -> Loaded:
    """Fetch a document's bytes, at most ``limits.file`` of them, and their hash. Never raises OSError."""
    try:
        if isinstance(document.content, bytes):
            data, size = document.content, len(document.content)
            digest = hashlib.sha256(data).hexdigest()
        else:
            status = document.content.stat()
            if not stat.S_ISREG(status.st_mode):  # a pipe might never end
                said = Note("document", "it is no plain file", "Copy what it gives to a file.")
                return Loaded(document.sha256 or "", refused=said)
            size = status.st_size
            data, digest = _read(document.content, size <= limits.file)
    except OSError as error:
        remedy = "Check that the file is there and may be read."
        return Loaded(
            document.sha256 or "", refused=Note("document", f"it cannot be opened ({error.strerror})", remedy)
        )
    if document.sha256 not in (None, digest):
        reason = f"its bytes have the hash {digest[:12]}…, not {str(document.sha256)[:12]}… as recorded"
        return Loaded(str(document.sha256), refused=Note("document", reason, FETCH_AGAIN))
    if size > limits.file:
        reason = f"it is {size:,} bytes; at most {limits.file:,} are read"
        return Loaded(digest, refused=Note("document", reason, _SAVE))
    return Loaded(digest, data)


def _read(path: Path, whole: bool) -> tuple[bytes, str]:
    """A file's bytes (none unless they are wanted) and its hash."""
    with path.open("rb") as file:
        if whole:
            data = file.read()
            return data, hashlib.sha256(data).hexdigest()
        return b"", hashlib.file_digest(file, "sha256").hexdigest()


def parse(
    data: bytes, limits: Limits = LIMITS, captured: str | None = None, repeats: Repeats | None = None
) -> Parsed:
    """Read a document of any format into tables. What cannot be read is a note; nothing is raised.

    With ``captured`` and ``repeats``, sheets that say the same as one before are not laid out.
    """
    try:
        if data.startswith(b"PK"):
            return read_workbook(data, limits, captured, repeats)
        return _reader(data)(data, limits)
    except UnreadableError as refused:
        return Parsed(notes=[Note("document", refused.reason, refused.remedy)])


def _reader(data: bytes) -> Callable[[bytes, Limits], Parsed]:
    """The reader for what is no zip. Raises UnreadableError when there is none."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data:
        raise UnreadableError("it is empty", FETCH_AGAIN)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableError("it is encrypted with a password", _UNLOCK)
        raise UnreadableError("it is an old Office file (.xls, perhaps), which is not read", _SAVE)
    if head.startswith(b"<"):
        return read_roster
    if data.startswith(b"%PDF"):
        raise UnreadableError("it is a PDF, not a list", "Add it as a document of another kind.")
    raise UnreadableError("it is neither a workbook nor a web page", _SAVE)
