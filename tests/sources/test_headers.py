"""Which column is which, by the printed header alone."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from atlas287.sources import ice_lists
from atlas287.sources.ice_lists.headers import key, read_header
from atlas287.sources.record import CELLS
from tests.sources.books import HEADER, ROW, book, listing, notes, read

PLAIN = ("state", "agency", "type", "county", "support_type", "signed", "moa", "addendum")


def cells(*texts: str) -> tuple[str, ...]:
    return read_header(texts).cells


def test_the_headers_that_ice_prints() -> None:
    assert cells(*HEADER) == PLAIN
    assert cells("State", "Law enforcement agency", "SUPPORT\xa0TYPE ", "", "M.O.A.") == (
        "state", "agency", "support_type", "", "moa",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "cell"),
    [
        ("SUPPORT  TYPES", "support_type"),
        ("SUPORT TYPE", "support_type"),
        ("LAW ENFORCEMENT AGENCIES", "agency"),
        ("LAW ENFORCMENT AGENCY", "agency"),
        ("AGENCY NAME", "agency"),
        ("DATE SIGNED", "signed"),
        ("COUNTY NAME", "county"),
        ("STATES", "state"),
        ("ADDENDUMS", "addendum"),
        ("MOAs", "moa"),
        # Other words, or too short to tell.
        ("COUNTRY", ""),
        ("STATUS", ""),
        ("UNSIGNED", ""),
        ("MOU", ""),
        ("NOTES", ""),
        ("Alabama", ""),
        ("", ""),
        ("287(g) agreements by state, law enforcement agency and support type", ""),
    ],
)
def test_one_header(printed: str, cell: str) -> None:
    assert cells(printed) == (cell,)


def test_type_means_the_support_type_beside_moa_name_only() -> None:
    assert cells("State", "MOA Name", "Type", "Date signed", "Link") == (
        "state", "agency", "support_type", "signed", "moa",
    )  # fmt: skip
    assert cells("State", "Agency", "Type") == ("state", "agency", "type")


def test_two_columns_for_one_cell_are_not_guessed() -> None:
    twice = read_header(("STATE", "STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE"))
    assert twice.cells == ("", "", "agency", "support_type")
    assert twice.missing == ("state",)
    assert twice.twice == (("state", (0, 1)),)
    assert read_header(("Agency", "Agency Name")).missing == ("state", "agency", "support_type")
    # Beside the header that ICE prints, one that resembles it is another column.
    assert cells("STATE", "STATES") == ("state", "")


def test_headers_csv_is_sound() -> None:
    text = resources.files(ice_lists).joinpath("headers.csv").read_text(encoding="utf-8")
    lines = list(csv.DictReader(text.splitlines()))
    assert all(line["evidence"] and line["cell"] in (*CELLS, "") for line in lines)
    named = [(key(line["printed"]), line["beside"]) for line in lines]
    assert len(named) == len(set(named))
    assert {line["cell"] for line in lines} >= set(CELLS)


def test_a_header_further_down() -> None:
    record = read(book([["287(g) participating agencies"], [], HEADER, ROW]))
    assert record.lists.row(0, named=True)["header_row"] == 3
    assert (listing(record)["row"], listing(record)["agency"]) == (4, ROW[1])
    (above,) = notes(record)
    title = '{"A":"287(g) participating agencies"}'
    assert (above["what"], above["row"], above["cells"]) == ("title", 1, title)


def test_a_header_is_looked_for_in_25_rows() -> None:
    def titles(count: int) -> bytes:
        return book([*[["title"]] * count, HEADER, ROW])

    assert read(titles(24)).rows.height == 1
    too_far = read(titles(25))
    assert too_far.rows.height == 0
    (refused,) = notes(too_far)
    assert refused["what"] == "sheet"
    assert "no header in its first 25 rows" in refused["reason"]
    assert '"26":{"A":"STATE"' in refused["cells"]


def test_an_unknown_column_is_kept_and_named() -> None:
    rows = [[*HEADER, "NOTES", None, "NOTES"], [*ROW, None, None, None, "pilot", 7, "again"]]
    record = read(book(rows, {"I2": "https://www.ice.gov/n"}))
    assert listing(record)["other"] == (
        '{"NOTES":"pilot","column J":"7","NOTES (column K)":"again","link:NOTES":"https://www.ice.gov/n"}'
    )
    first, second = notes(record, "column")
    assert "column I, 'NOTES', is none that the record names" in first["reason"]
    assert "headers.csv" in first["remedy"]
    assert "column K" in second["reason"]
    found = record.lists.row(0, named=True)
    assert found["columns"] == [*HEADER, "NOTES", "", "NOTES"]
    assert found["cells"] == [*PLAIN, "", "", ""]


def test_an_optional_column_twice_goes_to_other() -> None:
    record = read(book([[*HEADER[:5], "COUNTY NAME", "PARISH", "COUNTY"], [*ROW, "x", "y", "z"]]))
    assert listing(record)["county"] is None
    assert (
        listing(record)["other"]
        == '{"COUNTY":"Etowah County","COUNTY NAME":"x","PARISH":"y","COUNTY (column H)":"z"}'
    )
    assert "one of several for county" in notes(record, "column")[0]["reason"]


def test_a_sheet_without_a_required_column_says_so() -> None:
    record = read(book([["STATE", "LAW ENFORCEMENT AGENCY", "KIND OF HELP", "STATE"], ROW]))
    assert record.lists.height == 0
    (refused,) = notes(record)
    assert refused["what"] == "sheet"
    assert refused["sheet"] == "Sheet1"
    reason = refused["reason"]
    assert "participatingAgencies05282025am.xlsx" in reason
    assert "header in row 1" in reason
    assert "no column for state, support type" in reason
    assert "'KIND OF HELP'" in reason
    assert "state may be column A and D" in reason
    assert "headers.csv" in refused["remedy"]
    assert '"2":{"A":"ALABAMA"' in refused["cells"]


def test_columns_that_do_not_start_at_a() -> None:
    record = read(book([HEADER, [*ROW, None, "link"]], {"I2": "https://www.ice.gov/x"}, left=2))
    assert record.lists.row(0, named=True)["columns"] == ["", "", *HEADER]
    assert (listing(record)["state"], listing(record)["moa_link"]) == ("ALABAMA", "https://www.ice.gov/x")
