"""What the list gained and lost between two days."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from ..text import STATE_NAMES, TERRITORIES
from .newest import list_on, told, with_newest


def changes(db: sqlite3.Connection, start: date, end: date, state: str | None = None) -> dict[str, Any]:
    """Compare the newest lists at the ends of two days, agreement by agreement.

    Only the two lists are compared: what came and went between them does not show (see the
    events of an agency for that).

    Returns:
        ``from`` and ``to`` (the two lists), ``before`` and ``after`` (agreements on them),
        ``listed``, ``removed``, ``resigned``, ``switched``, ``redated``, ``renamed`` (rows),
        ``sentence`` to quote, ``newest_list``.

    Raises:
        NoListError: no list is held for one of the days.
    """
    if end < start:
        start, end = end, start
    old, new = list_on(db, start), list_on(db, end)
    before, after = _standing(db, old, state), _standing(db, new, state)
    gone = {no: a for no, a in before.items() if no not in after}
    come = {no: a for no, a in after.items() if no not in before}
    resigned = _pairs(gone, come, _signed_anew(db))
    switched = _pairs(gone, come, _switched(db))
    both, moved = sorted(before.keys() & after.keys()), _redated(db, old["list_no"], new["list_no"])
    answer = {
        "from": told(old),
        "to": told(new),
        **({"state": state} if state else {}),
        "before": len(before),
        "after": len(after),
        "listed": _rows(come),
        "removed": _rows(gone),
        "resigned": resigned,
        "switched": switched,
        "redated": [
            {**_row(after[n]), "was_printed": before[n]["printed_day"], "is_printed": after[n]["printed_day"]}
            for n in both
            if n in moved
        ],
        "renamed": _renamed(before, after),
    }
    answer["sentence"] = _sentence(answer, after, state)
    return with_newest(db, answer)


Agreement = dict[str, Any]
Standing = dict[int, Agreement]


def _standing(db: sqlite3.Connection, on: sqlite3.Row, state: str | None) -> Standing:
    rows = db.execute(
        "SELECT * FROM standing WHERE first_list <= ? AND last_list >= ? AND (? IS NULL OR state = ?)",
        (on["list_no"], on["list_no"], state, state),
    )
    return {r["agreement_no"]: dict(r) for r in rows}


def _redated(db: sqlite3.Connection, old: int, new: int) -> set[int]:
    """Agreements that have another day on list ``new`` than on list ``old`` (not other words for it)."""
    days: dict[int, list[str | None]] = defaultdict(list)
    for no, was, now in db.execute(
        "SELECT agreement_no, old, new FROM redating WHERE list_no > ? AND list_no <= ? ORDER BY list_no",
        (old, new),
    ):
        days[no] += [was, now]
    return {no for no, seen in days.items() if seen[0] != seen[-1]}


def _row(a: dict[str, Any]) -> dict[str, Any]:
    return {k: a[k] for k in ("agreement_id", "agency_id", "name", "state", "model", "signed_on", "status")}


def _rows(standing: Standing) -> list[dict[str, Any]]:
    return sorted(
        (_row(a) for a in standing.values()),
        key=lambda r: (r["state"], r["name"], r["model"], r["agreement_id"]),
    )


def _pairs(
    gone: Standing, come: Standing, follows: Callable[[Agreement, Agreement], bool]
) -> list[dict[str, Any]]:
    """Take out of ``gone`` and ``come`` what one agency gave up for another of its own."""
    of_agency: dict[str, list[int]] = defaultdict(list)
    for no, a in come.items():
        of_agency[a["agency_id"]].append(no)
    out = []
    for no, a in sorted(gone.items()):
        heir = next((n for n in of_agency[a["agency_id"]] if n in come and follows(a, come[n])), None)
        if heir is not None:
            out.append({**_row(come.pop(heir)), "was": a["agreement_id"], "was_model": a["model"]})
            del gone[no]
    return out


def _signed_anew(db: sqlite3.Connection) -> Callable[[Agreement, Agreement], bool]:
    """Whether the register has the second agreement supersede the first, at one remove or more."""
    heirs = dict(
        db.execute("SELECT agreement_no, superseded_by FROM agreement WHERE superseded_by IS NOT NULL")
    )

    def follows(a: Agreement, b: Agreement) -> bool:
        no = a["agreement_no"]
        while no is not None and no != b["agreement_no"]:
            no = heirs.get(no)
        return no is not None

    return follows


def _switched(db: sqlite3.Connection) -> Callable[[Agreement, Agreement], bool]:
    """Whether the register has the second agreement begin as the first one's model was dropped."""
    switches = dict(db.execute("SELECT agreement_no, detail FROM event WHERE kind = 'switched'"))
    return lambda a, b: a["model"] in switches.get(b["agreement_no"], "").split(" → ")[0].split(", ")


def _renamed(before: Standing, after: Standing) -> list[dict[str, Any]]:
    names: list[dict[str, set[str]]] = [defaultdict(set), defaultdict(set)]
    shown: dict[str, dict[str, Any]] = {}
    for side, standing in enumerate((before, after)):
        for a in standing.values():
            names[side][a["agency_id"]].add(" ".join(a["printed_name"].split()))
            shown[a["agency_id"]] = a
    return [
        {
            "agency_id": agency,
            "state": shown[agency]["state"],
            "was_printed": sorted(names[0][agency]),
            "is_printed": sorted(names[1][agency]),
        }
        for agency in sorted(names[0].keys() & names[1].keys())
        if not names[0][agency] & names[1][agency]
    ]


def _sentence(answer: dict[str, Any], after: Standing, state: str | None) -> str:
    old, new = _words(answer["from"]["at"]), _words(answer["to"]["at"])
    parts = [_were(len(answer["listed"]), "added"), _were(len(answer["removed"]), "removed")]
    if answer["resigned"]:
        parts.append(_were(len(answer["resigned"]), "signed anew"))
    if switched := len(answer["switched"]):
        parts.append(f"{switched:,} {'agency' if switched == 1 else 'agencies'} switched model")
    where = f" in {STATE_NAMES.get(state, state)}" if state else _where(after)
    return (
        f"Between ICE's lists of {old} and {new}, {', '.join(parts[:-1])} and {parts[-1]}; "
        f"the number went from {answer['before']:,} to {answer['after']:,}{where}."
    )


def _were(n: int, done: str) -> str:
    return f"{n:,} agreement was {done}" if n == 1 else f"{n:,} agreements were {done}"


def _where(after: Standing) -> str:
    found = {a["state"] for a in after.values()}
    territories = [STATE_NAMES[s] for s in sorted(found & TERRITORIES)]
    states = len(found - TERRITORIES)
    named = [
        f"{states} state{'s' * (states != 1)}",
        *(("the " if "Islands" in t else "") + t for t in territories),
    ]
    return " in " + (f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0])


def _words(at: str) -> str:
    day = date.fromisoformat(at[:10])
    return f"{day.day} {day:%B %Y}"
