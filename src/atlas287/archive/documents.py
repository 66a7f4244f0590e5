"""Documents: bytes, each kept once, under the SHA-256 of what they are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from atlas287.archive import files
from atlas287.archive.problems import Problem
from atlas287.errors import ArchiveError, NotFoundError

_ADD_AGAIN = "add the original file again: the archive then puts the right bytes in place"


class Documents:
    """A folder of documents: ``ab/abcdef…``, named by SHA-256 in lower-case hex, read-only."""

    def __init__(self, folder: Path, incoming: Path) -> None:
        self.folder = folder
        self._incoming = incoming

    def path(self, sha256: str) -> Path:
        """Where a document has its place, there or not. Raises ArchiveError if the text is no SHA-256."""
        if not is_sha256(sha256):
            raise ArchiveError(f"not a SHA-256: {sha256!r}", "give all 64 digits, in lower case")
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes, sha256: str) -> files.Outcome:
        """Keep these bytes. Returns whether they are new, known or repaired; raises OSError."""
        return files.put(self._incoming, self.path(sha256), data, data.__eq__)

    def read(self, sha256: str) -> bytes:
        """Return a document's bytes, checked against its hash.

        Raises NotFoundError if the archive has no such document, ArchiveError if it cannot be read or
        its bytes are no longer what they were.
        """
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise NotFoundError(
                f"no document {sha256} in {self.folder}", "add the file, or check the hash"
            ) from None
        except OSError as error:
            raise ArchiveError(f"cannot read {path}: {error.strerror}", _ADD_AGAIN) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ArchiveError(f"damaged document: {path} does not have the bytes of its name", _ADD_AGAIN)
        return data

    def problems(self, expected: Iterable[tuple[str, int]]) -> Iterator[Problem]:
        """Read every document and yield what is wrong: damaged, foreign, or expected and missing.

        `expected` has the hash and size of each document that a sighting tells of. A document that none
        tells of is no problem: its writer died before the sighting, and adding the file again completes it.
        """
        sizes: dict[str, int | None] = {}  # None: damaged
        for path in sorted(self.folder.glob("**/*")):
            if path.is_dir() or path.name.startswith("."):
                continue
            if not is_sha256(path.name) or path != self.path(path.name):
                yield Problem(path, "not a document of the archive", "move this file elsewhere")
                continue
            try:
                sizes[path.name] = len(self.read(path.name))
            except (ArchiveError, NotFoundError) as error:
                sizes[path.name] = None
                yield Problem(path, error.message, error.remedy)
        for sha256, size in sorted(set(expected)):
            if sha256 not in sizes:
                yield Problem(self.path(sha256), "missing document: a sighting tells of it", _ADD_AGAIN)
            elif sizes[sha256] not in (size, None):
                what = f"a sighting says {size:,} bytes, and this document has {sizes[sha256]:,}"
                yield Problem(self.path(sha256), what, _ADD_AGAIN)


def is_sha256(text: str) -> bool:
    """Whether the text is a SHA-256 as the archive writes it: 64 hex digits in lower case."""
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None
