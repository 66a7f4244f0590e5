"""Bad files among good ones, end to end: each is quarantined or read, with a message that names file,
row and remedy, and the rest of the build is right. By `build --lists` and by `add` alike."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas287 import Atlas
from tests.listmaker import (
    AGENCIES,
    HEADER,
    Cell,
    Link,
    listing,
    put,
    small_folder,
    small_list,
    workbook,
    zipped,
)

GOOD = AGENCIES[:2]
NAME = "participatingAgencies05142026am.xlsx"


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook, to be changed."""
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def truncated() -> bytes:
    data = small_list(GOOD)
    return data[: len(data) // 2]


def html_error() -> bytes:
    return b"<!DOCTYPE html><html><head><title>403</title></head><body><h1>Access Denied</h1></body></html>"


def wide() -> bytes:
    """A list in 8 of 10,000 columns: read, for it is a list all the same, or set aside; never a crash."""
    header: list[Cell] = [*HEADER, *(f"COLUMN {n}" for n in range(len(HEADER), 10_000))]
    return workbook([header, *([*listing(a), *[None] * 9_990, "x", "y"] for a in GOOD)])


def zip_bomb() -> bytes:
    """A sheet of a hundred megabytes of blanks."""
    made = parts(small_list(GOOD))
    sheet = made["xl/worksheets/sheet1.xml"]
    made["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", b" " * 100_000_000 + b"</sheetData>")
    return zipped(made)


def lying_bomb() -> bytes:
    """The same, whose directory says that it is small."""
    made = parts(small_list(GOOD))
    sheet = made["xl/worksheets/sheet1.xml"]
    size = len(sheet) + 40_000_000
    made["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", b" " * 40_000_000 + b"</sheetData>")
    return zipped(made).replace(struct.pack("<L", size), struct.pack("<L", 5_000))


def entity_bomb() -> bytes:
    """A billion laughs in the sheet."""
    made = parts(small_list(GOOD))
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{laughs}]>'.encode()
    sheet = made["xl/worksheets/sheet1.xml"]
    head, _, rest = sheet.partition(b"?>")
    made["xl/worksheets/sheet1.xml"] = head + b"?>" + doctype + rest.replace(b"ALABAMA", b"&l9;")
    return zipped(made)


def outside_entity() -> bytes:
    """An entity that would read a file of the machine."""
    made = parts(small_list(GOOD))
    sheet = made["xl/worksheets/sheet1.xml"]
    head, _, rest = sheet.partition(b"?>")
    doctype = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    made["xl/worksheets/sheet1.xml"] = head + b"?>" + doctype + rest.replace(b"ALABAMA", b"&x;")
    return zipped(made)


def random_zip() -> bytes:
    return zipped({"readme.txt": b"no workbook"})


#: What is refused as a whole: how to make it, and what must be said of it.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a truncated workbook": (truncated, "zip"),
    "a text named .xlsx": (
        lambda: b"STATE,AGENCY\nFLORIDA,Miami Police\n",
        "neither a workbook nor a web page",
    ),
    "an empty file": (lambda: b"", "it is empty"),
    "an HTML error page": (html_error, ""),
    "a zip bomb": (zip_bomb, "unzip"),
    "a zip bomb that lies": (lying_bomb, ""),
    "an entity bomb": (entity_bomb, "document type"),
    "an entity from outside": (outside_entity, "document type"),
    "a zip of something else": (random_zip, "it is no Excel workbook"),
}


@pytest.fixture(params=["build", "add"])
def take_up(request: pytest.FixtureRequest, tmp_path: Path, run: Callable[..., Any]) -> Callable[..., Atlas]:
    """Takes up a file beside the four good lists: in the folder built from, or added afterwards."""

    def it(data: bytes, file: str = NAME) -> Atlas:
        home, lists = tmp_path / "state", small_folder(tmp_path / "lists")
        if request.param == "build":
            put(lists / "participating" / file, data)
            answer = run("build", "--lists", lists, home=home)
            assert answer.code == 0, answer.err
        else:
            assert run("build", "--lists", lists, home=home).code == 0
            answer = run("add", put(tmp_path / "new" / file, data), home=home)
            assert answer.code == 0, answer.err
        atlas = Atlas.open(home)
        assert atlas.checks().filter(result="fail").height == 0
        return atlas

    return it


