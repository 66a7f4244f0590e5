"""Verdicts: what people decided where rules cannot, as rows of ``corrections/*.csv``.

Each row is keyed on the wrong value, carries its evidence, and is read and checked here. A
verdict that no list needs any more does no harm; the build counts it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from ..errors import BuildError
from .names import name_key
from .text import LEVELS, MODELS, STATE_NAMES, evened

FOLDER = Path(__file__).parent / "corrections"
COLUMNS = {
    "words": ("field", "printed", "means", "evidence"),
    "names": ("state", "name", "model", "signed", "same_as", "evidence"),
    "distinct": ("state", "name", "other", "evidence"),
    "dates": ("state", "name", "model", "printed", "means", "evidence"),
    "lists": ("file", "kind", "at", "evidence"),
    "ids": ("agency_id", "state", "name"),
    "oris": ("state", "name", "ori", "evidence"),
    "jurisdictions": ("state", "name", "level", "counties", "municipality", "evidence"),
    "testimony": ("source", "state", "name", "same_as", "evidence"),
    "continuity": ("state", "name", "model", "from", "until", "source", "evidence"),
    "endings": ("state", "name", "model", "not_before", "not_after", "ended_by", "source", "evidence"),
    "memoranda": ("file", "what", "value", "evidence"),
}

#: Who or what ends an agreement.
ENDED_BY = ("sheriff", "agency", "ICE", "law", "expiry")
#: Names of other sources: (source or "", state, name key) -> the name as it should be read.
TestimonyNames = dict[tuple[str, str, str], str]

#: Cells that can say only a few things.
_ALLOWED: dict[str, tuple[Collection[str], str]] = {
    "state": (STATE_NAMES, "write the postal code of a state or territory, such as FL"),
    "model": (("", *MODELS), f"write one of {', '.join(MODELS)}"),
    "field": (("state", "model", "type"), "write state, model or type"),
    "kind": (("participating", "pending"), "write participating or pending"),
    "level": (("", *LEVELS), f"write one of {', '.join(LEVELS)}"),
    "ended_by": (("", *ENDED_BY), f"write one of {', '.join(ENDED_BY)}, or leave it open"),
}


@dataclass(slots=True, frozen=True)
class SameAs:
    """Rows of this name (of this model and signing day, where given) are another agency's."""

    state: str
    name: str
    model: str | None
    signed: date | None
    same_as: str  # as it should be read
    evidence: str


@dataclass(slots=True, frozen=True)
class OriVerdict:
    """This agency's ORIs in the FBI's roster, the current one first.

    None at all: it was looked for and is not there, or (``unclear``) one is there that may be it.
    """

    oris: tuple[str, ...]
    unclear: bool
    evidence: str


@dataclass(slots=True, frozen=True)
class GroundVerdict:
    """This agency's level, counties (FIPS) and municipality, as far as the row says them."""

    level: str | None
    counties: tuple[str, ...]
    municipality: str | None
    evidence: str


@dataclass(slots=True, frozen=True)
class Ending:
    """This agency's agreements (of this model) ended between two days, by whom, by a source somebody read."""

    model: str | None
    first: date  # of the days on which it can have ended
    last: date
    by: str | None
    source: str
    evidence: str


@dataclass(slots=True, frozen=True)
class Continued:
    """This agency's agreement of this model was in force all through, by a source somebody read."""

    model: str
    first: date
    last: date
    source: str


@dataclass(slots=True, frozen=True)
class Verdicts:
    """All verdicts, ready to ask."""

    words: dict[tuple[str, str], str]
    names_by: dict[tuple[str, str], list[SameAs]]  # (state, name key) -> verdicts on it
    distinct: frozenset[tuple[str, frozenset[str]]]  # (state, {name key, name key})
    dates: dict[tuple[str, str, str, date], date]  # (state, name key, model, day printed) -> day
    lists: dict[str, tuple[str, datetime]]
    ids: dict[tuple[str, str], str]  # (state, name key) -> pinned id
    oris: dict[tuple[str, str], OriVerdict]  # (state, name key) -> ORIs
    grounds: dict[tuple[str, str], GroundVerdict]  # (state, name key) -> level, counties
    testimony: TestimonyNames
    continuity: dict[tuple[str, str], list[Continued]]  # (state, name key)
    endings: dict[tuple[str, str], list[Ending]]  # (state, name key); ("", "") is of every agency
    memoranda: dict[tuple[str, str], str]  # (file name in small letters, field) -> what a person read there
    digest: str


def read_verdicts(folder: Path = FOLDER) -> Verdicts:
    """Read the verdicts in ``folder``.

    Raises:
        BuildError: a file lacks a column, a row lacks its evidence or says an impossible
            day; the message names file and line.
    """
    seen = hashlib.sha256()
    tables = {name: list(_rows(folder / f"{name}.csv", columns, seen)) for name, columns in COLUMNS.items()}
    return Verdicts(
        words={(r["field"], evened(r["printed"])): r["means"] for _, r in tables["words"]},
        names_by=_names_by(
            SameAs(
                r["state"], r["name"], r["model"] or None, _day(at, r["signed"]), r["same_as"], r["evidence"]
            )
            for at, r in tables["names"]
        ),
        distinct=frozenset(
            (r["state"], frozenset(name_key(r[name], r["state"]) for name in ("name", "other")))
            for _, r in tables["distinct"]
        ),
        dates={
            (r["state"], name_key(r["name"], r["state"]), r["model"], _needed(at, r["printed"])): _needed(
                at, r["means"]
            )
            for at, r in tables["dates"]
        },
        lists={r["file"]: (r["kind"], _instant(at, r["at"])) for at, r in tables["lists"]},
        ids={(r["state"], name_key(r["name"], r["state"])): r["agency_id"] for _, r in tables["ids"]},
        oris={
            (r["state"], name_key(r["name"], r["state"])): OriVerdict(
                _oris(at, r["ori"]), r["ori"] == "unclear", r["evidence"]
            )
            for at, r in tables["oris"]
        },
        grounds={
            (r["state"], name_key(r["name"], r["state"])): GroundVerdict(
                r["level"] or None, _fips(at, r["counties"]), r["municipality"] or None, r["evidence"]
            )
            for at, r in tables["jurisdictions"]
        },
        testimony={
            (r["source"], r["state"], name_key(r["name"], r["state"])): r["same_as"]
            for _, r in tables["testimony"]
        },
        continuity=_by_name(
            (r, Continued(r["model"], *_from_to(at, r, "from", "until"), r["source"]))
            for at, r in tables["continuity"]
        ),
        endings=_by_name((r, _ending(at, r)) for at, r in tables["endings"]),
        memoranda={(r["file"].lower(), r["what"]): _read_by_eye(at, r) for at, r in tables["memoranda"]},
        digest=seen.hexdigest(),
    )


