"""Files that are damaged, are something else or mean harm: a line in the quarantine, nothing worse."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas287.sources.ice_lists import LIMITS, Document, read_documents, read_folder
from atlas287.sources.ice_lists.document import parse
from tests.sources.books import (
    HEADER,
    MAIN,
    NAME,
    ROW,
    book,
    cell,
    document,
    listing,
    notes,
    parts,
    read,
    row,
    sheet,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = book([HEADER, [*ROW, None, "link"]], {"G2": "https://www.ice.gov/x.pdf"})


def refused(content: bytes, what: str = "document") -> str:
    """The reason for which a document is not read; checks that it is complete."""
    before = time.perf_counter()
    record = read(content)
    assert time.perf_counter() - before < 10
    assert record.lists.height == record.rows.height == 0
    (note,) = notes(record)
    assert note["what"] == what
    assert note["reason"].startswith(f"{NAME}: ")
    assert len(note["remedy"]) > 10
    assert note["sha256"]
    return str(note["reason"])


def with_part(name: str, content: str | bytes) -> bytes:
    """The good workbook with one part changed."""
    made = parts(sheet([HEADER, ROW]))
    made[name] = content
    return zipped(made)


def changed(old: str, new: str, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The good workbook with some text of a part changed."""
    made = parts(sheet([HEADER, ROW]))
    assert old in str(made[name])
    return with_part(name, str(made[name]).replace(old, new))


# Something else ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"STATE,LAW ENFORCEMENT AGENCY\n", "neither a workbook nor a web page"),
        (b"%PDF-1.7\n", "it is a PDF"),
        (OLE + bytes(3_000), "an old Office file"),
        (OLE + "..EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (zipped({"word/document.xml": "<w/>"}), "but a Word document"),
        (zipped({"xl/workbook.bin": b"\0"}), "a binary workbook (.xlsb)"),
        (zipped({"content.xml": "<office/>", "mimetype": "x"}), "an OpenDocument file"),
        (zipped({"a.txt": "x"}), "a zip of something else"),
        (zipped({}), "a zip of something else"),
        (b"PK\x03\x04 and no more", "damaged or cut short"),
        (with_part("xl/workbook.xml", "<workbook/>"), "no sheets of cells"),
        (with_part("xl/workbook.xml", "<workbook>"), "malformed"),
        (with_part("xl/workbook.xml", b"\xff\xfe<\0w\0"), "not XML in UTF-8"),
        (with_part("xl/workbook.xml", "<workbook/>".encode("utf-16-le")), "not XML in UTF-8"),
        (with_part("xl/workbook.xml", b'<?xml version="1.0" encoding="cp037"?><workbook/>'), "not in UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_workbook(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_a_web_page_named_like_a_workbook() -> None:
    record = read(b"<!DOCTYPE html><html><head><title> 404 \n Not  Found</title></head><p>no</p></html>")
    (note,) = notes(record)
    assert note["what"] == "not a list"
    assert "a web page titled '404 Not Found'" in note["reason"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed("</sheetData>", ""), "malformed"),
        (
            changed("worksheets/sheet1.xml", "worksheets/gone.xml", "xl/_rels/workbook.xml.rels"),
            "part is missing",
        ),
        (changed(cell("A2", "ALABAMA"), '<c r="A2" t="s"><v>99</v></c>'), "cannot be read"),
    ],
)
def test_a_sheet_that_is_damaged(content: bytes, said: str) -> None:
    reason = refused(content, "sheet")
    assert said in reason
    assert "sheet 'Sheet1'" in reason


def test_one_bad_sheet_does_not_cost_the_other() -> None:
    made = parts(sheet([HEADER, ROW]), ("<worksheet><sheetData><row></worksheet>", {}))
    record = read(zipped(made))
    assert record.lists["sheet"].to_list() == ["Sheet1"]
    assert [(n["what"], n["sheet"]) for n in notes(record)] == [("sheet", "Sheet2")]


# Damaged on the way ------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_cut_short(share: float) -> None:
    assert "damaged or cut short" in refused(GOOD[: int(len(GOOD) * share)])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_flipped_bytes_never_upset_the_reader(data: st.DataObject) -> None:
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(GOOD) - 1))] = data.draw(st.integers(0, 255))
    record = read(bytes(broken))
    assert "upset the reader" not in "".join(record.quarantine["reason"])


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"<table>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_noise_never_upsets_the_reader(noise: bytes, head: bytes) -> None:
    record = read(head + noise)
    assert record.quarantine.height == 1
    assert "upset the reader" not in record.quarantine["reason"][0]


def test_a_hash_that_does_not_fit() -> None:
    record = read(GOOD, sha256="0" * 64)
    (note,) = notes(record)
    assert note["sha256"] == "0" * 64
    assert "not 000000000000… as recorded" in note["reason"]


