from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from atlas287.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "home" / "archive")


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Four files in two folders: three documents, as one has the bytes of another."""
    files = {
        "participating/ParticipatingEntities-20250301120000.xlsx": b"first",
        "participating/participatingAgencies04302026am.xlsx": b"second",
        "pending/pendingAgencies-20250401000000.xlsx": b"third",
        "pending/pendingAgencies.xlsx": b"third",
    }
    folder = tmp_path / "lists"
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, tuple[int, int, bytes]]]:
    """All files below a folder: inode, time of last change and bytes of each."""

    def take(root: Path) -> dict[str, tuple[int, int, bytes]]:
        return {
            str(path.relative_to(root)): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
            for path in root.rglob("*")
            if path.is_file()
        }

    return take
