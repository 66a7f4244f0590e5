"""Ids by the rule of github.com/deportationdata/ice-287g, beside ours, so that tables can be joined."""

from __future__ import annotations

import re
import unicodedata

from ..registry.text import STATE_NAMES

#: Their codes of models; the first wave's jail-and-task-force agreements have one of their own.
MODEL_CODES = {"jem": "JEM", "tfm": "TFM", "wso": "WSO", "hybrid": "JTF"}
#: The words that their rule writes out, or in one form, and what it leaves off.
_WORDS = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"['’‘`´]", ""),  # possessives: "sheriff's" is "sheriffs" …
        (r"&", " and "),
        (r"\bste\b\.?", "sainte"),
        (r"\bst\b\.?", "saint"),
        (r"\bft\b\.?", "fort"),
        (r"\bmt\b\.?", "mount"),
        (r"\b(co|cnty)\b\.?", "county"),
        (r"\bdept\b\.?", "department"),
        (r"\bpd\b", "police department"),
        (r"\btwp\b\.?", "township"),
        (r"\bboro\b\.?", "borough"),
        (r"\buniv\b\.?", "university"),
        (r"\bpct\b\.?", "precinct"),
        (r"[^a-z0-9]+", " "),
        (r"^ ?(city|town|village|borough|township|county) of ", ""),
        (r"\b(sheriff|marshal|constable)s\b", r"\1"),  # … and "sheriffs" is "sheriff"
        (r"\bservices\b", "service"),
        (r"\bcorrections\b", "correction"),
        (r"\bsheriff department\b", "sheriff office"),
    )
)
#: Before these words a leading name of the own state says nothing.
_OF_THE_STATE = frozenset(
    "department state highway office bureau division attorney correction police patrol fish game "
    "wildlife".split()
)


def agency_id(state: str, name: str) -> str:
    """``{STATE}-{slug}``: the agency's name in lower case, possessives gone, spaces to hyphens.

    >>> agency_id("NC", "Alamance County Sheriff's Office")
    'NC-alamance-county-sheriff-office'

    The rule is theirs as their README states it, with the common words their code evens
    (abbreviations written out, "City of" and the own state's name dropped, a sheriff's
    "department" an "office"). Which of an agency's spellings they build it from is their choice;
    here it is the latest.
    """
    plain = unicodedata.normalize("NFKD", name.translate(_QUOTES)).encode("ascii", "ignore").decode()
    text = plain.lower()
    for pattern, form in _WORDS:
        text = pattern.sub(form, text)
    text = " ".join(text.split())
    rest = text.removeprefix(f"{STATE_NAMES.get(state, state).lower()} ")
    if rest.split(" ")[0] in _OF_THE_STATE:
        text = rest
    return f"{state}-{text.replace(' ', '-')}"


def agreement_id(state: str, name: str, model: str, signed: str | None) -> str | None:
    """``{STATE}-{slug}#{MODEL}#{signing day}``; None for an agreement of no known day.

    >>> agreement_id("NC", "Alamance County Sheriff's Office", "jem", "2007-01-10")
    'NC-alamance-county-sheriff-office#JEM#2007-01-10'
    """
    return f"{agency_id(state, name)}#{MODEL_CODES[model]}#{signed}" if signed else None


_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
