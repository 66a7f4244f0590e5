"""Pages that are texts, and those that explain: methods, about, glossary, data.

A text is a template for each language in ``templates/texts/``, ``NAME.LANG.html``; to add one, write the
two files, its title in the catalogue (``text_title``) and its name here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..page import Ask, Data, Page
from ..site import VERSION
from ..words import LANGUAGES, Words, words

#: The terms of the glossary, in the order of the page; each has a word and a text in the catalogue.
TERMS = (
    "287g", "ice", "agreement", "moa", "template", "model", "jem", "tfm", "wso", "hybrid", "agency",
    "statewide", "list", "listing", "sighting", "listed", "signed", "removed", "in_force", "spell",
    "testimony", "uncertain", "claim", "stop", "booking", "detainer", "warrant", "nta", "removal", "secure",
    "jail_exposure", "field_exposure", "county", "ori", "fips",
)  # fmt: skip

#: Tables whose rows the methods count.
_COUNTED = ("agency", "agreement", "event", "spell", "testimony", "disagreement")


def _text(name: str, more: Callable[[Ask], Data]) -> Page:
    def data(ask: Ask) -> Data:
        return {"text": name, **more(ask), "newest_list": ask.edition.newest}

    def title(d: Data, w: Words) -> str:
        return w.word("text_title", name)

    return Page(name, f"/{name}/", data, "text.html", title)


def methods(ask: Ask) -> Data:
    """The numbers that the text names, and the first wave's sources beside ours."""
    atlas, edition = ask.atlas, ask.edition
    lists = atlas.lists()
    counts = [e for e in atlas.timeline()["events"] if e["kind"] == "count"]
    return {
        "numbers": {
            "lists": lists.height,
            "rows": int(lists["rows"].sum()),
            **{kind: len(rows) for kind, rows in atlas.corrections().items()},
            **{name: atlas.table(name).height for name in _COUNTED},
        },
        "record": edition.record,
        "sources": atlas.table("source")
        .select("title", "publisher", "as_of", "rank")
        .sort("rank")
        .to_dicts(),
        "official": [_official(e) for e in counts if (e["register"] or {}).get("basis") == "in-force"],
    }


def _official(event: dict[str, Any]) -> dict[str, Any]:
    """A count that somebody published, beside ours of the same day."""
    ours = event["register"]
    return {
        "day": event["start"],
        "figure": event["figure"],
        "unit_en": event["unit_en"],
        "unit_es": event["unit_es"],
        "source": event["source"],
        "ours": {k: ours[k] for k in ("agreements", "uncertain", "states")},
    }


def about(ask: Ask) -> Data:
    return {"version": VERSION, "build": ask.edition.build_id}


def glossary(ask: Ask) -> Data:
    return {
        "terms": [
            {
                "term": term,
                "word": {la: words(la).word("glossary_word", term) for la in LANGUAGES},
                "text": {la: words(la).word("glossary_text", term) for la in LANGUAGES},
            }
            for term in TERMS
        ],
        "newest_list": ask.edition.newest,
    }


def tables(ask: Ask) -> Data:
    return {"tables": ask.edition.tables, "newest_list": ask.edition.newest}


def titled(key: str) -> Callable[[Data, Words], str]:
    """The title that the catalogue has under a key."""

    def title(d: Data, w: Words) -> str:
        return w.say(key)

    return title


PAGES = (
    _text("methods", methods),
    _text("about", about),
    Page("glossary", "/glossary/", glossary, "glossary.html", titled("glossary.title")),
    Page("downloads", "/downloads/", tables, "downloads.html", titled("downloads.title")),
    Page("dictionary", "/dictionary/", tables, "dictionary.html", titled("dictionary.title")),
)
