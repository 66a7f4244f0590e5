"""The canonical export: everything a register says, whatever its internal numbers."""

from __future__ import annotations

import sqlite3

from atlas287 import Atlas
from atlas287.registry.export import canonical
from atlas287.registry.schema import TABLES
from tests.registry.story import applied, row, tell

HISTORY = {
    row("TX", "Foo Police", "tfm", "2025-03-01", "a"): "xx..",
    row("TX", "Foo Police", "tfm", "2025-03-05", "b"): "..xx",
    row("TX", "Foo Police", "wso", "2025-03-01"): "xx..",
    row("FL", "Macro Police"): "xx..",
    row("FL", "Marco Police"): "..xx",
}
PENDING = {applied("FL", "Marco Police"): "x...", applied("FL", "Qux Police"): "xxxx"}


def renumbered(db: sqlite3.Connection) -> sqlite3.Connection:
    """The same register with other numbers for every thing."""
    copy = sqlite3.connect(":memory:")
    db.backup(copy)
    columns = {
        "list_no": ("list_no", "first_list", "last_list", "before_list_no"),
        "agency_no": ("agency_no",),
        "agreement_no": ("agreement_no", "superseded_by", "became"),
        "application_no": ("application_no",),
        "printed_no": ("printed_no",),
        "event_no": ("event_no",),
    }
    for table in TABLES.values():
        for column in (c.name for c in table.columns):
            if any(column in group for group in columns.values()):
                copy.execute(f"UPDATE {table.name} SET {column} = 5000 - {column}")
    return copy


def test_numbers_do_not_matter() -> None:
    db = tell(HISTORY, PENDING).db
    other = renumbered(db)
    assert other.execute("SELECT min(agency_no) FROM agency").fetchone()[0] > 4000
    assert canonical(other) == canonical(db)


def test_anything_said_otherwise_does(atlas: Atlas) -> None:
    db = tell(HISTORY, PENDING).db
    whole = canonical(db)
    for change in (
        "UPDATE agreement SET status = 'x' WHERE agreement_no = 0",
        "UPDATE agreement SET superseded_by = NULL",
        "UPDATE listing_run SET last_row = 99 WHERE first_list = 0",
        "UPDATE listing_run SET last_list = first_list",
        "UPDATE event SET before_list_no = NULL",
        "UPDATE printed SET moa_link = 'http://elsewhere' WHERE printed_no = 0",
        "UPDATE application SET became = NULL",
        "DELETE FROM redirect",
    ):
        copy = sqlite3.connect(":memory:")
        db.backup(copy)
        copy.execute(change)
        assert canonical(copy) != whole, change


def test_it_holds_every_table_and_row(atlas: Atlas) -> None:
    export = canonical(atlas.db)
    assert export.keys() == TABLES.keys() - {"meta"}
    for name, rows in export.items():
        assert len(rows) == atlas.db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        assert rows == sorted(rows, key=repr)
    assert ("md-frederick-county-sheriff", "Frederick County Sheriff's Office", "MD") in {
        r[:3] for r in export["agency"]
    }
