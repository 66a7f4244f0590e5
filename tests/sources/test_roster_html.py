# ruff: noqa: E501 - XML and HTML are easier to read unbroken
"""ICE's page as archived: its table of agreements read like a sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from atlas287.sources.ice_lists import read_folder
from tests.sources.books import listing, notes, read

PDF = "https://www.ice.gov/doclib/287gMOA/287gJEM_EtowahCoAl2016-06-18.pdf"
PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>Delegation of Immigration Authority | ICE</title>{head}</head><body>
<table class="layout"><tr><td>{above}{table}</td></tr></table></body></html>"""
MODERN = f"""<table class="views-table cols-5"><thead><tr>
<th scope="col"><a href="?order=state">STATE</a></th><th>LAW ENFORCEMENT AGENCY</th><th>SUPPORT TYPE</th><th>SIGNED</th><th>MOA</th>
</tr></thead><tbody>
<tr><td>ALABAMA</td><td>Etowah County Sheriff&#8217;s Office</td><td>Jail Enforcement Model</td><td>2016-06-08</td>
<td><a href="{PDF}">link</a></td></tr>
<tr><td> ALASKA\t</td><td><p>Kenai  <b>Police</b><br>Department</p></td><td>Task&nbsp;Force Model</td><td></td>
<td><script>var x = "no";</script><a name="x"></a></td></tr>
</tbody></table>"""
OLD = """<table border="1"><tr><td><strong>State</strong></td><td>MOA Name</td><td>Type</td><td>Date signed</td><td>Link</td></tr>
<tr><td rowspan="2">AZ</td><td>Maricopa County Sheriff's Office</td><td>Detention &amp; Task Force</td><td>2/7/2007</td>
<td><a href="/doclib/foia/memorandumsofAgreementUnderstanding/maricopa.pdf">link</a></td></tr>
<tr><td>Pima County</td><td>Detention</td><td>3/10/2008</td><td><a href="mailto:foia@ice.dhs.gov">link</a></td></tr>
<tr><td colspan="5">As of October 2009</td></tr></table>"""


def page(table: str, head: str = "", above: str = "") -> bytes:
    return PAGE.format(table=table, head=head, above=above).encode()


def test_the_page_of_recent_years() -> None:
    record = read(page(MODERN), "287g-20210113002027.html", captured="20210113002027")
    (made,) = record.lists.to_dicts()
    assert (made["sheet"], made["header_row"], made["saved_at"]) == ("table 1", 1, None)
    assert made["cells"] == ["state", "agency", "support_type", "signed", "moa"]
    first, second = listing(record, 0), listing(record, 1)
    assert (first["row"], first["state"], first["agency"]) == (2, "ALABAMA", "Etowah County Sheriff’s Office")
    assert (first["signed"], first["signed_as"], first["moa"], first["moa_link"]) == (
        "2016-06-08",
        "text",
        "link",
        PDF,
    )
    assert (second["row"], second["state"], second["agency"]) == (3, "ALASKA", "Kenai Police\nDepartment")
    assert (second["support_type"], second["signed"], second["moa"]) == ("Task\xa0Force Model", None, None)
    assert notes(record) == []


def test_the_page_of_the_first_wave() -> None:
    record = read(page(OLD), "287g.htm")
    first, second = listing(record, 0), listing(record, 1)
    assert [first[k] for k in ("state", "agency", "support_type", "signed", "type")] == [
        "AZ", "Maricopa County Sheriff's Office", "Detention & Task Force", "2/7/2007", None,
    ]  # fmt: skip
    assert first["moa_link"].startswith("https://www.ice.gov/doclib/foia/")
    assert (second["state"], second["agency"], second["moa_unwrapped"]) == ("AZ", "Pima County", "dropped")
    assert [(n["what"], n["row"]) for n in notes(record)] == [("link", None), ("row", 4)]
    assert "1 links are relative to the site" in notes(record, "link")[0]["reason"]
    assert notes(record, "row")[0]["cells"] == '{"A":"As of October 2009"}'


def test_a_copy_from_the_wayback_machine() -> None:
    toolbar = (
        '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><table class="c"><tbody><tr><td class="u">'
        '<form action="/web/submit"><input name="url"></form></td><td>State</td></tr></tbody></table></div>'
        "<!-- END WAYBACK TOOLBAR INSERT -->"
    )
    for href in (
        f"/web/20210113002027/{PDF}",
        f"https://web.archive.org/web/20210113002027/{PDF}",
        f"//web.archive.org/web/20210113002027/{PDF}",
    ):
        record = read(page(MODERN.replace(PDF, href), above=toolbar))
        assert (listing(record)["moa_link"], listing(record)["moa_unwrapped"]) == (PDF, "wayback")
        assert record.lists["sheet"].to_list() == ["table 1"]


