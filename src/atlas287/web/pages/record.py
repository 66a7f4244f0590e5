"""The record itself: ICE's lists, pending applications, what was set right, and any fact's evidence."""

from __future__ import annotations

from ...errors import AskedError
from ..page import Ask, Data, Page, Rows
from ..words import Words


def lists(ask: Ask) -> Data:
    return {"lists": ask.atlas.lists().to_dicts(), "newest_list": ask.edition.newest}


def lists_title(d: Data, w: Words) -> str:
    return w.say("lists.title")


def lists_quote(d: Data, w: Words) -> str:
    rows = d["lists"]
    return w.say(
        "lists.quote",
        n=len(rows),
        rows=sum(r["rows"] for r in rows),
        start=w.day(min(r["at"] for r in rows)),
        end=w.day(max(r["at"] for r in rows)),
    )


def lists_rows(d: Data) -> Rows:
    return list(d["lists"])


def pending(ask: Ask) -> Data:
    found = ask.atlas.lists("pending").to_dicts()
    newest = max((r for r in found if not r["stale"]), key=lambda r: r["at"], default=None)
    return {
        "newest_pending_list": {k: newest[k] for k in ("file", "at", "rows")} if newest else None,
        "applications": ask.atlas.applications(),
        "newest_list": ask.edition.newest,
    }


def pending_title(d: Data, w: Words) -> str:
    return w.say("pending.title")


def pending_quote(d: Data, w: Words) -> str:
    newest = d["newest_pending_list"]
    became = sum(a["status"] == "became" for a in d["applications"])
    return w.say(
        "pending.quote",
        n=len(d["applications"]),
        became=became,
        day=w.day(newest["at"] if newest else None),
    )


def pending_rows(d: Data) -> Rows:
    return list(d["applications"])


def corrections(ask: Ask) -> Data:
    return {
        **ask.atlas.corrections(),
        "asked": ask.query.get("fact"),
        "newest_list": ask.edition.newest,
    }


def corrections_title(d: Data, w: Words) -> str:
    return w.say("corrections.title")


def corrections_quote(d: Data, w: Words) -> str:
    return w.say(
        "corrections.quote",
        spellings=len(d["spellings"]),
        days=len(d["days"]),
        words=len(d["words"]),
        day=w.day(d["newest_list"]["at"]),
    )


def corrections_rows(d: Data) -> Rows:
    kinds = ("spellings", "days", "words")
    return [{"what": kind, **row} for kind in kinds for row in d[kind]]


def fact(ask: Ask) -> Data:
    if not ask.query.get("id"):
        raise AskedError("a fact is asked for by its id", remedy="write ?id= and the id")
    return ask.atlas.trace(ask.query["id"])


def fact_title(d: Data, w: Words) -> str:
    return w.say("fact.title", fact=d["fact"])


def fact_rows(d: Data) -> Rows:
    return list(d["evidence"])


PAGES = (
    Page("lists", "/lists/", lists, "lists.html", lists_title, quote=lists_quote, rows=lists_rows),
    Page("pending", "/pending/", pending, "pending.html", pending_title, quote=pending_quote,
         rows=pending_rows),
    Page("corrections", "/corrections/", corrections, "corrections.html", corrections_title,
         quote=corrections_quote, rows=corrections_rows, takes={"fact": 200}),
    Page("fact", "/facts/", fact, "fact.html", fact_title, rows=fact_rows, takes={"id": 250}, live=True,
         limited=True),
)  # fmt: skip
