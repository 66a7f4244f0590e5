"""What every build is held to, and what it has to report, of testimony, signings and spells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .assemble import Assembled
from .check import Check
from .check import promise as _check
from .check import report as _info
from .schema import TABLES, Row


class _Spell(NamedTuple):
    """What is checked of a row of the table ``spell``."""

    agency_no: int
    model: str
    n: int
    starts_from: str | None
    starts_by: str
    ends_from: str | None
    ends_by: str | None
    signed_days: str | None
    undocumented: str | None


_COLUMNS = [c.name for c in TABLES["spell"].columns]
_AT = [_COLUMNS.index(name) for name in _Spell._fields]


def testimony_checks(made: Assembled, tables: Mapping[str, Sequence[Row]]) -> Iterator[Check]:
    """Checks on what was derived from sources other than the lists, and from all of them."""
    told, aside = made.testimony.told, made.testimony.quarantine
    yield _check("testimony", "statements in = read + quarantined", made.statements, len(told) + len(aside))
    spells = [_Spell(*map(row.__getitem__, _AT)) for row in tables["spell"]]
    ids = made.agency_id
    backward = [
        f"{ids[s.agency_no]}/{s.model}/{s.n}"
        for s in spells
        if (s.starts_from or s.starts_by) > s.starts_by
        or (s.ends_by and s.ends_from and not s.starts_by <= s.ends_by >= s.ends_from)
    ]
    yield _check("spell order", "no spell ends before it starts", 0, len(backward), backward)
    signed = {(r[0], r[2]) for r in tables["signing"]}
    lost = sorted(f"{ids[no]} {day}" for no, day in signed - _in_spells(spells))
    yield _info("signings in no spell", "signings that no spell holds", len(lost), lost)
    yield _info(
        "unlisted",
        "agencies that only testimony names",
        len(made.testimony.bodies),
        sorted(ids[n] for n, row in enumerate(tables["agency"]) if row[7] == "unlisted"),
    )
    apart = [f"{ids[r[0]]}: {r[1]}: {r[2]} / {r[3]}" for r in tables["disagreement"]]
    yield _info("disagreements", "sources that contradict each other", len(apart), apart)
    yield _info("idle endings", "verdicts on an end that no spell takes", len(made.past.idle), made.past.idle)
    unshown = [f"{ids[s.agency_no]}/{s.model}: {s.undocumented}" for s in spells if s.undocumented]
    yield _info("continuity", "spells with a stretch that no source covers", len(unshown), unshown)


def _in_spells(spells: Sequence[_Spell]) -> set[tuple[int, str]]:
    return {(s.agency_no, day) for s in spells for day in (s.signed_days or "").split(";") if day}
