"""What a question may be asked for, and how people write it. A word that means nothing is refused:
no agreement stands under it, and an answer of zero would be false."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ...errors import AskedError
from ..text import MODELS, STATE_NAMES, STATES, evened

BASES = ("listed", "in-force")
GROWTH = ("month", "state", "model")
KINDS = ("participating", "pending")
STATUSES = ("active", "pending", "not_on_latest", "superseded", "removed", "applied", "unlisted")


def day(value: date | str) -> date:
    """A day, of a date or of YYYY-MM-DD; raises AskedError."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise AskedError(f"{value!r} is not a day", remedy="write YYYY-MM-DD") from None


def state(value: str) -> str:
    """The postal code of a state or territory, by code or name in any case; raises AskedError."""
    code: str = STATES.get(evened(value), value.strip().upper())
    if code not in STATE_NAMES:
        raise AskedError(
            f"{value!r} is no state or territory", remedy="write its postal code, such as FL, or its name"
        )
    return code


def one_of(value: str, what: str, known: Collection[str]) -> str:
    """The value, if it is one of those known; raises AskedError."""
    if value not in known:
        raise AskedError(f"{value!r} is no {what}", remedy=f"write one of {', '.join(known)}")
    return value


def model(value: str) -> str:
    """A support model (jem, tfm, wso, hybrid); raises AskedError."""
    return one_of(value, "support model", MODELS)