def test_links_relative_to_a_base() -> None:
    head = '<base href="https://web.archive.org/web/2009/https://www.ice.gov/news/library/">'
    record = read(page(MODERN.replace(PDF, "../x.pdf"), head))
    assert listing(record)["moa_link"] == "https://www.ice.gov/news/x.pdf"
    # Without one, there is no telling.
    assert listing(read(page(MODERN.replace(PDF, "../x.pdf"))))["moa_unwrapped"] == "dropped"


def test_several_tables() -> None:
    other = (
        "<table><tr><th>Fiscal year</th><th>Removals</th></tr><tr><td>2009</td><td>24,321</td></tr></table>"
    )
    record = read(page(other + MODERN + other + OLD))
    assert record.lists["sheet"].to_list() == ["table 1", "table 2"]
    assert record.rows["row"].to_list() == [2, 3, 2, 3]


def test_two_links_in_one_cell() -> None:
    two = f'<a href="{PDF}">link</a> | <a href="/doclib/addendum.pdf">addendum</a> <a href="{PDF}">link</a>'
    record = read(page(MODERN.replace(f'<a href="{PDF}">link</a>', two)))
    found = listing(record)
    assert (found["moa"], found["moa_link"]) == ("link | addendum link", PDF)
    assert found["other"] == '{"link:MOA":"https://www.ice.gov/doclib/addendum.pdf"}'
    assert listing(record, 1)["other"] is None


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    nested = MODERN.replace("2016-06-08", "2016<table><tr><td>x</td></tr></table>-06-08<style>y</style>!")
    assert listing(read(page(nested)))["signed"] == "2016\n-06-08!"


def test_spans() -> None:
    table = MODERN.replace("<td>2016-06-08</td>", '<td colspan="2" rowspan="2">x</td>').replace(
        "<td></td>", ""
    )
    record = read(page(table))
    rows = record.listings().select("signed", "moa").rows()
    assert rows == [("x", None), ("x", None)]
    absurd = MODERN.replace("<td>ALABAMA", '<td rowspan="99999999" colspan="-3">ALABAMA')
    assert listing(read(page(absurd)))["state"] == "ALABAMA"


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("cp1252", ""),
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("iso8859-2", '<meta http-equiv=x content="text/html; charset=ISO-8859-2">'),
        ("cp1252", '<meta charset="rot13">'),
    ],
)
def test_encodings(encoding: str, head: str) -> None:
    text = (
        MODERN.replace("Etowah", "Doña Etowáh")
        if encoding != "iso8859-2"
        else MODERN.replace("Etowah", "Etowáh")
    )
    content = f"<html>{head}<body>{text}</body></html>".encode(encoding)
    assert "Etowáh County" in listing(read(content))["agency"]


def test_fragments_are_read_too() -> None:
    assert listing(read(MODERN.encode()))["state"] == "ALABAMA"
    assert listing(read(MODERN.encode(), "participatingAgencies.xlsx"))["state"] == "ALABAMA"


def test_a_page_without_a_roster_is_not_a_list() -> None:
    record = read(page("<table><tr><td>STATE</td></tr></table>"), "page.html")
    (note,) = notes(record)
    assert (note["what"], note["sheet"]) == ("not a list", None)
    assert "a web page titled 'Delegation of Immigration Authority | ICE'" in note["reason"]


def test_a_roster_whose_columns_changed_is_refused_loudly() -> None:
    record = read(page(MODERN.replace("SUPPORT TYPE", "PROGRAM")))
    (note,) = notes(record)
    assert (note["what"], note["sheet"]) == ("sheet", "table 1")
    assert "no column for support type among 'STATE', 'LAW ENFORCEMENT AGENCY', 'PROGRAM'" in note["reason"]


def test_pages_lie_in_folders_like_workbooks(tmp_path: Path) -> None:
    (tmp_path / "participating").mkdir()
    (tmp_path / "participating" / "a.html").write_bytes(page(MODERN))
    record = read_folder(tmp_path)
    assert record.lists.select("folder", "file", "publisher").rows() == [
        ("participating", "a.html", "unknown")
    ]
    assert record.rows.height == 2
    assert dt.date.fromisoformat(str(listing(record)["signed"]))
