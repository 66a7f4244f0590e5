"""The pages there are. To add one: a module here with PAGES, a template, its words in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..page import FORMS, Page
from ..words import LANGUAGES
from . import agencies, changes, claims, counties, home, map, program, record, search, states, story, texts

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *map.PAGES,
    *states.PAGES,
    *counties.PAGES,
    *agencies.PAGES,
    *changes.PAGES,
    *record.PAGES,
    *program.PAGES,
    *claims.PAGES,
    *story.PAGES,
    *texts.PAGES,
    *search.PAGES,
)
BY_NAME: Mapping[str, Page] = {page.name: page for page in PAGES}
assert len(BY_NAME) == len(PAGES), "two pages go by one name"


class Found(NamedTuple):
    """Which page an address means, in which language and form ("html" or a twin's ending)."""

    page: Page
    params: dict[str, str]
    lang: str
    form: str


def language_of(path: str) -> str:
    """The language of an address."""
    return next((la for la, start in LANGUAGES.items() if start and f"{path}/".startswith(f"{start}/")), "en")


def find(path: str) -> Found | None:
    """The page at an address of this site; None if none is."""
    lang = language_of(path)
    rest = path.removeprefix(LANGUAGES[lang])
    form = next((f for f in FORMS if rest.endswith(f".{f}")), "html")
    if form != "html":
        rest = rest.removesuffix(f".{form}")
        rest = "" if rest == "/index" else rest
    elif not rest.endswith("/"):
        return None
    for page in PAGES:
        match = page.pattern.fullmatch(rest.removesuffix("/") if form == "html" else rest)
        if match and (form == "html" or form in page.forms):
            return Found(page, match.groupdict(), lang, form)
    return None
