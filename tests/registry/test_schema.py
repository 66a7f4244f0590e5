"""The tables as declared are the tables as written."""

from __future__ import annotations

from atlas287 import Atlas
from atlas287.registry.schema import TABLES, VIEWS


def test_a_register_has_the_tables_declared_with_their_columns(atlas: Atlas) -> None:
    found = {r[0] for r in atlas.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found == set(TABLES)
    for table in TABLES.values():
        columns = [tuple(r)[1:3] for r in atlas.db.execute(f"PRAGMA table_info({table.name})")]
        assert columns == [(c.name, c.type) for c in table.columns]
    views = {r[0] for r in atlas.db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert len(views) == len(VIEWS)


def test_every_table_and_column_says_what_it_is() -> None:
    for table in TABLES.values():
        assert table.row
        assert set(table.key) <= {c.name for c in table.columns}
        for column in table.columns:
            assert column.says, f"{table.name}.{column.name}"
            assert column.type in ("TEXT", "INTEGER")


def test_the_register_is_read_only(atlas: Atlas) -> None:
    import sqlite3

    import pytest

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        atlas.db.execute("DELETE FROM agency")
