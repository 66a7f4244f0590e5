"""How the parts of a workbook hang together: which sheets it has, and where each of them is."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache

from .limits import Limits
from .package import Package
from .problems import FETCH_AGAIN, REPORT, UnreadableError
from .scanned import RELATIONS, local_name, parse_xml
from .unwrap import scrub

_MODIFIED = re.compile(rb"<(?:\w+:)?modified\b[^>]*>\s*([^<\s]+)\s*</")
_NOT_A_WORKBOOK = (
    "Check what the file is; if it holds a list, save it as an Excel workbook (.xlsx) and add that."
)
_OTHER_KINDS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file",
    "encryptioninfo": "an encrypted workbook",
}


@dataclass(frozen=True)
class Sheet:
    """A worksheet as the workbook names it; ``path`` is its part's name."""

    name: str
    hidden: bool
    path: str


@dataclass(frozen=True)
class Book:
    """A workbook's worksheets and what they share; "" where there is no such part."""

    sheets: tuple[Sheet, ...]
    strings: str
    styles: str
    #: Dates count from 1904, not from 1900.
    old_dates: bool


@dataclass(frozen=True)
class _Relation:
    key: str
    kind: str
    path: str


def read_book(package: Package, limits: Limits) -> Book:
    """What the workbook part says. Raises UnreadableError when it is no workbook, or has too many sheets."""
    root = _main_part(package)
    book = _book(package.part(root) or b"", root, package.part(rels_of(root)) or b"")
    if len(book.sheets) > limits.sheets:
        reason = f"it has {len(book.sheets):,} sheets; at most {limits.sheets} are read"
        raise UnreadableError(reason, REPORT)
    return book


def rels_of(part: str) -> str:
    """The name of the part that holds the relations of ``part``."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def saved_at(package: Package) -> dt.datetime | None:
    """When the workbook says it was last saved (UTC, without zone); None when it does not."""
    try:
        found = _MODIFIED.search(package.part("docProps/core.xml") or b"")
        moment = dt.datetime.fromisoformat(found[1].decode()) if found else None
        if moment is not None and moment.tzinfo is not None:
            moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
    except (UnreadableError, ValueError, OverflowError):
        return None
    return moment


def _main_part(package: Package) -> str:
    """The name of the workbook part. Says what the document is when it is no workbook."""
    for relation in _relations(package.part("_rels/.rels") or b"", ""):
        if relation.kind == "officeDocument" and relation.path.lower() in package.directory:
            root = relation.path
            break
    else:
        root = "xl/workbook.xml"
    kind = next((said for part, said in _OTHER_KINDS.items() if part in package.directory), None)
    if root.lower() not in package.directory or kind is not None:
        raise UnreadableError(
            f"it is no Excel workbook but {kind or 'a zip of something else'}", _NOT_A_WORKBOOK
        )
    return root


@lru_cache(maxsize=32)
def _book(xml: bytes, root: str, relations_xml: bytes) -> Book:
    """Read the workbook part; many workbooks of one maker have the same."""
    relations = {relation.key: relation for relation in _relations(relations_xml, root)}
    shared = {relation.kind: relation.path for relation in relations.values()}
    sheets: list[Sheet] = []
    old_dates = False
    for element in parse_xml(xml).iter():
        name = local_name(element)
        if name == "workbookPr":
            old_dates = element.get("date1904", "0") in ("1", "true", "on")
        elif name == "sheet":
            key = next((value for space in RELATIONS if (value := element.get(f"{{{space}}}id"))), "")
            relation = relations.get(key)
            # A chart or a dialog on a sheet of its own has no cells.
            if relation is None or relation.kind == "worksheet":
                hidden = element.get("state", "visible") != "visible"
                path = relation.path if relation is not None else ""
                sheets.append(Sheet(scrub(element.get("name", "")), hidden, path))
    if not sheets:
        raise UnreadableError("it has no sheets of cells", FETCH_AGAIN)
    return Book(tuple(sheets), shared.get("sharedStrings", ""), shared.get("styles", ""), old_dates)


@lru_cache(maxsize=32)
def _relations(xml: bytes, part: str) -> tuple[_Relation, ...]:
    """The relations of a part: key, kind (the last word of its type) and the part they lead to."""
    found = []
    for element in parse_xml(xml).iter() if xml else ():
        if local_name(element) == "Relationship" and element.get("TargetMode", "Internal") != "External":
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(_Relation(element.get("Id", ""), kind, _resolve(part, element.get("Target", ""))))
    return tuple(found)


def _resolve(part: str, target: str) -> str:
    """The part that a relation of ``part`` leads to."""
    path = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(part), target)
    return posixpath.normpath(path).lstrip("/")