T = TypeVar("T")


def _by_name(rows: Iterable[tuple[dict[str, str], T]]) -> dict[tuple[str, str], list[T]]:
    """By (state, name key); a row that names nobody is of every agency: ("", "")."""
    by: dict[tuple[str, str], list[T]] = {}
    for r, verdict in rows:
        key = (r["state"], name_key(r["name"], r["state"])) if r["name"] else ("", "")
        by.setdefault(key, []).append(verdict)
    return by


def _ending(at: str, r: dict[str, str]) -> Ending:
    first, last = _from_to(at, r, "not_before", "not_after")
    return Ending(r["model"] or None, first, last, r["ended_by"] or None, r["source"], r["evidence"])


def _from_to(at: str, r: dict[str, str], begins: str, ends: str) -> tuple[date, date]:
    first, last = _needed(at, r[begins]), _needed(at, r[ends])
    if first > last:
        raise BuildError(f"{at}: {begins} {first} is after {ends} {last}", remedy="mend the two days")
    if not r["source"].strip():
        raise BuildError(f"{at}: a verdict without a source", remedy="name the document that says it")
    return first, last


def _read_by_eye(at: str, row: dict[str, str]) -> str:
    """What was read; a day as a day."""
    return _needed(at, row["value"]).isoformat() if row["what"].endswith("_on") else row["value"]


def _names_by(verdicts: Iterable[SameAs]) -> dict[tuple[str, str], list[SameAs]]:
    by: dict[tuple[str, str], list[SameAs]] = {}
    for verdict in verdicts:
        by.setdefault((verdict.state, name_key(verdict.name, verdict.state)), []).append(verdict)
    return by


def _rows(path: Path, columns: tuple[str, ...], seen: hashlib._Hash) -> Iterator[tuple[str, dict[str, str]]]:
    if not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    seen.update(path.name.encode() + b"\0" + text.encode())
    reader = csv.DictReader(text.splitlines())
    if missing := set(columns) - set(reader.fieldnames or ()):
        raise BuildError(
            f"{path.name} has no column {', '.join(sorted(missing))}",
            remedy=f"its header is: {','.join(columns)}",
        )
    for row in reader:
        at = f"{path.name}, line {reader.line_num}"
        if None in row or None in row.values():
            raise BuildError(
                f"{at}: the row has {'more' if None in row else 'fewer'} cells than the header",
                remedy="quote cells that hold a comma",
            )
        if "evidence" in columns and not row["evidence"].strip():
            raise BuildError(
                f"{at}: a verdict without evidence", remedy="say in the evidence column what shows it"
            )
        if row.get("state") and not row.get("name", "x").strip():
            raise BuildError(f"{at}: a verdict that names no agency", remedy="write its name as printed")
        for column, (allowed, remedy) in _ALLOWED.items():
            if (
                column == "state"
                and "ended_by" in columns
                and row["model"]
                and not row["state"] + row["name"]
            ):
                continue  # an ending of every agency's
            _refuse_other(at, row.get(column, next(iter(allowed))), allowed, remedy)
        if "means" in row and row.get("field") in ("state", "model"):
            _refuse_other(at, row["means"], *_ALLOWED[row["field"]])
        yield at, row


def _refuse_other(at: str, said: str, allowed: Collection[str], remedy: str) -> None:
    if said not in allowed:
        raise BuildError(f"{at}: {said!r} means nothing here", remedy=remedy)


def _day(at: str, text: str) -> date | None:
    return _needed(at, text) if text else None


def _needed(at: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BuildError(f"{at}: {text!r} is not a day", remedy="write days as YYYY-MM-DD") from error


def _instant(at: str, text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M")
    except ValueError as error:
        raise BuildError(f"{at}: {text!r} is no instant", remedy="write it as YYYY-MM-DDThh:mm") from error


def _oris(at: str, text: str) -> tuple[str, ...]:
    if text in ("none", "unclear"):
        return ()
    if not (oris := tuple(text.split())) or any(len(o) != 9 or not o.isalnum() for o in oris):
        raise BuildError(
            f"{at}: {text!r} is no ORI",
            remedy="write the nine characters, the current ORI first, former ones after a space; "
            "or none; or unclear",
        )
    return oris


def _fips(at: str, text: str) -> tuple[str, ...]:
    codes = tuple(text.split())
    if any(len(c) != 5 or not c.isdigit() for c in codes):
        raise BuildError(
            f"{at}: {text!r} are no counties", remedy="write FIPS codes of five digits, spaces between"
        )
    return codes
