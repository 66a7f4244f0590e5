"""Many documents into one record: each content once, in one order, whoever reads first."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from atlas287.sources.ice_lists import Document, read_documents, read_folder, reading, workbook
from atlas287.sources.ice_lists import document as documents
from atlas287.sources.record import CAPTURE, LISTS, PRINTED, QUARANTINE, ROWS, Record
from tests.sources.books import HEADER, ROW, book, document, notes, parts, read, sheet, zipped

T1, T2, T3 = "20210113002027", "20210116022328", "20210118001134"
PDF = "https://www.ice.gov/doclib/287gMOA/x.pdf"


def transcript(moment: str, *rows: list[Any], pdf: str = PDF) -> bytes:
    """A workbook as the transcriber makes them: the capture's address in the MOA cell."""
    link = f"https://web.archive.org/web/{moment}/{pdf}"
    return book([HEADER, [*ROW, None, link], *rows])


def capture(moment: str, content: bytes | None = None) -> Document:
    file = f"ParticipatingEntities-{moment}.xlsx"
    return document(transcript(moment) if content is None else content, file, captured=moment)


def same(one: Record, other: Record) -> bool:
    names = ("lists", "rows", "printed", "quarantine")
    return all(getattr(one, name).equals(getattr(other, name)) for name in names)


# Captures ----------------------------------------------------------------------------------------


def test_the_moment_of_capture_is_marked_and_comes_back() -> None:
    record = read_documents([capture(T1), capture(T2), capture(T3)])
    assert record.printed.height == 1
    assert record.printed["moa"].to_list() == [f"https://web.archive.org/web/{CAPTURE}/{PDF}"]
    assert record.printed["moa_link"].to_list() == [PDF]
    assert record.printed["moa_unwrapped"].to_list() == ["wayback"]
    assert record.listings()["moa"].to_list() == [
        f"https://web.archive.org/web/{t}/{PDF}" for t in (T1, T2, T3)
    ]


def test_captures_of_the_same_content_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out = []
    real = workbook._cells

    def counting(*args: Any) -> Any:
        laid_out.append(1)
        return real(*args)

    monkeypatch.setattr(workbook, "_cells", counting)
    record = read_documents([capture(T1), capture(T2), capture(T3, transcript(T3, ROW))])
    assert len(laid_out) == 2
    assert record.rows.height == 4


def test_a_moment_that_is_not_the_files_own_stays() -> None:
    record = read_documents([capture(T1, transcript(T2)), capture(T2)])
    assert record.printed["moa"].to_list() == [
        f"https://web.archive.org/web/{t}/{PDF}" for t in (T2, CAPTURE)
    ]
    assert record.listings()["moa"].to_list() == [f"https://web.archive.org/web/{T2}/{PDF}"] * 2


def test_a_moment_in_another_column_stays_and_keeps_the_captures_apart() -> None:
    def content(moment: str) -> bytes:
        return book([[*HEADER, "SOURCE"], [*ROW, None, f"x/{moment}", None, f"page {moment}"]])

    record = read_documents([capture(t, content(t)) for t in (T1, T2)])
    assert record.listings()["other"].to_list() == [f'{{"SOURCE":"page {t}"}}' for t in (T1, T2)]
    assert record.listings()["moa"].to_list() == [f"x/{t}" for t in (T1, T2)]


def test_a_moment_within_the_address_behind_the_wrapper() -> None:
    record = read_documents([capture(t, transcript(t, pdf=f"https://www.ice.gov/{t}.pdf")) for t in (T1, T2)])
    assert record.listings()["moa_link"].to_list() == [f"https://www.ice.gov/{t}.pdf" for t in (T1, T2)]
    assert T2 in record.listings()["moa"][1]


def test_a_cell_that_holds_the_mark_itself_is_left_alone() -> None:
    odd = f"{CAPTURE} and {T1}"
    record = read_documents([capture(T1, book([HEADER, [*ROW, None, odd]]))])
    assert record.printed["moa"].to_list() == [odd]
    without = read(book([HEADER, [*ROW, None, odd]]))
    assert without.listings()["moa"].to_list() == [odd]


def test_the_same_bytes_under_another_moment() -> None:
    content = transcript(T1)
    record = read_documents([capture(T1, content), capture(T2, content), document(content)])
    assert record.listings()["moa"].to_list() == [f"https://web.archive.org/web/{T1}/{PDF}"] * 3
    assert record.lists["captured"].to_list() == [T1, T2, None]


