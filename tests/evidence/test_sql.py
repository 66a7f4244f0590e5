"""A SELECT of somebody else's reads the register and can do nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from atlas287 import Atlas, EvidenceError
from atlas287.evidence import sql


def test_it_reads(atlas: Atlas) -> None:
    (row,) = sql.select(atlas.db, "SELECT count(*) AS n FROM agency WHERE state = :state", {"state": "MD"})
    assert row["n"] == atlas.agencies("MD").height


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM agency",
        "UPDATE agency SET name = 'x'",
        "INSERT INTO meta VALUES ('a', 'b')",
        "CREATE TABLE mine (a)",
        "CREATE TEMP TABLE mine (a)",
        "DROP TABLE agency",
        "ATTACH DATABASE '/tmp/other.sqlite' AS other",
        "PRAGMA writable_schema = 1",
        "PRAGMA table_info(agency)",
        "SELECT * FROM pragma_table_info('agency')",
        "VACUUM INTO '/tmp/copy.sqlite'",
        "BEGIN",
        "SELECT load_extension('/tmp/x.so')",
        "SELECT random()",
        "WITH gone AS (SELECT 1) DELETE FROM agency",
        "REINDEX",
        "ANALYZE",
    ],
)
def test_it_may_do_nothing_but_read(statement: str, atlas: Atlas) -> None:
    with pytest.raises(EvidenceError) as told:
        sql.select(atlas.db, statement, {})
    assert "one SELECT" in told.value.remedy or "try it" in told.value.remedy
    assert atlas.db.execute("SELECT count(*) FROM agency").fetchone()[0] > 0


def test_several_statements_are_refused(atlas: Atlas) -> None:
    with pytest.raises(EvidenceError, match="several statements"):
        sql.select(atlas.db, "SELECT 1; SELECT 2", {})


@pytest.mark.parametrize("statement", ["", "-- nothing", ";"])
def test_no_statement_is_refused(statement: str, atlas: Atlas) -> None:
    with pytest.raises(EvidenceError, match="gives no rows"):
        sql.select(atlas.db, statement, {})


def test_what_never_ends_is_stopped(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "STEPS", 500)
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(EvidenceError, match="takes too long"):
        sql.select(atlas.db, forever, {})


def test_what_swells_is_stopped(atlas: Atlas) -> None:
    with pytest.raises(EvidenceError):
        sql.select(atlas.db, "SELECT length(zeroblob(100000000))", {})
    with pytest.raises(EvidenceError, match="more than 1,000 rows"):
        sql.select(atlas.db, "SELECT a.agency_no FROM agency a, agency b", {})
    with pytest.raises(EvidenceError):
        sql.select(atlas.db, f"SELECT {'1+' * 20_000}1", {})


def test_values_go_in_by_name_alone(atlas: Atlas) -> None:
    with pytest.raises(EvidenceError, match=":list") as told:
        sql.select(atlas.db, "SELECT :list", {})
    assert "give `on: YYYY-MM-DD`" in told.value.remedy
    (row,) = sql.select(atlas.db, "SELECT :day AS day", {"day": "2025-05-28'; DROP TABLE agency"})
    assert row["day"].startswith("2025-05-28'")


def test_the_register_is_byte_for_byte_the_same_after(atlas: Atlas) -> None:
    path = Path(atlas.db.execute("PRAGMA database_list").fetchone()["file"])
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    for statement in ("SELECT 1", "DELETE FROM agency", "CREATE TABLE mine (a)"):
        try:
            sql.select(atlas.db, statement, {})
        except EvidenceError:
            continue
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert atlas.db.execute("SELECT 1").fetchone()[0] == 1, "the first connection stays open"
