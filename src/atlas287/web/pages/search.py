"""Search, for those without scripts too; and the index from which scripts search as one types."""

from __future__ import annotations

from ...panel.finding import search
from ..page import Ask, Data, Page
from ..words import Words

#: The longest text that is searched for.
LONGEST = 100


def data(ask: Ask) -> Data:
    text = ask.query.get("q", "").strip()
    return {
        "asked": text,
        "hits": search(ask.edition.entries, text),
        "newest_list": ask.edition.newest,
    }


def title(d: Data, w: Words) -> str:
    return w.say("search.title")


PAGES = (Page("search", "/search/", data, "search.html", title, takes={"q": LONGEST}, limited=True),)
