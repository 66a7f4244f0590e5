"""The map with its slider, and the map of a state for other sites to show."""

from __future__ import annotations

from ..page import Ask, Data, Page
from ..words import Words
from . import shared, states


def data(ask: Ask) -> Data:
    edition = ask.edition
    status = ask.atlas.status()
    wide = sorted({a for s in edition.states.values() for a in s["statewide"]})
    return {
        **{k: status[k] for k in ("on", "basis", "list", "agreements")},
        "where": shared.where(edition),
        "states": list(edition.states.values()),
        "statewide": shared.named(edition, wide),
        **{k: edition.map[k] for k in ("counties", "wide", "agencies")},
        "newest_list": edition.newest,
    }


def title(d: Data, w: Words) -> str:
    return w.say("map.title")


def quote(d: Data, w: Words) -> str:
    return w.say(
        "map.quote",
        jail=sum(c["jail"] for c in d["counties"].values()),
        field=sum(c["field"] for c in d["counties"].values()),
        day=w.day(d["list"]["at"]),
    )


def embed(ask: Ask) -> Data:
    return states.one(ask)


PAGES = (
    Page("map", "/map/", data, "map.html", title, quote=quote, rows=states.index_rows),
    Page("embed", "/embed/{code}/", embed, "embed.html", states.one_title, each=states.every,
         quote=states.one_quote, frame=True, hidden=True),
)  # fmt: skip
