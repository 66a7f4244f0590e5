"""The whole files: every format says the same, twice the same bytes, described column by column."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest
from python_calamine import CalamineWorkbook

from atlas287 import Atlas, AtlasError
from atlas287.publish import dataset, formats
from atlas287.publish.formats import FORMATS, STATA_LABEL, STATA_NAME
from atlas287.publish.tables import Published, tables
from tests.registry.story import row, tell

Run = Callable[..., Any]
TABLES = ("agencies", "oris", "places", "agreements", "spells", "signings", "sources", "testimony",
          "disagreements", "memoranda", "memorandum_fields", "events", "lists", "applications",
          "exposure_agency_month",
          "exposure_county_month", "exposure_nation_day", "exposure_agency_month_in_force",
          "exposure_county_month_in_force",
          "exposure_nation_day_in_force", "first_wave_codings")  # fmt: skip
#: The one too long for Excel and Stata.
LONG = "exposure_county_month_in_force"
#: Words that Stata keeps for itself.
RESERVED = frozenset(
    "byte double float if in int long using with str strL _all _b _coef _cons _n _pi _pred _rc _skip".split()
)


@pytest.fixture(scope="module")
def made(atlas: Atlas) -> dict[str, Published]:
    return {t.name: t for t in tables(atlas.db)}


@pytest.fixture(scope="module")
def folder(atlas: Atlas, made: dict[str, Published], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set, but for the slow months in Excel (see `test_months_in_excel`)."""
    place = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        small = {n: t for n, t in made.items() if "_month" not in n}
        patch.setattr(dataset, "tables", lambda db: iter(small.values()))
        dataset.export_data(atlas.db, place)
        patch.setattr(dataset, "tables", lambda db: iter(made.values()))
        dataset.export_data(atlas.db, place / "all", ("csv", "parquet", "stata"))
    return place


def read_excel(path: Path) -> list[list[Any]]:
    (sheet,) = (book := CalamineWorkbook.from_path(path)).sheet_names
    return book.get_sheet_by_name(sheet).to_python()


def test_the_tables(made: dict[str, Published]) -> None:
    assert tuple(made) == TABLES
    for table in made.values():
        assert table.frame.columns == [c.name for c in table.columns], table.name
        assert table.frame.height
        assert table.frame.select(table.key).is_duplicated().sum() == 0, table.name
        assert table.frame.select(table.key).equals(table.frame.select(table.key).sort(table.key)), table.name
        assert not any(c.endswith("_no") for c in table.frame.columns), "numbers that hold in one build"
    sizes = {n: t.frame.height for n, t in made.items()}
    assert (sizes["agreements"], sizes["lists"]) == (1870, 1252)


def test_ids_lead_from_table_to_table(made: dict[str, Published]) -> None:
    known = {c: set(made[t].frame[c]) for t, c in (("agencies", "agency_id"), ("agreements", "agreement_id"))}
    known["list_id"] = set(made["lists"].frame["list_id"])
    of_agencies = ("agreements", "spells", "signings", "testimony", "disagreements", "events", "applications")
    for name in (*of_agencies, "exposure_agency_month", "exposure_agency_month_in_force"):
        frame = made[name].frame
        assert set(frame["agency_id"]) <= known["agency_id"], name
        for column in {"first_list", "last_list", "list_id", "before_list_id"} & set(frame.columns):
            assert set(frame[column].drop_nulls()) <= known["list_id"], (name, column)
    own = [i for ids in made["spells"].frame["agreement_ids"].drop_nulls() for i in ids.split(";")]
    assert sorted(own) == sorted(known["agreement_id"])


def test_csv_and_parquet_say_the_same(made: dict[str, Published], folder: Path) -> None:
    for name, table in made.items():
        parquet = pl.read_parquet(folder / "all" / f"{name}.parquet")
        assert parquet.equals(table.frame), name
        back = pl.read_csv(folder / "all" / f"{name}.csv", schema=table.frame.schema)
        assert back.equals(table.frame), name


def test_stata_says_the_same(made: dict[str, Published], folder: Path) -> None:
    for name, table in made.items():
        if name == LONG:
            continue
        frame, meta = pyreadstat.read_dta(folder / "all" / f"{name}.dta", output_format="polars")
        assert frame.columns == table.frame.columns
        want = table.frame.with_columns(
            pl.col(c).fill_null("") if t == pl.String else pl.col(c).cast(t if t == pl.Date else pl.Float64)
            for c, t in table.frame.schema.items()
        )
        have = frame.with_columns(pl.col(c).cast(t) for c, t in want.schema.items())
        assert have.equals(want), name
        labels = {c.name: c.says[:STATA_LABEL].strip() for c in table.columns}
        assert meta.column_names_to_labels == labels
        for column in frame.columns:
            assert len(column) <= STATA_NAME and column not in RESERVED, column
            assert re.fullmatch(r"[a-z_][a-z0-9_]*", column), column


def test_excel_says_the_same(made: dict[str, Published], folder: Path) -> None:
    for name in (n for n in made if "_month" not in n):
        head, *rows = read_excel(folder / f"{name}.xlsx")
        frame = made[name].frame
        assert head == frame.columns
        assert len(rows) == frame.height
        for have, want in zip(rows, frame.iter_rows(), strict=True):
            assert [_same(v) for v in have] == [_same(v) for v in want], name


