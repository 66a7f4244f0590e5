"""Taking files in: which ones of a folder, and how much of them is let into memory."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from atlas287.errors import ArchiveError

#: The largest document taken in. ICE's largest list so far has 0.2 MB.
MAX_BYTES = 100_000_000

#: Half-done downloads, editors' copies and what operating systems strew about.
_LITTER_ENDINGS = (".crdownload", ".download", ".part", ".partial", ".temp", ".tmp", "~")
_LITTER_NAMES = {"desktop.ini", "thumbs.db"}


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be taken in, and why.

    Where its name is not valid text, `path` shows the unreadable bytes as U+FFFD.
    """

    path: Path
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding files came to. Each file is one of: new, already known, repaired, or a failure."""

    new_documents: int  #: bytes the archive did not have
    new_sightings: int  #: files whose sighting is new, with new bytes or known ones
    already_known: int  #: files whose sighting was there; nothing changed
    repaired: int  #: files whose document or sighting had been damaged and is whole again
    left_out: int  #: hidden, lock and temporary files, and links to folders; a folder counts once
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class Found:
    """The files below some paths, in order, and what was left out or could not be looked into."""

    files: list[Path] = field(default_factory=list)
    left_out: int = 0
    failures: list[Failure] = field(default_factory=list)


def find(paths: Iterable[Path], own: Path) -> Found:
    """Find the files to take in: those named, and all below the folders named, each folder's by name.

    Left out and counted: hidden files and folders, lock and temporary files, links to folders met on
    the way (a folder named outright may be a link), and the archive's `own` folder. What cannot be
    looked into is a failure, and the others go on. Nothing is raised.
    """
    found = Found()
    own = own.resolve()
    for path in paths:
        # Absolute, because the name of the folder that a file lies in is kept with it.
        path = Path(os.path.abspath(path))  # noqa: PTH100 - takes ".." out and leaves links in
        if _is_folder(path):
            _walk(path, own, found)
        elif _is_litter(path.name):
            found.left_out += 1
        else:
            found.files.append(path)
    return found


def load(path: Path) -> bytes:
    """Return a file's bytes. Raises ArchiveError if it is no plain file, unreadable or too large."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or device might never end
            raise ArchiveError(f"not a plain file: {printable(path)}", "copy what it gives to a file")
        check_size(status.st_size, path)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ArchiveError(
            f"cannot read {printable(path)}: {reason}", "check that it exists and may be read"
        ) from error
    check_size(len(data), path)  # it may have grown
    return data


def check_size(size: int, name: Path | str) -> None:
    """Raise ArchiveError if a document of this many bytes is too large to be taken in."""
    if size > MAX_BYTES:
        raise ArchiveError(
            f"too large: {printable(name)} has {size:,} bytes, and a document may have {MAX_BYTES:,}",
            "if it is an archive of files, unpack it and add the files",
        )


def failure(path: Path, error: ArchiveError) -> Failure:
    """The failure that an error amounts to when the other files go on."""
    return Failure(Path(printable(path)), error.message, error.remedy)


def printable(path: Path | str) -> str:
    """A path as text that can be printed anywhere, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _walk(folder: Path, own: Path, found: Found) -> None:
    try:
        if folder.resolve().is_relative_to(own):
            found.left_out += 1
            return
        paths = sorted(folder.iterdir())
    except OSError as error:
        what = f"cannot look into {printable(folder)}: {error.strerror or error}"
        found.failures.append(failure(folder, ArchiveError(what, "check that the folder may be read")))
        return
    for path in paths:
        is_folder = _is_folder(path)
        if _is_litter(path.name) or (is_folder and path.is_symlink()):
            found.left_out += 1
        elif is_folder:
            _walk(path, own, found)
        else:
            found.files.append(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # then loading it says why
        return False


def _is_litter(name: str) -> bool:
    lower = name.lower()
    return name.startswith((".", "~$")) or lower.endswith(_LITTER_ENDINGS) or lower in _LITTER_NAMES
