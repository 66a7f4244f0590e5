"""The first wave beside what others count and code: every difference a row with its reason."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ..registry.questions.in_force import counted, stretches
from ..registry.questions.past import signings, spells, testimony
from ..registry.text import MODELS
from ..sources.east_2023 import CountySpell

#: What a comparison with a study whose table may not ship came to (scripts/first_wave.py).
CODINGS = Path(__file__).parent / "first_wave_codings.csv"
#: The last month of the study's panel.
PANEL_ENDS = "2015-12"
#: The days for which a source names everybody, and how it says that an agency takes part.
DAYS = {"2009-10-28": "oig-2009", "2012-10-16": "rosters-2010-2017", "2017-08-01": "rosters-2010-2017"}


@dataclass(frozen=True, slots=True)
class Beside:
    """A source's own count on a day, ours, and every agency that one has and the other has not."""

    day: str
    source: str
    title: str
    theirs: int
    pending: int  # agencies the source names as pending
    ours: dict[str, Any]  # as in_force.counted gives it
    only_ours: list[tuple[str, str]]  # (agency_id, reason)
    only_theirs: list[tuple[str, str]]


def beside(db: sqlite3.Connection, day: str) -> Beside:
    """One of :data:`DAYS` beside the register's reading on basis in-force."""
    source = DAYS[day]
    named = _named(db, source, day)
    here = {s.agency_no for s in stretches(db) if s.on(day)}
    title = db.execute("SELECT title FROM source WHERE source_id = ?", (source,)).fetchone()[0]
    ids: dict[int, str] = dict(iter(db.execute("SELECT agency_no, agency_id FROM agency")))
    waiting = {
        no
        for (no,) in db.execute(
            "SELECT agency_no FROM testimony WHERE source_id = ? AND says = 'pending' AND day = ?",
            (source, day),
        )
    }
    return Beside(
        day, source, title, len(named), len(waiting), counted(stretches(db), day),
        sorted((ids[no], _why_ours(db, no, source, day)) for no in here - named),
        sorted((ids[no], "we have no agreement in force on that day") for no in named - here),
    )  # fmt: skip


def _named(db: sqlite3.Connection, source: str, day: str) -> set[int]:
    rows = db.execute(
        "SELECT DISTINCT agency_no FROM testimony WHERE source_id = ? AND "
        "(says = 'stood' AND day = ? OR says = 'seen' AND day <= ? AND until >= ?)",
        (source, day, day, day),
    )
    return {no for (no,) in rows}


def _why_ours(db: sqlite3.Connection, no: int, source: str, day: str) -> str:
    (spell,) = [
        s
        for s in spells(db, no)
        if (s["start_from"] or s["start_to"]) <= day and (s["end_to"] is None or day < s["end_to"])
    ][:1]
    told = testimony(db, no)
    reasons = []
    for t in told:
        if t["source"] == source and t["day"] == day and "pending" in t["says"]:
            reasons.append("the source has its new memorandum as pending")
        if "negotiation" in t["says"]:
            reasons.append(f"by {t['source']} its new memorandum is still in negotiation on {t['day']}")
    before = max(s["signed_on"] for s in signings(db, no) if s["signed_on"] <= day)
    reasons.append(f"in force under the memorandum of {before}")
    later = [t for t in told if t["day"] > day or (t["until"] or "") > day]
    if later:
        reasons.append(f"shown again by {later[0]['source']} ({later[0]['says']})")
    elif spell["end_to"] is None or spell["end_to"] > day:
        reasons.append(f"{spell['end_why'] or 'stands on the newest list'}")
    return "; ".join(reasons)


# Published codings ---------------------------------------------------------------------------------


class Coded(NamedTuple):
    """A county's spell in months; bounds where ours is a range. ``end`` None: past the panel."""

    start: str
    start_low: str
    end: str | None
    end_low: str | None
    models: frozenset[str]
    agencies: tuple[str, ...]


