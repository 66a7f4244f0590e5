"""Sheets that say the same as one before, told before they are laid out.

A page that was archived forty times in a month was transcribed into forty workbooks that
differ in nothing but the moment of capture inside their links. 642 such workbooks hold 20
different lists. Reading one of each gives the same record as reading all of them.
"""

from __future__ import annotations

import hashlib
from threading import Lock

from ..record import CAPTURE
from .table import Content


class Repeats:
    """Which contents have been taken by a reader; safe to ask from several threads."""

    def __init__(self) -> None:
        self._taken: set[Content] = set()
        self._lock = Lock()

    def take(self, content: Content) -> bool:
        """Whether the caller is the first to meet this content, and so is to read it."""
        with self._lock:
            first = content not in self._taken
            self._taken.add(content)
            return first


def content_of(captured: str, texts: tuple[bytes, ...], rest: tuple[bytes, ...]) -> Content | None:
    """What a sheet is apart from its moment of capture; None when that cannot be told.

    ``texts`` are the parts in which the moment may stand, ``rest`` all else that the
    reading depends on.
    """
    moment, mark = captured.encode(), CAPTURE.encode()
    if any(b"{" in text and mark in text for text in texts):
        return None
    marked = [text.replace(moment, mark) for text in texts]
    digest = hashlib.sha256()
    for part in (*marked, *rest):
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    shorter = sum(map(len, texts)) - sum(map(len, marked))
    return Content(digest.digest(), shorter // (len(moment) - len(mark)))
