"""Agencies: the table of them, and finding one by what people call it."""

from __future__ import annotations

import difflib
import re
import sqlite3
from collections.abc import Callable
from typing import Any

from ...errors import AmbiguousError, NotFoundError
from ..text import evened
from .identity import identities

_COLUMNS = (
    "agency_no, agency_id, name, state, kind, type, county, status, models, first_signed, first_listed, "
    "last_listed, first_pending, last_pending"
)


def agencies(
    db: sqlite3.Connection, state: str | None = None, status: str | None = None, model: str | None = None
) -> list[dict[str, Any]]:
    """Every agency that a list or another source names, or those of a state, status or active model.

    Returns:
        ``agency_id``, ``name``, ``state``, ``kind``, ``type``, ``county``, ``status``,
        ``models`` (of its active agreements), ``first_signed``, ``first_listed``,
        ``last_listed``, ``first_pending``, ``last_pending``, and who and where it is:
        see :func:`identity.identities`.
    """
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM agency WHERE (? IS NULL OR state = ?) AND (? IS NULL OR status = ?) "
        "AND (? IS NULL OR ',' || models || ',' LIKE '%,' || ? || ',%') ORDER BY state, name, agency_id",
        (state, state, status, status, model, model),
    )
    who = identities(db)
    return [
        {
            **{column: r[column] for column in r.keys() if column != "agency_no"},  # noqa: SIM118
            "models": [m for m in r["models"].split(",") if m],
            **who[r["agency_no"]],
        }
        for r in rows
    ]


def find(db: sqlite3.Connection, asked: str, state: str | None = None) -> sqlite3.Row:
    """The one agency that goes by an id, a spelling that any list printed, or these words.

    Of names that fit, those that say just this go before those that begin with it, and those
    before names that hold its words ("Jacksonville" is the sheriff's office, not the state
    college at Jacksonville).

    Raises:
        AmbiguousError: several agencies fit; the message lists them.
        NotFoundError: none does; the message names the nearest.
    """
    by_id = db.execute(
        "SELECT * FROM agency WHERE agency_id IN (?1, (SELECT id FROM redirect WHERE old_id = ?1))",
        (asked.strip().lower(),),
    ).fetchall()
    if len(by_id) == 1 and state in (None, by_id[0]["state"]):
        return by_id[0]  # type: ignore[no-any-return]
    names = db.execute(
        "SELECT n.printed, a.* FROM agency_name n JOIN agency a USING (agency_no) "
        "WHERE ? IS NULL OR a.state = ?",
        (state, state),
    ).fetchall()
    wanted = evened(asked)
    words = _words(wanted)
    # A full spelling goes before names that begin so, and those before names that hold the words.
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: name == wanted,
        lambda name: name.startswith(f"{wanted} "),
        lambda name: bool(words) and words <= _words(name),
    )
    fits: dict[int, sqlite3.Row] = {}
    for test in tests:
        fits = fits or {r["agency_no"]: r for r in names if test(evened(r["printed"]))}
    if len(fits) == 1:
        return next(iter(fits.values()))
    where = f" in {state}" if state else ""
    if fits:
        rows = sorted(fits.values(), key=lambda r: str(r["agency_id"]))
        told = "\n".join(f"    {r['agency_id']:<48} {r['name']}, {r['state']}" for r in rows)
        raise AmbiguousError(
            f"{len(fits)} agencies fit {asked!r}{where}:\n{told}",
            remedy="name one by its id, or add --state",
            candidates=tuple({k: r[k] for k in ("agency_id", "name", "state")} for r in rows),
        )
    near = difflib.get_close_matches(wanted, {evened(r["printed"]): 0 for r in names}, n=3, cutoff=0.6)
    hint = f"did you mean {', '.join(repr(n) for n in near)}?" if near else "see `atlas287 agencies`"
    raise NotFoundError(f"no list ever printed an agency {asked!r}{where}", remedy=hint)


def _words(name: str) -> set[str]:
    return {w.removesuffix("'s") for w in re.findall(r"[a-z0-9']+", name)} - {"the", "of", "and", ""}
