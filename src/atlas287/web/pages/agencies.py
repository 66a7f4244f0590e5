"""The index of agencies, a page for each, and one for each of their agreements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...errors import NotFoundError
from ...registry.questions import asked
from ...registry.text import evened
from ..edition import Edition
from ..page import Ask, Data, Page, Params, Rows
from ..words import Words

_TAKES = {"state": 40, "status": 20, "model": 10, "q": 100}


def index(ask: Ask) -> Data:
    query = {k: v.strip() for k, v in ask.query.items() if v.strip()}
    rows: list[dict[str, Any]] = list(ask.edition.agencies.values())
    if {"state", "status", "model"} & query.keys():
        rows = ask.atlas.agencies(query.get("state"), query.get("status"), query.get("model")).to_dicts()
    words = evened(query.get("q", "")).split()
    rows = [r for r in rows if all(w in evened(r["name"]) for w in words)]
    if "state" in query:
        query["state"] = asked.state(query["state"])
    return {
        "asked": query,
        "agencies": rows,
        "active": sum(r["status"] == "active" for r in rows),
        "newest_list": ask.edition.newest,
    }


def index_title(d: Data, w: Words) -> str:
    return w.say("agencies.title")


def index_quote(d: Data, w: Words) -> str:
    if d["asked"]:
        return ""
    return w.say("agencies.quote", n=d["active"], ever=len(d["agencies"]), day=w.day(d["newest_list"]["at"]))


def index_rows(d: Data) -> Rows:
    return list(d["agencies"])


def one(ask: Ask) -> Data:
    agency_id = ask.params["agency_id"]
    if agency_id not in ask.edition.agencies:
        raise NotFoundError(f"no agency goes by the id {agency_id!r}")
    told = ask.atlas.history(agency_id)
    counties = [ask.edition.counties[f] for f in told["agency"]["county_fips"] if f in ask.edition.counties]
    state = ask.edition.states[told["agency"]["state"]]
    return {
        **told,
        "counties": [
            {k: c[k] for k in ("fips", "name", "state", "population", "jail", "field")} for c in counties
        ],
        "course": ask.edition.courses.get(agency_id),
        "memoranda": ask.atlas.memorandum(agency_id)["memoranda"],
        "in_state": {k: state[k] for k in ("agencies", "roster_agencies", "roster_share")},
    }


def one_title(d: Data, w: Words) -> str:
    return f"{d['agency']['name']}, {w.state(d['agency']['state'])}"


def finding(d: Data) -> str:
    """What its page finds, by the catalogue's name: active, removed, not_on_latest, applied, unlisted …;
    unknown where testimony names it and no agreement."""
    status = str(d["agency"]["status"])
    return "unknown" if status == "unlisted" and not d["spells"] else status


def last_end(d: Data) -> list[str] | None:
    """Between which lists the last of its agreements left."""
    ends = [a["ended_between"] for a in d["agreements"] if a["ended_between"]]
    return max(ends, key=lambda e: str(e[0])) if ends else None


def one_quote(d: Data, w: Words) -> str:
    active = [a for a in d["agreements"] if a["status"] == "active"]
    end = last_end(d)
    course = d["course"]
    kind = (
        finding(d) if finding(d) in ("active", "applied", "unlisted", "unknown") or end is None else "removed"
    )
    return w.say(
        f"agency_quote.{kind}" if f"agency_quote.{kind}" in w.messages else "agency_quote.not_on_latest",
        agency=one_title(d, w),
        agreements=w.say("count.agreements", n=len(active)),
        models=w.all_of(dict.fromkeys(w.model(a["model"]) for a in active)),
        since=w.range(course["start_from"], course["start_to"]) if course else "",
        until=w.range(course["end_from"], course["end_to"]) if course else "",
        start=w.day(end[0]) if end else "",
        end=w.day(end[1]) if end else "",
        day=w.day(d["newest_list"]["at"]),
    )


def one_rows(d: Data) -> Rows:
    return list(d["events"])


def one_feed(d: Data) -> Rows:
    who = {k: d["agency"][k] for k in ("agency_id", "name", "state")}
    return [{**who, **e} for e in reversed(d["events"])]


def every(edition: Edition) -> Iterable[Params]:
    return ({"agency_id": a} for a in edition.agencies)


def former(edition: Edition) -> Mapping[str, str]:
    return {
        f"/agencies/{old}/": f"/agencies/{new}/"
        for old, new in edition.redirects.items()
        if new in edition.agencies
    }


def agreement(ask: Ask) -> Data:
    own = "/".join(ask.params[k] for k in ("agency_id", "model", "day"))
    if own not in ask.edition.agreements:
        raise NotFoundError(f"no agreement goes by the id {own!r}")
    told = ask.atlas.history(ask.params["agency_id"])
    facts = next(a for a in told["agreements"] if a["agreement_id"] == own)
    return {
        "agency": told["agency"],
        "agreement": {k: v for k, v in facts.items() if k != "evidence"},
        "events": [e for e in told["events"] if e["agreement_id"] == own],
        "evidence": ask.atlas.trace(own)["evidence"],
        "newest_list": told["newest_list"],
    }


def agreement_title(d: Data, w: Words) -> str:
    return w.say("agreement.title", agency=one_title(d, w), model=w.model(d["agreement"]["model"]))


def agreement_quote(d: Data, w: Words) -> str:
    a = d["agreement"]
    return w.say(
        "agreement.quote" if a["signed_on"] else "agreement.quote_undated",
        agency=one_title(d, w),
        model=w.model(a["model"]),
        signed=w.day(a["signed_on"]),
        first=w.day(a["first_listed"]),
        last=w.day(a["last_listed"]),
    )


def agreement_rows(d: Data) -> Rows:
    return list(d["evidence"])


def every_agreement(edition: Edition) -> Iterable[Params]:
    return (
        dict(zip(("agency_id", "model", "day"), own.split("/"), strict=True)) for own in edition.agreements
    )


def former_agreement(edition: Edition) -> Mapping[str, str]:
    return {
        f"/agencies/{old}/": f"/agencies/{new}/"
        for old, new in edition.redirects.items()
        if new in edition.agreements
    }


PAGES = (
    Page("agencies", "/agencies/", index, "agencies.html", index_title, quote=index_quote,
         rows=index_rows, takes=_TAKES),
    Page("agency", "/agencies/{agency_id}/", one, "agency.html", one_title, each=every, quote=one_quote,
         rows=one_rows, feed=one_feed, former=former),
    Page("agreement", "/agencies/{agency_id}/{model}/{day}/", agreement, "agreement.html",
         agreement_title, each=every_agreement, quote=agreement_quote, rows=agreement_rows,
         former=former_agreement),
)  # fmt: skip