def _same(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return pytest.approx(float(value))
    return value


def test_months_in_excel(made: dict[str, Published], tmp_path: Path, atlas: Atlas) -> None:
    table = made["exposure_county_month"]
    some = Published(table.name, table.row, table.key, table.columns, table.frame.head(500))
    at = dataset.datetime(2026, 4, 30, 9)
    for again in ("a", "b"):
        formats.write_excel(some, tmp_path / f"{again}.xlsx", at)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert len(read_excel(tmp_path / "a.xlsx")) == 501


def test_twice_the_same_bytes(atlas: Atlas, made: dict[str, Published], folder: Path, tmp_path: Path,
                              monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """As written an hour later."""
    import time

    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 3700)
    small = [t for t in tables(atlas.db) if "_month" not in t.name]
    monkeypatch.setattr(dataset, "tables", lambda db: iter(small))
    dataset.export_data(atlas.db, tmp_path)
    names = sorted(p.name for p in tmp_path.iterdir())
    assert len(names) == 4 * len(small) + 5
    for name in names:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_table_too_long_for_a_format_is_left_out_of_it(made: dict[str, Published], folder: Path) -> None:
    held = {name: {t for t, table in made.items() if FORMATS[name].holds(table)} for name in FORMATS}
    assert held["csv"] == held["parquet"] == set(made)
    assert held["excel"] == held["stata"] == set(made) - {LONG}
    assert {p.stem for p in (folder / "all").glob("*.dta")} == held["stata"]
    assert (folder / "all" / f"{LONG}.parquet").exists()


def test_no_file_bears_the_moment_of_writing(folder: Path) -> None:
    today = f"{date.today():%Y-%m-%d}".encode()
    for path in folder.iterdir():
        if path.suffix in (".dta", ".txt", ".cff", ".md"):
            assert today not in path.read_bytes()
    assert b"<timestamp>\x1130 Apr 2026 09:00</timestamp>" in (folder / "agencies.dta").read_bytes()[:600]


def test_checksums(folder: Path) -> None:
    lines = (folder / "checksums.txt").read_text().splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    files = {p.name for p in folder.iterdir() if p.is_file()} - {"checksums.txt"}
    assert set(told) == files
    for name, digest in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_dictionary_describes_every_column_of_every_file(folder: Path) -> None:
    with (folder / "all" / "data-dictionary.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    told = {(r["table"], r["column"]) for r in rows}
    for name in TABLES:
        frame = pl.read_parquet(folder / "all" / f"{name}.parquet")
        assert {c for t, c in told if t == name} == set(frame.columns)
    assert all(r["says"] for r in rows)
    panel = [
        r for r in rows if r["table"].startswith("exposure_") and r["type"] in ("count", "share", "flag")
    ]
    assert panel and all(r["unit"] for r in panel)
    text = (folder / "all" / "data-dictionary.md").read_text()
    assert all(f"## {name}" in text for name in TABLES)


def test_readme_and_citation(folder: Path) -> None:
    text = (folder / "README.txt").read_text()
    for word in ('basis "listed"', "2026-04-30T09:00", "participatingAgencies04302026am.xlsx", "CC BY 4.0"):
        assert word in text
    assert "lists to 2026-04-30" in (folder / "CITATION.cff").read_text()


def test_what_a_list_prints_never_becomes_a_formula(tmp_path: Path) -> None:
    told = tell({row("TX", '=HYPERLINK("http://x") Police'): "x", row("TX", "https://x.test Police"): "x"})
    told.db.execute("INSERT INTO meta VALUES ('digest', 'x')")
    dataset.export_data(told.db, tmp_path, ("excel",))
    names = [r[1] for r in read_excel(tmp_path / "agencies.xlsx")[1:]]
    assert any(n.startswith("=HYPERLINK") for n in names), "kept as text"


def test_a_missing_extra_is_named_before_anything_is_written(
    atlas: Atlas, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(formats, "find_spec", lambda n: None if n == "pyreadstat" else real(n))
    said = run("export", "data", tmp_path / "out", home=atlas.home.root)
    assert said.code == 1
    assert "dta files need pyreadstat" in said.err and "atlas287[export]" in said.err
    assert not (tmp_path / "out").exists()
    done = run("export", "data", tmp_path / "out", "--format", "csv", home=atlas.home.root)
    assert done.code == 0
    assert {p.suffix for p in (tmp_path / "out").iterdir()} == {".csv", ".md", ".cff", ".txt"}


def test_a_folder_that_cannot_be_written(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AtlasError, match="cannot be written"):
        dataset.export_data(atlas.db, tmp_path / "file" / "data", ("csv",))


def test_an_export_cut_short_leaves_no_checksums(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "checksums.txt").write_text("of before")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(FORMATS["csv"], "write", fail)
    with pytest.raises(KeyboardInterrupt):
        dataset.export_data(atlas.db, tmp_path, ("csv",))
    assert list(tmp_path.iterdir()) == []
