"""What others found, study by study, and whether their figures can be put together.

``studies.csv`` holds only what could be read in a text that could be opened, with the place where
it was read; a study whose text gave no figure in that part has a direction and no estimate.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

from ..errors import EvidenceError
from ..registry.questions.newest import newest
from .found import Both
from .pooling import FEWEST, pool
from .rows import ADDRESSES, ID, NUMBER, TEXT, Row, one_of, read_rows

FILE = Path(__file__).with_name("studies.csv")

#: What studies are about, in the order in which they are told.
OUTCOMES = {
    "recorded crime": Both("Recorded crime", "Delitos registrados"),
    "victimization": Both("Victimization", "Victimización"),
    "reporting": Both("Reporting to police", "Denuncias a la policía"),
    "trust": Both("Trust in police", "Confianza en la policía"),
    "enforcement": Both("Enforcement", "Detenciones y arrestos"),
    "cost": Both("Cost", "Costo"),
    "presence": Both("Presence of immigrants and Hispanic people", "Presencia de inmigrantes e hispanos"),
}

#: What a study found: a rise, a fall, no effect, or (``level``) how much there is of something.
DIRECTIONS = ("rise", "fall", "none", "level")

COLUMNS = {
    "id": ID,
    "study": TEXT,
    "year": NUMBER.optional,
    "title": TEXT,
    "publication": TEXT,
    "program": TEXT,
    "design_en": TEXT,
    "design_es": TEXT,
    "period": TEXT.optional,
    "place_en": TEXT,
    "place_es": TEXT,
    "outcome": one_of(OUTCOMES),
    "measure_en": TEXT,
    "measure_es": TEXT,
    "direction": one_of(DIRECTIONS),
    "estimate": NUMBER.optional,
    "low": NUMBER.optional,
    "high": NUMBER.optional,
    "standard_error": NUMBER.optional,
    "unit_en": TEXT.optional,
    "unit_es": TEXT.optional,
    "url": ADDRESSES,
    "page": TEXT,
    "read": TEXT,
}


def read_studies(path: Path = FILE) -> list[Row]:
    """The rows, as :data:`COLUMNS` declares them, in order of outcome, study and measure.

    Raises:
        EvidenceError: a row says what cannot be.
    """
    rows = read_rows(path, COLUMNS, "id")
    for row in rows:
        at = f"{path.name}, line {row['line']}"
        estimate, low, high, error = (row[c] for c in ("estimate", "low", "high", "standard_error"))
        if estimate is not None and not (row["unit_en"] and row["unit_es"]):
            raise EvidenceError(
                f"{at}: an estimate without its unit", remedy="say of what in unit_en, unit_es"
            )
        if estimate is None and not (low is None and high is None and error is None):
            raise EvidenceError(f"{at}: an interval without an estimate", remedy="give the estimate too")
        if (low is None) != (high is None) or (low is not None and not low <= estimate <= high):
            raise EvidenceError(
                f"{at}: the interval does not hold the estimate", remedy="give low and high around it"
            )
        if error is not None and error <= 0:
            raise EvidenceError(
                f"{at}: a standard error of nothing", remedy="leave the cell empty if none is given"
            )
        wrong = {"rise": estimate is not None and estimate < 0, "none": False, "level": False}
        if wrong.get(row["direction"], False):
            raise EvidenceError(f"{at}: a rise with a negative estimate", remedy="change direction or sign")
    order = list(OUTCOMES)
    return sorted(rows, key=lambda r: (order.index(r["outcome"]), r["study"], r["id"]))


def studies(db: sqlite3.Connection) -> dict[str, Any]:
    """What others found, compared by outcome.

    Returns:
        ``outcomes``: of each ``outcome``, ``title``, ``title_es``, ``rows`` and ``pooled``
        (see :func:`compared`); ``figures``: what can be drawn (see :func:`picture`); ``newest_list``.
    """
    return {"outcomes": compared(read_studies()), "figures": picture(), "newest_list": newest(db)}


def compared(rows: list[Row]) -> list[dict[str, Any]]:
    """Rows by outcome, each outcome with what can be put together.

    Figures are comparable if they are of one program, one measure and one unit; they are pooled
    only if at least :data:`pooling.FEWEST` such figures, of different studies, have a standard
    error.

    Returns:
        one dictionary an outcome: ``rows``; ``pooled``, a list with one entry for each group of
        comparable figures that is large enough; ``why_not`` and ``why_not_es``, else None.
    """
    out = []
    for outcome, title in OUTCOMES.items():
        own = [row for row in rows if row["outcome"] == outcome]
        groups: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
        for row in own:
            if row["estimate"] is not None and row["standard_error"] is not None:
                groups[row["program"], row["measure_en"], row["unit_en"]].setdefault(row["study"], row)
        large = {key: list(found.values()) for key, found in groups.items() if len(found) >= FEWEST}
        most = max((len(found) for found in groups.values()), default=0)
        out.append(
            {
                "outcome": outcome,
                "title": title.en,
                "title_es": title.es,
                "rows": own,
                "pooled": [
                    {"program": program, "measure": measure, "unit": unit, **pool(found)}
                    for (program, measure, unit), found in large.items()
                ],
                **_why_not(own, most, bool(large)),
            }
        )
    return out


def _why_not(rows: list[Row], most: int, pooled: bool) -> dict[str, str | None]:
    if pooled:
        return {"why_not": None, "why_not_es": None}
    figures = sum(row["estimate"] is not None for row in rows)
    return {
        "why_not": f"not pooled: {figures} of {len(rows)} rows have a figure, and at most {most} studies "
        f"have comparable figures with a standard error, where {FEWEST} are needed",
        "why_not_es": f"sin combinar: {figures} de {len(rows)} filas tienen cifra, y como máximo {most} "
        f"estudios tienen cifras comparables con error estándar, cuando hacen falta {FEWEST}",
    }


def picture() -> list[dict[str, Any]]:
    """What a picture of the figures is drawn from, one mark a figure: ``outcome``, ``study``,
    ``measure_en``, ``measure_es``, ``unit_en``, ``unit_es``, ``estimate``, ``low``, ``high`` (as
    published; else of 1.96 standard errors, if one is; else None) and ``interval``, which of them.
    Only figures of one unit may share an axis."""
    kept = ("id", "outcome", "study", "program", "measure_en", "measure_es", "unit_en", "unit_es", "estimate")
    return [
        {**{k: row[k] for k in kept}, **_interval(row)}
        for row in read_studies()
        if row["estimate"] is not None
    ]


def _interval(row: Row) -> dict[str, Any]:
    if row["low"] is not None:
        return {"low": row["low"], "high": row["high"], "interval": "as published"}
    if row["standard_error"] is not None:
        reach = 1.96 * row["standard_error"]
        low, high = row["estimate"] - reach, row["estimate"] + reach
        return {"low": low, "high": high, "interval": "1.96 standard errors"}
    return {"low": None, "high": None, "interval": None}
