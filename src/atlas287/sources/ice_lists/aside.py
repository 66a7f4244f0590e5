"""What is set aside: sheets that are no list, columns and rows that fit none; kept, with the reason."""

from __future__ import annotations

from ..cell_names import column_letters
from .cells import row_as_json, to_json
from .headers import SEARCHED_ROWS, Header
from .layout import Verdict
from .limits import Limits
from .problems import Note
from .table import Table

_HEADER_REMEDY = (
    "If a column is one of the record's under a new name, add its header to "
    "sources/ice_lists/headers.csv and read the document again."
)
_NAMED_COLUMNS = 20
_ROWS = {
    Verdict.NO_AGENCY: ("names no agency", "Look at the row; a note or a total needs nothing."),
    Verdict.HEADER_AGAIN: ("prints the header again", "Nothing to do."),
    Verdict.LINK_ONLY: ("has a link and no text", "Nothing to do; the link is kept."),
}


def not_a_list(table: Table, must_be_list: bool, limits: Limits) -> list[Note]:
    """A table without a header: kept row by row, or refused as a whole if it must be a list."""
    where = f"sheet {table.sheet!r}"
    if must_be_list and not table.set_aside and table.grid:
        reason = f"{where} has no header in its first {SEARCHED_ROWS} rows"
        remedy = (
            "Open it; give the list a header of STATE, LAW ENFORCEMENT AGENCY and SUPPORT TYPE, "
            "and add the result beside the original."
        )
        return [Note("sheet", reason, remedy, table.sheet, None, _all_cells(table, limits))]
    why = table.set_aside or ("it has no header of a list" if table.grid else "it is blank")
    reason = f"{where} is not read as a list: {why}"
    remedy = "Nothing to do unless it is one; its cells are kept."
    kept = _kept(table, limits)
    notes = [Note("not a list", reason, remedy, table.sheet, number, text) for number, text in kept]
    return notes or [Note("not a list", reason, remedy, table.sheet)]


def missing_columns(table: Table, header: Header, header_row: int, limits: Limits) -> Note:
    """Which required columns were not identified, and what stood in the header."""
    wanted = ", ".join(name.replace("_", " ") for name in header.missing)
    heads = ", ".join(repr(text) for text in header.columns[:40] if text.strip())
    reason = f"sheet {table.sheet!r}, header in row {header_row}: no column for {wanted} among {heads}"
    for cell, columns in header.twice:
        where = " and ".join(column_letters(column) for column in columns[:5])
        reason += f"; {cell.replace('_', ' ')} may be column {where}, and none is picked by guessing"
    return Note("sheet", reason, _HEADER_REMEDY, table.sheet, None, _all_cells(table, limits))


def unnamed_columns(table: Table, header: Header) -> list[Note]:
    """One note a column that the record has no name for; its cells go to `other`."""
    competing = {column: cell for cell, columns in header.twice for column in columns}
    unnamed = [i for i, text in enumerate(header.columns) if text.strip() and not header.cells[i]]
    notes = []
    for i in unnamed[:_NAMED_COLUMNS]:
        text, letters = header.columns[i], column_letters(i)
        why = f"is one of several for {competing[i]}" if i in competing else "is none that the record names"
        reason = (
            f"sheet {table.sheet!r}: column {letters}, {text[:80]!r}, {why}; its cells are kept in `other`"
        )
        notes.append(Note("column", reason, _HEADER_REMEDY, table.sheet, None, to_json({letters: text})))
    if (further := len(unnamed) - _NAMED_COLUMNS) > 0:
        reason = f"sheet {table.sheet!r}: {further:,} further columns that the record has no name for"
        notes.append(Note("column", reason, _HEADER_REMEDY, table.sheet))
    return notes


def above_header(table: Table, start: int) -> list[Note]:
    """The filled rows above the header: titles and dates, as a rule."""
    notes = []
    for index in range(start):
        number = table.top + index + 1
        if (cells := row_as_json(table, index)) != "{}":
            reason = f"sheet {table.sheet!r}, row {number} stands above the header"
            remedy = "Nothing to do; its text is kept."
            notes.append(Note("title", reason, remedy, table.sheet, number, cells))
    return notes


def row_note(table: Table, index: int, number: int, verdict: Verdict) -> Note:
    """A row under the header that is no listing, with its cells."""
    reason, remedy = _ROWS[verdict]
    said = f"sheet {table.sheet!r}, row {number} {reason}"
    return Note("row", said, remedy, table.sheet, number, row_as_json(table, index))


def _kept(table: Table, limits: Limits) -> list[tuple[int, str]]:
    """Number and JSON of the filled rows, as far as the limits allow."""
    kept: list[tuple[int, str]] = []
    room = limits.kept_text
    for index in range(min(len(table.grid), limits.kept_rows)):
        text = row_as_json(table, index)
        room -= len(text)
        if room < 0:
            break
        if text != "{}":
            kept.append((table.top + index + 1, text))
    return kept


def _all_cells(table: Table, limits: Limits) -> str:
    """The filled rows as one JSON object, by row number."""
    return "{" + ",".join(f'"{number}":{text}' for number, text in _kept(table, limits)) + "}"
