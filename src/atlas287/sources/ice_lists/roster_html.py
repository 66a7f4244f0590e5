"""ICE's web page as archived: its tables of agreements, read like sheets.

From 2006 to 2025 the list was a table on a page. Its shape changed little: a header in the
first row (often in plain cells), one agreement a row, the memorandum as a link. Copies from
the Wayback Machine carry its toolbar and rewritten links.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree, html

from ..cell_names import column_letters
from .headers import find_header
from .limits import LIMITS, Limits
from .problems import REPORT, Note, UnreadableError
from .table import Parsed, Table, Value
from .unwrap import scrub

_SITE = "https://www.ice.gov/"
_WAYBACK = "https://web.archive.org/"
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_BLOCKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4"})
_WIDEST, _LONGEST_SPAN = 500, 1_000


@dataclass
class _Cell:
    """A cell as read: its text, where it links to, and how many of those addresses lacked the site."""

    text: str
    targets: list[str]
    on_site: int


def read_roster(data: bytes, limits: Limits = LIMITS) -> Parsed:
    """Read the tables of agreements on a web page.

    Returns them as "table 1", "table 2" … in the order of the page; its other tables are
    passed over. A page without any is noted as "not a list" with its title. Raises UnreadableError
    when the page is too large or no HTML.
    """
    if len(data) > limits.page:
        raise UnreadableError(
            f"it is a web page of {len(data):,} bytes; at most {limits.page:,} are read", REPORT
        )
    page = _page(data)
    site = _base(page)
    parsed = Parsed()
    for element in page.iter("table"):
        table = _table(element, f"table {len(parsed.tables) + 1}", site, limits)
        if table is not None and find_header(table) is not None:
            parsed.tables.append(table)
            parsed.sheets += 1
            if parsed.sheets == limits.sheets:
                break
    if not parsed.tables:
        title = scrub(" ".join((page.findtext(".//title") or "").split()))[:200]
        reason = f"a web page titled {title!r} that has no table of agreements"
        remedy = "If the page was to be a workbook, fetch it again; if ICE moved the table, add that page."
        parsed.notes.append(Note("not a list", reason, remedy))
    return parsed


def _page(data: bytes) -> etree._Element:
    """Parse a page: UTF-8 where it decodes as that, else what it declares, else Windows-1252."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        text = data.decode(_encoding(declared[1].decode("ascii", "replace") if declared else ""), "replace")
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"it looks like a web page but cannot be read ({error})", REPORT) from None


def _encoding(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except LookupError:
        return "cp1252"
    # Browsers read "latin-1" as Windows-1252; and not every codec of Python is one of text.
    return (
        found.name
        if found.name.startswith(("cp", "iso8859-", "koi8", "mac")) and found.name != "iso8859-1"
        else "cp1252"
    )


def _base(page: etree._Element) -> str | None:
    """The page's own base address, if it gives one."""
    for element in page.iter("base"):
        if (href := (element.get("href") or "").strip()).startswith(("http://", "https://")):
            return href
    return None


def _table(element: etree._Element, name: str, base: str | None, limits: Limits) -> Table | None:
    """Lay out one table, spans and all; None when it is larger than any list."""
    table = Table(name, [])
    grid: list[list[Value]] = []
    reaching: dict[int, tuple[int, _Cell]] = {}  # cells that span rows: column -> rows to go
    room = limits.cells
    on_site = 0
    for row in _rows(element):
        line: list[Value] = []
        cells = deque(cell for cell in row if cell.tag in ("td", "th"))
        while (cells or len(line) <= max(reaching, default=-1)) and len(line) < _WIDEST:
            column = len(line)
            cell, width = _Cell("", [], 0), 1
            if column in reaching:
                left, cell = reaching.pop(column)
                if left > 1:
                    reaching[column] = left - 1, cell
            elif cells:
                printed = cells.popleft()
                cell, width = _read(printed, base), _span(printed, "colspan", _WIDEST - column)
                on_site += cell.on_site
                if (height := _span(printed, "rowspan", _LONGEST_SPAN)) > 1:
                    reaching[column] = height - 1, cell
            line += [cell.text, *[""] * (width - 1)]
            for place, target in enumerate(cell.targets):
                if place == 0:
                    table.links.add(f"{column_letters(column)}{len(grid) + 1}", target)
                else:
                    table.more_links.append((column, len(grid) + 1, target))
        room -= len(line)
        if room < 0:
            return None
        grid.append(line)
    widest = max(map(len, grid), default=0)
    if widest * len(grid) > limits.cells:
        return None
    table.grid = [[*line, *[""] * (widest - len(line))] for line in grid]
    if on_site:
        reason = f"{name}: {on_site:,} links are relative to the site and read as addresses on {_SITE}"
        table.notes.append(Note("link", reason, "Nothing to do.", name))
    return table


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table itself, not of tables within it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 7 else 1


def _read(cell: etree._Element, base: str | None) -> _Cell:
    """What a cell shows: white space as a browser folds it, line breaks and nbsp kept; and its links.

    A table within the cell is a table of its own and left to itself.
    """
    pieces: list[str] = []
    read = _Cell("", [], 0)
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if element.tag in _BLOCKS:
            pieces.append("\n")
        if event == "start":
            if element.tag in _UNSEEN or (element.tag == "table" and element is not cell):
                walk.skip_subtree()
                continue
            if element.tag == "a":
                _add_target(read, (element.get("href") or "").strip(), base)
            pieces.append(_fold(element.text or ""))
        elif element is not cell:
            pieces.append(_fold(element.tail or ""))
    read.text = re.sub(r" ?\n[ \n]*", "\n", re.sub(r" +", " ", "".join(pieces))).strip(" \n")
    return read


def _fold(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _add_target(cell: _Cell, href: str, base: str | None) -> None:
    """Add the address that a link leads to, completed as far as the page tells."""
    if not href or href.startswith("#"):
        return
    if href.startswith("/web/"):
        href = _join(_WAYBACK, href)
    elif href.startswith("//"):
        href = f"https:{href}"
    elif base is not None:
        href = _join(base, href)
    elif href.startswith("/"):
        href = _join(_SITE, href)
        cell.on_site += 1
    if href not in cell.targets:
        cell.targets.append(href)


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href
