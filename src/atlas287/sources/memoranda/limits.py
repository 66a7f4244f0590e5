"""How large a memorandum may be before it is refused.

The longest of ICE's memoranda that we hold has 14 pages, the largest 3.7 MB, the one with most
text 36,000 characters; each limit leaves much room and still bounds memory and time.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one document."""

    #: Bytes of the file.
    file: int = 48 << 20
    pages: int = 60
    #: Characters of its text layer.
    text: int = 600_000
    #: Seconds that the process which opens it may take, for text or for pictures of pages.
    seconds: int = 60
    #: Bytes of memory that process may ask for (where the system can hold it to that).
    memory: int = 1 << 30
    #: Pixels of the picture of one page; a larger page is drawn coarser.
    pixels: int = 24_000_000
    #: Seconds for reading one picture.
    ocr_seconds: int = 90


LIMITS = Limits()
