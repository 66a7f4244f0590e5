"""A sheet's XML before calamine lays it out: how far its cells reach, and its links.

Sheets written the way Excel writes them are cleared by a few searches over the bytes;
whatever those do not recognize is parsed tag by tag (`slow_scan`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape

from .limits import LIMITS, Limits
from .links import Links, Raw
from .scanned import RELATIONS, Scan, local_name, parse_xml
from .slow_scan import slow_scan

# Any cell tag that is not `<c r="X1234" s="1" t="s">`, the last two if need be. A sheet without one
# spans at most 26 x 9,999 cells, whatever it claims. calamine goes by local names, so a prefix is odd
# too; and of two attributes of one name it takes the last, so nothing else may follow.
_ODD_CELL = re.compile(rb'<c(?! r="[A-Z][1-9]\d{0,3}"(?: s="\d{1,6}")?(?: t="[a-zA-Z]{1,9}")?/?>)')
_ODD_PREFIX = re.compile(rb":c[\s/>]")
# As text between tags holds no "<", this is never inside a text.
_ERROR_CELL, _TEXT_CELL = b' t="e"><v>', b' t="str"><v>'
_LINK = re.compile(rb'<hyperlink ref="([A-Z]\d{1,4})" r:id="([^"&]+)"')
_RELATION = re.compile(
    rb'<Relationship Id="([^"&]+)" Type="[^"]*" Target="([^"]*)"(?: TargetMode="External")?/>'
)
_DECLARATION = b'xmlns:r="%s"' % RELATIONS[0].encode()
_WORTH_KEEPING, _TOO_LARGE = 4 << 10, 4 << 20


def scan(xml: bytes, relations: bytes | None, limits: Limits = LIMITS) -> Scan:
    """Measure a sheet and collect its links.

    Raises UnreadableError when the XML is malformed, or the sheet spans more than ``limits.cells``.
    """
    targets = read_relations(relations) if relations else {}
    found = _fast_scan(xml, targets) or slow_scan(xml, targets, limits)
    # calamine leaves an error value blank; the sheet prints it, so it is handed over as text.
    found.xml = xml.replace(_ERROR_CELL, _TEXT_CELL) if b"#" in xml else xml
    return found


def _fast_scan(xml: bytes, targets: dict[bytes, Raw]) -> Scan | None:
    start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    if (
        # One rare byte is many times faster to look for than a word.
        not 0 <= start < end
        or xml.find(b"sheetData", 0, start) >= 0  # another, which calamine would read first
        or (b"!" in xml and b"<!" in xml)  # a comment or CDATA may hide anything
        or (b"(" in xml and b"HYPERLINK(" in xml)
        or _ODD_PREFIX.search(xml, start, end)
        or _ODD_CELL.search(xml, start, end)
    ):
        return None
    links = _fast_links(xml, start, end, targets)
    return None if links is None else Scan(xml, links)


def _fast_links(xml: bytes, start: int, end: int, targets: dict[bytes, Raw]) -> Links | None:
    """The links when all are written the way Excel writes them; None when any is not."""
    mentions = xml.count(b"hyperlink", end)
    if not mentions:
        return Links()
    found = _LINK.findall(xml, end)
    if (
        # Each mention of the word is a link in Excel's order of attributes, or the element around them.
        mentions != len(found) + 2
        or xml.count(b"<hyperlinks>", end) != 1
        or xml.find(b" location=", end) >= 0
        or xml.find(_DECLARATION, 0, start) < 0
    ):
        return None
    keys = dict(found)
    if len(keys) != len(found) or not all(map(targets.__contains__, keys.values())):
        return None
    return Links(keys, targets)


def read_relations(xml: bytes) -> dict[bytes, Raw]:
    """The targets of a rels part by their id; not to be changed. Raises UnreadableError."""
    # Consecutive lists often differ in cells alone; the smallest parts would only push them out.
    return _recent_relations(xml) if _WORTH_KEEPING < len(xml) < _TOO_LARGE else _read_relations(xml)


def _read_relations(xml: bytes) -> dict[bytes, Raw]:
    found = _RELATION.findall(xml)
    if b"!" not in xml and len(found) == xml.count(b"Relationship "):
        return dict(found)
    return {
        element.get("Id", "").encode(): escape(element.get("Target", "")).encode()
        for element in parse_xml(xml).iter()
        if local_name(element) == "Relationship"
    }


_recent_relations = lru_cache(maxsize=4)(_read_relations)
