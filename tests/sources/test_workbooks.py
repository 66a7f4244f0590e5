# ruff: noqa: E501 - XML and HTML are easier to read unbroken
"""Workbooks: cells exactly as printed, rows in their places, links on their cells."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from tests.sources.books import (
    HEADER,
    MAIN,
    OFFICE,
    ROW,
    Error,
    book,
    cell,
    document,
    listing,
    notes,
    parts,
    read,
    sheet,
    zipped,
)

MOA = "https://www.ice.gov/doclib/287gMOA/x.pdf"
FULL = [*ROW, dt.date(2025, 5, 8), "link", None]


def one(signed: Any = None, **cells: Any) -> dict[str, Any]:
    """The listing of one row with these cells, by header."""
    values = dict(zip(HEADER, [*ROW, signed, None, None], strict=True)) | cells
    return listing(read(book([list(values), list(values.values())])))


# Cells -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        (dt.date(2020, 6, 9), "2020-06-09", "date"),
        (dt.datetime(2020, 6, 9, 13, 30), "2020-06-09T13:30:00", "date"),
        ("2020-06-09", "2020-06-09", "text"),
        ("05/082025", "05/082025", "text"),
        (" 7/72025\xa0", " 7/72025\xa0", "text"),
        (45678, "45678", "text"),
        (45678.5, "45678.5", "text"),
        (1e20, "1e+20", "text"),
        (True, "TRUE", "text"),
        (Error("#N/A"), "#N/A", "text"),
        (None, None, None),
        ("", None, None),
    ],
)
def test_a_cell_as_printed(value: Any, text: str | None, kind: str | None) -> None:
    found = one(value)
    assert (found["signed"], found["signed_as"]) == (text, kind)


def test_text_is_kept_letter_for_letter() -> None:
    odd = " Etowah\xa0County\nSheriff’s  Office — <&> \U0001f600 "
    found = one(**{"LAW ENFORCEMENT AGENCY": odd, "COUNTY": " "})
    assert (found["agency"], found["county"]) == (odd, " ")


def test_shared_strings_rich_text_and_dates_from_1904() -> None:
    cells = "".join(f'<c r="{column}2" t="s"><v>{i}</v></c>' for i, column in enumerate("ABCDE"))
    head = "".join(cell(f"{column}1", text) for column, text in zip("ABCDEF", HEADER, strict=False))
    xml = sheet(f'<row r="1">{head}</row><row r="2">{cells}<c r="F2" s="1"><v>1000</v></c></row>')
    made = parts(xml, strings=ROW)
    made["xl/sharedStrings.xml"] = str(made["xl/sharedStrings.xml"]).replace(
        "<t>ALABAMA</t>", "<r><t>ALA</t></r><r><rPr><b/></rPr><t>BAMA</t></r>"
    )
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    found = listing(read(zipped(made)))
    assert [found[name] for name in ("state", "agency", "signed")] == ["ALABAMA", ROW[1], "1906-09-27"]


def test_true_and_one_are_printed_differently() -> None:
    rows = [[*HEADER[:5], "FLAG"], *([*ROW, flag] for flag in (True, 1, 1.0, False, 0))]
    other = read(book(rows)).listings()["other"]
    assert other.to_list() == [f'{{"FLAG":"{text}"}}' for text in ("TRUE", "1", "1", "FALSE", "0")]


def test_error_values_are_printed_and_texts_like_them_untouched() -> None:
    found = one(**{"COUNTY": Error("#N/A"), "TYPE": ' t="e"><v>#N/A'})
    assert (found["county"], found["type"]) == ("#N/A", ' t="e"><v>#N/A')


# Rows --------------------------------------------------------------------------------------------


def test_rows_have_the_spreadsheets_numbers() -> None:
    record = read(book([HEADER, FULL, [], [" "], [*FULL[:4], "Task Force Model"]], first=2))
    assert record.listings()["row"].to_list() == [3, 6]
    assert record.lists.row(0, named=True)["blank_rows"] == 2
    assert record.lists.row(0, named=True)["header_row"] == 2
    assert notes(record) == []


def test_a_list_without_rows_is_a_list() -> None:
    record = read(book([HEADER[:5]]), "pendingAgencies02142026am.xlsx")
    assert (record.lists.height, record.rows.height, record.quarantine.height) == (1, 0, 0)


def test_equal_rows_are_kept_once() -> None:
    record = read(book([HEADER, FULL, FULL, [*FULL[:6], "LINK", None], FULL]))
    assert record.rows["printed_no"].to_list() == [0, 0, 1, 0]
    assert record.printed.height == 2


@pytest.mark.parametrize("missing", [0, 2, 3, 4])
def test_a_row_with_an_agency_is_a_listing(missing: int) -> None:
    record = read(book([HEADER, [*FULL[:missing], None, *FULL[missing + 1 :]]]))
    assert record.rows.height == 1
    assert notes(record) == []


def test_a_row_without_an_agency_is_set_aside() -> None:
    rows = [
        HEADER,
        FULL,
        ["ALABAMA", " ", None, None, "Jail Enforcement Model"],
        [None, None, "Total", 1],
        HEADER,
    ]
    record = read(book(rows, {"G3": MOA, "H9": "mailto:john.doe@ice.dhs.gov", "H8": MOA}))
    assert record.rows["row"].to_list() == [2]
    assert [(n["row"], n["cells"]) for n in notes(record, "row")] == [
        (3, '{"A":"ALABAMA","B":" ","E":"Jail Enforcement Model","link:G":"https://www.ice.gov/doclib/287gMOA/x.pdf"}'),
        (4, '{"C":"Total","D":"1"}'),
        (5, '{' + ",".join(f'"{c}":"{t}"' for c, t in zip("ABCDEFGH", HEADER, strict=True)) + "}"),
    ]  # fmt: skip
    assert "row 3 names no agency" in notes(record, "row")[0]["reason"]
    assert "header again" in notes(record, "row")[2]["reason"]
    (stray,) = notes(record, "link")
    assert stray["cells"] == '{"H9":"dropped","H8":"https://www.ice.gov/doclib/287gMOA/x.pdf"}'


def test_a_blank_row_with_a_link_is_kept_aside() -> None:
    record = read(book([HEADER, FULL, [], FULL], {"G3": MOA}))
    assert record.lists["blank_rows"].to_list() == [1]
    (note,) = notes(record)
    assert (note["what"], note["row"], note["cells"]) == ("row", 3, f'{{"link:G":"{MOA}"}}')


# Sheets ------------------------------------------------------------------------------------------


def test_a_second_sheet_of_totals_is_not_a_list() -> None:
    totals = sheet([["Total", None, "JEM"], ["ALABAMA", None, 12], [], ["ALASKA"]])
    record = read(zipped(parts(sheet([HEADER, FULL]), totals)))
    assert record.lists["sheet"].to_list() == ["Sheet1"]
    kept = [(n["what"], n["sheet"], n["row"], n["cells"]) for n in notes(record)]
    assert kept == [
        ("not a list", "Sheet2", 1, '{"A":"Total","C":"JEM"}'),
        ("not a list", "Sheet2", 2, '{"A":"ALABAMA","C":"12"}'),
        ("not a list", "Sheet2", 4, '{"A":"ALASKA"}'),
    ]


def test_a_lone_sheet_without_a_header_is_refused_only_if_it_is_to_be_a_list() -> None:
    content = book([["Total", "JEM"], ["ALABAMA", 12]])
    (refused,) = notes(read(content))
    assert (refused["what"], refused["row"]) == ("sheet", None)
    assert refused["cells"] == '{"1":{"A":"Total","B":"JEM"},"2":{"A":"ALABAMA","B":"12"}}'
    assert [n["what"] for n in notes(read(content, "totals.xlsx"))] == ["not a list"] * 2
    # The same bytes under both names are decided by each name.
    from atlas287.sources.ice_lists import read_documents

    both = read_documents([document(content), document(content, "totals.xlsx")])
    assert both.quarantine["what"].to_list() == ["sheet", "not a list", "not a list"]


def test_a_blank_sheet_and_a_hidden_one() -> None:
    made = parts(sheet([HEADER, FULL]), sheet([]), sheet([HEADER, FULL]))
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace(
        'sheetId="3"', 'sheetId="3" state="hidden"'
    )
    record = read(zipped(made))
    assert record.lists["sheet"].to_list() == ["Sheet1"]
    said = [(n["what"], n["sheet"], n["reason"].rpartition(": ")[2]) for n in notes(record)]
    assert said == [
        ("not a list", "Sheet2", "it is blank"),
        ("not a list", "Sheet3", "it is hidden"),
        ("not a list", "Sheet3", "it is hidden"),
    ]


def test_two_lists_in_one_workbook_come_in_order_of_their_names() -> None:
    made = parts(sheet([HEADER, FULL]), sheet([HEADER, FULL, FULL]), names=("b", "a"))
    record = read(zipped(made))
    assert record.lists["sheet"].to_list() == ["a", "b"]
    assert record.rows["list_no"].to_list() == [0, 0, 1]


def test_sheets_are_found_through_the_workbooks_relations() -> None:
    made = parts(sheet([HEADER, FULL]), sheet([["x"]]))
    made["xl/other/first.xml"] = made.pop("xl/worksheets/sheet1.xml")
    made["xl/_rels/workbook.xml.rels"] = (
        str(made["xl/_rels/workbook.xml.rels"])
        .replace("worksheets/sheet1.xml", "/xl/other/first.xml")
        .replace("worksheets/sheet2.xml", "../xl/./worksheets/sheet2.xml")
    )
    made["book/main.xml"] = str(made.pop("xl/workbook.xml"))
    made["book/_rels/main.xml.rels"] = (
        str(made.pop("xl/_rels/workbook.xml.rels"))
        .replace('"styles.xml', '"../xl/styles.xml')
        .replace('"sharedStrings.xml', '"../xl/sharedStrings.xml')
    )
    made["_rels/.rels"] = str(made["_rels/.rels"]).replace("xl/workbook.xml", "book/main.xml")
    record = read(zipped(made))
    assert listing(record)["signed"] == "2025-05-08"
    assert record.lists["sheet"].to_list() == ["Sheet1"]


def test_a_chart_sheet_is_passed_over() -> None:
    made = parts(sheet([HEADER, FULL]), sheet([["x"]]))
    made["xl/_rels/workbook.xml.rels"] = str(made["xl/_rels/workbook.xml.rels"]).replace(
        f'Id="rId2" Type="{OFFICE}/worksheet"', f'Id="rId2" Type="{OFFICE}/chartsheet"'
    )
    assert notes(read(zipped(made))) == []


@pytest.mark.parametrize(
    ("saved", "moment"),
    [
        ("2025-05-28T12:50:18Z", dt.datetime(2025, 5, 28, 12, 50, 18)),
        ("2025-05-28T12:50:18-04:00", dt.datetime(2025, 5, 28, 16, 50, 18)),
        ("last Tuesday", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_when_it_was_saved(saved: str, moment: dt.datetime | None) -> None:
    record = read(zipped(parts(sheet([HEADER, FULL]), saved=saved)))
    assert record.lists["saved_at"].to_list() == [moment]
    everything = [frame.write_json() for frame in (record.lists, record.printed, record.quarantine)]
    assert "Somebody" not in "".join(everything)


# Links -------------------------------------------------------------------------------------------


def linked(links: str, targets: dict[str, str], rows: int = 6, head: str = "", **more: Any) -> pl.DataFrame:
    """The listings of a sheet with this XML of links (or that and more, in `more`)."""
    xml, _ = sheet([HEADER, *[FULL] * rows], links)
    made = parts((xml.replace("<sheetData>", f"{head}<sheetData>"), targets), **more)
    return read(zipped(made)).listings()


A, B = MOA, "https://www.ice.gov/doclib/287gMOA/y.pdf?a=1&b=2"


@pytest.mark.parametrize(
    "links",
    [
        '<hyperlinks><hyperlink ref="G2" r:id="a"/><hyperlink ref="G3" r:id="b"/></hyperlinks>',
        "<hyperlinks><hyperlink r:id='a' display='link' ref='G2'/>\n<hyperlink ref = 'G3'\n r:id='b'></hyperlink></hyperlinks>",
        f'<hyperlinks xmlns:q="{OFFICE}"><hyperlink ref="G2" q:id="a"/><hyperlink ref="G3" q:id="b"/></hyperlinks>',
        f'<m:hyperlinks xmlns:m="{MAIN}"><m:hyperlink ref="G2" r:id="a"/><m:hyperlink ref="$G$3" r:id="b"/></m:hyperlinks>',
        '<!-- <hyperlink ref="G2" r:id="b"/> --><hyperlinks><hyperlink ref="G2" r:id="a"/><hyperlink ref="G3" r:id="b"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="G2" r:id="a" tooltip="a hyperlink"/><hyperlink ref="G3" r:id="b"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="G2" r:id="&#97;"/><hyperlink ref="G3" r:id="b"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="G2" r:id="a"/><hyperlink ref="G2" r:id="b"/><hyperlink ref="G3" r:id="b"/></hyperlinks>',
    ],
)
def test_links_however_they_are_written(links: str) -> None:
    found = linked(links, {"a": A, "b": B})
    assert found["moa_link"].to_list() == [A, B, None, None, None, None]
    assert found["moa_unwrapped"].null_count() == 6


def test_relations_however_they_are_written() -> None:
    made = parts(sheet([HEADER, FULL, FULL, FULL], {"G2": A, "G3": B, "G4": A}))
    made["xl/worksheets/_rels/sheet1.xml.rels"] = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"<Relationship TargetMode='External' Target='{A}' Type='{OFFICE}/hyperlink' Id='rId1'/>"
        f"<Relationship Target='{B.replace('&', '&#38;')}'\n Type='{OFFICE}/hyperlink' Id='rId2' TargetMode='External'/>"
        f'<Relationship Id="rId3" Type="{OFFICE}/hyperlink" Target="{A}" TargetMode="External"></Relationship>'
        "</Relationships>"
    )
    assert read(zipped(made)).listings()["moa_link"].to_list() == [A, B, A]


def test_strict_workbooks() -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    made = {
        name: content.replace(OFFICE, strict) if isinstance(content, str) else content
        for name, content in parts(sheet([HEADER, FULL], {"G2": A})).items()
    }
    assert listing(read(zipped(made)))["moa_link"] == A


def test_a_range_links_each_of_its_cells() -> None:
    found = linked(
        '<hyperlinks><hyperlink ref="G3:H5" r:id="a"/><hyperlink ref="G4" r:id="b"/></hyperlinks>',
        {"a": A, "b": B},
    )
    assert found["moa_link"].to_list() == [None, A, B, A, None, None]
    assert found["addendum_link"].to_list() == [None, A, A, A, None, None]


def test_a_range_beyond_the_sheet_ends_with_it() -> None:
    found = linked('<hyperlinks><hyperlink ref="G2:XFD1048576" r:id="a"/></hyperlinks>', {"a": A})
    assert found["moa_link"].to_list() == [A] * 6


def test_links_inside_the_workbook_are_counted_and_left_out() -> None:
    links = '<hyperlinks><hyperlink ref="G2" location="Sheet2!A1"/><hyperlink ref="G3" r:id="a" location="page=2"/></hyperlinks>'
    record = read(zipped(parts((sheet([HEADER, FULL, FULL], links)[0], {"a": A}))))
    assert record.listings()["moa_link"].to_list() == [None, f"{A}#page=2"]
    (note,) = notes(record)
    assert note["what"] == "link"
    assert "1 links lead to a place inside the workbook" in note["reason"]


def test_a_link_without_a_target_is_told() -> None:
    links = '<hyperlinks><hyperlink ref="G2" r:id="gone"/><hyperlink ref="elsewhere" r:id="a"/></hyperlinks>'
    record = read(zipped(parts((sheet([HEADER, FULL], links)[0], {"a": A}))))
    (note,) = notes(record)
    assert "2 links have no target, at G2, elsewhere" in note["reason"]


def test_hyperlink_formulas() -> None:
    formulas = [
        ('HYPERLINK("https://www.ice.gov/a.pdf?x=1&amp;y=2","link")', "https://www.ice.gov/a.pdf?x=1&y=2"),
        (' hyperlink( "https://www.ice.gov/b.pdf" )', "https://www.ice.gov/b.pdf"),
        ('HYPERLINK(A1&amp;"/c.pdf","link")', None),
    ]
    rows = "".join(
        f'<row r="{n}">{cell(f"A{n}", "ALABAMA")}{cell(f"B{n}", "Etowah")}'
        f'<c r="G{n}" t="str"><f>{formula}</f><v>link</v></c></row>'
        for n, (formula, _) in enumerate(formulas, 2)
    )
    head = "".join(cell(f"{column}1", text) for column, text in zip("ABCDEFGH", HEADER, strict=True))
    record = read(book(f'<row r="1">{head}</row>{rows}'))
    assert record.listings()["moa_link"].to_list() == [target for _, target in formulas]
    assert record.listings()["moa"].to_list() == ["link"] * 3
    (note,) = notes(record)
    assert "1 HYPERLINK() formulas compute their target, at G4" in note["reason"]


def test_a_link_is_unwrapped_and_the_rule_kept() -> None:
    safe = (
        "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib%2F287gMOA%2Fx.pdf"
        "&data=05%7C02%7CJohn.Doe%40ice.dhs.gov%7Cabc"
    )
    found = listing(read(book([HEADER, FULL], {"G2": safe, "H2": "mailto:john.doe@ice.dhs.gov", "B2": safe})))
    assert (found["moa_link"], found["moa_unwrapped"]) == (MOA, "safelinks")
    assert (found["addendum_link"], found["addendum_unwrapped"]) == (None, "dropped")
    assert found["other"] == (
        '{"link:LAW ENFORCEMENT AGENCY":"https://www.ice.gov/doclib/287gMOA/x.pdf",'
        '"unwrapped:LAW ENFORCEMENT AGENCY":"safelinks"}'
    )


def test_a_cell_that_is_an_address_is_a_link() -> None:
    found = listing(
        read(book([HEADER, [*FULL[:6], f"https://web.archive.org/web/20200101000000/{MOA}", MOA]]))
    )
    assert (found["moa_link"], found["moa_unwrapped"]) == (MOA, "wayback")
    assert (found["addendum_link"], found["addendum_unwrapped"]) == (MOA, None)


def test_mailboxes_in_cells_are_taken_out_and_that_is_said() -> None:
    rows = [
        HEADER,
        [*FULL[:7], "ask john.doe@ice.dhs.gov"],
        ["see", None, "jane%40ice.dhs.gov"],
        [None, None, None, "x"],
    ]
    made = parts(sheet(rows), names=["list by a.b@ice.dhs.gov"])
    record = read(zipped(made))
    assert listing(record)["addendum"] == "ask {mailbox}"
    assert "mailboxes in 1 different rows" in notes(record, "cell")[0]["reason"]
    assert notes(record, "row")[0]["cells"] == '{"A":"see","C":"{mailbox}"}'
    for frame in (record.lists, record.printed, record.quarantine):
        assert "ice.dhs.gov" not in frame.write_json()


def test_other_makers_of_workbooks() -> None:
    """Prefixes, no references, comments, CDATA: read like the rest."""
    xml, targets = sheet([HEADER, FULL], {"G2": A})
    bare = xml.replace(' r="G2"', "").replace(' r="2"', "")
    for odd in (
        bare,
        xml.replace("<sheetData>", "<sheetData><!-- a list -->"),
        xml.replace(">Etowah County<", "><![CDATA[Etowah County]]><"),
        xml.replace("<row ", "<x:row ")
        .replace("</row>", "</x:row>")
        .replace("<worksheet ", f'<worksheet xmlns:x="{MAIN}" '),
    ):
        found = listing(read(zipped(parts((odd, targets)))))
        assert (found["row"], found["county"], found["moa"], found["moa_link"]) == (
            2,
            "Etowah County",
            "link",
            A,
        )


def test_a_tall_list_is_read() -> None:
    record = read(book([HEADER, *[FULL] * 12_000], {"G11000": A}))
    assert record.rows.height == 12_000
    assert record.listings()["moa_link"].drop_nulls().to_list() == [A]


def test_relations_part_that_is_not_xml() -> None:
    made = parts(sheet([HEADER, FULL], {"G2": A}))
    made["xl/worksheets/_rels/sheet1.xml.rels"] = "<Relationships><Relationship "
    (note,) = notes(read(zipped(made)))
    assert note["what"] == "sheet"
    assert "malformed" in note["reason"]
