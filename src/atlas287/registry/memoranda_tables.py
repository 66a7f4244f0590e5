"""The tables ``memorandum`` and ``memorandum_field``, filled from what ships, and what to say of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from .check import Check, report
from .memoranda import BY_LINK, by_document, compared, link, register_of, state_of
from .schema import TABLES, Row
from .verdicts import Verdicts

#: ICE's folder of memoranda.
_FOLDER = "https://www.ice.gov/doclib/287gMOA/"
_COLUMNS = {name: [c.name for c in table.columns] for name, table in TABLES.items()}


def memorandum_tables(
    path: Path, tables: Mapping[str, Sequence[Row]], verdicts: Verdicts
) -> dict[str, list[Row]]:
    """Rows of ``memorandum`` and ``memorandum_field``, and those that go into ``quarantine``.

    Args:
        path: the bundle's table of memoranda.
        tables: the build's other tables.
    """
    out: dict[str, list[Row]] = {"memorandum": [], "memorandum_field": [], "quarantine": []}
    if not path.exists():
        return out
    documents = by_document(pl.read_parquet(path).to_dicts())
    register = register_of(tables, _COLUMNS, (file for _, file in documents))
    for no, ((folder, file), rows) in enumerate(documents.items()):
        fields = {row["field"]: row["value"] for row in rows}
        seen = {what: v for (name, what), v in verdicts.memoranda.items() if name == file.lower()}
        linked = link(register, file, {**fields, **seen}, state_of(folder))
        theirs = compared(register, linked, fields, seen)
        one = rows[0]
        out["memorandum"].append(
            (
                no, file, folder, one["sha256"], linked.address or _FOLDER + file, one["pages"], one["text"],
                one["recognizer"], one["ocr"], one["scanned"], linked.agency_no, linked.agreement_no,
                linked.linked_by, linked.doubt,
            )
        )  # fmt: skip
        for row in rows:
            name = row["field"]
            out["memorandum_field"].append(
                (
                    no, name, row["value"], row["how"], row["page"], row["snippet"], seen.get(name),
                    *theirs.get(name, (None, None)),
                )
            )  # fmt: skip
        if linked.misfiled:
            reason = f"{file}: {linked.doubt}"
            remedy = "look whose it is, and put it into the folder of its state"
            out["quarantine"].append(
                (one["sha256"], folder, file, None, None, "memorandum link", reason, remedy, "{}")
            )
    out["quarantine"] += _quarantine(path)
    return out


def _quarantine(path: Path) -> Iterator[Row]:
    """Documents and pages that could not be read when the bundle was written; single fields that are
    illegible have their own rows, and a check counts them."""
    for folder, file, sha256, page, what, reason, remedy in json.loads(
        pl.read_parquet_metadata(path).get("unread", "[]")
    ):
        if what != "memorandum field":
            yield sha256, folder, file, None, page, what, reason, remedy, "{}"


def memorandum_checks(tables: Mapping[str, Sequence[Row]]) -> Iterator[Check]:
    """What a build has to report of memoranda; nothing where none were read."""
    memoranda = {row[0]: dict(zip(_COLUMNS["memorandum"], row, strict=True)) for row in tables["memorandum"]}
    if not memoranda:
        return
    fields = [dict(zip(_COLUMNS["memorandum_field"], row, strict=True)) for row in tables["memorandum_field"]]
    linked = [m for m in memoranda.values() if m["agreement_no"] is not None]
    by_link = sum(m["linked_by"] == BY_LINK for m in linked)
    yield report(
        "memoranda",
        "signed memoranda read, and how many are tied to their agreement",
        f"{len(memoranda)}; {len(linked)}, of which {by_link} by the link on a list",
        [(m["file"], m["doubt"]) for m in memoranda.values() if m["agreement_no"] is None],
    )
    wrong = [(m["file"], m["doubt"]) for m in linked if m["doubt"]]
    yield report(
        "memoranda: filed elsewhere",
        "memoranda filed under another state than their agency's",
        len(wrong),
        wrong,
    )
    for name, what in (
        ("ice_signed_on", "ICE's own signature is of the day that its list gives as SIGNED"),
        ("model", "the memorandum is of the model that the list gives"),
        ("agency", "the memorandum calls the agency as some list does"),
        ("state", "the agency's address is in the state that the list gives"),
    ):
        own = [f for f in fields if f["field"] == name and f["agrees"] is not None]
        apart = [
            (memoranda[f["memorandum_no"]]["file"], f["by_eye"] or f["value"], f["listed"])
            for f in own
            if not f["agrees"]
        ]
        yield report(
            f"memoranda: {name}",
            f"{what}; of those where it could be read",
            f"{len(own) - len(apart)} of {len(own)}",
            apart,
        )
    hows = Counter(f["how"] for f in fields)
    for how, count in sorted(hows.items()):
        named = [(memoranda[f["memorandum_no"]]["file"], f["field"]) for f in fields if f["how"] == how]
        lost = how in ("illegible", "scanned")
        what = (
            "fields of memoranda that could not be read" if lost else "fields of memoranda read in this way"
        )
        yield report(f"memoranda, fields: {how}", what, count, named if lost else ())
    eyed = sum(f["by_eye"] is not None for f in fields)
    yield report("memoranda, fields: by eye", "fields that a person read where no program could", eyed)
    yield _days(memoranda, fields)


def _days(memoranda: Mapping[int, dict[str, Any]], fields: Sequence[dict[str, Any]]) -> Check:
    """How long ICE took to countersign, as far as both days are known: never before the agency, it seems."""
    from datetime import date

    said = {(f["memorandum_no"], f["field"]): f["by_eye"] or f["value"] for f in fields}
    apart = []
    for no, m in memoranda.items():
        own, theirs = said.get((no, "agency_signed_on")), said.get((no, "ice_signed_on"))
        if own and theirs:
            apart.append(
                ((date.fromisoformat(theirs) - date.fromisoformat(own)).days, m["file"], own, theirs)
            )
    days = sorted(a[0] for a in apart)
    first = [a for a in apart if a[0] < 0]
    found = (
        f"{days[len(days) // 2]} days (median of {len(days)}), {days[0]} to {days[-1]}" if days else "none"
    )
    return report("memoranda: countersigned", "days from the agency's signature to ICE's", found, first)
