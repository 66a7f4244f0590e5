"""How a published count that differs from the list's could have arisen, as far as the lists show.

A reading is offered only where it gives the published figure exactly, and never as what happened:
nobody here knows what the author counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..registry.questions.newest import list_on
from ..registry.questions.status import status
from ..registry.text import MODELS
from .found import Both, english_day, spanish_day

#: What a list can be counted by: the answer's key, and its words.
COUNTS = {
    "agreements": Both("agreements", "acuerdos"),
    "rows": Both("rows", "filas"),
    "agencies": Both("agencies by name", "agencias por nombre"),
    "agencies_as_printed": Both("agencies as printed", "agencias tal como están impresas"),
    "agencies_resolved": Both(
        "agencies, once spellings are tied", "agencias, una vez unidas las variantes de un nombre"
    ),
    "states": Both("states", "estados"),
    "territories": Both("territories", "territorios"),
    "places": Both("states and territories", "estados y territorios"),
}

#: The ways to count names.
AGENCIES = ("agencies", "agencies_as_printed", "agencies_resolved")


def counted(answer: dict[str, Any], count: str) -> int | None:
    """One count of an answer of :func:`registry.questions.status.status`; None where it has none."""
    if count == "places":
        return int(answer["states"]) + int(answer["territories"])
    value = answer.get(count)
    return None if value is None else int(value)


def readings(
    db: sqlite3.Connection, on: sqlite3.Row, count: str, figure: float, state: str | None, model: str | None
) -> Iterator[Both]:
    """Ways to count that give ``figure``, where ``count`` on the list ``on`` does not."""
    day = datetime.fromisoformat(on["at"]).date()
    listed = status(db, day, "listed", state, model)
    when = Both(english_day(on["at"]), spanish_day(on["at"]))
    for other, words in COUNTS.items():
        if other not in (count, "rows") and counted(listed, other) == figure:
            yield Both(
                f"the same list, of {when.en}, has {figure:,.0f} {words.en}",
                f"la misma lista, del {when.es}, tiene {figure:,.0f} {words.es}",
            )
    if count in ("agreements", "rows") and figure == listed["rows"] + 1:
        yield Both(
            f"the sheet of {when.en} has {figure:,.0f} filled rows if its heading is counted as one",
            f"la hoja del {when.es} tiene {figure:,.0f} filas si se cuenta también el encabezado",
        )
    yield from _other_days(db, on, count, figure, state, model)
    if count == "states" and model is None:
        yield from _once_a_model(db, on, figure, state, when)
    if count in ("agreements", "rows"):
        yield from _with_pending(db, on, figure, state, model, when)


def _other_days(
    db: sqlite3.Connection, on: sqlite3.Row, count: str, figure: float, state: str | None, model: str | None
) -> Iterator[Both]:
    """The lists nearest in time, before and after, that have the figure; of whole lists only.

    Names are counted in three ways, so a count of agencies is looked for as each of them.
    """
    if state or model:
        return
    same = AGENCIES if count in AGENCIES else (count,)
    for sign, order, when in (
        ("<", "DESC", Both("the last before with", "la última anterior con")),
        (">", "ASC", Both("the first after with", "la primera posterior con")),
    ):
        for each in same:
            column = "states + territories" if each == "places" else each
            near = db.execute(
                f"SELECT at, file FROM list WHERE kind = 'participating' AND seq {sign} ? AND {column} = ? "
                f"ORDER BY seq {order} LIMIT 1",
                (on["seq"], figure),
            ).fetchone()
            if near:
                yield Both(
                    f"ICE's list of {english_day(near['at'])} ({near['file']}) is {when.en} "
                    f"{figure:,.0f} {COUNTS[each].en}",
                    f"la lista de ICE del {spanish_day(near['at'])} ({near['file']}) es {when.es} "
                    f"{figure:,.0f} {COUNTS[each].es}",
                )


def _once_a_model(
    db: sqlite3.Connection, on: sqlite3.Row, figure: float, state: str | None, when: Both
) -> Iterator[Both]:
    day = datetime.fromisoformat(on["at"]).date()
    by = {m: int(status(db, day, "listed", state, m)["states"]) for m in MODELS}
    if sum(by.values()) == figure:
        told = " + ".join(str(n) for n in by.values() if n)
        yield Both(
            f"states counted once for each model on the list of {when.en} come to {told}",
            f"contados una vez por modelo, los estados de la lista del {when.es} suman {told}",
        )


def _with_pending(
    db: sqlite3.Connection, on: sqlite3.Row, figure: float, state: str | None, model: str | None, when: Both
) -> Iterator[Both]:
    if state or model:
        return
    day = datetime.fromisoformat(on["at"]).date()
    held = db.execute("SELECT 1 FROM list WHERE kind = 'pending' AND at <= ?", (on["at"],)).fetchone()
    if held is None:
        return
    pending = list_on(db, day, "pending")
    if on["rows"] + pending["rows"] == figure:
        signed, applied = f"{on['rows']:,}", f"{pending['rows']:,}"
        yield Both(
            f"{signed} agreements and {applied} pending applications on the lists of {when.en}",
            f"{signed} acuerdos y {applied} solicitudes pendientes en las listas del {when.es}",
        )
