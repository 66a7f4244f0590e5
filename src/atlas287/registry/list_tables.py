"""The table of lists: what each is, and what it counts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import polars as pl

from . import spans
from .assemble import Assembled
from .ids import unused
from .schema import Row
from .sequence import moment
from .text import MODELS, TERRITORIES

Counts = Mapping[str, int]


@cache
def _as_json(cells: tuple[str, ...]) -> str:
    return json.dumps(cells)


def lists(made: Assembled, moments: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """A row a list, in order of kind and instant.

    Args:
        moments: by kind, the instant of each of its lists in order, as shown.
    """
    kinds = {"participating": made.on, "pending": made.pending}
    agreements = {
        "participating": _standing((a.span for a in made.agreements), len(made.on.lists)),
        "pending": _standing((a.span for a in made.applications), len(made.pending.lists)),
    }
    agencies = {
        "participating": _standing((b.span for b in made.bodies), len(made.on.lists)),
        "pending": _standing((b.pending_span for b in made.bodies), len(made.pending.lists)),
    }
    printed = _printed_counts(made)
    place = {id(d): n for part in kinds.values() for n, d in enumerate(part.lists)}
    file_of = {d.sheet.list_no: d.sheet.file for d in made.dated}
    source = {row["list_no"]: row for row in made.record.lists.iter_rows(named=True)}
    used: set[str] = set()
    for no, dated in enumerate(made.dated):
        sheet, seq, kind = source[dated.sheet.list_no], place.get(id(dated)), dated.kind
        at = moment(dated.at) if seq is None else moments[kind][seq]
        count = printed.get(dated.sheet.list_no, {})
        yield (
            no,
            # Several sheets, other bytes under one name, or one file received in two folders.
            unused(f"{kind}/{at}/{sheet['file']}", used),
            kind,
            seq,
            at,
            dated.decided_by,
            dated.reason,
            None if dated.repeats is None else file_of[dated.repeats],
            int(dated.stale),
            *(sheet[c] for c in ("file", "folder", "sheet", "sha256", "publisher", "captured", "address")),
            sheet["saved_at"].isoformat() if sheet["saved_at"] else None,
            sheet["header_row"],
            _as_json(tuple(sheet["columns"])),
            _as_json(tuple(sheet["cells"])),
            count.get("rows", 0),
            None if seq is None else agreements[kind][seq],
            count.get("agencies", 0),
            count.get("as_printed", 0),
            None if seq is None else agencies[kind][seq],
            *(count.get(c, 0) for c in ("states", "territories", *MODELS, "other")),
        )


def _printed_counts(made: Assembled) -> dict[int, Counts]:
    """By the record's list number: rows, names, states … counted on the list itself."""
    state_of = {r.no: unit.state for unit in made.units for r in unit.readings}
    names: dict[tuple[str | None, str], int] = {}
    seen: dict[tuple[str | None, str | None], int] = {}
    states: dict[str, int] = {}
    forms = {form: n for n, form in enumerate((*MODELS, "other"))}
    facts: dict[str, list[Any]] = defaultdict(list)
    cells = made.record.printed["agency"]
    for reading, agency in zip(made.readings, cells, strict=True):
        right = state_of.get(reading.no, reading.state)
        facts["name"].append(names.setdefault((right, reading.evened), len(names)))
        facts["as_printed"].append(seen.setdefault((right, agency), len(seen)))
        facts["state"].append(
            states.setdefault(right, len(states)) if right and right not in TERRITORIES else None
        )
        facts["territory"].append(states.setdefault(right, len(states)) if right in TERRITORIES else None)
        facts["model"].append(forms[reading.model or "other"])
    frame = pl.DataFrame(
        facts,
        schema={
            "name": pl.UInt32, "as_printed": pl.UInt32, "state": pl.UInt8, "territory": pl.UInt8,
            "model": pl.UInt8,
        },
    )  # fmt: skip
    # Readings stand in the order of printed_no, from 0 on.
    rows = made.record.rows
    counted = (
        frame.select(pl.all().gather(rows["printed_no"]))
        .with_columns(rows["list_no"])
        .group_by("list_no")
        .agg(
            pl.len().alias("rows"),
            pl.col("name").n_unique().alias("agencies"),
            pl.col("as_printed").n_unique(),
            pl.col("state").drop_nulls().n_unique().alias("states"),
            pl.col("territory").drop_nulls().n_unique().alias("territories"),
            *((pl.col("model") == n).sum().alias(form) for form, n in forms.items()),
        )
    )
    return {row["list_no"]: row for row in counted.iter_rows(named=True)}


def _standing(parts: Iterable[int], lists: int) -> list[int]:
    """How many of the spans stand on each list."""
    change = [0] * (lists + 1)
    for span in parts:
        for began, ended in spans.runs(span):
            change[began] += 1
            change[ended + 1] -= 1
    total, out = 0, []
    for step in change[:-1]:
        total += step
        out.append(total)
    return out
