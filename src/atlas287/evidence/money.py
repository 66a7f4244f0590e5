"""Who pays: what memoranda say, what ICE and states pay, what counties published of their costs.

``money.csv`` has one row a statement, each dated, with its basis and its source. Amounts are
never added up: they are of other years, other things and other bases, and a county's costs are
whatever it published, not what the program cost it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from ..errors import EvidenceError
from ..registry.questions.newest import newest
from .found import Both
from .rows import ADDRESSES, DAY, FIPS, ID, NUMBER, STATE, TEXT, Row, one_of, read_rows

FILE = Path(__file__).with_name("money.csv")

#: What speaks of the money, in the order in which it is told.
KINDS = {
    "memorandum": Both("What memoranda say", "Lo que dicen los memorandos"),
    "federal": Both("What ICE pays", "Lo que paga ICE"),
    "state": Both("What states pay", "Lo que pagan los estados"),
    "county": Both("What local governments published of their costs", "Lo que publicaron gobiernos locales"),
}

COLUMNS = {
    "id": ID,
    "start": DAY.optional,
    "end": DAY.optional,
    "kind": one_of(KINDS),
    "payer_en": TEXT,
    "payer_es": TEXT,
    "payee_en": TEXT,
    "payee_es": TEXT,
    "state": STATE.optional,
    "fips": FIPS.optional,
    "amount_usd": NUMBER.optional,
    "unit_en": TEXT.optional,
    "unit_es": TEXT.optional,
    "says_en": TEXT,
    "says_es": TEXT,
    "basis_en": TEXT,
    "basis_es": TEXT,
    "source": TEXT,
    "url": ADDRESSES,
    "page": TEXT.optional,
    "read": TEXT,
}


def read_money(path: Path = FILE) -> list[Row]:
    """The rows, as :data:`COLUMNS` declares them, in order of kind and time.

    Raises:
        EvidenceError: a row says what cannot be.
    """
    rows = read_rows(path, COLUMNS, "id")
    for row in rows:
        at = f"{path.name}, line {row['line']}"
        if row["amount_usd"] is not None and not (row["unit_en"] and row["unit_es"]):
            raise EvidenceError(
                f"{at}: an amount without its unit", remedy="say per what or in all in unit_en, unit_es"
            )
        if row["amount_usd"] is not None and row["amount_usd"] < 0:
            raise EvidenceError(
                f"{at}: an amount below nothing", remedy="write what was paid, without a sign"
            )
        if row["start"] and row["end"] and row["end"] < row["start"][: len(row["end"])]:
            raise EvidenceError(f"{at}: it ends before it starts", remedy="change start or end")
    order = list(KINDS)
    return sorted(rows, key=lambda r: (order.index(r["kind"]), r["start"] or "9999", r["id"]))


def money(db: sqlite3.Connection) -> dict[str, Any]:
    """Every statement on who pays, by what makes it.

    Returns:
        ``kinds``: of each kind ``kind``, ``title``, ``title_es`` and ``rows``; ``totals``: why
        there are none; ``newest_list``.
    """
    rows = read_money()
    return {
        "kinds": [
            {
                "kind": kind,
                "title": title.en,
                "title_es": title.es,
                "rows": [row for row in rows if row["kind"] == kind],
            }
            for kind, title in KINDS.items()
        ],
        "totals": "none: the amounts are of other years, other things and other bases",
        "totals_es": "ninguno: los importes son de otros años, otras cosas y otras bases",
        "newest_list": newest(db),
    }
