"""Small histories told in a few lines: which rows stand on which of some daily lists.

    told = tell({row("FL", "Macro Island Police Department"): "xx..",
                 row("FL", "Marco Island Police Department"): "..xx"})

stands for four lists of consecutive days. "x" is a row on the list of that place, "2" a row that
is printed twice, "." none.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from atlas287 import bundle
from atlas287.registry.assemble import Assembled, assemble
from atlas287.registry.places import county_test
from atlas287.registry.quarantine import unread_rows
from atlas287.registry.schema import INDEXES, TABLES, VIEWS
from atlas287.registry.store import fill
from atlas287.registry.tables import Tables
from atlas287.registry.text import STATE_NAMES
from atlas287.registry.verdicts import Verdicts, read_verdicts
from atlas287.sources.record import CELLS, LISTS, PRINTED, QUARANTINE, ROWS, Record
from atlas287.sources.testimony import SOURCES, Statement
from atlas287.sources.testimony.printed import frame

MODELS = {"jem": "Jail Enforcement Model", "tfm": "Task Force Model", "wso": "Warrant Service Officer"}
STATES = {code: name.upper() for code, name in STATE_NAMES.items()}
#: The day of a story's first list.
DAY_ONE = date(2025, 3, 10)


@dataclass(frozen=True)
class Row:
    """One row as a list prints it."""

    state: str | None
    agency: str | None
    support_type: str | None
    signed: str | None
    moa_link: str | None = None
    county: str | None = None
    type: str | None = None


def row(
    state: str,
    agency: str,
    model: str = "tfm",
    signed: str | None = "2025-03-01",
    link: str | None = None,
    **more: Any,
) -> Row:
    """A row; state and model by their codes or as they are to be printed."""
    target = link and (link if "://" in link else f"https://www.ice.gov/doclib/287gMOA/{link}.pdf")
    return Row(STATES.get(state, state), agency, MODELS.get(model, model) or None, signed, target, **more)


def applied(state: str, agency: str, model: str = "tfm", **more: Any) -> Row:
    """A row of a pending list, which has no day of signing."""
    return row(state, agency, model, None, **more)


History = Mapping[Row, str]


@cache
def real_county() -> Callable[[str, str | None], bool]:
    """The test by the Census Bureau's list of counties."""
    return county_test(bundle.COUNTIES)


@cache
def no_verdicts() -> Verdicts:
    """As if `corrections/` were empty."""
    return read_verdicts(Path("/nowhere"))


def verdicts(folder: Path, **tables: Sequence[Sequence[str]]) -> Verdicts:
    """Verdicts read from CSV files with these rows, by the name of the file."""
    write_verdicts(folder, **tables)
    return read_verdicts(folder)


def write_verdicts(folder: Path, **tables: Sequence[Sequence[str]]) -> None:
    import csv

    from atlas287.registry.verdicts import COLUMNS

    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([COLUMNS[name], *rows])


def record_of(
    participating: History,
    pending: History | None = None,
    start: date = DAY_ONE,
    step: int = 1,
    same_bytes: Sequence[tuple[int, int]] = (),
) -> Record:
    """The record of a story.

    Args:
        step: days from one list to the next.
        same_bytes: (place, place) of participating lists that are one document under two names.
    """
    lists, rows, numbers = [], [], {}
    for kind, history in (("participating", participating), ("pending", pending or {})):
        for place in range(max(map(len, history.values()), default=0)):
            day = start + timedelta(days=step * place)
            file = f"{kind}Agencies{day:%m%d%Y}pm.xlsx"
            bytes_of = next((a for a, b in same_bytes if b == place and kind == "participating"), place)
            columns = [c for c in CELLS if kind == "participating" or c != "signed"]
            sha256 = hashlib.sha256(f"{kind} {bytes_of}".encode()).hexdigest()
            saved = datetime.combine(day, datetime.min.time())
            origin = (kind, file, "ice", None, None, saved)
            lists.append((len(lists), sha256, *origin, "Sheet1", 1, columns, columns, 0))
            line = 1
            for printed, marks in history.items():
                times = {"x": 1, ".": 0, " ": 0}.get(marks[place], 0) if place < len(marks) else 0
                for _ in range(2 if place < len(marks) and marks[place] == "2" else times):
                    line += 1
                    rows.append((len(lists) - 1, line, numbers.setdefault(printed, len(numbers))))
    printed_rows = [
        {
            "printed_no": number,
            **{c: getattr(printed, c, None) for c in CELLS},
            "signed_as": printed.signed and "date",
            "moa_link": printed.moa_link,
        }
        for printed, number in numbers.items()
    ]
    return Record(
        pl.DataFrame(lists, schema=LISTS, orient="row"),
        pl.DataFrame(rows, schema=ROWS, orient="row"),
        pl.DataFrame(printed_rows, schema=PRINTED),
        pl.DataFrame(schema=QUARANTINE),
    ).canonical()


@dataclass(frozen=True)
class Told:
    """What a story came to: as assembled, and as a register to ask."""

    made: Assembled
    db: sqlite3.Connection

    def ask(self, sql: str, *values: Any) -> list[Any]:
        """Rows of the answer; of a single column, its values."""
        rows = [tuple(r) for r in self.db.execute(sql, values)]
        return [r[0] for r in rows] if rows and len(rows[0]) == 1 else rows

    def agencies(self) -> dict[str, set[str]]:
        """By agency, the spellings that it went by."""
        out: dict[str, set[str]] = {}
        for own, name in self.ask("SELECT agency_id, printed FROM agency_name JOIN agency USING (agency_no)"):
            out.setdefault(own, set()).add(name)
        return out

    def agreements(self) -> dict[str, str]:
        """By agreement, its status."""
        return dict(self.ask("SELECT agreement_id, status FROM agreement"))

    def events(self) -> list[tuple[int, str]]:
        """(place of the list, kind) of every event, in order."""
        return self.ask("SELECT l.seq, e.kind FROM event e JOIN list l USING (list_no) ORDER BY event_no")

    def rules(self) -> dict[str, str]:
        """By spelling given up, the rule that tied it to another."""
        return dict(self.ask("SELECT old, rule FROM merge"))

    def candidates(self) -> list[tuple[str, str]]:
        return self.ask("SELECT one, other FROM candidate")


def places(told: Told) -> list[int]:
    """The places of a story's participating lists that are news (by their days, a day apart)."""
    return [(at.date() - DAY_ONE).days for at in told.made.on.times]


def said(source: str, *rows: Sequence[Statement]) -> pl.DataFrame:
    """What a source states: one sequence of statements a row of it, their ``row`` set accordingly."""
    numbered = [s._replace(row=n) for n, row in enumerate(rows, start=1) for s in row]
    return frame(SOURCES[source], numbered)


def tell(
    participating: History,
    pending: History | None = None,
    by: Verdicts | None = None,
    statements: pl.DataFrame | None = None,
    **more: Any,
) -> Told:
    """Assemble a story's record, and what other sources say, and make a register of it."""
    return of_record(record_of(participating, pending, **more), by, statements)


def of_record(record: Record, by: Verdicts | None = None, statements: pl.DataFrame | None = None) -> Told:
    made = assemble(record, by or no_verdicts(), real_county(), statements)
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    for table in TABLES.values():
        db.execute(table.ddl)
    for name, rows in Tables(made).all():
        fill(db, name, rows)
    fill(db, "quarantine", [*record.quarantine.rows(), *unread_rows(made), *made.testimony.quarantine])
    for statement in (*INDEXES, *VIEWS):
        db.execute(statement)
    db.commit()
    return Told(made, db)
