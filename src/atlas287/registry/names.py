"""Agency names: the form in which two spellings of one body agree, and what kind it is.

``name_key`` folds only what cannot tell two bodies apart: case, quotes, the ways of writing
"department", and a sheriff's office, department or bare title (a county has one sheriff).
Everything that can (a borough against a township, a police department against a sheriff, a
board against a department, a precinct's number) stays in the key.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from .words import STATE_NAMES, evened

_WORD = re.compile(r"[a-z0-9&]+(?:'[a-z]+)?")
_ABBREVIATION = {
    "dept": "department", "depts": "department", "dep't": "department", "co": "county", "cnty": "county",
    "twp": "township", "twnshp": "township", "univ": "university", "pct": "precinct", "prec": "precinct",
    "st": "saint", "ste": "sainte", "ft": "fort", "atty": "attorney", "gen": "general", "&": "and",
    "dist": "district", "div": "division", "auth": "authority", "comm": "commission", "corr": "corrections",
    "bocc": "board of county commissioners", "dps": "department of public safety",
    "doc": "department of corrections", "pd": "police", "so": "sheriff", "boro": "borough",
    "correction": "corrections", "districts": "district", "nat'l": "national",
}  # fmt: skip
#: Phrases that say the same once abbreviations are written out. Order matters.
_PHRASES = (
    (re.compile(r"\bboard of commissioners\b"), "board of county commissioners"),
    (re.compile(r"\bpolice (services )?department\b"), "police"),
    (re.compile(r"\bsheriffs? (office|department)\b"), "sheriff"),
    (re.compile(r"\bsheriffs\b"), "sheriff"),
    (re.compile(r"\bconstables?'? (office|department)\b"), "constable"),
    (re.compile(r"\bconstables\b"), "constable"),
    (re.compile(r"\bmarshals? (office|department)\b"), "marshal"),
    (re.compile(r"\battorneys? office\b"), "attorney"),
    (re.compile(r"\bprosecutors? office\b"), "prosecutor"),
)
_PARENTHESES = re.compile(r"\((addendum|amended|renewal|mou|moa)\)")
_OF_THE_STATE = frozenset({"department", "office", "division", "bureau", "commission", "highway", "attorney"})
_PREFIX = re.compile(r"^city of (?=\w+.* police\b)")


@cache
def name_key(printed: str, state: str) -> str:
    """The form of an agency's name in which typographic variants agree.

    A leading own-state name (or postal code) goes where a body of the state follows
    ("Alaska Department of Corrections" is Alaska's "Department of Corrections").
    """
    text = _PARENTHESES.sub(" ", evened(unicodedata.normalize("NFKC", printed)))
    text = _without_last_state(text, state)
    words = [
        w.replace("'s", "s").replace("'", "") if w not in _ABBREVIATION else w for w in _WORD.findall(text)
    ]
    words = [_common_word(w) for w in _without_state(words, state)]
    key = " ".join(_ABBREVIATION.get(w, w) for w in words)
    for phrase, plain in _PHRASES:
        key = phrase.sub(plain, key)
    return _PREFIX.sub("", key)


def _without_state(words: list[str], state: str) -> list[str]:
    own = STATE_NAMES.get(state, "").lower().split()
    for prefix in ([*own], [state.lower()], ["cnmi"] if state == "MP" else ["\0"]):
        rest = words[len(prefix) :]
        if (
            prefix
            and words[: len(prefix)] == prefix
            and rest
            and _ABBREVIATION.get(rest[0], rest[0]) in _OF_THE_STATE
        ):
            return rest
    return words


def _without_last_state(text: str, state: str) -> str:
    """ "arnaudville police department, la" in Louisiana without its last word."""
    head, comma, last = text.rpartition(",")
    own = {state.lower(), STATE_NAMES.get(state, "").lower()}
    return head if comma and head.strip() and last.strip(" .") in own else text


_COMMON = ("county", "sheriff", "sheriffs", "police", "department", "constable", "constables", "township",
           "borough", "commissioners", "corrections", "district", "office")  # fmt: skip
_NOT_COMMON = frozenset({"country", "counts", "officer", "offices", "policy", "sheriff", "districts"})


@cache
def _common_word(word: str) -> str:
    """A common word of agency names for one misspelling of it (``departent``, ``counry``)."""
    if len(word) < 5 or word in _COMMON or word in _NOT_COMMON:
        return word
    near = [
        w for w in _COMMON if OSA.distance(word, w) <= (2 if len(w) >= 9 or w.startswith("sheriff") else 1)
    ]
    return near[0] if len(near) == 1 or (near and len({w.rstrip("s") for w in near}) == 1) else word


#: Kinds that are never merged with one another, by the words that tell them. First match wins.
_KINDS = (
    ("board", re.compile(r"\b(board|commissioners|trustees|county of|city of)\b")),
    ("attorney", re.compile(r"\b(attorney|prosecutor)\b")),
    ("constable", re.compile(r"\bconst(able|bale)s?\b")),
    ("marshal", re.compile(r"\bmarshal\b")),
    ("sheriff", re.compile(r"\bsherr?iff?s?\b")),
    ("jail", re.compile(r"\b(jail|prison|detention|correctional|corrections|rehabilitation)\b")),
    ("state police", re.compile(r"\b(state (police|patrol|trooper)|highway patrol|highway state patrol)\b")),
    ("police", re.compile(r"\b(police|public safety)\b")),
    ("guard", re.compile(r"\bguard\b")),
)


@cache
def kind_of(key: str) -> str:
    """What kind of body a key names: ``sheriff``, ``police``, ``board`` … or ``other``."""
    return next((kind for kind, words in _KINDS if words.search(key)), "other")


#: Words that name a kind or a place's kind, and so do not tell one body from another.
_GENERIC = frozenset(
    """
    county parish borough city town village township of the and for sheriff police department office
    constable marshal public safety division state district attorney board commissioners
    """.split()
)


#: Kinds of place: a township is not the borough of its name.
PLACES = frozenset("county parish borough city town village township".split())
_FORMS = _GENERIC - PLACES
_TELLERS = frozenset(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
    one two three four five six seven eight nine ten ii iii iv vi vii viii ix
    north south east west northern southern eastern western northeast northwest southeast southwest
    central upper lower
    """.split()
)
#: From this likeness (of 100) on, what differs in two names is one word misspelt.
ONE_WORD = 60


