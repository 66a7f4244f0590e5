"""Text, states and models: the plain facts that reading and answering both need.

Imports nothing heavy: answers are given in milliseconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA",
    "colorado": "CO", "connecticut": "CT", "delaware": "DE", "district of columbia": "DC",
    "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
    "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
    "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR",
    "pennsylvania": "PA", "rhode island": "RI", "south carolina": "SC", "south dakota": "SD",
    "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA",
    "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
    "american samoa": "AS", "guam": "GU", "northern mariana islands": "MP", "puerto rico": "PR",
    "u.s. virgin islands": "VI",
}  # fmt: skip

#: Counted apart from the states. The District of Columbia counts with the states' bodies of
#: law here only if ICE ever lists it; it is neither a state nor a territory of this set.
TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})
STATE_NAMES = {code: name.title().replace(" Of ", " of ") for name, code in STATES.items()}

MODELS = {"jem": "Jail Enforcement Model", "tfm": "Task Force Model", "wso": "Warrant Service Officer",
          "hybrid": "Jail Enforcement and Task Force (hybrid)"}  # fmt: skip

#: Of what an agency is the law: the reach of its jurisdiction.
LEVELS = ("State", "County", "Municipal", "Regional", "Campus", "Port", "Constable District",
          "Judicial District", "Tribal")  # fmt: skip

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
)
_SPACE = re.compile(r"\s+")


def evened(text: str) -> str:
    """``text`` with case, space and quotes evened: how two cells are told to say the same."""
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip().casefold()


def tidy(text: str) -> str:
    """``text`` fit to show: quotes and space evened, case as printed."""
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip()


def commonest(values: Iterable[str | None]) -> str | None:
    """The value that occurs most (of equals, the first by alphabet), blanks left out."""
    counts = Counter(filter(None, values))
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None
