"""Documents into a Record: read in parallel, put together in one order."""

from __future__ import annotations

import gc
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from atlas287.archive.intake import find

from ..record import LISTS, PRINTED, QUARANTINE, ROWS, Record
from .document import Document, Loaded, load, parse
from .factor import Factored, Factory
from .limits import LIMITS, Limits
from .problems import REPORT, Note
from .repeats import Repeats
from .table import Content, Parsed, Table

#: What is read ahead of the document that is being put in: so many large ones, so many bytes. Bounds memory.
_LARGE_AHEAD, _BYTES_AHEAD = 8, 16 << 20
#: Documents up to this many bytes are small.
_SMALL = 40_000
_THREADS = 4
_LIST_NAME = re.compile(r"particip|pending|287", re.I)


def read_folder(root: Path, progress: Callable[[int], object] | None = None) -> Record:
    """Read every document under ``root`` into a Record.

    Each file is a sighting: its folder is the name of the folder it lies in, its origin is
    told by its name, its hash is computed. Hidden, lock and temporary files and links to
    folders are passed over, as the archive does. ``progress`` is called with the number of documents done.

    Never raises for what a document holds: what cannot be read is in ``quarantine`` with
    reason and remedy. Raises NotADirectoryError when ``root`` is no folder.
    """
    if not root.is_dir():
        raise NotADirectoryError(f"no folder {root}")
    found = find([root], own=root / ".atlas287")
    gathered = _Gathered(LIMITS)
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
    return _read(documents, _Gathered(limits), progress)


def _read(
    documents: Iterable[Document], gathered: _Gathered, progress: Callable[[int], object] | None
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
    """Pause the search for cycles: there are none among millions of cells, and it would look again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Gathered:
    """The record in the making."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.factory = Factory(limits)
        self.lists: list[tuple[Any, ...]] = []
        self.sizes: list[int] = []
        self.rows: list[int] = []
        self.printed: list[int] = []
        self.quarantine: list[tuple[Any, ...]] = []
        #: What each content came to, where that does not depend on the file's name.
        self.known: dict[str, tuple[Parsed, list[Factored]]] = {}
        #: The same for a sheet's content, whatever its moment of capture.
        self.contents: dict[Content, Factored] = {}
        self.sightings: set[tuple[str, str, str]] = set()

    def add(self, document: Document, loaded: Loaded, parser: Callable[[], Parsed] | None) -> None:
        """Put one sighting in; the same sighting again changes nothing."""
        sighting = (document.folder, document.file, loaded.sha256)
        if sighting in self.sightings:
            return
        self.sightings.add(sighting)
        if loaded.refused is not None:
            self.note(document, loaded.sha256, loaded.refused)
            return
        try:
            parsed, lists = self._factored(document, loaded, parser)
        except Exception as error:  # whatever a document holds, the others are read
            reason = f"it upset the reader ({type(error).__name__}: {error})"
            self.note(document, loaded.sha256, Note("document", reason, REPORT))
            return
        for note in parsed.notes:
            self.note(document, loaded.sha256, note)
        for done in lists:
            for note in done.notes:
                self.note(document, loaded.sha256, note)
            if done.header is not None:
                self._list(document, loaded, parsed, done)

    def _factored(
        self, document: Document, loaded: Loaded, parser: Callable[[], Parsed] | None
    ) -> tuple[Parsed, list[Factored]]:
        if (before := self.known.get(loaded.sha256)) is not None:
            return before
        parsed = parser() if parser is not None else None
        if parsed is None or any(
            table.repeats and table.content not in self.contents for table in parsed.tables
        ):
            parsed = parse(loaded.data, self.limits)
        must_be_list = parsed.sheets == 1 and _LIST_NAME.search(document.file) is not None
        tables = sorted(parsed.tables, key=lambda table: table.sheet)
        lists = [self._list_of(table, document.captured, must_be_list) for table in tables]
        result = Parsed(notes=parsed.notes, saved_at=parsed.saved_at, sheets=parsed.sheets), lists
        if all(done.portable and done.header is not None for done in lists):
            self.known[loaded.sha256] = result
        return result

    def _list_of(self, table: Table, captured: str | None, must_be_list: bool) -> Factored:
        if table.repeats and table.content is not None:
            return self.contents[table.content]
        done = self.factory.factor(table, captured, must_be_list)
        # Where the moment stands in memoranda's addresses only, the record marks it, so that any
        # capture of this content comes to the same rows.
        if table.content is not None and done.header is not None and done.marks == table.content.mentions:
            self.contents[table.content] = done
        return done

    def note(self, document: Document, sha256: str, note: Note) -> None:
        """Add a line to the quarantine."""
        reason = f"{document.file}: {note.reason}"
        self.quarantine.append(
            (
                sha256,
                document.folder,
                document.file,
                note.sheet,
                note.row,
                note.what,
                reason,
                note.remedy,
                note.cells,
            )
        )

    def _list(self, document: Document, loaded: Loaded, parsed: Parsed, done: Factored) -> None:
        assert done.header is not None
        self.lists.append(
            (
                len(self.lists),
                loaded.sha256,
                document.folder,
                document.file,
                document.publisher,
                document.address,
                document.captured,
                parsed.saved_at,
                done.sheet,
                done.header_row,
                list(done.header.columns),
                list(done.header.cells),
                done.blank_rows,
            )
        )
        self.sizes.append(len(done.rows))
        self.rows += done.rows
        self.printed += done.printed

    def record(self) -> Record:
        """The four tables."""
        numbers = pl.int_range(len(self.sizes), dtype=pl.UInt32, eager=True)
        sizes = pl.Series(self.sizes, dtype=pl.UInt32)
        rows = pl.DataFrame(
            {
                "list_no": pl.select(numbers.repeat_by(sizes).explode()).to_series(),
                "row": pl.Series(self.rows, dtype=pl.UInt32),
                "printed_no": pl.Series(self.printed, dtype=pl.UInt32),
            },
            schema=ROWS,
        )
        printed = pl.DataFrame(list(self.factory.printed), schema=_without_number(), orient="row")
        return Record(
            pl.DataFrame(self.lists, schema=LISTS, orient="row"),
            rows,
            printed.with_row_index("printed_no").cast({"printed_no": pl.UInt32}),
            pl.DataFrame(self.quarantine, schema=QUARANTINE, orient="row"),
        )


def _without_number() -> pl.Schema:
    return pl.Schema({name: kind for name, kind in PRINTED.items() if name != "printed_no"})
