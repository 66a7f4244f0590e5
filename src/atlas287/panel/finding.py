"""Finding what people name: agencies by any spelling a list printed, counties, states."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..registry.text import STATE_NAMES, evened
from .world import County

#: Kinds of things, in the order in which those that fit equally well are told.
KINDS = ("state", "agency", "county")
_UNFIT = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: what it is, its id, name and state, and the words it goes by."""

    kind: str
    id: str
    name: str
    state: str
    spellings: tuple[str, ...]  # plain
    active: bool  # an agency with an agreement on the newest list


def plain(text: str) -> str:
    """Text evened, and without accents, for not every keyboard has them; ``search.js`` does the same."""
    return "".join(c for c in unicodedata.normalize("NFD", evened(text)) if not unicodedata.combining(c))


def entries(db: sqlite3.Connection, counties: Iterable[County]) -> list[Entry]:
    """Everything that can be found, states first."""
    found = [
        Entry("state", code, name, code, (plain(name), code.lower()), False)
        for code, name in STATE_NAMES.items()
    ]
    spellings: dict[str, list[str]] = {}
    for agency_id, printed in db.execute(
        "SELECT a.agency_id, n.printed FROM agency_name n JOIN agency a USING (agency_no) ORDER BY n.rowid"
    ):
        spellings.setdefault(agency_id, []).append(plain(printed))
    found += [
        Entry(
            "agency", own, name, state, tuple(dict.fromkeys(spellings.get(own, [plain(name)]))),
            status == "active",
        )
        for own, name, state, status in db.execute(
            "SELECT agency_id, name, state, status FROM agency ORDER BY state, name, agency_id"
        )
    ]  # fmt: skip
    return found + [Entry("county", c.fips, c.name, c.state, (plain(c.name),), False) for c in counties]


def search(among: Sequence[Entry], text: str, limit: int = 50) -> list[dict[str, Any]]:
    """What goes by these words, the best first.

    Every word must begin a word of the name, or name the state (``frederick md``). Names that are
    just the words go first, then those that begin with them, those that have them as whole words, and
    the others; of equals states before agencies before counties, and agencies on the newest list before
    other agencies.

    Returns:
        ``kind`` (state, agency, county), ``id``, ``name``, ``state``, ``active``.
    """
    asked = plain(text)
    words = _words(asked)
    if not words:
        return []
    ranked: list[tuple[tuple[int, int, bool, str, str], Entry]] = []
    for entry in among:
        rank = min((_rank(entry, name, asked, words) for name in entry.spellings), default=_UNFIT)
        if rank < _UNFIT:
            ranked.append(((rank, KINDS.index(entry.kind), not entry.active, entry.name, entry.state), entry))
    ranked.sort(key=lambda pair: pair[0])
    return [
        {"kind": e.kind, "id": e.id, "name": e.name, "state": e.state, "active": e.active}
        for _, e in ranked[:limit]
    ]


def _rank(entry: Entry, name: str, asked: str, words: Sequence[str]) -> int:
    """How well a name fits: 0 is just what was asked, :data:`_UNFIT` not at all."""
    if name == asked:
        return 0
    own = _words(name)
    where = {entry.state.lower(), *_words(plain(STATE_NAMES[entry.state]))}
    left = [w for w in words if not any(o.startswith(w) for o in own)]
    if len(left) == len(words) or (left and entry.kind == "state") or any(w not in where for w in left):
        return _UNFIT
    said = [w for w in words if w not in left]
    if own[: len(said)] == said:
        return 1
    if all(w in own for w in said):
        return 2
    return 3 if own[0].startswith(said[0]) else 4


def _words(text: str) -> list[str]:
    return [w.removesuffix("'s") for w in re.findall(r"[\w']+", text)]