class Difference(NamedTuple):
    """A county on which the study and the register differ."""

    fips: str
    county: str
    about: str  # start, end, models, or "only theirs", "only ours"
    theirs: str
    ours: str
    agencies: str
    reason: str


#: What each column of a difference says.
DIFFERENCE = {
    "fips": "the county's FIPS code",
    "county": "its name",
    "about": "start, end, models, only theirs, or only ours",
    "theirs": "what the study says: a month, months, or models",
    "ours": "what the register says, coded the same way",
    "agencies": "our agencies whose spells make the county's, by semicolons",
    "reason": "what bounds ours",
}


def county_codings(db: sqlite3.Connection) -> dict[str, list[Coded]]:
    """Our spells by county, coded as the study does: a month counts from the first whole one on."""
    rows = db.execute(
        "SELECT p.fips, g.agency_id, s.model, s.starts_by, coalesce(s.starts_from, s.starts_by), "
        "s.ends_from, CASE WHEN s.ends_by > s.ends_from THEN date(s.ends_by, '-1 day') ELSE s.ends_by END "
        "FROM spell s JOIN agency g USING (agency_no) JOIN place p USING (agency_no) "
        "WHERE s.starts_by <= '2015-12-31' AND g.level <> 'State' "
        # A city that reaches into other counties is the study's in its own.
        "AND (g.level <> 'Municipal' OR p.rowid = "
        "(SELECT min(q.rowid) FROM place q WHERE q.agency_no = p.agency_no)) ORDER BY p.fips, s.starts_by"
    ).fetchall()
    out: dict[str, list[Coded]] = defaultdict(list)
    ended: dict[str, str] = {}  # by county, the last day on which it can have been in force so far
    for fips, agency, model, by, since, last, gone in rows:
        one = Coded(
            _month_after(by), _month_after(since), _month(gone), _month(last), frozenset({model}), (agency,)
        )
        own = out[fips]
        if own and since <= _next(ended[fips]):
            own[-1] = _joined(own[-1], one)
            ended[fips] = max(ended[fips], gone or "9999-12-30")
        else:
            own.append(one)
            ended[fips] = gone or "9999-12-30"
    return dict(out)


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _joined(a: Coded, b: Coded) -> Coded:
    end = None if a.end is None or b.end is None else max(a.end, b.end)
    low = None if a.end_low is None or b.end_low is None else max(a.end_low, b.end_low)
    return Coded(
        min(a.start, b.start), min(a.start_low, b.start_low), end, low, a.models | b.models,
        tuple(dict.fromkeys((*a.agencies, *b.agencies))),
    )  # fmt: skip


def _month(day: str | None) -> str | None:
    return None if day is None or day[:7] > PANEL_ENDS else day[:7]


def _month_after(day: str) -> str:
    """The first whole month from a day on."""
    if day.endswith("-01"):
        return day[:7]
    year, month = int(day[:4]), int(day[5:7])
    return f"{year + month // 12}-{month % 12 + 1:02d}"


def differences(db: sqlite3.Connection, theirs: Iterable[CountySpell]) -> Iterator[Difference]:
    """Every county on which a published coding and ours differ, in order of county."""
    ours = county_codings(db)
    names = {fips: county for fips, county in db.execute("SELECT DISTINCT fips, county FROM place") if county}
    study = {t.fips: t for t in theirs}
    for fips in sorted({*ours, *study}):
        county, own = names.get(fips, ""), ours.get(fips, [])
        if fips not in study:
            for one in own:
                yield Difference(
                    fips, county, "only ours", "", _told(one), ";".join(one.agencies),
                    f"the study has no spell here; ours: {_spell(db, one, first=True)['start_why']}",
                )  # fmt: skip
        elif not own:
            yield Difference(
                fips, county, "only theirs", f"{study[fips].start} to {study[fips].end}", "", "",
                f"no agency of ours has its home in this county{_elsewhere(db, fips)}",
            )  # fmt: skip
        else:
            yield from _county(db, fips, county, study[fips], own)


