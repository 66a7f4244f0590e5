"""Files that appear whole or not at all, whoever else writes and whenever the process dies.

A file is first written and flushed to the disk under a name of its own in a folder for incoming
files, then linked to its place. A link never replaces what is there, so of two writers one wins and
the other sees that the work is done.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

Outcome = Literal["new", "known", "repaired"]

#: An incoming file this old (seconds) belongs to no living writer: one takes moments.
ABANDONED_AFTER = 24 * 60 * 60

#: What systems answer where a file system has no hard links (exFAT, some network drives).
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def put(incoming: Path, target: Path, data: bytes, sound: Callable[[bytes], bool]) -> Outcome:
    """Make sure that `target` holds `data`, read-only and safe on the disk.

    Returns "new" if this call put it there, "known" if it was there (the file is left untouched), or
    "repaired" if what was there is not `sound`, that is, damaged: only then is a file replaced.
    Raises OSError if the file cannot be written, with nothing changed.
    """
    outcome: Outcome
    try:
        outcome = "known" if sound(target.read_bytes()) else "repaired"
    except FileNotFoundError:
        outcome = "new"
    if outcome != "known":
        make_folder(incoming)
        make_folder(target.parent)
        with _written(incoming, data) as temporary:
            if outcome == "repaired":
                _make_removable(target)
                temporary.replace(target)
            elif not _link(temporary, target):
                outcome = "known"
    # Also when it was known: the process that put it there may not have come this far.
    _sync_folder(target.parent)
    return outcome


def make_folder(folder: Path) -> None:
    """Make a folder and its parents, safe on the disk. Raises OSError if that cannot be."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def tidy(incoming: Path) -> None:
    """Remove incoming files that a killed process left behind: those older than a day.

    Never raises: leftovers do no harm, as nothing reads them.
    """
    with suppress(OSError):
        for leftover in incoming.iterdir():
            with suppress(OSError):
                if time.time() - leftover.lstat().st_mtime > ABANDONED_AFTER:
                    _discard(leftover)


@contextmanager
def _written(incoming: Path, data: bytes) -> Iterator[Path]:
    """A new read-only file with these bytes, flushed to the disk; gone again at the end."""
    temporary = incoming / f"{os.getpid()}-{os.urandom(8).hex()}"
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            temporary.chmod(0o444)
            os.fsync(file.fileno())
        yield temporary
    finally:
        _discard(temporary)


def _link(temporary: Path, target: Path) -> bool:
    """Give the file its place and return True, or return False if the place is taken."""
    try:
        if os.name == "nt":
            temporary.rename(target)  # Windows refuses to replace
        else:
            target.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            return False
        # Two writers may both come here; what the second one puts in place has the same content.
        temporary.rename(target)
    return True


def _discard(file: Path) -> None:
    _make_removable(file)
    file.unlink(missing_ok=True)


def _make_removable(file: Path) -> None:
    if os.name == "nt":  # where a read-only file can be neither removed nor replaced
        with suppress(OSError):
            file.chmod(0o600)


def _sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, so that they outlive a power cut."""
    if os.name == "nt":  # which has no such call
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # network drives that cannot
            raise
    finally:
        os.close(handle)
