"""The index of states and territories, a page for each, and what changed there between two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...errors import NotFoundError
from ...registry.questions import asked
from ...registry.text import STATE_NAMES
from ..edition import Edition
from ..page import Ask, Data, Elsewhere, Page, Params, Rows
from ..words import Words
from . import changes, shared


def index(ask: Ask) -> Data:
    if "state" in ask.query:  # the reader's state, chosen on the first page
        raise Elsewhere(f"/states/{asked.state(ask.query['state']).lower()}/")
    return {
        "states": list(ask.edition.states.values()),
        "where": shared.where(ask.edition),
        "list": ask.atlas.status()["list"],
        "newest_list": ask.edition.newest,
    }


def index_title(d: Data, w: Words) -> str:
    return w.say("states.title")


def index_quote(d: Data, w: Words) -> str:
    most = max(d["states"], key=lambda s: s["agreements"])
    return w.say(
        "states.quote",
        state=w.state(most["state"]),
        agreements=w.say("count.agreements", n=most["agreements"]),
        day=w.day(d["list"]["at"]),
    )


def index_rows(d: Data) -> Rows:
    return list(d["states"])


def one(ask: Ask) -> Data:
    code = _code(ask)
    edition = ask.edition
    counties = [c for c in edition.counties.values() if c["state"] == code]
    own = edition.states[code]
    return {
        **ask.atlas.status(state=code),
        "summary": own,
        "coverage": edition.reach.coverage(state=code),
        "statewide": shared.named(edition, own["statewide"]),
        "agencies": [
            {**a, "course": edition.courses.get(a["agency_id"])}
            for a in edition.agencies.values()
            if a["state"] == code
        ],
        "counties": counties,
        "applications": [
            a for a in ask.atlas.applications(code) if a["status"] in ("pending", "not_on_latest", "gone")
        ],
        "events": ask.atlas.events(state=code, limit=100),
        "newest_list": edition.newest,
    }


def one_title(d: Data, w: Words) -> str:
    return w.say("state_page.title", state=w.state(d["state"]))


def one_quote(d: Data, w: Words) -> str:
    return w.say(
        "state_page.quote" if d["agreements"] else "state_page.quote_none",
        state=w.state(d["state"]),
        agreements=w.say("count.agreements", n=d["agreements"]),
        agencies=w.say("count.agencies", n=d["summary"]["agencies"]),
        day=w.day(d["list"]["at"]),
    )


def one_rows(d: Data) -> Rows:
    return list(d["agencies"])


def one_feed(d: Data) -> Rows:
    return list(d["events"])


def every(edition: Edition) -> Iterable[Params]:
    return ({"code": code.lower()} for code in edition.states)


def former(edition: Edition) -> Mapping[str, str]:
    """By name, too: /states/florida/."""
    return {
        f"/states/{name.lower().replace(' ', '-').replace('.', '')}/": f"/states/{code.lower()}/"
        for code, name in STATE_NAMES.items()
    }


def between(ask: Ask) -> Data:
    return changes.between(ask, _code(ask))


def between_title(d: Data, w: Words) -> str:
    return w.say("changes.title_state", state=w.state(d["state"]))


def _code(ask: Ask) -> str:
    code = ask.params["code"].upper()
    if code not in ask.edition.states or ask.params["code"] != code.lower():
        raise NotFoundError(f"{ask.params['code']!r} is no state or territory")
    return code


PAGES = (
    Page("states", "/states/", index, "states.html", index_title, quote=index_quote, rows=index_rows,
         takes={"state": 40}),
    Page("state", "/states/{code}/", one, "state.html", one_title, each=every, quote=one_quote,
         rows=one_rows, feed=one_feed, former=former),
    Page("state_changes", "/states/{code}/changes/", between, "between.html", between_title, each=every,
         quote=changes.sentence, rows=changes.events_of, takes={"from": 10, "to": 10}),
)  # fmt: skip
