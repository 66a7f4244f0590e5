"""The index of agencies, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...errors import NotFoundError
from ..edition import Edition
from ..page import Ask, Data, Page, Params, Rows
from ..words import Words


def index(ask: Ask) -> Data:
    rows = ask.edition.agencies.values()
    return {"agencies": list(rows), "newest_list": ask.edition.newest}


def index_title(d: Data, w: Words) -> str:
    return w.say("agencies.title")


def index_rows(d: Data) -> Rows:
    return list(d["agencies"])


def one(ask: Ask) -> Data:
    agency_id = ask.params["agency_id"]
    if agency_id not in ask.edition.agencies:
        raise NotFoundError(f"no agency goes by the id {agency_id!r}")
    return ask.atlas.history(agency_id)


def one_title(d: Data, w: Words) -> str:
    return f"{d['agency']['name']}, {w.state(d['agency']['state'])}"


def every(edition: Edition) -> Iterable[Params]:
    return ({"agency_id": a} for a in edition.agencies)


def former(edition: Edition) -> Mapping[str, str]:
    return {old: new for old, new in edition.redirects.items() if new in edition.agencies}


PAGES = (
    Page("agencies", "/agencies/", index, "agencies.html", index_title, rows=index_rows),
    Page("agency", "/agencies/{agency_id}/", one, "agency.html", one_title, each=every, former=former),
)