def _county(
    db: sqlite3.Connection, fips: str, county: str, theirs: CountySpell, own: list[Coded]
) -> Iterator[Difference]:
    whole = own[0]
    agencies = ";".join(whole.agencies)
    if not whole.start_low <= theirs.start <= whole.start:
        yield Difference(
            fips, county, "start", theirs.start, whole.start, agencies, _why_start(db, whole, theirs)
        )
    their_end = None if theirs.open else theirs.end
    if not _same_end(their_end, whole):
        yield Difference(
            fips, county, "end", their_end or "after 2015-12", _end(whole), agencies,
            _why_end(db, whole) + _elsewhere(db, fips),
        )  # fmt: skip
    coded = {MODELS[m] for m in whole.models}
    if ("Task Force" in theirs.models or "Hybrid" in theirs.models) != bool(whole.models & {"tfm", "hybrid"}):
        yield Difference(
            fips, county, "models", theirs.models, ", ".join(sorted(coded)), agencies,
            "the study has no task force here, and our sources name one"
            if whole.models & {"tfm", "hybrid"}
            else "the study has a task force here, and none of our sources names one",
        )  # fmt: skip
    for more in own[1:]:
        yield Difference(
            fips,
            county,
            "only ours",
            "",
            _told(more),
            ";".join(more.agencies),
            "a second spell of the county",
        )


def _elsewhere(db: sqlite3.Connection, fips: str) -> str:
    """Cities of other counties that reach into this one, which a study may count here."""
    reach = db.execute(
        "SELECT DISTINCT g.agency_id, (SELECT q.county FROM place q WHERE q.agency_no = p.agency_no "
        "ORDER BY q.rowid LIMIT 1) AS home, (SELECT q.fips FROM place q WHERE q.agency_no = p.agency_no "
        "ORDER BY q.rowid LIMIT 1) AS home_fips FROM place p JOIN agency g USING (agency_no) "
        "JOIN spell s USING (agency_no) WHERE p.fips = ? AND g.level = 'Municipal' "
        "AND s.starts_by <= '2015-12-31' ORDER BY 1",
        (fips,),
    )
    told = [f"{agency} reaches in from {home}" for agency, home, at in reach if at != fips]
    return f"; {', '.join(told)}, where we count it" if told else ""


def _same_end(theirs: str | None, own: Coded) -> bool:
    if theirs is None or own.end is None:
        return theirs is None and own.end is None
    return (own.end_low or own.end) <= theirs <= own.end


def _end(one: Coded) -> str:
    if one.end is None:
        return "after 2015-12"
    return one.end if one.end_low in (None, one.end) else f"{one.end_low} to {one.end}"


def _told(one: Coded) -> str:
    start = one.start if one.start == one.start_low else f"{one.start_low}/{one.start}"
    return f"{start} until {_end(one)}"


def _why_start(db: sqlite3.Connection, own: Coded, theirs: CountySpell) -> str:
    first = _spell(db, own, first=True)
    apart = "the study is later" if theirs.start > own.start else "the study is earlier"
    return f"{apart}; ours: {first['start_why']} on {first['start_to']}"


def _why_end(db: sqlite3.Connection, own: Coded) -> str:
    last = _spell(db, own, first=False)
    whose = f"{last['agency']}: " if len(own.agencies) > 1 else ""
    return whose + (last["end_why"] or "stands on ICE's newest list, renewed on the way")


def _spell(db: sqlite3.Connection, own: Coded, first: bool) -> dict[str, Any]:
    found = []
    for agency in own.agencies:
        (no,) = db.execute("SELECT agency_no FROM agency WHERE agency_id = ?", (agency,)).fetchone()
        found += [s | {"agency": agency} for s in spells(db, no) if s["start_to"] <= "2015-12-31"]
    if first:
        return min(found, key=lambda s: str(s["start_to"]))
    return max(found, key=lambda s: s["end_to"] or "9999")
