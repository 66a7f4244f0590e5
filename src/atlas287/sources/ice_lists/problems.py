"""Why something could not be read, said so that a person can act on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """One line of the quarantine, before it is tied to a document.

    ``row`` is 1-based; ``cells`` is JSON or None.
    """

    what: str
    reason: str
    remedy: str
    sheet: str | None = None
    row: int | None = None
    cells: str | None = None


class UnreadableError(Exception):
    """A document or sheet is not read. Never leaves this package: it becomes a quarantine row."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


#: The remedy for whatever no rule foresaw.
REPORT = "Open the document by hand; if it is a good list, report it with its name and hash."
#: The remedy for files that were damaged on their way.
FETCH_AGAIN = "Fetch the document again from its public address and compare the sizes."