# Meaning harm ------------------------------------------------------------------------------------


def patched(
    content: bytes, name: str, size: int | None = None, method: int | None = None, flag: int = 0
) -> bytes:
    """A zip whose directory lies about one part."""
    out = bytearray(content)
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(name.encode()))
    if size is not None:
        struct.pack_into("<L", out, place + 24, size)
    if method is not None:
        struct.pack_into("<H", out, place + 10, method)
    out[place + 8] |= flag
    return bytes(out)


SHEET = "xl/worksheets/sheet1.xml"


def bomb(megabytes: int) -> bytes:
    """A workbook whose sheet unzips to this many megabytes of blanks."""
    return with_part(
        SHEET, str(sheet([HEADER, ROW])[0]).replace("<sheetData>", " " * (megabytes << 20) + "<sheetData>")
    )


def test_zip_bombs() -> None:
    assert "unzips to more than 200 times" in refused(bomb(20), "sheet")
    assert "bytes unzipped" in refused(bomb(60), "sheet")


@pytest.mark.parametrize("size", [10, 400, 1_000_000])
def test_sizes_that_lie(size: int) -> None:
    assert "not what the zip's directory says" in refused(patched(GOOD, SHEET, size), "sheet")
    assert "not what the zip's directory says" in refused(patched(bomb(20), SHEET, size), "sheet")


def test_a_large_part_whose_size_lies() -> None:
    """Incompressible at first, so that it takes the path for large parts."""
    noise = os.urandom(200_000).hex()
    content = with_part(SHEET, f"<worksheet>{noise}{' ' * (30 << 20)}</worksheet>")
    assert "not what the zip's directory says" in refused(patched(content, SHEET, 500_000), "sheet")


def test_parts_packed_or_locked_in_other_ways() -> None:
    assert "packed by a method" in refused(patched(GOOD, SHEET, method=12), "sheet")
    assert "encrypted" in refused(patched(GOOD, SHEET, flag=1), "sheet")


def test_many_parts() -> None:
    assert "2,501 parts" in refused(zipped({f"{i}": "" for i in range(2_501)}))
    assert "directory larger" in refused(zipped({f"{i}{'x' * 200}": "" for i in range(2_500)}))


def test_two_parts_of_one_name() -> None:
    import io

    out = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as file:
        file.writestr(SHEET, "<worksheet/>")
    assert "two parts of the same name" in refused(out.getvalue())
    assert "two parts of the same name" in refused(with_part(SHEET.upper(), "<worksheet/>"))


def test_names_that_lead_elsewhere_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = parts(sheet([HEADER, ROW]))
    made |= {"../evil.xml": "<x/>", "/etc/evil": "x", "C:\\evil": "x"}
    made["xl/_rels/workbook.xml.rels"] = str(made["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/sheet1.xml", "../../../../evil.xml"
    )
    # "../" beyond the root stays at the root: there is no such part there.
    assert "part is missing" in refused(zipped(made), "sheet")
    assert list(tmp_path.iterdir()) == []


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "name",
    [
        "xl/workbook.xml",
        SHEET,
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
    ],
)
def test_entity_bombs(name: str) -> None:
    made = parts(sheet([HEADER, ROW]))
    xml = str(made[name]).partition("\n")[2] or str(made[name])
    reason = refused(with_part(name, ENTITIES + xml), "sheet" if name == SHEET else "document")
    assert "declares a document type" in reason


def test_entities_in_a_sheets_relations() -> None:
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    assert "declares a document type" in refused(with_part(name, ENTITIES + "<Relationships/>"), "sheet")


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="3"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row><row><c r="XFD3"><v>1</v></c></row>',
        "<row r='3'><c r='XFD1048576'><v>1</v></c></row>",
        '<x:row xmlns:x="urn:x" r="3"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        '<row r="3"><c\tr="XFD1048576"><v>1</v></c></row>',
        '<row r="3"><c s="0" r="XFD1048576"><v>1</v></c></row>',
        '<row r="3"><c r="XFD104857&#54;"><v>1</v></c></row>',
        f'<row r="900000">{"<c><v>1</v></c>" * 3}</row>',
    ],
)
def test_a_cell_far_away(far: str) -> None:
    assert "cells are laid out" in refused(book(row(1, HEADER) + row(2, ROW) + far), "sheet")


