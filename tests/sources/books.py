"""Workbooks for tests, down to the XML: good ones, odd ones and ones made to do harm."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from atlas287.sources.ice_lists import Document, read_documents
from atlas287.sources.record import Record
from tests.listmaker import letters

HEADER = ["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA", "ADDENDUM"]
ROW = ["ALABAMA", "Etowah County Sheriff's Office", "County", "Etowah County", "Jail Enforcement Model"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAME = "participatingAgencies05282025am.xlsx"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (  # style 1 is a date, style 2 a date with its time
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="170" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


class Error(str):
    """A cell that holds an error value, such as #N/A."""


def cell(reference: str, value: Any) -> str:
    """A cell's XML; "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, Error):
        return f'<c r="{reference}" s="0" t="e"><v>{value}</v></c>'
    if isinstance(value, dt.datetime):
        days = (value - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
        return f'<c r="{reference}" s="2"><v>{days!r}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{reference}" s="1"><v>{(value - dt.date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value!r}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def row(number: int, values: Sequence[Any], left: int = 0) -> str:
    """A row's XML."""
    cells = "".join(cell(f"{letters(left + i)}{number}", value) for i, value in enumerate(values))
    return f'<row r="{number}">{cells}</row>'


def sheet(
    rows: Iterable[Sequence[Any]] | str,
    links: str | Mapping[str, str] = "",
    first: int = 1,
    left: int = 0,
) -> tuple[str, dict[str, str]]:
    """A sheet's XML, and the relations its links need: `links` by cell, or as XML."""
    body = rows if isinstance(rows, str) else "".join(row(first + i, r, left) for i, r in enumerate(rows))
    relations: dict[str, str] = {}
    if not isinstance(links, str):
        relations = {f"rId{n}": target for n, target in enumerate(links.values(), 1)}
        each = (f'<hyperlink ref="{where}" r:id="rId{n}"/>' for n, where in enumerate(links, 1))
        links = f"<hyperlinks>{''.join(each)}</hyperlinks>" if links else ""
    xml = f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{body}</sheetData>{links}</worksheet>'
    return _XML + xml, relations


def relations(items: Iterable[tuple[str, str, str, bool]]) -> str:
    """A rels part: id, kind, target, external."""
    each = (
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target={quoteattr(target, {chr(34): "&quot;"})}'
        + (' TargetMode="External"/>' if external else "/>")
        for key, kind, target, external in items
    )
    return f'{_XML}<Relationships xmlns="{PACKAGE}">{"".join(each)}</Relationships>'


def parts(
    *sheets: tuple[str, dict[str, str]],
    names: Sequence[str] = ("Sheet1", "Sheet2", "Sheet3"),
    strings: Sequence[str] = (),
    saved: str = "2025-05-28T12:50:18Z",
    book: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets."""
    tags = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _) in enumerate(zip(names, sheets, strict=False), 1)
    )
    items = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml", False) for n in range(1, len(sheets) + 1)]
    items += [
        ("rId98", "styles", "styles.xml", False),
        ("rId99", "sharedStrings", "sharedStrings.xml", False),
    ]
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations([("rId1", "officeDocument", "xl/workbook.xml", False)]),
        "xl/workbook.xml": book
        or f'{_XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tags}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(items),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">'
        + "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        + "</sst>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:creator>Somebody, A.</dc:creator><cp:lastModifiedBy>Somebody, A.</cp:lastModifiedBy>"
        f"<dcterms:modified>{saved}</dcterms:modified></cp:coreProperties>",
    }
    for n, (xml, targets) in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{n}.xml"] = xml
        if targets:
            links = [(key, "hyperlink", target, True) for key, target in targets.items()]
            made[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = relations(links)
    return made


def zipped(made: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in made.items():
            file.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def book(rows: Iterable[Sequence[Any]] | str, links: str | Mapping[str, str] = "", **more: Any) -> bytes:
    """A workbook of one sheet."""
    return zipped(parts(sheet(rows, links, **more)))


def document(content: bytes, file: str = NAME, folder: str = "participating", **more: Any) -> Document:
    """A document to read."""
    return Document(folder, file, content, **more)


def read(content: bytes, file: str = NAME, **more: Any) -> Record:
    """The record of one document."""
    return read_documents([document(content, file, **more)])


def listing(record: Record, number: int = 0) -> dict[str, Any]:
    """One listing of a record, by its place."""
    return record.listings().row(number, named=True)


def notes(record: Record, what: str | None = None) -> list[dict[str, Any]]:
    """The quarantine's lines, of one kind if it is given."""
    frame = record.quarantine
    return (frame if what is None else frame.filter(pl.col("what") == what)).to_dicts()
