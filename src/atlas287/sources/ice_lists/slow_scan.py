"""Every tag of a sheet's XML, for sheets that are not written the usual way."""

from __future__ import annotations

import io
import re

from lxml import etree

from ..cell_names import column_index, column_letters
from .limits import LIMITS, Limits
from .links import Raw, plain
from .problems import REPORT, UnreadableError
from .scanned import RELATIONS, Scan, local_name

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
# calamine takes any number for a place, and lays out what lies between: it must not see others.
_CELL = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_FORMULA = re.compile(r"\s*[-+@]*\s*(?:IF\w*\(.*?)?HYPERLINK\(", re.I)
_LITERAL = re.compile(r'\s*[-+@]*\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*[,)]', re.I)


def slow_scan(xml: bytes, targets: dict[bytes, Raw], limits: Limits = LIMITS) -> Scan:
    """Measure a sheet and collect its links, those of HYPERLINK() formulas too.

    ``targets`` are the sheet's relations by id. Raises UnreadableError when the XML is malformed,
    the sheet spans more than ``limits.cells``, or has more than ``limits.links`` links.
    """
    reader = _Reader(xml, targets, limits)
    events = etree.iterparse(
        io.BytesIO(xml),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    try:
        for event, element in events:
            reader.start(element) if event == "start" else reader.end(element)
    except (etree.XMLSyntaxError, UnicodeError) as error:
        raise UnreadableError(f"its XML is malformed ({error})", REPORT) from None
    return reader.found


def _place(pattern: re.Pattern[str], place: str) -> re.Match[str]:
    match = pattern.fullmatch(place)
    if match is None:
        raise UnreadableError(f"a row or cell is said to be at {place[:20]!r}, which is no place", REPORT)
    return match


class _Reader:
    """Follows rows and cells the way calamine counts them: a missing reference is the next place."""

    def __init__(self, xml: bytes, targets: dict[bytes, Raw], limits: Limits) -> None:
        self.found = Scan(xml)
        self.targets = targets
        self.limits = limits
        self.row = self.column = 0  # where a cell without a reference would stand, 1-based
        self.cell = (0, 0)
        self.rows = self.columns = 0
        self.count = 0

    def start(self, element: etree._Element) -> None:
        name = local_name(element)
        if name == "row":
            place = element.get("r")
            self.row = self.row + 1 if place is None else int(_place(_ROW, place)[0])
            self.column = 0
        elif name == "c":
            place = element.get("r")
            if place is None:
                self.column += 1
                self.cell = (max(self.row, 1), self.column)
            else:
                letters, digits = _place(_CELL, place).groups()
                self.column = column_index(letters) + 1
                self.cell = (int(digits), self.column)
        elif name == "hyperlink":
            self._hyperlink(element)

    def end(self, element: etree._Element) -> None:
        self._forget(element)
        name = local_name(element)
        if name == "c":
            if len(element):  # a cell that is only styled has no place in the rectangle
                self._measure()
        elif name == "f" and _FORMULA.match(text := element.text or "") is not None:
            row, column = self.cell
            if (literal := _LITERAL.match(text)) is not None:
                self._link(column - 1, row, literal[1].replace('""', '"'))
            else:
                self.found.computed_links.append(f"{column_letters(column - 1)}{row}")

    @staticmethod
    def _forget(element: etree._Element) -> None:
        """Drop what came before, so that memory does not grow with the sheet."""
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]

    def _measure(self) -> None:
        self.rows, self.columns = max(self.rows, self.cell[0]), max(self.columns, self.cell[1])
        if self.rows * self.columns > self.limits.cells:
            raise UnreadableError(
                f"its cells span {self.rows:,} rows and {self.columns:,} columns; "
                f"at most {self.limits.cells:,} cells are laid out",
                "Delete the stray cells far from the list in a spreadsheet program, "
                "and add the result beside the original.",
            )

    def _hyperlink(self, element: etree._Element) -> None:
        key = next((value for space in RELATIONS if (value := element.get(f"{{{space}}}id"))), None)
        if key is None:
            self.found.inner_links += 1
            return
        reference, location = element.get("ref", ""), element.get("location")
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if start is None or end is None or key.encode() not in self.targets:
            self.found.odd_links.append(reference[:40])
            return
        target = plain(self.targets[key.encode()]) + (f"#{location}" if location else "")
        c1, c2 = sorted((column_index(start[1]), column_index(end[1])))
        r1, r2 = sorted((int(start[2]), int(end[2])))
        if (c1, r1) == (c2, r2):
            self._link(c1, r1, target)
        else:
            self._count()
            self.found.ranges.append((c1, r1, c2, r2, target))

    def _link(self, column: int, row: int, target: str) -> None:
        self._count()
        self.found.links.add(f"{column_letters(column)}{row}", target)

    def _count(self) -> None:
        self.count += 1
        if self.count > self.limits.links:
            raise UnreadableError(f"it has more than {self.limits.links:,} links", REPORT)
