"""What ICE's lists gained and lost: lately, by month, between two days; with feeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ...errors import NotFoundError
from ...registry.questions import asked
from ..edition import Edition
from ..page import Ask, Data, Page, Params, Rows
from ..words import Words

#: Days that the page tells of.
LATELY = 31


def lately(ask: Ask) -> Data:
    newest = date.fromisoformat(ask.edition.at)
    since = newest - timedelta(days=LATELY)
    return {
        "since": since.isoformat(),
        "events": ask.atlas.events(since=since.isoformat()),
        "latest": ask.atlas.events(limit=100),
        "months": ask.atlas.event_months(),
        "newest_list": ask.edition.newest,
    }


def lately_title(d: Data, w: Words) -> str:
    return w.say("changes.title")


def lately_quote(d: Data, w: Words) -> str:
    return w.say(
        "changes.quote",
        came=w.say("count.came", n=sum(e["delta"] > 0 for e in d["events"])),
        left=w.say("count.left", n=sum(e["delta"] < 0 for e in d["events"])),
        since=w.day(d["since"]),
        day=w.day(d["newest_list"]["at"]),
    )


def month(ask: Ask) -> Data:
    which = ask.params["month"]
    found = ask.atlas.event_months()
    summary = next((m for m in found if m["month"] == which), None)
    if summary is None:
        raise NotFoundError(f"no list of {which!r} shows a change")
    names = [m["month"] for m in reversed(found)]
    at = names.index(which)
    return {
        **summary,
        "events": ask.atlas.events(since=which, until=f"{which}~"),
        "before": names[at - 1] if at else None,
        "after": names[at + 1] if at + 1 < len(names) else None,
        "newest_list": ask.edition.newest,
    }


def month_title(d: Data, w: Words) -> str:
    return w.say("changes.title_month", month=w.month(d["month"]))


def month_quote(d: Data, w: Words) -> str:
    return w.say(
        "changes.quote_month",
        came=w.say("count.came", n=d["listed"]),
        left=w.say("count.left", n=d["removed"]),
        month=w.month(d["month"]),
    )


def every_month(edition: Edition) -> Iterable[Params]:
    return ({"month": m["month"]} for m in edition.atlas.event_months())


def between(ask: Ask, state: str | None = None) -> Data:
    """What changed between two days; without days, over the whole record."""
    lists = ask.edition.record
    start = asked.day(ask.query.get("from") or lists["first"])
    end = asked.day(ask.query.get("to") or lists["last"])
    start, end = min(start, end), max(start, end)
    found = ask.atlas.changes(start, end, state)
    return {
        **found,
        "record": lists,
        "asked": {"from": start.isoformat(), "to": end.isoformat()},
        "whole": not ask.query,
        "events": ask.atlas.events(since=start.isoformat(), until=f"{end.isoformat()}~", state=state),
    }


def between_title(d: Data, w: Words) -> str:
    return w.say("changes.title_between")


def sentence(d: Data, w: Words) -> str:
    """What two lists' comparison comes to; the lists between them do not show in it."""
    return w.say(
        "changes.sentence_state" if "state" in d else "changes.sentence",
        state=w.state(d["state"]) if "state" in d else "",
        start=w.day(d["from"]["at"]),
        end=w.day(d["to"]["at"]),
        came=w.say("count.came", n=len(d["listed"])),
        left=w.say("count.left", n=len(d["removed"])),
        before=d["before"],
        after=d["after"],
    )


def events_of(d: Data) -> Rows:
    return list(d["events"])


def latest_of(d: Data) -> list[dict[str, Any]]:
    return list(d["latest"])


_DAYS = {"from": 10, "to": 10}
PAGES = (
    Page("changes", "/changes/", lately, "changes.html", lately_title, quote=lately_quote, rows=events_of,
         feed=latest_of),
    Page("between", "/changes/between/", between, "between.html", between_title, quote=sentence,
         rows=events_of, takes=_DAYS),
    Page("month", "/changes/{month}/", month, "month.html", month_title, each=every_month,
         quote=month_quote, rows=events_of),
)  # fmt: skip
