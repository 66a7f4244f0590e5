"""ICE's lists of participating and pending agencies: workbooks and archived pages into a Record.

``read_folder`` and ``read_documents`` are the door; everything else is how.
"""

from __future__ import annotations

from .document import Document
from .limits import LIMITS, Limits
from .reading import read_documents, read_folder

__all__ = ["LIMITS", "Document", "Limits", "read_documents", "read_folder"]
