"""Which list a file is, and which instant it speaks for.

A capture says its moment. ICE's own file names say a day, and are wrong often enough that
the day is held against the contents: a list cannot print a signing from its own future, nor
have been saved after its day; lists next to one another resemble one another. A name that
the contents contradict is mended by the smallest edit that they bear out (another year, the
month beside it, a digit too many); otherwise it stands. Every decision says its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from .list_names import edits, named_day, tail

#: By convention: am, mid and pm of the day in a name; a name without one means noon.
HOURS = {"am": 9, "mid": 12, "pm": 16, "": 12}
#: A workbook is published within days of its last save; one saved later than the day in its
#: name tells a wrong name only if an edit of the name comes this near to the save.
SAVED_WITHIN = timedelta(days=21)
#: A list that returns to what stood this lately is ICE taking changes back, not an old file.
SOON = timedelta(days=14)


@dataclass(slots=True)
class Sheet:
    """What dating knows of one list: its name, its stamps, its contents."""

    list_no: int
    file: str
    folder: str
    sha256: str
    captured: str | None
    saved_at: datetime | None
    has_signed: bool
    rows: int
    last_signed: date | None  # the latest day that more rows bear than slips would
    content: int  # equal for lists that print the same rows
    units: frozenset[int] = field(default_factory=frozenset)  # agency-and-model numbers


@dataclass(slots=True, frozen=True)
class Dated:
    """One list, dated. ``stale``: it repeats an old list and takes back what came since."""

    sheet: Sheet
    kind: str
    at: datetime
    decided_by: str
    reason: str
    repeats: int | None = None  # list_no of the first list with the same contents
    stale: bool = False


def date_lists(sheets: Iterable[Sheet], verdicts: Mapping[str, tuple[str, datetime]]) -> list[Dated]:
    """Date every list; the result is in order: kind, instant, then as saved.

    The order in which ``sheets`` come does not matter.

    Args:
        verdicts: by file name, the kind and instant that somebody settled.
    """
    by_kind: dict[str, list[Sheet]] = {"participating": [], "pending": []}
    settled: dict[str, list[Dated]] = {"participating": [], "pending": []}
    for sheet in sorted(sheets, key=lambda s: (s.file, s.folder, s.sha256, s.list_no)):
        if sheet.file in verdicts:
            kind, at = verdicts[sheet.file]
            settled[kind].append(Dated(sheet, kind, at, "verdict", "settled in corrections/lists.csv"))
        else:
            by_kind["participating" if sheet.has_signed else "pending"].append(sheet)
    mended: dict[str, date] = {}  # "01052025pm.xlsx" -> the day found, for the other kind's twin
    dated: list[Dated] = []
    for kind, group in by_kind.items():
        dated += _mark_repeats(sorted(_date_kind(kind, group, mended) + settled[kind], key=_order))
    return dated


def _date_kind(kind: str, sheets: list[Sheet], mended: dict[str, date]) -> list[Dated]:
    sure: list[Dated] = []
    doubtful: list[Sheet] = []
    for sheet in sheets:
        capture = _capture(sheet)
        day, part = named_day(sheet.file)
        if capture:
            sure.append(Dated(sheet, kind, capture, "capture", "moment of capture (UTC) in the file name"))
        elif day and not _contradicted(sheet, day) and tail(sheet.file) not in mended:
            sure.append(
                Dated(
                    sheet,
                    kind,
                    _at(day, part),
                    "file_name",
                    f"day in the file name, {part or 'no part of day'}",
                )
            )
        else:
            doubtful.append(sheet)
    sure.sort(key=_order)
    sure, moved = _out_of_place(sure)
    for sheet in doubtful + moved:
        found = _from_contents(kind, sheet, sure, mended)
        day, _ = named_day(sheet.file)
        if found.decided_by == "contents" and day and found.at.date() != day:
            mended[tail(sheet.file)] = found.at.date()
        sure.append(found)
    return sorted(sure, key=_order)


def _order(dated: Dated) -> tuple[datetime, bool, datetime, str, str, str]:
    # Lists of one instant ("am" and "amB") go by when they were saved; a capture's copy of a
    # workbook by name. The file name is the last resort, so that the order is always one.
    saved = dated.sheet.saved_at or datetime.min
    return (dated.at, saved == datetime.min, saved, dated.sheet.file, dated.sheet.folder, dated.sheet.sha256)


def _capture(sheet: Sheet) -> datetime | None:
    return datetime.strptime(sheet.captured, "%Y%m%d%H%M%S") if sheet.captured else None


def _at(day: date, part: str) -> datetime:
    return datetime.combine(day, time(HOURS[part]))


def _contradicted(sheet: Sheet, day: date) -> bool:
    """Whether a list of that day could not print or hold what this one does."""
    if sheet.saved_at is not None and _near_save(sheet, day):
        return False
    if sheet.last_signed and sheet.last_signed > day:
        return True
    saved_later = sheet.saved_at is not None and sheet.saved_at.date() > day + timedelta(days=1)
    return saved_later and any(_near_save(sheet, other) for other in edits(sheet.file) if other != day)


def _near_save(sheet: Sheet, day: date) -> bool:
    if sheet.saved_at is None:
        return True
    return timedelta(days=-1) <= day - sheet.saved_at.date() <= SAVED_WITHIN


def _options(sheet: Sheet) -> list[date]:
    """Days that the name may have meant and the contents allow; those near the save, if any is."""
    allowed = [d for d in edits(sheet.file) if not sheet.last_signed or d >= sheet.last_signed]
    return [d for d in allowed if _near_save(sheet, d)] or allowed


def _from_contents(kind: str, sheet: Sheet, sure: list[Dated], mended: dict[str, date]) -> Dated:
    """Date a list whose name says no day, or one that its contents contradict."""
    named, part = named_day(sheet.file)
    twin = mended.get(tail(sheet.file))
    options = _options(sheet)
    if twin and (twin in options or not options):
        return Dated(
            sheet, kind, _at(twin, part), "contents", f"the list published with it is of {twin}, not {named}"
        )
    best = _best_fit(sheet, options, part, sure)
    if best:
        why = f"the name says {named or 'no possible day'}; " + _why(sheet, named, best)
        return Dated(sheet, kind, _at(best, part), "contents", why)
    same = next((d for d in sure if d.sheet.sha256 == sheet.sha256 or d.sheet.content == sheet.content), None)
    if same and not named:
        return Dated(
            sheet, kind, same.at, "contents", f"no day in the name; the same list as {same.sheet.file}"
        )
    if named:
        return Dated(
            sheet,
            kind,
            _at(named, part),
            "file_name",
            "day in the file name; contents doubt it, none fits better",
        )
    if sheet.saved_at:
        return Dated(
            sheet, kind, sheet.saved_at, "contents", "no day in the name; the workbook's own save stamp (UTC)"
        )
    return _beside_likest(kind, sheet, sure)


def _why(sheet: Sheet, named: date | None, best: date) -> str:
    if named and sheet.last_signed and sheet.last_signed > named:
        return f"the list prints signings of {sheet.last_signed}, so it is of {best}"
    if sheet.saved_at and _near_save(sheet, best):
        return f"the workbook was saved on {sheet.saved_at.date()}, so it is of {best}"
    return f"it fits among the lists around {best}"


def _best_fit(sheet: Sheet, options: list[date], part: str, sure: list[Dated]) -> date | None:
    """The option whose neighbours are most like this list."""
    if not options:
        return None
    scored = sorted((_excess(sheet, _at(day, part), sure), day) for day in options)
    if len(scored) > 1 and scored[0][0] == scored[1][0] and not sheet.last_signed and not sheet.saved_at:
        return None
    return scored[0][1]


def _excess(sheet: Sheet, at: datetime, sure: list[Dated]) -> int:
    """How many rows it would cost to pass through this list on the way from the list before
    ``at`` to the list after: 0 where it lies between them."""
    before = next((d.sheet for d in reversed(sure) if d.at <= at and d.sheet is not sheet), None)
    after = next((d.sheet for d in sure if d.at > at and d.sheet is not sheet), None)
    if before and after:
        return _apart(before, sheet) + _apart(sheet, after) - _apart(before, after)
    beside = before or after
    return _apart(beside, sheet) if beside else 0


def _apart(a: Sheet, b: Sheet) -> int:
    return len(a.units ^ b.units)


def _out_of_place(sure: list[Dated]) -> tuple[list[Dated], list[Sheet]]:
    """Take out named lists that resemble neither neighbour, where an edit of the name fits far
    better among the lists held; the rest stay, as do those whose save stamp bears out the name."""
    moved = []
    for i, dated in enumerate(sure):
        if dated.decided_by != "file_name" or not 0 < i < len(sure) - 1:
            continue
        if dated.sheet.saved_at and _near_save(dated.sheet, dated.at.date()):
            continue
        sheet, allowed = dated.sheet, max(10, dated.sheet.rows // 50)
        if min(_apart(sure[i - 1].sheet, sheet), _apart(sheet, sure[i + 1].sheet)) * 2 <= allowed:
            continue
        rest = sure[:i] + sure[i + 1 :]
        here = _excess(sheet, dated.at, rest)
        if here <= allowed:
            continue
        _, part = named_day(sheet.file)
        # Before the first list and after the last, one neighbour alone would speak for it.
        instants = [at for d in _options(sheet) if rest[0].at <= (at := _at(d, part)) <= rest[-1].at]
        if any(_excess(sheet, at, rest) * 4 <= here for at in instants):
            moved.append(sheet)
    return [d for d in sure if d.sheet not in moved], moved


def _beside_likest(kind: str, sheet: Sheet, sure: list[Dated]) -> Dated:
    if not sure:
        # Nothing to hold it against: it speaks for the last day that it prints.
        day = sheet.last_signed or date(2002, 7, 2)
        return Dated(sheet, kind, _at(day, ""), "contents", "no day in the name; the last signing it prints")
    likest = min(sure, key=lambda d: (_apart(d.sheet, sheet), d.at))
    return Dated(sheet, kind, likest.at, "contents", f"no day in the name; most like {likest.sheet.file}")


def _mark_repeats(dated: list[Dated]) -> list[Dated]:
    """Say which lists only repeat an earlier one, and which of those are stale: an old list
    under a new date, which takes back all that came since. Stale lists are no news.

    A list that goes back to what stood just before the last change, or a few days ago, is news:
    ICE took changes back. Pending lists run empty again and again; that is no repeat of anything.
    """
    first: dict[int, int] = {}
    dated_at: dict[int, datetime] = {}  # when each content was last news
    out: list[Dated] = []
    current: Sheet | None = None  # the last list that was news, and the content before its own
    former: int | None = None
    for one in dated:
        sheet = one.sheet
        repeats = first.setdefault(sheet.content, sheet.list_no)
        again = repeats != sheet.list_no and sheet.rows > 0
        stale = (
            again
            and sheet.content in dated_at
            and current is not None
            and sheet.content not in (current.content, former)
            and one.at - dated_at[sheet.content] > SOON
            and _apart(current, sheet) > max(5, current.rows // 50)
        )
        out.append(replace(one, repeats=repeats if again else None, stale=stale))
        if not stale:
            dated_at[sheet.content] = one.at
            if current is not None and current.content != sheet.content:
                former = current.content
            current = sheet
    return out
