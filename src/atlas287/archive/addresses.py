"""Who published a document, where and when it was captured, as far as its file name tells.

Addresses are *derived*: they follow from how these files are named, and nobody fetched them from
here. Whoever shows one says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

ICE = "ice"
TRANSCRIBER = "RelevantResearch (transcription of ICE's page)"
UNKNOWN = "unknown"

_PAGE = "https://www.ice.gov/identify-and-arrest/287g"
_FOLDER = "https://www.ice.gov/doclib/about/offices/ero/287g/"
_WAYBACK = "https://web.archive.org/web/"

_TRANSCRIPT = re.compile(r"ParticipatingEntities-([0-9]{14})\..*", re.DOTALL)
_CAPTURE = re.compile(r"(participatingAgencies|pendingAgencies)-([0-9]{14})\..*", re.DOTALL)
_OWN_NAME = re.compile(r"(participatingAgencies|pendingAgencies).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from: its publisher, its public address and when that was captured.

    ``captured`` is the moment in the file name, ``YYYYMMDDhhmmss`` in UTC. ``address`` and ``captured``
    are None where the name does not tell them.
    """

    publisher: str
    address: str | None = None
    captured: str | None = None


def origin(file: str) -> Origin:
    """Derive the origin of a document from its file name alone; nothing is fetched or looked up.

    - ``ParticipatingEntities-<14 digits>.*``: a compiler's transcription of ICE's page as the Wayback
      Machine captured it at that moment;
    - ``participatingAgencies-<14 digits>.*``, ``pendingAgencies-<14 digits>.*``: ICE's own workbook, from
      the Wayback Machine's capture of that moment;
    - any other ``participatingAgencies*``, ``pendingAgencies*``: ICE's own workbook under ICE's own name;
    - any other name: unknown.

    Returns an `Origin`, for every text. Fourteen digits that are no moment of the calendar name no
    capture: the publisher stands, and both the time and the address are None.
    """
    if match := _TRANSCRIPT.fullmatch(file):
        return _capture(TRANSCRIBER, match[1], _PAGE)
    if match := _CAPTURE.fullmatch(file):
        return _capture(ICE, match[2], f"{_FOLDER}{match[1]}.xlsx")
    if _OWN_NAME.fullmatch(file):
        return Origin(ICE, _FOLDER + quote(file.encode("utf-8", "surrogatepass"), safe=""))
    return Origin(UNKNOWN)


def is_moment(digits: str) -> bool:
    """Whether the text is ``YYYYMMDDhhmmss``, a second that the calendar has."""
    if not re.fullmatch(r"[0-9]{14}", digits):
        return False
    try:
        datetime.strptime(digits, "%Y%m%d%H%M%S")
    except ValueError:
        return False
    return True


def _capture(publisher: str, digits: str, page: str) -> Origin:
    if not is_moment(digits):
        return Origin(publisher)
    return Origin(publisher, f"{_WAYBACK}{digits}/{page}", digits)
