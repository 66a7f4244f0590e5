"""What a scan of a sheet's XML gives, and the careful XML parsing that scans share."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .links import Links
from .problems import REPORT, UnreadableError

#: The namespaces of a link's id: the usual one, and that of "strict" workbooks.
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


@dataclass
class Scan:
    """What the XML of a sheet says beside its cells."""

    #: The XML for calamine, error values turned into text.
    xml: bytes
    links: Links = field(default_factory=Links)
    #: Links on more than one cell: first column, first row, last column, last row, target.
    ranges: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    #: Links to places inside the workbook, which are counted and left out.
    inner_links: int = 0
    #: References of links whose target cannot be found.
    odd_links: list[str] = field(default_factory=list)
    #: Cells whose HYPERLINK() formula computes its target.
    computed_links: list[str] = field(default_factory=list)


def parse_xml(xml: bytes) -> etree._Element:
    """Parse a small part, without entities, network or oversized nodes. Raises UnreadableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"its XML is malformed ({error})", REPORT) from None


def local_name(element: etree._Element) -> str:
    """The element's name without namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
