"""How each query of a claim is answered: a figure with its proof, or UncheckableError."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

from ..errors import EvidenceError, NoListError
from ..panel.exposure import coverage as panel_coverage
from ..registry.questions.history import history as agency_history
from ..registry.questions.newest import list_on
from ..registry.questions.status import status as program_status
from ..registry.questions.trace import trace
from ..registry.text import MODELS, STATE_NAMES
from . import sql as selecting
from .found import Both, Figure, Found, UncheckableError, english_day, spanish_day
from .proof import Listings, cell_on_list, rows_of_list
from .readings import COUNTS, counted, readings
from .timeline import entry_value

GROWN = ("number", "percent", "times")
FACTS = ("participates", "signed_on")
VALUES = ("year", "day", "figure")

#: So many of the facts that prove a SELECT are traced down to their cells.
TRACED = 3


@dataclass(frozen=True, slots=True)
class Asking:
    """What a query is asked of, and the figure that it is held against."""

    db: sqlite3.Connection
    figure: Figure | None = None
    listings: Listings | None = None
    needs: Both | None = None


def status(asking: Asking, p: dict[str, Any]) -> Found:
    """A count on a day; of a range (in force, uncertain) both ends."""
    state, model, basis, count = p.get("state"), p.get("model"), p.get("basis", "listed"), p["count"]
    try:
        answer = program_status(asking.db, p["on"], basis, state, model)
    except NoListError as error:
        raise _no_list(error, p["on"]) from error
    value = counted(answer, count)
    if value is None:
        raise UncheckableError(
            Both(f"{COUNTS[count].en} are not counted on basis {basis}", f"no se cuentan en la base {basis}"),
            Both("another count", "otra cuenta"),
        )
    on = _list_or_none(asking.db, p["on"])
    differing: tuple[Both, ...] = ()
    figure = asking.figure
    if on is not None and basis == "listed" and _is_number(figure) and figure != value:
        _refuse_between(asking, p, on, value)
        differing = tuple(readings(asking.db, on, count, figure, state, model))
    return Found(
        value,
        _counted_how(count, basis, on, p["on"], state, model),
        (rows_of_list(asking.db, on, asking.listings, state, model),) if on is not None else (),
        value + int(answer.get("uncertain") or 0) if count == "agreements" and basis == "in-force" else None,
        differing,
    )


def growth(asking: Asking, p: dict[str, Any]) -> Found:
    """The change of a count between two days, as a number, in percent, or as how many times."""
    ends = [status(Asking(asking.db, None, asking.listings), {**p, "on": p[end]}) for end in ("start", "end")]
    before, after = (float(end.value) for end in ends if not isinstance(end.value, date))
    unit = p.get("as", "number")
    if unit != "number" and not before:
        raise UncheckableError(
            Both("the count was zero at first, so it grew by no share", "la cuenta inicial era cero"),
            Both("a number instead", "un número en su lugar"),
        )
    value = {
        "number": after - before,
        "percent": 100 * (after / (before or 1) - 1),
        "times": after / (before or 1),
    }
    told = f"{before:,.0f} → {after:,.0f}"
    return Found(
        round(value[unit], 2),
        Both(f"{told}: {ends[0].how.en}; {ends[1].how.en}", f"{told}: {ends[0].how.es}; {ends[1].how.es}"),
        ends[0].proof + ends[1].proof,
    )


def history(asking: Asking, p: dict[str, Any]) -> Found:
    """Whether an agency stood on the list of a day, or the day that ICE prints for its signing."""
    answer = agency_history(asking.db, p["agency"], p.get("state"))
    agency, model = answer["agency"], p.get("model")
    of = [a for a in answer["agreements"] if model in (None, a["model"])]
    name = f"{agency['name']}, {STATE_NAMES[agency['state']]}"
    if p.get("fact", "participates") == "signed_on":
        signed = [a for a in of if a["signed_on"]]
        if not signed:
            raise UncheckableError(
                Both(f"no list prints a signing day for {name}", f"ninguna lista da la fecha de {name}"),
                Both("its memorandum", "su memorando"),
            )
        first = min(signed, key=lambda a: a["signed_on"])
        how = f"{first['agreement_id']}, {first['signed_on']}"
        return Found(
            date.fromisoformat(first["signed_on"]),
            Both(
                f"signing day of the earliest agreement on the lists held ({how})",
                f"fecha de firma del acuerdo más antiguo en las listas ({how})",
            ),
            tuple(trace(asking.db, f"{first['agreement_id']}#signed_on")["evidence"]),
        )
    if "on" not in p:
        raise EvidenceError("whether an agency took part needs a day", remedy="add `on: YYYY-MM-DD`")
    on = _held(asking.db, p["on"])
    cells = []
    for agreement in of:
        no = asking.db.execute(
            "SELECT agreement_no FROM agreement WHERE agreement_id = ?", (agreement["agreement_id"],)
        ).fetchone()[0]
        cell = cell_on_list(asking.db, no, on, asking.listings, "agency")
        if cell:
            cells.append({"shows": agreement["agreement_id"], **cell})
    stands, when = bool(cells), _list_of(on, p["on"])
    return Found(
        stands,
        Both(
            f"{name} {'stands' if stands else 'does not stand'} on {when.en}",
            f"{name} {'figura' if stands else 'no figura'} en {when.es}",
        ),
        tuple(cells) or (rows_of_list(asking.db, on, asking.listings, agency["state"]),),
    )


def coverage(asking: Asking, p: dict[str, Any]) -> Found:
    """A figure of whom agreements reach, by its path in the answer."""
    on = _held(asking.db, p["on"])
    answer = panel_coverage(asking.db, p["on"], p.get("state"), p.get("county"))
    found: Any = answer
    for step in p["figure"].split("."):
        if not isinstance(found, dict) or step not in found:
            known = ", ".join(found) if isinstance(found, dict) else "nothing further"
            raise EvidenceError(
                f"coverage has no figure {p['figure']!r}",
                remedy=f"after what precedes {step!r} stand: {known}",
            )
        found = found[step]
    if not isinstance(found, (bool, int, float)):
        raise EvidenceError(
            f"{p['figure']!r} of coverage is no figure on that day", remedy="see `atlas287 coverage --json`"
        )
    where = _where(p.get("state"), None, p.get("county"))
    when = _list_of(on, p["on"])
    return Found(
        found,
        Both(f"{p['figure']}{where.en}, by {when.en}", f"{p['figure']}{where.es}, según {when.es}"),
        (rows_of_list(asking.db, on, asking.listings, p.get("state")),),
    )


def enforcement(asking: Asking, p: dict[str, Any]) -> Found:
    """Totals of people identified, removed, arrested: nothing in this atlas holds them yet."""
    raise UncheckableError(
        Both(
            "the atlas holds no tables of enforcement yet",
            "el atlas todavía no contiene tablas de detenciones y expulsiones",
        ),
        asking.needs
        or Both("ICE's own counts by agency and year", "los recuentos de ICE por agencia y por año"),
    )


def timeline(asking: Asking, p: dict[str, Any]) -> Found:
    """What the timeline says of an event, with the source it was read in."""
    value, entry = entry_value(p["entry"], p.get("value", "year"))
    if value is None and p.get("value") == "figure" and entry["low"] is not None:
        low, high = f"{entry['low']:,}", f"{entry['high']:,}"
        raise UncheckableError(
            Both(
                f"the lists do not reach back; sources dispute it, from {low} to {high} {entry['unit_en']} "
                f"(timeline, {p['entry']}: {entry['source']})",
                f"las listas no llegan tan atrás; las fuentes difieren, de {low} a {high} {entry['unit_es']} "
                f"(cronología, {p['entry']}: {entry['source']})",
            ),
            asking.needs or Both("counts of the time", "recuentos de la época"),
        )
    if value is None:
        raise UncheckableError(
            Both(
                f"the timeline has no such value of {p['entry']}",
                f"la cronología no da ese valor de {p['entry']}",
            ),
            asking.needs or Both("a source that has it", "una fuente que lo dé"),
        )
    return Found(
        value,
        Both(
            f"{entry['title_en']}: {entry['source']} (timeline, {p['entry']})",
            f"{entry['title_es']}: {entry['source']} (cronología, {p['entry']})",
        ),
        (
            {
                "file": "timeline.csv",
                "row": entry["line"],
                "printed": entry["source"],
                "address": entry["url"][0],
                "address_is": f"read: {entry['read']}",
            },
        ),
    )


def sql(asking: Asking, p: dict[str, Any]) -> Found:
    """The one value of a SELECT on the register, with the facts that its ``proof`` names traced."""
    values: dict[str, Any] = {}
    on = None
    if "on" in p:
        on = _held(asking.db, p["on"])
        values = {"list": on["list_no"], "day": p["on"].isoformat()}
    rows = selecting.select(asking.db, p["select"], values)
    if len(rows) != 1 or len(rows[0]) != 1:
        raise EvidenceError(
            f"the SELECT gives {len(rows):,} rows of {len(rows[0]) if rows else 0} columns",
            remedy="it must give one row with one value, such as a count(*)",
        )
    value = rows[0][0]
    if value is None or isinstance(value, (str, bytes)):
        raise EvidenceError(f"the SELECT gives {value!r}, which is no number", remedy="select a number")
    proof: list[dict[str, Any]] = []
    facts = [r[0] for r in selecting.select(asking.db, p["proof"], values)] if "proof" in p else []
    for fact in facts[:TRACED]:
        proof += [{"shows": fact, **cell} for cell in trace(asking.db, str(fact))["evidence"][:1]]
    if on is not None:
        proof.append(rows_of_list(asking.db, on, asking.listings))
    return Found(value, Both(p["counts"], p.get("counts_es", p["counts"])), tuple(proof))


def nothing(asking: Asking, p: dict[str, Any]) -> Found:
    """Nothing here can check it."""
    raise UncheckableError(
        Both("nothing in the atlas speaks to this", "nada en el atlas permite comprobarlo"),
        asking.needs or Both("another source", "otra fuente"),
    )


def _held(db: sqlite3.Connection, day: date) -> sqlite3.Row:
    try:
        return list_on(db, day)
    except NoListError as error:
        raise _no_list(error, day) from error


def _no_list(error: NoListError, day: date) -> UncheckableError:
    return UncheckableError(
        Both(error.message, f"no se conserva ninguna lista para el {spanish_day(str(day))}"),
        Both(
            "a list of that day, or sources of the time in the register",
            "una lista de ese día, o fuentes de la época en el registro",
        ),
    )


def _refuse_between(asking: Asking, p: dict[str, Any], on: sqlite3.Row, before: int) -> None:
    """A figure between those of the lists around a day of which no list is held is no error: the
    list that its author saw may well have had it."""
    if on["at"][:10] == p["on"].isoformat() or not _is_number(asking.figure):
        return
    following = asking.db.execute(
        "SELECT at FROM list WHERE kind = 'participating' AND seq > ? ORDER BY seq LIMIT 1", (on["seq"],)
    ).fetchone()
    if following is None:
        return
    day = date.fromisoformat(following["at"][:10])
    answer = program_status(asking.db, day, "listed", p.get("state"), p.get("model"))
    after = counted(answer, p["count"]) or 0
    if min(before, after) < asking.figure < max(before, after):
        around = Both(
            f"{before:,} on {english_day(on['at'])}, {after:,} on {english_day(following['at'])}",
            f"{before:,} el {spanish_day(on['at'])} y {after:,} el {spanish_day(following['at'])}",
        )
        wanted = str(p["on"])
        raise UncheckableError(
            Both(
                f"no list of {english_day(wanted)} is held; the figure lies between those of the lists "
                f"around it: {around.en}",
                f"no se conserva ninguna lista del {spanish_day(wanted)}; la cifra está entre las de las "
                f"listas vecinas: {around.es}",
            ),
            Both("ICE's list of that day", "la lista de ICE de ese día"),
        )


def _is_number(figure: Figure | None) -> TypeGuard[int | float]:
    return isinstance(figure, (int, float)) and not isinstance(figure, bool)


def _list_or_none(db: sqlite3.Connection, day: date) -> sqlite3.Row | None:
    try:
        return list_on(db, day)
    except NoListError:
        return None


def _list_of(on: sqlite3.Row, asked_for: date) -> Both:
    """A list in words; if it is of an earlier day than the one asked for, it says so."""
    en, es = f"ICE's list of {english_day(on['at'])}", f"la lista de ICE del {spanish_day(on['at'])}"
    if on["at"][:10] != asked_for.isoformat():
        en += f", the newest held at {english_day(str(asked_for))}"
        es += f", la más reciente al {spanish_day(str(asked_for))}"
    return Both(en, es)


def _where(state: str | None, model: str | None, county: str | None = None) -> Both:
    parts = [MODELS[model]] if model else []
    parts += [STATE_NAMES[state]] if state else []
    parts += [county] if county else []
    told = f" ({', '.join(parts)})" if parts else ""
    return Both(told, told)


def _counted_how(
    count: str, basis: str, on: sqlite3.Row | None, day: date, state: str | None, model: str | None
) -> Both:
    words, where = COUNTS[count], _where(state, model)
    if basis == "in-force" or on is None:
        return Both(
            f"{words.en}{where.en} in force on {english_day(str(day))}, by all sources held",
            f"{words.es}{where.es} en vigor el {spanish_day(str(day))}, según todas las fuentes",
        )
    when = _list_of(on, day)
    return Both(f"{words.en}{where.en} on {when.en}", f"{words.es}{where.es} en {when.es}")
