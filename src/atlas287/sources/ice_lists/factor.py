"""Tables into the record: each distinct row once, and for every list which row stood where.

Lists reprint most of their rows, so the work is done once a distinct row of cells and
remembered; what remains for a list is one look-up a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..cell_names import split_name
from ..record import CAPTURE, CELLS
from .aside import above_header, missing_columns, not_a_list, row_note, unnamed_columns
from .cells import to_json
from .headers import Header, find_header
from .layout import Content, Layout, Verdict
from .limits import LIMITS, Limits
from .links import plain
from .problems import Note
from .table import Table, Value
from .unwrap import MAILBOX, unwrap

#: A row's cells, then its links' targets; of any length, which types cannot say.
_Key = tuple[Any, ...]
_MOMENT_DIGITS = 14
_MOA = CELLS.index("moa")
_LINKS = len(CELLS) + 1  # where a row's links begin, after the cells and `signed_as`


@dataclass
class Factored:
    """A table as a list: where each listing stood and which printed row it is.

    ``header`` is None when the table is no list, or none that can be read.
    """

    sheet: str
    header_row: int = 0
    header: Header | None = None
    rows: list[int] = field(default_factory=list)
    printed: list[int] = field(default_factory=list)
    blank_rows: int = 0
    notes: list[Note] = field(default_factory=list)
    #: The same bytes under another file name come to the same.
    portable: bool = True
    #: How many mentions of its own moment of capture were marked, and whether links hold it too.
    marks: int = 0
    tied: bool = False


class Factory:
    """Numbers distinct printed rows, in the order in which they are first seen."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        #: Distinct rows by content; their numbers are their places.
        self.printed: dict[Content, int] = {}
        #: Numbers (or verdicts) of rows of cells, by layout.
        self._known: dict[Layout, dict[_Key, int]] = {}
        #: Printed rows with a moment of capture, those with the list's own in a link, and those that
        #: a mailbox was taken out of.
        self._momentous: set[int] = set()
        self._tied: set[int] = set()
        self._scrubbed: set[int] = set()

    def factor(self, table: Table, captured: str | None, must_be_list: bool) -> Factored:
        """Turn a table into a list, or say why it is none.

        ``captured`` is the document's moment of capture, which is marked in memoranda's
        cells. ``must_be_list`` says that a table without a header is a list that cannot be
        read rather than something else.
        """
        done = Factored(table.sheet, notes=list(table.notes))
        found = None if table.set_aside else find_header(table)
        if found is None:
            done.notes += not_a_list(table, must_be_list, self.limits)
            return done
        start, header = found
        done.header_row = table.top + start + 1
        if header.missing:
            done.notes.append(missing_columns(table, header, done.header_row, self.limits))
            return done
        done.header = header
        done.notes += [*above_header(table, start), *unnamed_columns(table, header)]
        self._rows(table, start, header, captured, done)
        return done

    def _rows(self, table: Table, start: int, header: Header, captured: str | None, done: Factored) -> None:
        rows: list[tuple[Value, ...]] = list(map(tuple, table.grid[start + 1 :]))
        first = table.top + start + 2
        numbers = range(first, first + len(rows))
        if captured and "moa" in header.cells:
            done.marks = _mark(rows, header.cells.index("moa") - table.left, captured)
        layout = Layout(header, table.left, table.links.columns())
        known = self._known.setdefault(layout, {})
        # All in C: one look-up a row in the common case.
        targets = [table.links.in_column(column, numbers) for column in layout.linked]
        keys: list[_Key] = list(zip(rows, *targets, strict=True))
        places = list(map(known.get, keys))
        more: dict[int, list[tuple[int, str]]] = {}
        for column, number, target in table.more_links:
            more.setdefault(number, []).append((column, target))
        if more or None in places:
            for i, key in enumerate(keys):
                if places[i] is None or numbers[i] in more:
                    extra = tuple(more.get(numbers[i], ()))
                    places[i] = self._read(layout, known, key, captured, extra)
        settled = [place for place in places if place is not None]
        if min(settled, default=0) >= 0:
            done.rows, done.printed = list(numbers), settled
        else:
            for i, place in enumerate(settled):
                self._settle(table, start + 1 + i, numbers[i], place, done)
        if len(table.links) > sum(len(numbers) - column.count(None) for column in targets):
            _tell_stray_links(table, start, numbers, done)
        self._finish(table, done)

    def _read(
        self,
        layout: Layout,
        known: dict[_Key, int],
        key: _Key,
        captured: str | None,
        more: tuple[tuple[int, str], ...],
    ) -> int:
        """The number of a row's content, or its verdict; remembered where it depends on the row alone."""
        if not more and (place := known.get(key)) is not None:
            return place
        row, *raw = key
        targets = tuple(None if target is None else plain(target) for target in raw)
        content = layout.read(row, targets, more)
        # Python holds True, 1 and 1.0 for the same; a spreadsheet does not print them so.
        alike = any(isinstance(value, bool | int | float) and value in (0, 1) for value in row)
        remember = not more and not alike
        if isinstance(content, Verdict):
            if remember:
                known[key] = int(content)
            return int(content)
        fixed: Content = content
        if captured and any(text and CAPTURE in text for text in content[_LINKS:]):
            # The moment stands inside the address behind the wrapper: links are kept whole.
            ends = (text and text.replace(CAPTURE, captured) for text in content[_LINKS:])
            fixed = (*content[:_LINKS], *ends)
        place = self.printed.setdefault(fixed, len(self.printed))
        if fixed != content:
            self._tied.add(place)
        if fixed == content and remember:
            known[key] = place
        if (moa := fixed[_MOA]) and (CAPTURE in moa or sum(map(str.isdigit, moa)) >= _MOMENT_DIGITS):
            self._momentous.add(place)
        if any(text and MAILBOX in text for text in fixed):
            self._scrubbed.add(place)
        return place

    def _settle(self, table: Table, index: int, number: int, place: int, done: Factored) -> None:
        """Put one row where its verdict says."""
        if place >= 0:
            done.rows.append(number)
            done.printed.append(place)
            return
        if place in (Verdict.BLANK, Verdict.LINK_ONLY):
            done.blank_rows += 1
        if place != Verdict.BLANK:
            done.notes.append(row_note(table, index, number, Verdict(place)))

    def _finish(self, table: Table, done: Factored) -> None:
        """Say what was taken out, and whether the file's name had a part in the result."""
        if scrubbed := len(self._scrubbed.intersection(done.printed)) if self._scrubbed else 0:
            reason = (
                f"sheet {table.sheet!r}: mailboxes in {scrubbed:,} different rows are replaced by {MAILBOX}"
            )
            remedy = "Nothing to do; the document holds them as printed."
            done.notes.append(Note("cell", reason, remedy, table.sheet))
        done.portable = self._momentous.isdisjoint(done.printed)
        done.tied = not self._tied.isdisjoint(done.printed)


def _mark(rows: list[tuple[Value, ...]], at: int, captured: str) -> int:
    """Mark the moment of capture in column ``at`` of ``rows``; returns how often it stood there.

    A cell that holds the mark itself is left as it is.
    """
    marks = 0
    for i, row in enumerate(rows):
        text = row[at]
        if isinstance(text, str) and captured in text and CAPTURE not in text:
            marks += text.count(captured)
            rows[i] = (*row[:at], text.replace(captured, CAPTURE), *row[at + 1 :])
    return marks


def _tell_stray_links(table: Table, start: int, numbers: range, done: Factored) -> None:
    """Keep the links that stand below the last row (those of the header lead nowhere of interest)."""
    stray = {
        cell: unwrap(target)[0] or "dropped"
        for cell, target in table.links.items()
        if (row := split_name(cell)[1]) not in numbers and row > table.top + start + 1
    }
    if stray:
        reason = f"sheet {table.sheet!r}: {len(stray):,} links below the last row"
        note = Note("link", reason, "Nothing to do; they are kept.", table.sheet, None, to_json(stray))
        done.notes.append(note)
