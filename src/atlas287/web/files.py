"""The whole data set as files beside the pages, written once a build."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from ..atlas import Atlas

#: The formats that pages offer; Excel and Stata need more than the extra `web`.
FORMATS = ("csv", "parquet")


class Files:
    """The data set of one build in a folder of its own, made when first asked for."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._names: frozenset[str] = frozenset()

    def path(self, name: str) -> Path | None:
        """The file of that name; None if there is none."""
        with self._lock:
            if self._folder is None:
                folder = tempfile.TemporaryDirectory(prefix="atlas287-data-")
                files = self._atlas.export_data(Path(folder.name), formats=FORMATS)
                self._folder, self._names = folder, frozenset(f.name for f in files)
        return Path(self._folder.name, name) if name in self._names else None

    def close(self) -> None:
        """Take the folder away."""
        if self._folder is not None:
            self._folder.cleanup()