@pytest.mark.parametrize(
    "place",
    [
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="99999999"><c><v>1</v></c></row>',
        '<row r="4294967296"><c><v>1</v></c></row>',
        '<row r="3"><c r="A0"><v>1</v></c></row>',
        '<row r="3"><c r="ABCDEFGH1"><v>1</v></c></row>',
        '<row r="3"><c r="3"><v>1</v></c></row>',
        '<row r="3"><c r=""><v>1</v></c></row>',
    ],
)
def test_a_cell_nowhere(place: str) -> None:
    """The reader of cells takes any number for a place, and dies of some."""
    assert "which is no place" in refused(book(row(1, HEADER) + row(2, ROW) + place), "sheet")


@pytest.mark.parametrize(
    "trick",
    [
        '</sheetData><sheetData><row r="3"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="3"><c r="A3" r="XFD1048576"><v>1</v></c></row>',
        '<row r="3"><c r="A3" s="0" r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_two_readings_of_one_sheet(trick: str) -> None:
    assert refused(book(row(1, HEADER) + row(2, ROW) + trick), "sheet")
    xml, _ = sheet([HEADER, ROW])
    for opening in ('<x:sheetData xmlns:x="urn:x">', '<sheetData a="">'):
        far = (
            f'{opening}<row r="3"><c r="XFD1048576"><v>1</v></c></row></{opening[1:].split()[0].rstrip(">")}>'
        )
        assert refused(with_part(SHEET, xml.replace("<sheetData>", f"{far}<sheetData>")), "sheet")


@pytest.mark.parametrize(
    "head",
    [
        f'<sst xmlns="{MAIN}" count="1" uniqueCount="100000000000">',
        f"<sst xmlns='{MAIN}' uniqueCount = '100000000000'>",
        f'<sst xmlns="{MAIN}" uniqueCount="10000000000&#48;">',
        f'<sst xmlns="{MAIN}"><a/></sst><sst uniqueCount="100000000000">',
    ],
)
def test_shared_strings_that_claim_to_be_many(head: str) -> None:
    strings = f"{head}<si><t>x</t></si></sst>"
    assert "fewer than they claim" in refused(with_part("xl/sharedStrings.xml", strings))


def test_other_claims_of_size_do_nothing() -> None:
    xml, _ = sheet(
        [HEADER, ROW], '<mergeCells count="99999999999"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    xml = xml.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert listing(read(with_part(SHEET, xml)))["agency"] == ROW[1]
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs count="99999999999"/></styleSheet>'
    assert listing(read(with_part("xl/styles.xml", styles)))["agency"] == ROW[1]


SNIPPETS = """
0 99999999 " ' < > /> & &#57; - x: = é A XFD 1048576 1e999 r="XFD1048576" <row </row> </sheetData> <sheetData>
<!-- --> <![CDATA[ ]]> t="s" t="e" s="9" count="999999999999" <v> </v> <si> <is> <t> <f>HYPERLINK("a")</f>
<c\tr="ZZZ9"><v>1</v></c> ref="A1:XFD1048576" date1904="1" id="rId1"
""".split(" ")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.floats(0, 1), st.sampled_from(SNIPPETS), st.integers(0, 12)),
        min_size=1,
        max_size=6,
    )
)
def test_changed_xml_never_upsets_the_reader(changes: list[tuple[int, float, str, int]]) -> None:
    made = parts(sheet([HEADER, [*ROW, 5, "link"]], {"G2": "https://www.ice.gov/x"}), strings=["a", "b"])
    names = [SHEET] * 5 + [
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
    ]
    for which, share, snippet, gone in changes:
        text = str(made[names[which]])
        place = int(share * len(text))
        made[names[which]] = text[:place] + snippet + text[place + gone :]
    record = read(zipped(made))
    assert "upset the reader" not in "".join(record.quarantine["reason"])


def test_far_away_cells_that_hold_nothing_are_no_matter() -> None:
    far = '<row r="1048576" spans="1:3"><c r="XFD1048576" s="1"/></row>'
    assert listing(read(book(row(1, HEADER) + row(2, ROW) + far)))["agency"] == ROW[1]


def test_ten_thousand_columns() -> None:
    wide = [*HEADER, *(f"COLUMN {i}" for i in range(10_000))]
    record = read(book([wide, [*ROW, *[None] * 10_002, "x"]]))
    assert listing(record)["agency"] == ROW[1]
    assert listing(record)["other"] == '{"COLUMN 9999":"x"}'
    assert len(notes(record, "column")) == 21
    assert "9,980 further columns" in notes(record, "column")[-1]["reason"]
    assert "10,008 columns" in refused(book([wide, *[["x"]] * 300]), "sheet")


