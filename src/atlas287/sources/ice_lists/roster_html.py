"""ICE's web page as archived: its tables of agreements, read like sheets.

From 2006 to 2025 the list was a table on a page. Its shape changed little: a header in the
first row (often in plain cells), one agreement a row, the memorandum as a link. Copies from
the Wayback Machine carry its toolbar and rewritten links.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree, html

from .headers import find_header
from .limits import LIMITS, Limits
from .links import column_letters
from .problems import REPORT, Note, UnreadableError
from .table import Parsed, Table, Value
from .unwrap import scrub

_SITE = "https://www.ice.gov/"
_WAYBACK = "https://web.archive.org/"
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_ROWS = ("tr", "thead", "tbody", "tfoot")
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_BLOCKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4"})
_WIDEST = 500


def read_roster(data: bytes, limits: Limits = LIMITS) -> Parsed:
    """Read the tables of agreements on a web page.

    Returns them as "table 1", "table 2" … in the order of the page; its other tables are
    passed over. A page without any is noted as "not a list" with its title. Raises UnreadableError
    when the page is too large or no HTML.
    """
    if len(data) > limits.page:
        raise UnreadableError(f"it is a web page of {len(data):,} bytes; at most {limits.page:,} are read", REPORT)
    page = _page(data)
    site = _base(page)
    parsed = Parsed()
    for element in page.iter("table"):
        table = _table(element, f"table {len(parsed.tables) + 1}", site, limits)
        if find_header(table) is not None:
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
    """Parse a page. Its encoding is UTF-8 where it decodes as that, else what it declares, else Windows-1252."""
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


def _table(element: etree._Element, name: str, base: str | None, limits: Limits) -> Table:
    """Lay out one table, spans and all: a cell that spans rows stands in each of them."""
    table = Table(name, [])
    grid: list[list[Value]] = []
    reaching: dict[int, tuple[int, str, list[str]]] = {}  # column -> rows to go, text, links
    on_site = 0
    for row in _rows(element):
        number = len(grid) + 1
        line: list[Value] = []
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        while cells or any(column >= len(line) for column in reaching):
            column = len(line)
            if column >= _WIDEST or (len(grid) + 1) * _WIDEST > limits.cells * 10:
                break
            if column in reaching:
                left, text, targets = reaching.pop(column)
                if left > 1:
                    reaching[column] = left - 1, text, targets
                width = 1
            elif cells:
                cell = cells.pop(0)
                text, (targets, resolved) = _text(cell), _targets(cell, base)
                on_site += resolved
                width = _span(cell, "colspan", _WIDEST - column)
                if (height := _span(cell, "rowspan", 1_000)) > 1:
                    reaching[column] = height - 1, text, targets
            else:
                text, targets, width = "", [], 1
            line += [text, *[""] * (width - 1)]
            for place, target in enumerate(targets):
                if place == 0:
                    table.links.add(f"{column_letters(column)}{number}", target)
                else:
                    table.more_links.append((column, number, target))
        grid.append(line)
    widest = max(map(len, grid), default=0)
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
        elif child.tag in _ROWS:
            yield from (row for row in child if row.tag == "tr")


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 7 else 1


def _text(cell: etree._Element) -> str:
    """What the cell shows: white space as a browser folds it, line breaks kept, nbsp kept."""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            hidden += element.tag in _UNSEEN
            pieces += ["\n"] if element.tag in _BLOCKS else []
            pieces += [_fold(element.text)] if element.text and not hidden else []
        else:
            hidden -= element.tag in _UNSEEN
            pieces += ["\n"] if element.tag in _BLOCKS else []
            pieces += [_fold(element.tail)] if element.tail and element is not cell and not hidden else []
    return re.sub(r" *\n[ \n]*", "\n", re.sub(r" +", " ", "".join(pieces))).strip(" \n")


def _fold(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _targets(cell: etree._Element, base: str | None) -> tuple[list[str], int]:
    """The addresses the cell links to, and how many were completed with the site's own."""
    targets: list[str] = []
    resolved = 0
    for anchor in cell.iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith("#"):
            continue
        if href.startswith("/web/"):
            href = urljoin(_WAYBACK, href)
        elif href.startswith("//"):
            href = f"https:{href}"
        elif base is not None:
            href = _join(base, href)
        elif href.startswith("/"):
            href, resolved = _join(_SITE, href), resolved + 1
        if href not in targets:
            targets.append(href)
    return targets, resolved


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href
