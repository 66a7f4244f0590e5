"""Where state lives: one folder, with the archive, the builds, and which build is current.

``ATLAS287_HOME`` names it; without, it is the platform's user-data folder. ``current`` is a
small file that names the build in use and is replaced atomically, so a reader always finds a
whole build and a crash never leaves half of one.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Current:
    """Which build is in use, what it was built from, and by which rules.

    ``lists``: the folder of workbooks it was built from; None means the bundle. ``testimony``: the
    folder of other sources, likewise. ``watched``: what these folders and the archive looked like then
    (:func:`watch`).
    """

    build_id: str
    digest: str
    code: str
    lists: str | None
    watched: str
    testimony: str | None = None


class Home:
    """The state folder; making one touches nothing."""

    def __init__(self, root: Path | str | None = None) -> None:
        self.root = Path(root or os.environ.get("ATLAS287_HOME") or _default()).expanduser().resolve()
        self.archive = self.root / "archive"
        self.builds = self.root / "builds"
        self._current = self.root / "current"

    @property
    def lock(self) -> Path:
        """The file that a builder holds locked."""
        return self.root / "build.lock"

    def register(self, build_id: str) -> Path:
        return self.builds / f"{build_id}.sqlite"

    def record(self, build_id: str) -> Path:
        """Where the record of a build lies, if it is more than the bundle."""
        return self.builds / f"{build_id}.record"

    def current(self) -> Current | None:
        """The build in use, or None if there is none that is whole."""
        try:
            current = Current(**json.loads(self._current.read_text()))
        except (OSError, ValueError, TypeError):
            return None
        return current if self.register(current.build_id).exists() else None

    def switch(self, current: Current) -> None:
        """Make a build the one in use, in one step."""
        write_whole(self._current, json.dumps(asdict(current)).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, finds the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def watch(*folders: Path) -> str:
    """What folders hold, by name, size and time of change: cheap to ask, and enough to notice
    that something came, went or changed."""
    seen = hashlib.sha256()
    for folder in folders:
        for path, stat in sorted(_files(folder)):
            seen.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _files(folder: Path) -> list[tuple[str, os.stat_result]]:
    found: list[tuple[str, os.stat_result]] = []
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        found.append((entry.path, entry.stat()))
        except OSError:
            continue
    return found


def _default() -> str:
    from platformdirs import user_data_dir

    return user_data_dir("atlas287", appauthor=False)
