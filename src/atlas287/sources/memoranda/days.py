"""Days as people sign them, read strictly: what is not one whole day, and only one, is none.

A handwritten 3 that was taken for an 8 still makes a day, so nothing here repairs a figure, and
:mod:`signatures` believes a day in figures only where two readers agree on it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

#: Years in which agreements were signed: 8 U.S.C. 1357(g) is of 1996, the first agreement of 2002.
FIRST, LAST = 2002, 2040
_MONTHS = "january february march april may june july august september october november december".split()
_NAME = "|".join(f"{m[:3]}(?:{m[3:]}|{m[3:4]})?" for m in _MONTHS)
#: "February 26, 2025", "FEB. 21, 2025"; a stamp's figures stand apart: "OCT 1 5 2019", "SEP - 9 2019".
_WORDS = re.compile(
    rf"\b({_NAME})\b[.,]? ?[-–—]? ?(\d ?\d|\d)(?:st|nd|rd|th)?[.,]? ?((?:20) ?\d ?\d)\b", re.IGNORECASE
)
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/.\-·•])(\d{1,2})[/.\-·•](\d{4}|\d{2})(?![\d/])")
#: What a digital signature prints of its moment.
_STAMP = re.compile(r"(?<!\d)(20\d\d) ?\. ?(\d\d) ?\. ?(\d\d) ?\d\d ?[:.] ?\d\d\b")


class Day(NamedTuple):
    """A day, as it stands in the text, and how it was written."""

    day: date
    printed: str
    form: str  # "words", "figures" or "stamp"


def days_in(text: str) -> list[Day]:
    """Every whole day that a text names, the month first as Americans write, in order."""
    found: list[tuple[int, Day]] = []
    for m in _STAMP.finditer(text):
        _add(found, m, int(m[1]), int(m[2]), int(m[3]), "stamp")
    for m in _WORDS.finditer(text):
        month = next(n for n, name in enumerate(_MONTHS, 1) if m[1].lower()[:3] == name[:3])
        _add(found, m, int(m[3].replace(" ", "")), month, int(m[2].replace(" ", "")), "words")
    for m in _FIGURES.finditer(text):
        year = int(m[4]) + (2000 if len(m[4]) == 2 else 0)
        _add(found, m, year, int(m[1]), int(m[3]), "figures")
    return [day for _, day in sorted(found)]


def the_day(text: str) -> Day | None:
    """The one day that a text names; None if it names none or several."""
    found = days_in(text)
    return found[0] if len({d.day for d in found}) == 1 else None


def _add(found: list[tuple[int, Day]], m: re.Match[str], year: int, month: int, day: int, form: str) -> None:
    try:
        read = date(year, month, day)
    except ValueError:
        return  # 31 June
    if FIRST <= year <= LAST:
        found.append((m.start(), Day(read, m[0].strip(), form)))