def assert_the_rest_is_right(atlas: Atlas, newest: str = "2026-05-13T09:00") -> None:
    lists = atlas.lists()
    assert {f for f in lists["file"] if f != NAME} == {
        *(f"participatingAgencies05{day}2026am.xlsx" for day in (11, 12, 13)),
        "pendingAgencies05122026am.xlsx",
    }
    assert atlas.status("2026-05-12")["agreements"] == 5
    assert atlas.status("2026-05-13")["agreements"] == 4
    assert atlas.status()["list"]["at"] == newest


@pytest.mark.parametrize("what", REFUSED)
def test_a_document_that_cannot_be_read(what: str, take_up: Callable[..., Atlas]) -> None:
    make, said = REFUSED[what]
    atlas = take_up(make())
    assert_the_rest_is_right(atlas)
    rows = atlas.table("quarantine").to_dicts()
    assert rows, "it is kept and counted"
    for row in rows:
        assert row["file"] == NAME
        assert row["what"] in ("document", "sheet", "not a list")
        assert NAME in row["reason"]
        assert len(row["remedy"]) > 10
    assert any(said in row["reason"] for row in rows), rows
    assert "/root:" not in str(rows) and "root:x" not in str(rows)


def test_a_sheet_of_ten_thousand_columns(take_up: Callable[..., Atlas]) -> None:
    atlas = take_up(wide())
    read = atlas.lists().filter(file=NAME).height
    if read:
        assert_the_rest_is_right(atlas, "2026-05-14T09:00")
        assert atlas.status()["agreements"] == 2
    else:
        assert_the_rest_is_right(atlas)
        assert atlas.table("quarantine").filter(file=NAME).height


def test_a_header_in_row_three(take_up: Callable[..., Atlas]) -> None:
    title: list[list[Cell]] = [["287(g) Participating Agencies"], ["as of 14 May 2026"]]
    atlas = take_up(workbook([*title, HEADER, *(listing(a) for a in GOOD)]))
    assert_the_rest_is_right(atlas, "2026-05-14T09:00")
    assert atlas.status()["agreements"] == 2
    (found,) = atlas.table("list").filter(file=NAME).to_dicts()
    assert (found["header_row"], found["rows"]) == (3, 2)
    assert atlas.listings(found["list_id"])["row"].to_list() == [4, 5]
    kept = atlas.table("quarantine").to_dicts()
    assert {k["row"] for k in kept} <= {1, 2}, "at most the lines above are set aside"


def test_an_unknown_column_is_kept_and_the_list_read(take_up: Callable[..., Atlas]) -> None:
    rows: list[list[Cell]] = [[*HEADER, "FIELD OFFICE"], *([*listing(a), "Tampa"] for a in GOOD)]
    atlas = take_up(workbook(rows))
    assert_the_rest_is_right(atlas, "2026-05-14T09:00")
    assert atlas.status()["agreements"] == 2
    listings = atlas.listings(f"participating/2026-05-14T09:00/{NAME}")
    assert listings["other"].to_list() == ['{"FIELD OFFICE":"Tampa"}'] * 2
    noted = atlas.table("quarantine").filter(file=NAME).to_dicts()
    assert any("FIELD OFFICE" in n["reason"] and n["remedy"] for n in noted), (
        "it is said that it is not understood"
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("LAW ENFORCEMENT AGENCY", "Law Enforcement Agency Name"),
        ("LAW ENFORCEMENT AGENCY", "LAW ENFORCMENT AGENCY"),
        ("SUPPORT TYPE", "Support Model"),
        ("SIGNED", "Date Signed"),
        ("STATE", " state "),
        ("MOA", "MOA Link"),
    ],
)
def test_a_renamed_column_that_can_be_known(was: str, now: str, take_up: Callable[..., Atlas]) -> None:
    header = [now if h == was else h for h in HEADER]
    rows = [listing(a, link="https://www.ice.gov/doclib/a.pdf") for a in GOOD]
    atlas = take_up(workbook([header, *rows]))
    assert_the_rest_is_right(atlas, "2026-05-14T09:00")
    assert atlas.status()["agreements"] == 2
    memoranda = atlas.table("agreement").filter(status="active")["memorandum"].to_list()
    assert memoranda == ["https://www.ice.gov/doclib/a.pdf"] * 2


def test_a_renamed_column_that_cannot_be_known(take_up: Callable[..., Atlas]) -> None:
    header = ["Counterparty" if h == "LAW ENFORCEMENT AGENCY" else h for h in HEADER]
    atlas = take_up(workbook([header, *(listing(a) for a in GOOD)]))
    assert_the_rest_is_right(atlas)
    found = atlas.table("quarantine").filter(file=NAME).to_dicts()
    reasons = " ".join(r["reason"] for r in found)
    assert NAME in reasons and "Counterparty" in reasons, "it names the column that it does not know"
    assert any("headers.csv" in r["remedy"] or "header" in r["remedy"].lower() for r in found)
    assert "Etowah County" in str(found), "its cells are kept"


