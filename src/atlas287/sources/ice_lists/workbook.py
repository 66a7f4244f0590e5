"""Workbooks (.xlsx) as tables: cells by calamine, links from the XML."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from ..cell_names import column_letters
from .limits import LIMITS, Limits
from .package import Package, open_package, plain_zip
from .parts import Book, Sheet, read_book, rels_of, saved_at
from .problems import FETCH_AGAIN, REPORT, Note, UnreadableError
from .repeats import Repeats, content_of
from .scan import scan
from .scanned import RELATIONS, Scan
from .table import Content, Parsed, Table, Value

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_RELATION = '<Relationship Id="r%d" Type="%s/%s" Target="%s"/>'
_BOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{RELATIONS[0]}"><workbookPr date1904="%d"/>'
    '<sheets><sheet name="sheet" sheetId="1" r:id="r1"/></sheets></workbook>'
).encode()
_FIRST_STRING = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_COUNT = re.compile(rb"[cC]ount\s*=\s*[\"']\s*\+?(\d+)")
#: A cell that refers to a shared string takes so many bytes at least: <c t="s"><v>0</v></c>
_SHORTEST_CELL = 21


def _relations(*targets: tuple[str, str]) -> bytes:
    each = (_RELATION % (i, RELATIONS[0], kind, target) for i, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{"".join(each)}</Relationships>'.encode()


#: What ties the parts of the plain workbook together.
_FRAME = {
    "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
    "xl/_rels/workbook.xml.rels": _relations(
        ("worksheet", "worksheets/sheet.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
    ),
}


def read_workbook(
    data: bytes, limits: Limits = LIMITS, captured: str | None = None, repeats: Repeats | None = None
) -> Parsed:
    """Read an .xlsx workbook.

    Returns its worksheets as tables, in the workbook's order; a sheet that cannot be read
    is a note. With ``captured`` and ``repeats``, sheets that say the same as one before are
    marked so and not laid out. Raises UnreadableError when the workbook as a whole cannot
    be read.
    """
    package = open_package(data, limits)
    book = read_book(package, limits)
    parsed = Parsed(saved_at=saved_at(package), sheets=len(book.sheets))
    named = {_STRINGS: book.strings, _STYLES: book.styles}
    shared = {name: content for name, path in named.items() if (content := package.part(path)) is not None}
    _refuse_false_counts(shared.get(_STRINGS, b""))
    reader = _SheetReader(package, book, shared, limits, captured, repeats)
    for sheet in book.sheets:
        try:
            parsed.tables.append(reader.read(sheet))
        except UnreadableError as error:
            reason = f"sheet {sheet.name!r}: {error.reason}"
            parsed.notes.append(Note("sheet", reason, error.remedy, sheet.name))
    return parsed


@dataclass(frozen=True)
class _SheetReader:
    """Reads sheets of one workbook; ``shared`` holds its shared strings and styles."""

    package: Package
    book: Book
    shared: dict[str, bytes]
    limits: Limits
    captured: str | None
    repeats: Repeats | None

    def read(self, sheet: Sheet) -> Table:
        """Read one sheet. Raises UnreadableError."""
        xml = self.package.part(sheet.path)
        if xml is None:
            raise UnreadableError("its part is missing from the zip", FETCH_AGAIN)
        relations = self.package.part(rels_of(sheet.path)) or b""
        table = Table(sheet.name, [], set_aside="it is hidden" if sheet.hidden else None)
        table.content = self._content(sheet, xml, relations)
        if table.content is not None and self.repeats is not None and not self.repeats.take(table.content):
            table.repeats = True
            return table
        scanned = scan(xml, relations, self.limits)
        _refuse_inflation(xml, self.shared.get(_STRINGS, b""), self.limits)
        table.grid, table.top, table.left = _cells(scanned.xml, self.shared, self.book.old_dates)
        table.links = scanned.links
        _spread(table, scanned, self.limits)
        _tell(table, scanned)
        return table

    def _content(self, sheet: Sheet, xml: bytes, relations: bytes) -> Content | None:
        if self.captured is None or self.repeats is None or relations:
            return None  # transcripts have no links; ICE's workbooks have, and hardly two are the same
        which = repr((sheet.name, sheet.hidden, self.book.old_dates)).encode()
        texts = (xml, self.shared.get(_STRINGS, b""))
        return content_of(self.captured, texts, (self.shared.get(_STYLES, b""), which))


def _refuse_inflation(xml: bytes, strings: bytes, limits: Limits) -> None:
    """Refuse a sheet that would repeat a long shared string very often."""
    # "</" stands in no text, unless CDATA hides it; a cell that refers to a string has it twice.
    longest = len(strings) if b"<![" in strings else max(map(len, strings.split(b"</si>")))
    if longest * (len(xml) // _SHORTEST_CELL) > limits.text and longest * xml.count(b"</") > 2 * limits.text:
        raise UnreadableError(f"its cells may come to more than {limits.text:,} bytes of text", REPORT)


def _refuse_false_counts(strings: bytes) -> None:
    """Refuse shared strings that claim to be more than they are: calamine makes room for all."""
    first = _FIRST_STRING.search(strings)
    head = strings[: first.start()] if first is not None else strings
    if b"&" in head or any(int(digits) > len(strings) for digits in _COUNT.findall(head)):
        raise UnreadableError("its shared strings are fewer than they claim to be", FETCH_AGAIN)


def _cells(xml: bytes, shared: dict[str, bytes], old_dates: bool) -> tuple[list[list[Value]], int, int]:
    """Lay out one sheet: the rows, and the 0-based row and column where they begin."""
    parts = {**_FRAME, "xl/workbook.xml": _BOOK % int(old_dates), "xl/worksheets/sheet.xml": xml, **shared}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(plain_zip(parts))) as book:
            sheet = book.get_sheet_by_index(0)
            top, left = sheet.start or (0, 0)
            return sheet.to_python(), top, left
    except CalamineError as error:
        raise UnreadableError(f"its cells cannot be read ({error})", FETCH_AGAIN) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic in Rust is no Exception
            raise
        raise UnreadableError("its cells cannot be read (the reader gave up)", REPORT) from None


def _spread(table: Table, scanned: Scan, limits: Limits) -> None:
    """Give each cell of a range its link, as far as the sheet has cells."""
    bottom = table.top + len(table.grid)
    right = table.left + (len(table.grid[0]) if table.grid else 0)
    room = limits.links
    for c1, r1, c2, r2, target in scanned.ranges:
        columns, rows = range(c1, min(c2 + 1, right)), range(r1, min(r2, bottom) + 1)
        room -= len(columns) * len(rows)
        if room < 0:
            raise UnreadableError(f"its ranges of links cover more than {limits.links:,} cells", REPORT)
        for column in columns:
            for row in rows:
                table.links.add(f"{column_letters(column)}{row}", target)


def _tell(table: Table, scanned: Scan) -> None:
    """Say which links are not in the table."""
    said = []
    if scanned.inner_links:
        said.append(f"{scanned.inner_links:,} links lead to a place inside the workbook and are left out")
    if scanned.odd_links:
        said.append(f"{len(scanned.odd_links):,} links have no target, at {', '.join(scanned.odd_links[:5])}")
    if scanned.computed_links:
        some = ", ".join(scanned.computed_links[:5])
        said.append(f"{len(scanned.computed_links):,} HYPERLINK() formulas compute their target, at {some}")
    remedy = "Nothing to do; the cells are read. Look at the sheet if a link is missing."
    table.notes += [Note("link", f"sheet {table.sheet!r}: {reason}", remedy, table.sheet) for reason in said]
