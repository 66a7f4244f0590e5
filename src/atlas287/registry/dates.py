"""Signing dates as ICE printed them, read to days.

A date cell is a day. Text is read by the forms below; a form that leaves two days, or a day
that does not exist, is not read. Years that no agreement can have (before 2002, or after the
newest list) are mended only where one digit, and no other, makes them possible.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache

#: The first agreement under section 287(g) was Florida's, in July 2002.
FIRST_YEAR = 2002

_FORMS = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?$"), "ymd", "iso"),
    (re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$"), "mdy", "month/day/year"),
    (re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2})$"), "mdy", "month/day/year"),
    # ICE's "05/082025" and "7/72025": the second stroke is missing.
    (re.compile(r"(\d{1,2})/(\d{1,2})(\d{4})$"), "mdy", "stroke missing"),
    (re.compile(r"(\d{1,2}?)(\d{2})/(\d{4})$"), "mdy", "stroke missing"),
    (re.compile(r"(\d{2})(\d{2})(\d{4})$"), "mdy", "strokes missing"),
)
_WORDS = ("%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d %B %Y", "%d-%b-%Y", "%b. %d, %Y")
_SERIAL = re.compile(r"\d{5}$")


@cache
def read_date(printed: str, last_year: int) -> tuple[date | None, str]:
    """The day that a SIGNED cell names, and the rule; None where there is none or two.

    ``last_year`` is the last year that an agreement of this record can have been signed in.
    """
    text = re.sub(r"\s+", " ", printed.replace("\xa0", " ")).strip().rstrip(".,;")
    if not text:
        return None, "blank"
    for form, order, rule in _FORMS:
        found = form.match(text)
        if found:
            part = dict(zip(order, map(int, found.groups()), strict=True))
            year = part["y"] + (2000 if part["y"] < 100 else 0)
            return _possible(year, part["m"], part["d"], last_year, rule)
    for form_text in _WORDS:
        try:
            named = datetime.strptime(text, form_text).date()
        except ValueError:
            continue
        return _possible(named.year, named.month, named.day, last_year, "month in words")
    if _SERIAL.match(text):  # a spreadsheet's day number in a cell that lost its format
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return _possible(day.year, day.month, day.day, last_year, "day number")
    return None, "not a date"


def _possible(year: int, month: int, day: int, last_year: int, rule: str) -> tuple[date | None, str]:
    years = [year]
    if not FIRST_YEAR <= year <= last_year:
        digits = f"{year:04d}"
        years = [
            y
            for y in range(FIRST_YEAR, last_year + 1)
            if sum(a != b for a, b in zip(f"{y}", digits, strict=True)) == 1
        ]
        rule = "year's digit"
    if len(years) != 1:
        return None, "impossible year"
    try:
        return date(years[0], month, day), rule
    except ValueError:
        return None, "no such day"


def with_year(day: date, year: int) -> date | None:
    """``day`` in another year; None for a 29 February that year lacks."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None