def test_an_unknown_model(take_up: Callable[..., Atlas]) -> None:
    odd = (*AGENCIES[2][:4], "Tunnel Enforcement Model")
    atlas = take_up(small_list([*GOOD, odd]))
    assert_the_rest_is_right(atlas, "2026-05-14T09:00")
    assert atlas.status()["agreements"] == 2
    ((what, file, row, reason, remedy),) = atlas.db.execute(
        "SELECT what, file, row, reason, remedy FROM quarantine"
    ).fetchall()
    assert (what, file, row) == ("unread", NAME, 4)
    assert f"{NAME}, sheet Sheet1, row 4: the model 'Tunnel Enforcement Model' cannot be read" in reason
    assert "corrections/words.csv: model,Tunnel Enforcement Model," in remedy
    (check,) = atlas.checks().filter(name="rows").to_dicts()
    assert check["expected"] == check["found"] == "17"


def test_links_that_are_no_addresses_never_become_links(take_up: Callable[..., Atlas]) -> None:
    hostile = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b.gov",
        "data:text/html,x",
        "//evil",
        "ftp://x/y",
    ]
    rows = [listing(("FLORIDA", f"Town {n} Police", *AGENCIES[1][2:])) for n in range(len(hostile))]
    for row, target in zip(rows, hostile, strict=True):
        row[6] = Link("link", target)
    atlas = take_up(workbook([HEADER, *rows]))
    assert atlas.status()["agreements"] == len(hostile)
    assert atlas.table("agreement").filter(status="active")["memorandum"].to_list() == [None] * len(hostile)
    assert "a@b.gov" not in str(atlas.table("printed").to_dicts())


# All at once, strict and not ----------------------------------------------------------------------


@pytest.fixture
def bad_folder(tmp_path: Path) -> Path:
    """The good lists, and one of each bad file."""
    lists = small_folder(tmp_path / "lists")
    made = {what: make() for what, (make, _) in REFUSED.items() if "bomb" not in what or "entity" in what}
    for n, data in enumerate(made.values(), 1):
        put(lists / "participating" / f"participatingAgencies04{n:02d}2026am.xlsx", data)
    return lists


def test_all_bad_files_at_once(bad_folder: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    home = tmp_path / "state"
    answer = run("build", "--lists", bad_folder, home=home)
    assert answer.code == 0, "quarantined input does not fail a build"
    assert "are quarantined: see `atlas287 check --quarantine`" in answer.out
    said = run("check", "--quarantine", home=home)
    bad = [
        p.name
        for p in (bad_folder / "participating").iterdir()
        if p.name.startswith("participatingAgencies04")
    ]
    assert len(bad) == 7
    for name in bad:
        assert name in said.out
    rows = run("check", "--quarantine", "--json", home=home).json
    assert all(r["reason"] and r["remedy"] for r in rows)
    assert Atlas.open(home).status()["agreements"] == 4


def test_strict_fails_and_keeps_the_build_before(
    bad_folder: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    home = tmp_path / "state"
    assert run("build", "--strict", "--lists", small_folder(tmp_path / "good"), home=home).code == 0
    before = (home / "current").read_text()
    answer = run("build", "--strict", "--lists", bad_folder, home=home)
    assert answer.code == 1
    assert "quarantine: strict: nothing is quarantined" in answer.err
    assert "participatingAgencies0401" in answer.err and "remedy:" in answer.err
    assert (home / "current").read_text() == before
    assert run("status", home=home).code == 0


def test_what_cannot_even_be_opened(tmp_path: Path, run: Callable[..., Any]) -> None:
    lists = small_folder(tmp_path / "lists")
    (lists / "participating" / NAME).mkdir()
    (lists / "participating" / "participatingAgencies05152026am.xlsx").symlink_to(tmp_path / "nowhere")
    answer = run("build", "--lists", lists, home=tmp_path / "state")
    assert answer.code == 0, answer.err
    atlas = Atlas.open(tmp_path / "state")
    assert_the_rest_is_right(atlas)
    ((file, reason),) = atlas.db.execute("SELECT file, reason FROM quarantine").fetchall()
    assert file == "participatingAgencies05152026am.xlsx" and "cannot be opened" in reason
    added = run(
        "add", lists / "participating" / "participatingAgencies05152026am.xlsx", home=tmp_path / "state"
    )
    assert added.code == 1
    assert "cannot read" in added.out and "remedy" in added.out
