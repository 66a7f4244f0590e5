"""The message catalogue: every text of ours in each language, numbers and dates in its locale.

One file a language in ``catalogue/``. A message is text with ``{names}`` to fill in; one that depends
on a number ``n`` has a form for each plural of the language. Messages are text: what fills them is
escaped, unless it is markup already (a link).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

CATALOGUE = Path(__file__).with_name("catalogue")
#: Languages by the beginning of their addresses, the first without one; and the locale of each.
LANGUAGES = {"en": "", "es": "/es"}
_LOCALES = {"en": "en_US", "es": "es_US"}
_DAYS = {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"}
_SHORT_DAYS = {"en": "d MMM y", "es": "d MMM y"}
_MONTHS = {"en": "MMMM y", "es": "MMMM 'de' y"}
#: The locale by which scripts write days and numbers as these do: English days begin with the day.
SCRIPT_LOCALES = {"en": "en-GB", "es": "es-US"}
_PERCENT = {"en": "%", "es": "\u00a0%"}
_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})

Message = str | Mapping[str, str]


class Words:
    """The texts of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = Locale.parse(_LOCALES[lang])
        self.messages = messages(lang)

    def say(self, key: str, /, **filled: Any) -> str:
        """A message as plain text. Raises KeyError: the catalogue has none of that name."""
        return self._form(key, filled).format(**{k: self._shown(v) for k, v in filled.items()})

    def t(self, key: str, /, **filled: Any) -> Markup:
        """A message as markup: what fills it is escaped unless it is markup."""
        return Markup(escape(self._form(key, filled))).format(
            **{k: self._shown(v) for k, v in filled.items()}
        )

    def word(self, group: str, name: str | None) -> str:
        """The word for one of a group of names (a model, a status); a name not known, as it is."""
        found = self.messages.get(f"{group}.{name}")
        return found if isinstance(found, str) else (name or "").replace("_", " ")

    def group(self, group: str) -> dict[str, Any]:
        """A group of messages as they stand, for scripts to fill in."""
        found: dict[str, Any] = {}
        for key, message in self.messages.items():
            if key.startswith(f"{group}."):
                *inner, last = key.removeprefix(f"{group}.").split(".")
                into = found
                for name in inner:
                    into = into.setdefault(name, {})
                into[last] = message
        return found

    def num(self, value: float | None) -> str:
        """A number; a dash where it is not known."""
        return "–" if value is None else _num(self.lang, value)

    def pct(self, share: float | None, digits: int = 1) -> str:
        """A share of 0 to 1 as per cent."""
        return "–" if share is None else _pct(self.lang, share, digits)

    def day(self, at: str | None, short: bool = False) -> str:
        """A day, of an ISO day or instant."""
        return "–" if not at else _day(self.lang, at[:10], short)

    def range(self, start: str | None, end: str | None) -> str:
        """When, of something that is known to lie between two days: ``on 6 February 2008`` where they
        are the same."""
        if not start or not end or start[:10] == end[:10]:
            return self.say("on_day", day=self.day(end or start))
        return self.say("between_days", start=self.day(start), end=self.day(end))

    def month(self, month: str) -> str:
        """A month, of YYYY-MM."""
        return _month(self.lang, month)

    def when(self, at: str | None, until: str | None = None) -> str:
        """A day, month or year, as finely as it is written; a time where it has an end."""
        if at and until:
            return self.say("when.from_to", start=self.when(at), end=self.when(until))
        if not at or len(at) == 4:
            return at or "–"
        return self.month(at) if len(at) == 7 else self.day(at)

    def state(self, code: str) -> str:
        """The name of a state or territory."""
        return self.word("state", code)

    def model(self, model: str | None) -> str:
        """The name of a support model."""
        return self.word("model", model or "unstated")

    def all_of(self, things: Iterable[str]) -> str:
        """``a, b and c``."""
        return _listed(self.lang, tuple(things))

    def places(self, where: Mapping[str, Any]) -> str:
        """``39 states, Guam and the Northern Mariana Islands``, of ``states`` (a number) and
        ``territories`` (codes)."""
        territories = [self.word("the_state", code) for code in where["territories"]]
        return self.all_of([self.say("count.states", n=where["states"]), *territories])

    def _form(self, key: str, filled: Mapping[str, Any]) -> str:
        message = self.messages[key]
        if isinstance(message, str):
            return message
        form = self.locale.plural_form(filled["n"])
        return message.get(form) or message["other"]

    def _shown(self, value: Any) -> Any:
        return self.num(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


@cache
def words(lang: str) -> Words:
    """The texts of a language, read once."""
    return Words(lang)


@cache
def messages(lang: str) -> Mapping[str, Message]:
    """The catalogue of a language, by dotted key."""
    with (CATALOGUE / f"{lang}.toml").open("rb") as file:
        return dict(_flat("", tomllib.load(file)))


def _flat(start: str, table: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
    for key, value in table.items():
        if isinstance(value, str) or ("other" in value and value.keys() <= _PLURALS):
            yield f"{start}{key}", value
        else:
            yield from _flat(f"{start}{key}.", value)


@lru_cache(20_000)
def _num(lang: str, value: float) -> str:
    return format_decimal(value, locale=_LOCALES[lang])


@lru_cache(5_000)
def _pct(lang: str, share: float, digits: int) -> str:
    # Never "100 %" of what is not all, nor "0 %" of what is something.
    least = 10 ** -(digits + 2)
    if 0 < share < 1:
        share = min(max(share, least), 1 - least)
    number = f"0.{'0' * digits}" if digits else "0"
    return format_percent(share, f"{number}{_PERCENT[lang]}", locale=_LOCALES[lang])


@lru_cache(20_000)
def _day(lang: str, at: str, short: bool) -> str:
    return format_date(date.fromisoformat(at), (_SHORT_DAYS if short else _DAYS)[lang], locale=_LOCALES[lang])


@lru_cache(1_000)
def _month(lang: str, month: str) -> str:
    return format_date(date.fromisoformat(f"{month}-01"), _MONTHS[lang], locale=_LOCALES[lang])


@lru_cache(5_000)
def _listed(lang: str, things: tuple[str, ...]) -> str:
    # British style for English, as the rest of the atlas: no comma before "and".
    return format_list(things, locale="en_GB" if lang == "en" else _LOCALES[lang])
