"""Counties by name: which a state has, and which FIPS code a name means there.

A county is any county equivalent: parish, borough, census area, municipality, independent
city. Names agree whatever their case, quotes, spaces and "Saint" (``St. Mary's``, ``De
Kalb``, ``LaSalle``); what is misspelt is told from what names another county.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .names import name_key, place_of
from .text import evened

#: Words after a county's name that say what kind of county it is, "county" in any spelling.
_KIND = re.compile(
    r" (co?u?n?t?e?y|co?unt?|parish|city and borough|borough|census area|municipality|municipio)$"
)
_SAINT = re.compile(r"\b(st|ste|saint|sainte)\b\.? ?")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
#: Connecticut's planning regions that lie within one of its eight counties. The FBI prints
#: regions; the others cross county lines and tell no county.
_REGIONS = {
    ("CT", "greaterbridgeportplanningregion"): "09001",
    ("CT", "southcentralconnecticutplanningregion"): "09009",
}
#: Counties renamed in 2015: each name leads to the other, whichever a table of counties holds.
_RENAMED = {
    ("SD", "oglalalakota"): "shannon",
    ("SD", "shannon"): "oglalalakota",
    ("AK", "kusilvak"): "wadehampton",
    ("AK", "wadehampton"): "kusilvak",
}


def county_word(printed: str) -> str:
    """The form in which two spellings of one county's name agree: ``saintmarys``, ``dekalb``.

    An independent city keeps its last word: ``richmondcity`` is not Richmond County.
    """
    if printed.isascii():
        text = " ".join(printed.lower().split())
    else:
        text = unicodedata.normalize("NFKD", evened(printed)).encode("ascii", "ignore").decode()
    text = _KIND.sub("", text.rstrip(" .,")) if not text.endswith(" county") else text[: -len(" county")]
    if text.isalpha():
        return text
    return _NOT_LETTERS.sub("", _SAINT.sub("saint", text))


class Counties:
    """Every county, by state and name.

    ``Counties.read(path)`` reads a table with columns ``fips``, ``state`` and ``name``.
    """

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        self.names = {fips: name for fips, _, name in rows}
        self.states = {fips: state for fips, state, _ in rows}
        self._by_state: dict[str, list[tuple[str, str]]] = {}
        for fips, state, name in rows:
            self._by_state.setdefault(state, []).append((fips, name))
        self._words: dict[str, dict[str, str]] = {}
        self._known: dict[tuple[str, str], str | None] = {}
        self._guessed: dict[tuple[str, str], str | None] = {}

    @classmethod
    def read(cls, path: Path) -> Counties:
        return cls(pl.read_parquet(path, columns=["fips", "state", "name"]).rows())

    def _of(self, state: str) -> dict[str, str]:
        """By word, the FIPS codes of a state's counties."""
        if state not in self._words:
            words = {county_word(name): fips for fips, name in self._by_state.get(state, ())}
            # "Hopewell" alone is the independent city, where no county bears the name.
            for fips, name in self._by_state.get(state, ()):
                if name.lower().endswith(" city"):
                    words.setdefault(county_word(name[: -len(" city")]), fips)
            self._words[state] = words
        return self._words[state]

    def fips(self, state: str, printed: str) -> str | None:
        """The county that goes by this very name in a state, if one does."""
        key = state, printed
        if key not in self._known:
            word, words = county_word(printed), self._of(state)
            renamed = _RENAMED.get((state, word), word.removesuffix("city"))
            self._known[key] = words.get(word) or _REGIONS.get((state, word)) or words.get(renamed)
        return self._known[key]

    def near(self, state: str, printed: str) -> str | None:
        """The county whose name this can only be a misspelling of: within one or two letters
        of it (by length), and no other within one letter more."""
        key = state, printed
        if key not in self._guessed:
            self._guessed[key] = self._near(state, county_word(printed))
        return self._guessed[key]

    def _near(self, state: str, word: str) -> str | None:
        reach = 1 if len(word) < 6 else 2
        words = self._of(state)
        found = process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=reach + 1, limit=None)
        nearest: dict[str, float] = {}
        for name, distance, _ in found:
            nearest[words[name]] = min(distance, nearest.get(words[name], distance))
        ranked = sorted(nearest.items(), key=lambda item: item[1])
        if not ranked or ranked[0][1] > reach or len(word) <= 3:
            return None
        if len(ranked) > 1 and ranked[1][1] <= ranked[0][1] + 1:
            return None
        return ranked[0][0]


def county_test(counties: Path) -> Callable[[str, str | None], bool]:
    """A test of (postal code, county as a name key has it) against the Census Bureau's list."""
    by_state: dict[str, list[str]] = {}
    for state, name in pl.read_parquet(counties, columns=["state", "name"]).iter_rows():
        by_state.setdefault(state, []).append(name)

    @cache
    def of(state: str) -> frozenset[str | None]:
        return frozenset(place_of(name_key(f"{name} Sheriff", state)) for name in by_state.get(state, ()))

    return lambda state, place: place is not None and place in of(state)
