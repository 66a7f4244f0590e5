"""All lists there are, as ICE and its transcriber made them."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from atlas287.sources.ice_lists import read_folder
from atlas287.sources.ice_lists.cells import printed
from atlas287.sources.ice_lists.unwrap import has_mailbox
from atlas287.sources.record import CELLS, Record

pytestmark = pytest.mark.needs("data")


@pytest.fixture(scope="module")
def lists(data: Path) -> Path:
    return data / "ice-lists"


@pytest.fixture(scope="module")
def record(lists: Path) -> Record:
    return read_folder(lists)


@pytest.fixture(scope="module")
def listings(record: Record) -> pl.DataFrame:
    return record.listings()


def test_every_row_of_every_list(record: Record, listings: pl.DataFrame) -> None:
    assert record.lists.height == 1_252
    assert listings.height == record.rows.height == 384_782
    by_folder = dict(listings.group_by("folder").len().rows())
    assert by_folder == {"participating": 372_610, "pending": 12_172}
    by_file = dict(listings.group_by("file").len().rows())
    assert by_file["participatingAgencies05282025am.xlsx"] == 628
    assert by_file["participatingAgencies12312025am.xlsx"] == 1_274
    assert record.lists["blank_rows"].sum() == 4
    assert listings["support_type"].is_null().sum() == 4
    assert listings.select("state", "agency").null_count().row(0) == (0, 0)


def test_every_link(listings: pl.DataFrame) -> None:
    # Transcripts print addresses and have no links of their own.
    linked = listings.filter(~pl.col("moa").fill_null("").str.contains("://web.archive.org"))
    assert linked["moa_link"].count() + linked["addendum_link"].count() == 246_595
    by_file = dict(
        linked.group_by("file")
        .agg(pl.col("moa_link", "addendum_link").count())
        .select("file", pl.sum_horizontal("moa_link", "addendum_link"))
        .rows()
    )
    assert by_file["participatingAgencies05282025am.xlsx"] == 425
    assert by_file["participatingAgencies12312025am.xlsx"] == 1_313
    rules = pl.concat([listings["moa_unwrapped"], listings["addendum_unwrapped"]]).value_counts().rows()
    assert dict(rules)["safelinks"] == 50_398
    assert {rule for rule, _ in rules} == {None, "safelinks", "wayback", "slash", "viewer,slash"}
    hosts = (
        pl.concat([listings["moa_link"], listings["addendum_link"]])
        .drop_nulls()
        .str.extract("^(https?://[^/]+)/")
    )
    assert set(hosts) == {"https://www.ice.gov", "http://www.ice.gov"}


def test_the_sheet_of_totals_is_not_a_list(record: Record) -> None:
    assert set(record.quarantine["what"]) == {"not a list"}
    assert record.quarantine.select("file", "sheet").unique().rows() == [
        ("participatingAgencies03022026am.xlsx", "Sheet2")
    ]
    assert record.quarantine["row"].to_list() == list(range(1, 43))


def test_no_mailbox_and_no_name_of_an_author_survives(record: Record) -> None:
    for frame in (record.lists, record.printed, record.quarantine):
        text = (
            frame.with_columns(pl.col(pl.List(pl.String)).list.join("\n"))
            .select(pl.col(pl.String))
            .write_json()
        )
        assert "safelinks.protection" not in text
        assert re.search(r"\S@\S+\.\w", text) is None
        for column in frame.select(pl.col(pl.String)):
            assert not any(has_mailbox(value) for value in column.drop_nulls().unique())


def test_cells_are_those_that_calamine_reads(lists: Path, record: Record, listings: pl.DataFrame) -> None:
    """Read again without the room's own way of reading: whole workbook, untouched, sheet by name."""
    files = record.lists.sort("file", "folder").gather_every(37).to_dicts()
    assert len({len(source["columns"]) for source in files}) >= 4
    for source in files:
        book = CalamineWorkbook.from_path(lists / source["folder"] / source["file"])
        header, *rows = book.get_sheet_by_name(source["sheet"]).to_python(skip_empty_area=False)
        assert source["columns"][: len(header)] == header
        mine = listings.filter(pl.col("list_no") == source["list_no"]).to_dicts()
        assert len(mine) == len(rows)
        for found, expected in zip(mine, rows, strict=True):
            cells = dict(zip(source["cells"], map(printed, expected), strict=True))
            for name in CELLS:
                # An error value is printed; calamine leaves it blank.
                assert found[name] == cells.get(name) or (found[name], cells.get(name)) == ("#N/A", None)


def test_error_values_are_kept(listings: pl.DataFrame) -> None:
    errors = listings.filter(pl.any_horizontal(pl.col(name) == "#N/A" for name in CELLS))
    assert errors.height == 58_693
    assert errors["county"].unique().to_list() == ["#N/A"]


def test_dates_are_told_from_texts(listings: pl.DataFrame) -> None:
    dates = listings.filter(pl.col("signed_as") == "date")["signed"]
    assert dates.len() == 282_130
    assert dates.str.to_date("%Y-%m-%d", strict=True).null_count() == 0
    odd = listings.filter(pl.col("signed_as") == "text", ~pl.col("signed").str.contains(r"^\d{4}-\d\d-\d\d$"))
    assert set(odd["signed"]) == {"05/082025", "7/72025", "8/282025"}


def test_every_workbook_says_when_it_was_saved(record: Record) -> None:
    assert record.lists["saved_at"].null_count() == 0
    assert record.lists["saved_at"].dt.year().min() == 2025


def test_the_bundle_is_small_and_gives_the_same(record: Record, tmp_path: Path) -> None:
    record.write(tmp_path)
    sizes = {path.stem: path.stat().st_size for path in tmp_path.iterdir()}
    print(sizes)
    assert sum(sizes.values()) < 1_000_000
    assert Record.read(tmp_path).listings().equals(record.listings())
