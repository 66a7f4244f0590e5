"""What the file name of a list says of its day, and what it may have meant to say."""

from __future__ import annotations

import re
from datetime import date

from .dates import with_year

_NAME = re.compile(
    r"(?P<digits>\d{6,10}|\d{4}[-_.]\d\d[-_.]\d\d|\d\d[-_.]\d\d[-_.]\d{4})[ _-]*(?P<part>am|mid|pm)?", re.I
)


def named_day(file: str) -> tuple[date | None, str]:
    """The day that a file name says, and ``am``, ``mid``, ``pm`` or "".

    ICE writes MMDDYYYY; other ways to write one day are read too, if they leave one reading.
    """
    found = _NAME.search(file)
    if not found:
        return None, ""
    days = _readings(found["digits"])
    return (days[0] if len(days) == 1 else None), (found["part"] or "").lower()


def _readings(digits: str) -> list[date]:
    """The days that the digits of a name can mean."""
    plain = digits.replace("-", "").replace("_", "").replace(".", "")
    if len(plain) == 8:
        # 20250318 and 18032025 are no MMDDYYYY, and days all the same.
        day = _day(plain[4:], plain[:2], plain[2:4]) or _day(plain[:4], plain[4:6], plain[6:])
        day = day or _day(plain[4:], plain[2:4], plain[:2])
        return [day] if day else []
    if len(plain) == 7:
        texts = [f"0{plain}", f"{plain[:2]}0{plain[2:]}"]
    elif len(plain) == 6:
        texts = [f"{plain[:4]}20{plain[4:]}"]
    else:
        return []
    return sorted({d for t in texts if (d := _day(t[4:], t[:2], t[2:4]))})


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def tail(file: str) -> str:
    """The part of a name from its day on: what a participating and a pending list of one day share."""
    found = _NAME.search(file)
    return file[found.start() :].lower() if found else file.lower()


def edits(file: str) -> list[date]:
    """Days one slip away from the one that a name says: another year, the month beside it, a digit
    too many; day and month swapped where they make no day. Of a name that says two, those as well."""
    found = _NAME.search(file)
    if not found:
        return []
    digits = found["digits"]
    if len(digits) > 8 and digits.isdigit():
        days = {d for i in range(len(digits)) for d in _readings(digits[:i] + digits[i + 1 :])}
    else:
        read = _readings(digits)
        days = set(read) if len(read) > 1 else set()
        for day in read:
            days |= {d for d in (with_year(day, day.year - 1), with_year(day, day.year + 1)) if d}
            for month in ((day.month - 2) % 12 + 1, day.month % 12 + 1):
                days |= {d for d in (_day(str(day.year), str(month), str(day.day)),) if d}
        if not read and len(digits) == 8:
            days |= {d for d in (_day(digits[4:], digits[2:4], digits[:2]),) if d}
    return sorted(days)
