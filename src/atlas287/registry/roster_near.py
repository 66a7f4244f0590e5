"""Names of the roster that nearly agree, and the kinds of municipality that may be one.

Letters decide only within a state and a group, in the county where ICE prints one, and only
where one name is far liker than every other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz import fuzz, process

from .roster import Listed, State
from .roster_keys import Key

#: Letters agree from this likeness (of 100) on: within the county, and within the whole state.
ALIKE_HERE, ALIKE = 84, 92
#: The next likest name must be this much less alike.
MARGIN = 10
#: Shorter names have too few letters to tell a misspelling by.
LETTERS = 5
#: Groups whose names are those of places and schools; what bears a county's name is matched by county.
SPELLED = frozenset({"police", "county police", "campus", "other"})


def nearest(key: Key, state: State, counties: Collection[str]) -> tuple[Sequence[Listed], float]:
    """The agencies whose key alone nearly agrees with this one, and how alike it is; none, if
    there is no such key or another is nearly as near.

    Args:
        counties: FIPS codes; only agencies in one of them are asked, if there is one.
    """
    if key.group not in SPELLED or len(key.key) < LETTERS:
        return (), 0.0
    least = ALIKE_HERE if counties else ALIKE
    keys = list(dict.fromkeys(state.keys(key.group)))
    found = process.extract(key.key, keys, scorer=fuzz.ratio, score_cutoff=least - MARGIN, limit=None)
    like = [
        (score, row)
        for word, score, _ in found
        for row in state.called(key.group, word)
        if not counties or not set(row.counties).isdisjoint(counties)
    ]
    if not like or like[0][0] < least:
        return (), 0.0
    best, likest = like[0]
    if any(score > best - MARGIN for score, row in like if row.key != likest.key):
        return (), 0.0
    return [row for _, row in like if row.key == likest.key], best


def nearest_name(key: Key, state: State) -> Listed | None:
    """The agency of the group whose key is likest, however unlike: to show that none is meant."""
    keys = state.keys(key.group)
    if key.group not in SPELLED - {"other"} or not keys:
        return None
    return state.called(key.group, process.extractOne(key.key, keys, scorer=fuzz.ratio)[0])[0]


def by_form(form: str, rows: Sequence[Listed]) -> tuple[list[Listed], str]:
    """Rows whose kind of municipality agrees, and the rule.

    The roster often names a borough, city or village without saying what it is, a township
    never: so a township meets only townships, and a bare name no township.
    """
    same = [r for r in rows if r.form == form]
    if same:
        return same, "exact"
    others = [r for r in rows if "township" not in (form, r.form) and "" in (form, r.form)]
    return (others, "form left out") if len({r.form for r in others}) == 1 else ([], "")
