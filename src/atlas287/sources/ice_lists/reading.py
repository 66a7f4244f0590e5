"""Documents into a Record: read in parallel, put together in one order."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from atlas287.archive.intake import find

from ..record import Record
from .document import Document, Loaded, load, parse
from .gathered import Gathered
from .limits import LIMITS, Limits
from .problems import Note
from .repeats import Repeats
from .table import Parsed

#: What is read ahead of the document that is being put in: so many large ones, so many bytes.
_LARGE_AHEAD, _BYTES_AHEAD = 8, 16 << 20
#: Documents up to this many bytes are small.
_SMALL = 40_000
_THREADS = 4


def read_folder(root: Path, progress: Callable[[int], object] | None = None) -> Record:
    """Read every document under ``root`` into a Record.

    Each file is a sighting: its folder is the name of the folder it lies in, its origin is
    told by its name, its hash is computed. Hidden, lock and temporary files and links to
    folders are passed over, as the archive does. ``progress`` is called with the number of
    documents done.

    Never raises for what a document holds: what cannot be read is in ``quarantine`` with
    reason and remedy. Raises NotADirectoryError when ``root`` is no folder.
    """
    if not root.is_dir():
        raise NotADirectoryError(f"no folder {root}")
    found = find([root], own=root / ".atlas287")
    gathered = Gathered(LIMITS)
    for failure in found.failures:
        path = failure.path
        gathered.note(
            Document(path.parent.name, path.name, b""), "", Note("document", failure.reason, failure.remedy)
        )
    return _read(map(Document.at, found.files), gathered, progress)


def read_documents(
    documents: Iterable[Document], progress: Callable[[int], object] | None = None, limits: Limits = LIMITS
) -> Record:
    """Read documents into a Record, each distinct content once and each sighting a list of its own.

    Lists are numbered in order of folder, file, hash and sheet, printed rows in order of
    first sight, whatever the order given and the number of threads. Memory grows with the
    distinct rows and about a dozen documents, not with all of them.
    """
    return _read(documents, Gathered(limits), progress)


def _read(
    documents: Iterable[Document], gathered: Gathered, progress: Callable[[int], object] | None
) -> Record:
    ordered = sorted(documents, key=lambda d: (d.folder, d.file, d.sha256 or ""))
    with _collector_paused():
        for count, turn in enumerate(_in_turn(ordered, gathered.limits), 1):
            gathered.add(turn.document, turn.loaded, turn.parse)
            if progress is not None:
                progress(count)
        return gathered.record()


@dataclass
class _Waiting:
    """A document whose turn to be put in has not come; ``parse`` gives its tables, None if they are known."""

    document: Document
    loaded: Loaded
    parse: Callable[[], Parsed] | None
    is_large: bool = False


def _in_turn(documents: list[Document], limits: Limits) -> Iterator[_Waiting]:
    """Each document in order, the large ones parsed in other threads by the time their turn comes.

    calamine and zlib leave Python's lock to others while they work. A small document is
    parsed in its turn: handing it to a thread costs more than it saves.
    """
    waiting: deque[_Waiting] = deque()
    seen: set[str] = set()
    repeats = Repeats()
    size = large = 0
    with ThreadPoolExecutor(max(1, min(_THREADS, os.cpu_count() or 1))) as pool:
        for document in documents:
            loaded = load(document, limits)
            turn = _Waiting(document, loaded, None)
            if loaded.refused is None and loaded.sha256 not in seen:
                seen.add(loaded.sha256)
                turn.parse = partial(parse, loaded.data, limits, document.captured, repeats)
                if len(loaded.data) > _SMALL:
                    turn.parse, turn.is_large = pool.submit(turn.parse).result, True
            waiting.append(turn)
            size, large = size + len(loaded.data), large + turn.is_large
            while large > _LARGE_AHEAD or size > _BYTES_AHEAD:
                turn = waiting.popleft()
                size, large = size - len(turn.loaded.data), large - turn.is_large
                yield turn
        while waiting:
            yield waiting.popleft()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the search for cycles, which would go through millions of cells again and again and find none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