@cache
def stem(key: str) -> str:
    """The words of a key that tell one body from another of its kind: ``lampasas``."""
    own = [w for w in key.split() if w not in _GENERIC]
    return " ".join(own) or key


@cache
def place_of(key: str) -> str | None:
    """The county that a key names ("frederick county sheriff" → ``frederick county``)."""
    found = re.match(r"(.+?) (county|parish|borough)\b", key)
    return f"{found[1]} {found[2]}" if found else None


def likeness(key: str, other: str) -> float:
    """0 to 100: how alike the telling words of two keys are, in any order."""
    a, b = stem(key), stem(other)
    return max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))


def misspelt(key: str, other: str) -> bool:
    """Whether the telling words that differ are spellings of one another.

    A word more is no misspelling: Indian Shores and Indian River Shores are two towns.
    """
    a, b = Counter(stem(key).split()), Counter(stem(other).split())
    ours, theirs = (
        "".join(w for w in stem(k).split() if w in more) for k, more in ((key, a - b), (other, b - a))
    )
    return fuzz.ratio(ours, theirs) >= ONE_WORD


def longer_form(key: str, other: str, state: str) -> bool:
    """Whether one key is the other with words added that tell nothing: the state, "office"."""
    a, b = set(key.split()), set(other.split())
    plain = _FORMS | set(STATE_NAMES.get(state, "").lower().split())
    return (a <= b or b <= a) and a ^ b <= plain


@cache
def tellers(key: str) -> tuple[str, ...]:
    """The words of a key by which bodies of like name are told apart: numbers, ordinals,
    points of the compass ("university of west florida")."""
    return tuple(sorted(w for w in key.split() if w in _TELLERS or any(c.isdigit() for c in w)))


def slug(key: str) -> str:
    """A key as it stands in an id: ``frederick-county-sheriff``."""
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
