"""The catalogue: the same messages in every language, each used, none missing."""

from __future__ import annotations

import re
import string

import pytest

from atlas287.registry.questions.past import code_of
from atlas287.registry.text import STATE_NAMES
from atlas287.sources.testimony.printed import SAYS
from atlas287.web.page import Page
from atlas287.web.pages import PAGES
from atlas287.web.words import LANGUAGES, Message, messages, words
from tests.web.catalogue_uses import WEB, uses


def filled(message: Message) -> set[str]:
    """The names that a message leaves to be filled in; a form for one may leave its number out."""
    texts = [message] if isinstance(message, str) else [message["other"]]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_has_the_same_messages() -> None:
    english = messages("en")
    for lang in LANGUAGES:
        own = messages(lang)
        assert own.keys() == english.keys()
        for key, message in own.items():
            assert filled(message) == filled(english[key]), f"{lang}: {key}"
            assert isinstance(message, str) == isinstance(english[key], str), f"{lang}: {key}"


def test_every_message_that_is_used_is_there() -> None:
    keys, begins = uses()
    known = messages("en").keys()
    assert keys, "the reading of templates found nothing"
    assert keys <= known
    assert not [b for b in begins if not any(key.startswith(b) for key in known)]


def test_every_kind_of_statement_has_its_message() -> None:
    assert {f"testimony.{code_of(says)}" for says in SAYS} <= messages("en").keys()


def test_no_message_is_unused() -> None:
    keys, begins = uses()
    assert [k for k in messages("en") if k not in keys and not k.startswith(tuple(begins))] == []


def test_messages_are_text_and_no_markup() -> None:
    for lang in LANGUAGES:
        for key, message in messages(lang).items():
            for text in [message] if isinstance(message, str) else message.values():
                assert ("<" not in text and ">" not in text and text == text.strip(" \n")) or key.startswith(
                    "map_words."
                ), f"{lang}: {key}"


def test_translations_are_translated() -> None:
    """Long messages that are the same in both languages have been forgotten."""
    english, spanish = messages("en"), messages("es")
    said = {k: re.sub(r"\{\w+\}", "", m) for k, m in english.items() if isinstance(m, str)}
    same = [k for k, m in english.items() if len(said.get(k, "")) > 20 and m == spanish[k]]
    assert same == []


def test_every_text_is_there_in_every_language() -> None:
    folder = WEB / "templates" / "texts"
    found = {tuple(p.name.split(".")[:2]) for p in folder.iterdir()}
    names = {p.name for p in PAGES if p.template == "text.html"}
    assert found == {(name, lang) for name in names for lang in LANGUAGES}


def test_every_state_has_a_name() -> None:
    for lang in LANGUAGES:
        assert all(words(lang).state(code) != code for code in STATE_NAMES)
    assert words("es").state("NC") == "Carolina del Norte"


def test_numbers_days_and_lists_are_in_the_locale() -> None:
    en, es = words("en"), words("es")
    assert (en.num(1770), es.num(1770)) == ("1,770", "1,770")  # Spanish as the United States write it
    assert en.day("2025-05-28T09:00") == "28 May 2025"
    assert es.day("2025-05-28") == "28 de mayo de 2025"
    assert (en.month("2025-05"), es.month("2025-05")) == ("May 2025", "mayo de 2025")
    assert (en.pct(0.214), es.pct(0.214)) == ("21.4%", "21.4\u00a0%")
    assert en.all_of(["a", "b", "c"]) == "a, b and c"
    assert es.all_of(["a", "b", "c"]) == "a, b y c"
    assert en.day(None) == en.num(None) == en.pct(None) == "–"


def test_a_share_is_never_rounded_to_nothing_or_all() -> None:
    en = words("en")
    assert (en.pct(0.0001, 0), en.pct(0.9999, 0)) == ("1%", "99%")
    assert (en.pct(0, 0), en.pct(1, 0)) == ("0%", "100%")


def test_plurals() -> None:
    en, es = words("en"), words("es")
    assert [en.say("count.agreements", n=n) for n in (0, 1, 2)] == [
        "0 agreements",
        "1 agreement",
        "2 agreements",
    ]
    assert [es.say("count.agreements", n=n) for n in (1, 1_000_000)] == ["1 acuerdo", "1,000,000 acuerdos"]


def test_what_fills_a_message_is_escaped_unless_it_is_markup() -> None:
    from markupsafe import Markup

    en = words("en")
    assert en.t("evidence.printed", text="<b>") == "“&lt;b&gt;”"
    assert en.t("evidence.printed", text=Markup("<b>x</b>")) == "“<b>x</b>”"
    assert en.say("evidence.printed", text="{text}") == "“{text}”"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_pages_are_named_and_end_in_a_slash(page: Page) -> None:
    assert page.path.startswith("/") and page.path.endswith("/")
    assert (WEB / "templates" / page.template).is_file()