def long_text() -> bytes:
    """Shared strings multiply: 300 kB of sheet, 3 GB of text."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 6_000))
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    return zipped(parts((xml, {}), strings=["x" * 500_000]))


def test_a_long_text_repeated() -> None:
    assert "bytes of text" in refused(long_text(), "sheet")


def test_links_without_number() -> None:
    many = "".join(f'<hyperlink ref="A1:XFD{n}" r:id="rId1"/>' for n in range(100, 400))
    xml, _ = sheet([HEADER, *[ROW] * 1_000], f"<hyperlinks>{many}</hyperlinks>")
    assert "cover more than 200,000 cells" in refused(
        zipped(parts((xml, {"rId1": "https://www.ice.gov/"}))), "sheet"
    )
    each = '<hyperlink ref="A1" r:id="rId1" tooltip=""/>' * 200_001
    xml, _ = sheet([HEADER, ROW], f"<hyperlinks>{each}</hyperlinks>")
    made = parts((xml, {"rId1": "https://www.ice.gov/"}))
    big = zipped(made)
    assert "links" in refused(big, "sheet") or "times its size" in refused(big, "sheet")


def test_many_sheets() -> None:
    tags = "".join(f'<sheet name="{i}" sheetId="{i}"/>' for i in range(1, 1_000))
    assert "999 sheets" in refused(
        with_part("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets>{tags}</sheets></workbook>')
    )


def test_deep_nesting() -> None:
    assert "malformed" in refused(
        changed("<sheetData>", "<a>" * 5_000 + "</a>" * 5_000 + "<!-- --><sheetData>"), "sheet"
    )
    page = b"<html><table>" + b"<tr><td><table>" * 20_000 + b"</html>"
    assert read(page).quarantine["what"].to_list() == ["not a list"]


def test_memory_stays_bounded() -> None:
    """The worst of the above, several at once, in a process of its own whose peak is measured."""
    script = textwrap.dedent(
        """
        import resource
        from pathlib import Path
        from atlas287.sources.ice_lists import read_documents
        from tests.sources.books import HEADER, ROW, book, document, row
        from tests.sources.test_bad_files import SHEET, bomb, long_text, patched

        bad = [
            book(row(1, HEADER) + '<row r="3"><c r="XFD1048576"><v>1</v></c></row>'),
            book([[*HEADER, *range(9_000)], *[ROW] * 200]),
            book([HEADER, *[ROW] * 20_000]),
            long_text(),
            bomb(20),
            patched(bomb(40), SHEET, 900_000),
            b"<table>" + b"<tr><td>x" * 200_000,
            b"<table>" + b"<tr><td rowspan=1000 colspan=400>x" * 100_000,
        ]
        given = [document(content + bytes(i), f"{i}.xlsx") for content in bad for i in range(2)]
        record = read_documents(given)
        status = Path("/proc/self/status")
        if status.exists():  # ru_maxrss would begin with the memory of the process that ran the tests before
            peak = next(int(l.split()[1]) for l in status.read_text().splitlines() if l.startswith("VmHWM"))
        else:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(record.quarantine.height, peak // 1024)
        """
    )
    if sys.platform == "win32":
        pytest.skip("memory is measured on Unix")
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    lines, peak = map(int, run.stdout.split())
    assert lines >= 10
    assert peak < 700


# Folders -----------------------------------------------------------------------------------------


def test_a_folder_with_everything(tmp_path: Path) -> None:
    folder = tmp_path / "lists" / "participating"
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(GOOD)
    (folder / "empty.xlsx").touch()
    (folder / "~$lock.xlsx").write_bytes(b"x")
    (folder / ".hidden").write_bytes(b"x")
    with (folder / "large.xlsx").open("wb") as file:
        file.truncate(LIMITS.file + 1)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.xlsx")
    record = read_folder(tmp_path)
    assert record.lists.select("folder", "file").rows() == [("participating", NAME)]
    assert {note["file"] for note in notes(record)} <= {"empty.xlsx", "large.xlsx", "pipe.xlsx"}
    large = next(note for note in notes(record) if note["file"] == "large.xlsx")
    assert "33,554,433 bytes" in large["reason"]
    assert len(large["sha256"]) == 64


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    record = read_documents([Document("participating", NAME, tmp_path / "gone.xlsx", "0" * 64)])
    (note,) = notes(record)
    assert "cannot be opened" in note["reason"]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        read_folder(tmp_path / "gone")
    assert read_folder(tmp_path).lists.height == 0


def test_a_reader_that_fails_costs_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    from atlas287.sources.ice_lists import reading

    def fail(data: bytes, *rest: object) -> object:
        if data == GOOD:
            raise RuntimeError("unforeseen")
        return parse(data)

    monkeypatch.setattr(reading, "parse", fail)
    other = book([HEADER, ROW, ROW])
    record = read_documents([document(GOOD, "a.xlsx"), document(other, "b.xlsx")])
    assert record.lists["file"].to_list() == ["b.xlsx"]
    assert "upset the reader (RuntimeError: unforeseen)" in notes(record)[0]["reason"]
