"""ICE's words for states, support models and agency types, and how each was read.

Every reader returns ``(value, rule)``. The value is None where no reading, or more than
one, is left; the row is then quarantined or the field left open, never guessed. Rules:
``exact`` (the word as the table has it), ``evened`` (case, space, quotes), ``spelling``
(the one word within reach of a typing error), ``verdict`` (a row of
``corrections/words.csv``).
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .text import MODELS, STATE_NAMES, STATES, TERRITORIES, evened, tidy

#: Other ways to write a jurisdiction that are words of their own, not misspellings.
STATE_WORDS = {
    "commonwealth of the northern mariana islands": "MP",
    "cnmi": "MP",
    "us virgin islands": "VI",
    "virgin islands": "VI",
    "washington dc": "DC",
    "washington d.c.": "DC",
}
MODEL_WORDS = {
    "jail enforcement model": "jem", "jail enforcement officer": "jem", "jail enforcement": "jem",
    "detention": "jem", "jem": "jem", "jail model": "jem",
    "task force model": "tfm", "task force officer": "tfm", "task force": "tfm", "tfm": "tfm", "tfo": "tfm",
    "warrant service officer": "wso", "warrant service officer model": "wso", "warrant service model": "wso",
    "warrant service officer program": "wso", "wso": "wso",
    "jail enforcement / task force": "hybrid", "task force / detention": "hybrid", "hybrid": "hybrid",
    "detention and task force": "hybrid", "jail enforcement and task force": "hybrid",
    "joint": "hybrid",
}  # fmt: skip

TYPE_WORDS = {
    "county": "County",
    "municipality": "Municipality",
    "municipal": "Municipality",
    "state agency": "State Agency",
    "state": "State Agency",
    "tribal": "Tribal",
    "university": "University",
}
#: Ways in which a spreadsheet says "nothing here".
NOTHING = frozenset({"", "#n/a", "#na", "n/a", "na", "none", "-", "#ref!", "#value!", "null", "tbd"})

_SHORT_FORM = re.compile(r" ?\((jem|tfm|wso)\)$")


@cache
def state_code(printed: str) -> tuple[str | None, str]:
    """The postal code of a state, district or territory as ICE printed it, and the rule."""
    word = evened(printed).rstrip(".,")
    if word in NOTHING:
        return None, "blank"
    known = (
        STATES.get(word) or STATE_WORDS.get(word) or (word.upper() if word.upper() in STATE_NAMES else None)
    )
    if known:
        return known, "exact" if printed.isupper() and printed == printed.strip() else "evened"
    return _near(word, STATES)


@cache
def model_code(printed: str) -> tuple[str | None, str]:
    """The support model that ICE printed, as ``jem``, ``tfm``, ``wso`` or ``hybrid``."""
    word = evened(printed)
    if word in NOTHING:
        return None, "blank"
    if word in MODEL_WORDS:
        return MODEL_WORDS[word], "exact" if printed == MODELS[MODEL_WORDS[word]] else "evened"
    without_short_form = _SHORT_FORM.sub("", word)
    if without_short_form in MODEL_WORDS:
        return MODEL_WORDS[without_short_form], "evened"
    return _near(word, MODEL_WORDS)


@cache
def agency_type(printed: str) -> tuple[str | None, str]:
    """ICE's TYPE as ``County``, ``Municipality``, ``State Agency`` … or None."""
    word = evened(printed)
    if word in NOTHING:
        return None, "blank"
    if word in TYPE_WORDS:
        return TYPE_WORDS[word], "exact" if printed == TYPE_WORDS[word] else "evened"
    return _near(word, TYPE_WORDS)


@cache
def county_name(printed: str) -> str | None:
    """ICE's COUNTY evened, or None where the cell says that there is none."""
    word = evened(printed)
    return None if word in NOTHING else word


def _near(word: str, table: dict[str, str]) -> tuple[str | None, str]:
    """The one entry within typing errors of ``word`` (one to four, by its length), with no
    entry of another meaning nearly as near."""
    reach = 1 if len(word) < 6 else 2 if len(word) < 12 else min(4, len(word) // 5)
    found = process.extract(word, table.keys(), scorer=OSA.distance, score_cutoff=reach + 1, limit=None)
    by_value: dict[str, float] = {}
    for entry, distance, _ in found:
        by_value[table[entry]] = min(distance, by_value.get(table[entry], distance))
    ranked = sorted(by_value.items(), key=lambda item: item[1])
    if not ranked or ranked[0][1] > reach or len(word) < 4:
        return None, "unknown"
    if len(ranked) > 1 and ranked[1][1] <= ranked[0][1] + 1:
        return None, "two readings"
    return ranked[0][0], "spelling"


__all__ = [
    "MODELS",
    "NOTHING",
    "STATES",
    "STATE_NAMES",
    "TERRITORIES",
    "agency_type",
    "county_name",
    "evened",
    "model_code",
    "state_code",
    "tidy",
]
