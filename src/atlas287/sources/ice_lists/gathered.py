"""The record in the making: documents go in one by one, in order, and four tables come out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, repeat
from typing import Any

import polars as pl

from ..record import LISTS, PRINTED, QUARANTINE, ROWS, Record
from .document import Document, Loaded, parse
from .factor import Factored, Factory
from .limits import LIMITS, Limits
from .problems import REPORT, Note
from .table import Content, Parsed, Table
from .unwrap import scrub

_LIST_NAME = re.compile(r"particip|pending|287", re.I)
_CONTENT = pl.Schema({name: kind for name, kind in PRINTED.items() if name != "printed_no"})


class Gathered:
    """Lists, rows and quarantine so far."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._factory = Factory(limits)
        self._lists: list[tuple[Any, ...]] = []
        self._sizes: list[int] = []
        self._rows: list[int] = []
        self._printed: list[int] = []
        self._quarantine: list[tuple[Any, ...]] = []
        #: What each document came to, where that does not depend on the file's name.
        self._known: dict[str, tuple[Parsed, list[Factored]]] = {}
        #: The same for a sheet's content, whatever its moment of capture.
        self._contents: dict[Content, Factored] = {}
        self._sightings: set[tuple[str, str, str]] = set()

    def add(self, document: Document, loaded: Loaded, parser: Callable[[], Parsed] | None) -> None:
        """Put one sighting in; the same sighting again changes nothing.

        ``parser`` gives the document's tables; None for bytes that went in before.
        """
        sighting = (document.folder, document.file, loaded.sha256)
        if sighting in self._sightings:
            return
        self._sightings.add(sighting)
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

    def note(self, document: Document, sha256: str, note: Note) -> None:
        """Add a line to the quarantine."""
        reason = scrub(f"{document.file}: {note.reason}")
        where = (sha256, document.folder, document.file, note.sheet, note.row)
        self._quarantine.append((*where, note.what, reason, note.remedy, note.cells))

    def record(self) -> Record:
        """The four tables."""
        numbers = chain.from_iterable(map(repeat, range(len(self._sizes)), self._sizes))
        rows = pl.DataFrame(
            {
                "list_no": pl.Series(list(numbers), dtype=pl.UInt32),
                "row": pl.Series(self._rows, dtype=pl.UInt32),
                "printed_no": pl.Series(self._printed, dtype=pl.UInt32),
            },
            schema=ROWS,
        )
        printed = pl.DataFrame(list(self._factory.printed), schema=_CONTENT, orient="row")
        return Record(
            pl.DataFrame(self._lists, schema=LISTS, orient="row"),
            rows,
            printed.with_row_index("printed_no").cast({"printed_no": pl.UInt32}),
            pl.DataFrame(self._quarantine, schema=QUARANTINE, orient="row"),
        )

    def _factored(
        self, document: Document, loaded: Loaded, parser: Callable[[], Parsed] | None
    ) -> tuple[Parsed, list[Factored]]:
        if (before := self._known.get(loaded.sha256)) is not None:
            return before
        parsed = parser() if parser is not None else None
        if parsed is None or any(t.repeats and t.content not in self._contents for t in parsed.tables):
            # Seen before, but what came of it depends on the other file's name: read it again.
            parsed = parse(loaded.data, self.limits)
        must_be_list = parsed.sheets == 1 and _LIST_NAME.search(document.file) is not None
        tables = sorted(parsed.tables, key=lambda table: table.sheet)
        _tell_apart(tables)
        lists = [self._list_of(table, document.captured, must_be_list) for table in tables]
        result = Parsed(notes=parsed.notes, saved_at=parsed.saved_at, sheets=parsed.sheets), lists
        if all(done.portable and done.header is not None for done in lists):
            self._known[loaded.sha256] = result
        return result

    def _list_of(self, table: Table, captured: str | None, must_be_list: bool) -> Factored:
        if table.repeats and table.content is not None:
            return replace(self._contents[table.content], sheet=table.sheet)
        done = self._factory.factor(table, captured, must_be_list)
        # Where the moment stands in memoranda's addresses only, the record marks it, so that any
        # capture of this content comes to the same rows.
        content = table.content
        if (
            content is not None
            and done.header is not None
            and not done.tied
            and done.marks == content.mentions
        ):
            self._contents[content] = done
        return done

    def _list(self, document: Document, loaded: Loaded, parsed: Parsed, done: Factored) -> None:
        assert done.header is not None
        source = (loaded.sha256, document.folder, document.file, document.publisher, document.address)
        header = (done.header_row, list(done.header.columns), list(done.header.cells), done.blank_rows)
        moments = (document.captured, parsed.saved_at)
        self._lists.append((len(self._lists), *source, *moments, done.sheet, *header))
        self._sizes.append(len(done.rows))
        self._rows += done.rows
        self._printed += done.printed


def _tell_apart(tables: list[Table]) -> None:
    """Number sheets of one name, which no spreadsheet program makes: a list is known by its sheet."""
    names: set[str] = set()
    for table in tables:
        name, further = table.sheet, 1
        while table.sheet in names:
            further += 1
            table.sheet = f"{name} ({further})"
        names.add(table.sheet)
