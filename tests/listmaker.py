"""Lists for tests: small real workbooks written by hand, and lists of the bundle made workbooks again.

Written as XML and zip, so that what the package reads was not written by what it reads with.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from atlas287.sources.record import CAPTURE, CELLS, Record

HEADER = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA", "ADDENDUM")
PENDING_HEADER = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE")


class Link(NamedTuple):
    """A cell with a link behind it."""

    text: str | None
    target: str


Cell = str | int | date | Link | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def workbook(
    rows: Iterable[Sequence[Cell]],
    sheet: str = "Sheet1",
    saved: datetime | None = None,
    first_row: int = 1,
    at: Sequence[int] | None = None,
    more_sheets: dict[str, Sequence[Sequence[Cell]]] | None = None,
) -> bytes:
    """An .xlsx workbook with these rows.

    Args:
        saved: what the workbook says of its last save (UTC).
        first_row: the row in which the first of them stands; or `at`, the row of each.
        more_sheets: further sheets by name.
    """
    rows = [list(row) for row in rows]
    sheets = [(sheet, rows, list(at) if at else range(first_row, first_row + len(rows)))]
    sheets += [
        (name, [list(r) for r in more], range(1, len(more) + 1)) for name, more in (more_sheets or {}).items()
    ]
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(
            [
                (f"{_OFFICE}/officeDocument", "xl/workbook.xml", False),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
            ]
        ),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
            for n, (name, _, _) in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(
                    (f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml", False)
                    for n in range(1, len(sheets) + 1)
                ),
                (f"{_OFFICE}/styles", "styles.xml", False),
            ]
        ),
        "xl/styles.xml": _STYLES,
        "docProps/core.xml": _core(saved),
    }
    for n, (_, cells, numbers) in enumerate(sheets, 1):
        xml, targets = _sheet(cells, numbers)
        parts[f"xl/worksheets/sheet{n}.xml"] = xml
        if targets:
            parts[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = _relations(
                [(f"{_OFFICE}/hyperlink", target, True) for target in targets]
            )
    return zipped(parts)


def zipped(parts: dict[str, str] | dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, method)
    return out.getvalue()


_STYLES = (  # style 1 is a date
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def _content_types(sheets: int) -> str:
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {"/xl/workbook.xml": f"{office}.sheet.main+xml", "/xl/styles.xml": f"{office}.styles+xml"}
    kinds |= {f"/xl/worksheets/sheet{n}.xml": f"{office}.worksheet+xml" for n in range(1, sheets + 1)}
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
        + "</Types>"
    )


def _relations(targets: Sequence[tuple[str, str, bool]]) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{kind}" Target={quoteattr(target)}'
            + (' TargetMode="External"/>' if external else "/>")
            for n, (kind, target, external) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def _core(saved: datetime | None) -> str:
    stamp = (
        '<dcterms:modified xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:type="dcterms:W3CDTF">{saved.isoformat(timespec="seconds")}Z</dcterms:modified>'
        if saved
        else ""
    )
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{stamp}</cp:coreProperties>'
    )


def _sheet(rows: Sequence[Sequence[Cell]], numbers: Iterable[int]) -> tuple[str, list[str]]:
    """A sheet's XML, and the targets of its links in order."""
    lines, links, targets = [], [], []
    for number, row in zip(numbers, rows, strict=True):
        cells = []
        for column, value in enumerate(row):
            reference = f"{letters(column)}{number}"
            if isinstance(value, Link):
                targets.append(value.target)
                links.append(f'<hyperlink ref="{reference}" r:id="rId{len(targets)}"/>')
                value = value.text
            if isinstance(value, date):
                days = (value - date(1899, 12, 30)).days
                cells.append(f'<c r="{reference}" s="1"><v>{days}</v></c>')
            elif isinstance(value, int):
                cells.append(f'<c r="{reference}"><v>{value}</v></c>')
            elif value:
                text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
                cells.append(f'<c r="{reference}" t="inlineStr">{text}</c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    tail = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    head = f'{_XML}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheetData>'
    return f"{head}{''.join(lines)}</sheetData>{tail}</worksheet>", targets


def letters(column: int) -> str:
    """The letters of a column counted from 0."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


# Small lists ------------------------------------------------------------------------------------

#: Five agencies as a list prints them, as far as SUPPORT TYPE.
AGENCIES = (
    ("ALABAMA", "Etowah County Sheriff's Office", "County", "Etowah County", "Jail Enforcement Model"),
    ("FLORIDA", "Miami Police Department", "Municipality", "Miami-Dade County", "Task Force Model"),
    ("FLORIDA", "Walton County Sheriff's Office", "County", "Walton County", "Warrant Service Officer"),
    ("GUAM", "Guam Police Department", "State Agency", "#N/A", "Task Force Model"),
    ("TEXAS", "Jackson County Sheriff's Office", "County", "Jackson County", "Jail Enforcement Model"),
)
SIGNED = date(2026, 5, 4)


def listing(agency: Sequence[Cell], signed: Cell = SIGNED, link: str | None = None) -> list[Cell]:
    """A row of a participating list: an agency, its day of signing, and its memorandum or "link pending"."""
    return [*agency, signed, Link("link", link) if link else "link pending", None]


def small_list(agencies: Iterable[Sequence[Cell]] = AGENCIES, **more: Any) -> bytes:
    """A participating list of these agencies."""
    return workbook([HEADER, *(listing(a) for a in agencies)], **more)


def small_folder(root: Path) -> Path:
    """Three participating lists and a pending one: the second adds an agency, the third drops one."""
    days = {"05112026am": AGENCIES[:4], "05122026am": AGENCIES, "05132026am": AGENCIES[1:]}
    for day, agencies in days.items():
        put(root / "participating" / f"participatingAgencies{day}.xlsx", small_list(agencies))
    applied = workbook(
        [
            PENDING_HEADER,
            ["TEXAS", "Bell County Sheriff's Office", "County", "Bell County", "Task Force Model"],
        ]
    )
    put(root / "pending" / "pendingAgencies05122026am.xlsx", applied)
    return root


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# Lists of the bundle ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Bundled:
    """A list of the record, cell by cell, to be written again (or changed first)."""

    folder: str
    file: str
    sheet: str
    saved: datetime
    header_row: int
    columns: list[str]
    rows: list[list[Cell]]
    numbers: list[int]  # the row of each

    def bytes(self) -> bytes:
        first = [(self.header_row, list(self.columns))]
        lines = first + list(zip(self.numbers, self.rows, strict=True))
        return workbook([row for _, row in lines], self.sheet, self.saved, at=[n for n, _ in lines])

    def write(self, root: Path) -> Path:
        """Write it as a file below `root`, in the folder that it lay in."""
        path = root / self.folder / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.bytes())
        return path

    def column(self, header: str) -> int:
        return self.columns.index(header)


def _wrapped(target: str, rules: str | None) -> str:
    """A link as it was before these rules unwrapped it, as far as the rules tell."""
    for rule in reversed((rules or "").split(",")):
        if rule == "safelinks":
            target = f"https://gcc02.safelinks.protection.outlook.com/?url={quote(target, safe='')}&data=05"
        elif rule == "slash":
            target = target.replace("://", ":/", 1)
        elif rule == "viewer":
            target = f"chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/{target}"
    return target


def bundled(record: Record, file: str, folder: str | None = None) -> Bundled:
    """A list of the record by its file name (and folder, where two have one)."""
    found = record.lists.filter(
        pl.col("file") == file, pl.col("folder") == folder if folder else pl.lit(True)
    )
    (source,) = found.iter_rows(named=True)
    place = {name: i for i, name in enumerate(source["cells"]) if name}
    mine = record.rows.filter(pl.col("list_no") == source["list_no"]).join(record.printed, on="printed_no")
    rows, numbers = [], []
    for printed in mine.sort("row").iter_rows(named=True):
        assert printed["other"] is None, "no list so far has cells that the record has no name for"
        cells: list[Cell] = [None] * len(source["columns"])
        for name in CELLS:
            if name not in place:
                continue
            text: Cell = printed[name]
            if isinstance(text, str) and source["captured"]:
                text = text.replace(CAPTURE, source["captured"])
            if name == "signed" and printed["signed_as"] == "date":
                text = date.fromisoformat(printed["signed"])
            target = printed.get(f"{name}_link")
            if target and not (isinstance(text, str) and "://" in text):
                text = Link(text, _wrapped(target, printed[f"{name}_unwrapped"]))
            cells[place[name]] = text
        rows.append(cells)
        numbers.append(printed["row"])
    return Bundled(
        source["folder"], file, source["sheet"], source["saved_at"], source["header_row"],
        source["columns"], rows, numbers,
    )  # fmt: skip
