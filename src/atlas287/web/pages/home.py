"""The first page: the number today, the map, growth, what changed."""

from __future__ import annotations

from ..page import Ask, Data, Page
from ..words import Words
from . import shared


def data(ask: Ask) -> Data:
    status = ask.atlas.status()
    return {
        **status,
        "where": shared.where(ask),
        "changes": ask.atlas.events(limit=12),
    }


def title(d: Data, w: Words) -> str:
    return w.say("home.title")


def quote(d: Data, w: Words) -> str:
    return w.say(
        "home.quote",
        agreements=w.say("count.agreements", n=d["agreements"]),
        where=w.places(d["where"]),
        day=w.day(d["list"]["at"]),
    )


PAGES = (Page("home", "/", data, "home.html", title, quote=quote),)
