"""How large a document may be before it is refused.

The largest real list has about 1,800 rows of 8 columns in 0.2 MB (1.4 MB unzipped, at
most 12 times its zipped size), so each limit leaves much room for growth and still bounds
memory and time.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one document; sizes in bytes."""

    #: The document as received.
    file: int = 32 << 20
    #: Parts in a workbook's zip.
    parts: int = 2_000
    #: One part, unzipped.
    part: int = 48 << 20
    #: A web page.
    page: int = 8 << 20
    #: How many times its zipped size a part may be, once it is larger than ``modest``.
    ratio: int = 200
    modest: int = 1 << 20
    #: All parts that are read, unzipped.
    unzipped: int = 96 << 20
    #: Sheets in a workbook, or tables on a page.
    sheets: int = 50
    #: Cells of the rectangle a sheet spans, filled or not: the reader lays it out whole.
    cells: int = 2_000_000
    #: Text that a sheet's cells come to when each shared string is written out.
    text: int = 32 << 20
    #: Cells that carry a link, ranges counted cell by cell.
    links: int = 200_000
    #: Rows of a sheet that is not a list, and characters of them, kept in the quarantine.
    kept_rows: int = 5_000
    kept_text: int = 1 << 20


LIMITS = Limits()