# Sightings ---------------------------------------------------------------------------------------


def test_each_sighting_is_a_list_and_each_content_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = []
    real = documents.parse

    def counting(*args: Any) -> Any:
        parsed.append(1)
        return real(*args)

    monkeypatch.setattr(reading, "parse", counting)
    content = book([HEADER, ROW])
    found = [document(content, "b.xlsx"), document(content, "a.xlsx"), document(content, "a.xlsx", "pending")]
    record = read_documents([*found, found[0]])
    assert record.lists.select("folder", "file").rows() == [
        ("participating", "a.xlsx"), ("participating", "b.xlsx"), ("pending", "a.xlsx"),
    ]  # fmt: skip
    assert record.rows.rows() == [(0, 2, 0), (1, 2, 0), (2, 2, 0)]
    assert len(parsed) == 1


def test_what_is_known_of_a_document_is_kept() -> None:
    made = document(book([HEADER]), "a.xlsx", publisher="ice", address="https://www.ice.gov/a", captured=T1)
    (found,) = read_documents([made]).lists.to_dicts()
    assert [found[k] for k in ("publisher", "address", "captured")] == ["ice", "https://www.ice.gov/a", T1]
    assert len(found["sha256"]) == 64


def test_a_folder_tells_names_folders_and_origins(tmp_path: Path) -> None:
    for name, moment in (("participating/sub", T1), ("pending", T2)):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / f"ParticipatingEntities-{moment}.xlsx").write_bytes(transcript(moment))
    seen: list[int] = []
    record = read_folder(tmp_path, seen.append)
    assert seen == [1, 2]
    assert record.lists.select("folder", "captured").rows() == [("pending", T2), ("sub", T1)]
    assert (
        record.lists["address"][0]
        == f"https://web.archive.org/web/{T2}/https://www.ice.gov/identify-and-arrest/287g"
    )


def test_the_order_given_and_the_number_of_threads_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(287)
    rows = [[*ROW[:1], f"Agency {i}", *ROW[2:], f"2025-01-{i:02}", "link"] for i in range(1, 29)]
    given = [
        document(book([HEADER, *dice.sample(rows, 20)], {"G3": PDF}), f"{i:02}.xlsx", dice.choice(["a", "b"]))
        for i in range(40)
    ]
    given += [capture(f"202101130020{i}") for i in range(10, 30)]
    given += [
        document(zipped(parts(sheet([["x"]]), sheet([HEADER, rows[0]]))), "two.xlsx"),
        document(b"", "bad.xlsx"),
    ]
    expected = read_documents(given)
    assert same(expected.canonical(), expected.canonical())
    for small, threads in ((0, 1), (0, 4), (10**9, 1)):
        monkeypatch.setattr(reading, "_SMALL", small)
        monkeypatch.setattr(reading, "_THREADS", threads)
        monkeypatch.setattr(reading.os, "cpu_count", lambda threads=threads: threads)
        dice.shuffle(given)
        assert same(read_documents(given), expected)


def test_numbers_follow_folder_file_sheet_and_row() -> None:
    two = zipped(parts(sheet([HEADER, ROW]), sheet([HEADER, [*ROW[:4], "x"]]), names=("b", "a")))
    record = read_documents(
        [document(two, "2.xlsx", "z"), document(book([HEADER, [*ROW[:4], "y"]]), "1.xlsx", "z")]
    )
    assert record.lists.select("list_no", "file", "sheet").rows() == [
        (0, "1.xlsx", "Sheet1"),
        (1, "2.xlsx", "a"),
        (2, "2.xlsx", "b"),
    ]
    assert record.printed["support_type"].to_list() == ["y", "x", ROW[4]]


def test_the_record_keeps_its_contract(tmp_path: Path) -> None:
    empty = read_documents([])
    full = read_documents([document(book([HEADER, ROW, ["x"]])), document(b"", "bad.xlsx")])
    for record in (empty, full):
        assert record.lists.schema == LISTS
        assert record.rows.schema == ROWS
        assert record.printed.schema == PRINTED
        assert record.quarantine.schema == QUARANTINE
        record.write(tmp_path)
        assert same(Record.read(tmp_path), record)
    assert {note["what"] for note in notes(full)} == {"document", "row"}


def test_reading_turns_the_collector_on_again() -> None:
    import gc

    def stop(count: int) -> None:
        assert not gc.isenabled()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_documents([document(book([HEADER]))], stop)
    assert gc.isenabled()
