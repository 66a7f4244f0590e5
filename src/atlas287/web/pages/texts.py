"""Pages that are texts, and those that explain from the register: models, glossary, data.

A text is a template for each language in ``templates/texts/``, ``NAME.LANG.html``; to add one, write the
two files, its title in the catalogue (``text_title``) and its name here.
"""

from __future__ import annotations

from collections.abc import Callable

from ...registry.text import MODELS
from ..page import Ask, Data, Page
from ..words import LANGUAGES, Words, words

TEXTS = ("how", "methods", "about")
#: The terms of the glossary, in the order of the page; each has a word and a text in the catalogue.
TERMS = (
    "287g", "ice", "agreement", "model", "jem", "tfm", "wso", "hybrid", "agency", "statewide", "list",
    "listed", "signed", "removed", "detainer", "warrant", "booking", "jail_exposure", "field_exposure",
    "county", "ori", "fips",
)  # fmt: skip


def _text(name: str) -> Page:
    def data(ask: Ask) -> Data:
        return {"text": name, "newest_list": ask.edition.newest}

    def title(d: Data, w: Words) -> str:
        return w.word("text_title", name)

    return Page(name, f"/{name.replace('_', '-')}/", data, "text.html", title)


def models(ask: Ask) -> Data:
    status = ask.atlas.status()
    return {
        "list": status["list"],
        "models": [{"model": m, "agreements": status["by_model"].get(m, 0)} for m in MODELS],
        "growth": ask.atlas.growth("model").to_dicts(),
        "newest_list": status["newest_list"],
    }


def models_quote(d: Data, w: Words) -> str:
    counts = [
        w.say("models.part", n=m["agreements"], model=w.model(m["model"]))
        for m in d["models"]
        if m["agreements"]
    ]
    return w.say("models.quote", counts=w.all_of(counts), day=w.day(d["list"]["at"]))


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
    *map(_text, TEXTS),
    Page("models", "/models/", models, "models.html", titled("models.title"), quote=models_quote),
    Page("glossary", "/glossary/", glossary, "glossary.html", titled("glossary.title")),
    Page("downloads", "/downloads/", tables, "downloads.html", titled("downloads.title")),
    Page("dictionary", "/dictionary/", tables, "dictionary.html", titled("dictionary.title")),
)
