"""ICE's signed memoranda of agreement: PDFs into fields, each with page, snippet and how it was read.

``read_memorandum`` and ``read_folder`` are the door; everything else is how. A PDF is opened by
PDFium in a process of its own (:mod:`pdf`, :mod:`child`), which gives its words and pictures of its
pages; scans are read by Tesseract where it is installed (:mod:`ocr`); words become lines and
sentences (:mod:`lines`), and those fields (:mod:`heading`, :mod:`terms`, :mod:`signatures`). PDFs need
the extra ``memoranda``; nothing is imported of it before one is opened.
"""

from __future__ import annotations

from .fields import FIELDS, Field
from .limits import LIMITS, Limits
from .reading import Memorandum, Unread, read_memorandum
from .table import Read, read_folder

__all__ = [
    "FIELDS",
    "LIMITS",
    "Field",
    "Limits",
    "Memorandum",
    "Read",
    "Unread",
    "read_folder",
    "read_memorandum",
]
