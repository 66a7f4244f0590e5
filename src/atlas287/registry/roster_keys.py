"""The form in which ICE's names of agencies and the FBI's agree.

ICE prints "Frederick County Sheriff's Office", "Chippewa Township Police Department", the
FBI "Frederick" (type County) and "Chippewa Township" (type City). Both come to a *group*, within
which names may meet, a *key*, the telling words, and a *form*, what only some names say: the
kind of municipality, the number of a precinct. Names of different groups never meet.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .names import kind_of, name_key
from .text import STATE_NAMES


class Key(NamedTuple):
    """Where a name may meet another: ``("police", "chippewa", "township")``."""

    group: str
    key: str
    form: str


#: Kinds and groups of agencies in words.
KINDS = {
    "sheriff": "sheriffs",
    "constable": "constables",
    "attorney": "prosecutors",
    "police": "municipal police",
    "county police": "county police",
    "campus": "campus police",
    "marshal": "marshals",
    "jail": "jails",
    "board": "boards of county commissioners",
}
#: Kinds of municipality that a name may say or leave out.
FORMS = ("township", "borough", "town", "village", "city")
_POLICE = re.compile(
    r"\b(police|(of )?public safety|and security|department|division|services|bureau|special|the)\b"
)
_OF = re.compile(rf"^({'|'.join(FORMS)}) of (.+)")
_LAST = re.compile(rf"(.+) ({'|'.join(FORMS)})$")
_COUNTY = re.compile(r"^(?:metropolitan )?(.+?) (county|parish)\b")
_ITS_COUNTY = re.compile(r", [\w .'-]+ County$")  # "Carroll Township, York County"
_NUMBER = re.compile(
    r"\b(?:precinct|district|ward) (\d+)\b|\b(\d+)(?:st|nd|rd|th) (?:district|precinct|ward)\b"
)
#: Words by which a school, an airport or a seaport is known.
SCHOOL = re.compile(r"\b(university|college|school|schools)\b")
PORT = re.compile(r"\b(airport|aviation|ports? authority|port district|harbor district)\b")
_JOINT = re.compile(r"\b(regional|task force|cooperative|metro police|judicial)\b")
_NO_KEY = frozenset("department of the and at police office headquarters".split())
_NO_SCHOOL = _NO_KEY | frozenset("campus board trustees district public safety".split())
_NO_STATE = _NO_KEY | frozenset("state commonwealth".split())
_STATE_TYPES = frozenset({"State Police", "Other State Agency"})


def joined(words: str) -> str:
    """Words without the gaps: "De Land" and "Deland" are one place, "Cut 'N' Shoot" says "and"."""
    return "".join("and" if w == "n" else "mount" if w == "mt" else w for w in words.split())


@cache
def roster_key(name: str, type_: str | None, state: str) -> Key:
    """Of a name as the FBI prints it, with its type."""
    printed = _ITS_COUNTY.sub("", name.strip().rstrip(":, "))
    key = name_key(printed, state)
    if type_ == "Federal":
        return Key("federal", _sorted(key, _NO_KEY), "")
    if type_ == "Tribal":
        return Key("tribal", _sorted(key, _NO_KEY), "")
    if type_ in _STATE_TYPES and not (kind_of(key) == "attorney" and "general" not in key):
        return Key("state", _of_state(key, state), "")
    if type_ == "University or College":
        return Key("campus", _sorted(key, _NO_SCHOOL), "")
    if re.search(r"\bsheriff\b", key):
        return Key("sheriff", _place(key.replace("sheriff", "")), "")
    if type_ == "County":
        if re.search(r"\b(police|public safety)\b", key):
            return Key("county police", _county(key), "")
        return Key("sheriff", _place(key), "")
    if type_ == "City":
        return _municipal(key)
    return _other(key)


@cache
def atlas_key(key: str, state: str, type_: str | None) -> Key:
    """Of a name key of ours (:func:`names.name_key`), with ICE's TYPE."""
    kind = kind_of(key)
    if kind == "sheriff":
        return Key("sheriff", _place(re.sub(r"\bsherr?iff?s?\b|\boffice\b", "", key)), "")
    if SCHOOL.search(key):
        return Key("campus", _sorted(key, _NO_SCHOOL), "")
    if kind == "constable" or (kind in ("marshal", "attorney") and not _of_the_state(key, state)):
        return _other(key)
    if PORT.search(key):
        return _other(key)
    # What is left of a state's own name ("Texas Department of Public Safety") begins so.
    if kind == "police" and not key.startswith("department of public safety"):
        if _COUNTY.match(key) and not _JOINT.search(key):
            return Key("county police", _county(key), "")
        return _municipal(key)
    if (
        (type_ == "State Agency" and not (_COUNTY.match(key) or _JOINT.search(key)))
        or kind in ("state police", "guard")
        or _of_the_state(key, state)
    ):
        return Key("state", _of_state(key, state), "")
    return _other(key)


def _municipal(key: str) -> Key:
    words = " ".join(_POLICE.sub(" ", key).split()).removesuffix(" of")
    form = ""
    if of := _OF.match(words):
        form, words = of[1], of[2]
    while last := _LAST.match(words):  # "Mahanoy City Borough" is the borough of Mahanoy City
        words, form = last[1], last[2]
    return Key("police", joined(words), form)


def _other(key: str) -> Key:
    kind = kind_of(key)
    if kind == "constable":
        number = _NUMBER.search(key)
        return Key("constable", _county(key), (number[1] or number[2]) if number else "")
    if kind == "attorney" or key == "county detective":
        return Key("attorney", _county(key) if _COUNTY.match(key) else "", "")
    if kind == "marshal" and "fire" not in key:
        return Key("marshal", joined(_LAST.sub(r"\1", key.replace("marshal", "").strip())), "")
    return Key("other", _sorted(key, _NO_KEY), "")


def _county(key: str) -> str:
    found = _COUNTY.match(key)
    return joined(found[1] if found else key)


def _place(words: str) -> str:
    """Of a sheriff: the county's name, or that of a consolidated city ("jacksonville")."""
    found = _COUNTY.match(" ".join(words.split()))
    return joined(found[1] if found else re.sub(r" city$", "", words.strip()))


def _sorted(key: str, without: frozenset[str]) -> str:
    return " ".join(sorted(w for w in key.split() if w not in without))


def _of_state(key: str, state: str) -> str:
    own = frozenset(STATE_NAMES.get(state, "").lower().split())
    return _sorted(key, _NO_STATE | own)


def _of_the_state(key: str, state: str) -> bool:
    name = STATE_NAMES.get(state, "").lower()
    return key.startswith(f"{name} ") or "attorney general" in key or "state fire marshal" in key


def kind_said(name: str) -> str:
    """The kind of agencies that a name is of, in words: ``sheriffs``, ``jails``."""
    kind = kind_of(name)
    if kind == "board" and "commissioners" not in name and "county of" not in name:
        return "other agencies"
    return KINDS.get(kind, "other agencies")
