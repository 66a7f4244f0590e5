"""Names of persons and titles of office: what looks like one."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

_OFFICES = frozenset(
    """
    Sheriff Undersheriff Chief Director Commissioner Colonel Superintendent Warden Marshal Constable
    Administrator Commander Captain Major Lieutenant President Mayor Secretary Jailer Attorney Chairman
    Manager
    """.split()
)
_WITH_OFFICES = frozenset(
    """
    of the and for in Police Public Safety Interim Acting Deputy Assistant Executive Associate Enforcement
    General County City State College University Corrections Operations Senior Special Agent Charge
    """.split()
)
_NO_NAME = _OFFICES | frozenset(
    "Office County Department Police Date Signature Name Title Agency Enforcement Customs Operations".split()
)
_NAME_WORD = re.compile(r"(?:[A-Z]\.){1,3}|[A-Z](?:[a-z'’]+(?:[A-Z][a-z'’]+)?|[A-Z]+)?(?:-[A-Z][a-z]+)?[.,]?")
_PARTICLES = frozenset({"II", "III", "IV", "Jr", "Sr", "de", "la", "del", "van", "von"})


def as_title(text: str) -> str | None:
    """A title of office, if a text is one: an office, words that go with offices; after a comma, anything.

    Such words are few, so one letter misread is set right where only one of them is meant.
    """
    text = re.sub(r"^\W+|[^\w)]+$", "", text)
    head, mark, rest = re.match(r"((?:(?! of (?!Police)|[,.]).)*)( of|[,.]|)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    words = [_known(word) for word in head.split()]
    if not words or None in words or not any(w in _OFFICES for w in words) or len(text) > 80:
        return None
    if re.search(r"['’]s\b|\bOffice\b", rest) or (mark and not rest.strip()):
        return None
    return " ".join(filter(None, words)) + (f"{mark.replace('.', ',')}{rest}" if rest else "")


def _known(word: str) -> str | None:
    if word in _OFFICES or word in _WITH_OFFICES:
        return word
    near = [
        w for w in (*_OFFICES, *_WITH_OFFICES) if len(w) > 4 and OSA.distance(word, w, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 else None


def name_like(text: str) -> bool:
    """Whether a text looks like a person's name: two to six capitalized words, none of them of office."""
    words = text.split()
    if not 2 <= len(words) <= 6 or sum(len(w.strip(".,")) > 2 for w in words) < 1:
        return False
    if any(w.strip(".,:") in _NO_NAME for w in words):
        return False
    if len(words[-1].strip(".,")) < 3 and words[-1].strip(".,") not in _PARTICLES:  # the surname is lost
        return False
    return all(_NAME_WORD.fullmatch(w) or w.strip(",.") in _PARTICLES for w in words)
