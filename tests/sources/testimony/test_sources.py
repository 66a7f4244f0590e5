"""Each source of testimony: its rows taken apart into statements, in its own words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from atlas287 import bundle
from atlas287.errors import BuildError
from atlas287.sources.testimony import SAYS, SCHEMA, SOURCES, read_folder
from atlas287.sources.testimony.archive_index import day_in

HARRIS = "Harris County Sheriff's Office"
SAMPLES = {
    "oig-2009": [
        f"Texas,{HARRIS},Jail Enforcement,2008-07-20,pending",
        "Texas,Farmers Branch Police Department,Task Force,2008-07-08,signed",
        "Arizona,City of Mesa Police Department,Task Force,,pending",
    ],
    "crs-2009": [f"2009-02-01,Texas,{HARRIS},Jail Enforcement,2008-07-20"],
    "chart-2010": [
        "Florida,Florida Department of Law Enforcement,TFO,07/02/2002; 12/8/03,10/15/2009,no,2010-05-08",
        "Florida,Brevard County Sheriff's Office,JEO,08/13/2008,withdrew,no,2010-05-08",
        "New Jersey,Morristown Police Department,TFO,n/a,in negotiations(?),no,2010-05-08",
    ],
    "rosters-2010-2017": [
        f"TEXAS,{HARRIS},2008-07-20; 2013-11-04,Jail Enforcement,2010-10-29,2017-01-29",
        "ARIZONA,Phoenix Police,2008-03-10,Jail Enforcement -> Task Force,2010-10-29,2011-09-02",
        "MARYLAND,Hartford County Sheriff's Office (misspelling of Harford),2016-10-26,Jail Enforcement,"
        "2016-12-11,2017-01-29",
        "CALIFORNIA,Foo County Addendum,2013-10-11; 2013-08-01,Jail Enforcement,2013-08-07,2013-08-07",
        "X,Washington County Sheriff's Office (source merges AR and UT),2007-09-26; 2008-09-22,"
        "Jail Enforcement,2010-10-29,2017-08-01",
    ],
    "ice-archive": [
        "Alabama,Etowah County Sheriff's Office,2016-06-08,287gJEM_EtowahCoAl2016-06-18.pdf",
        "Nevada,Nye County Sheriff's Office,2020-06-09,287gJEM_NyeCoNV_06-09-2020.pdf",
        "New Jersey,Monmouth County Sheriff's Office (Addendum),2019-03-08,287gJEM_MonmouthCoNj2016.pdf",
    ],
}
HEADS = {source.id: source.columns for source in SOURCES.values()} | {
    "chart-2010": ("state", "agency", "type", "signed_former_moa", "signed_new_moa", "igsa", "as_of")
}


def folder(place: Path, *ids: str) -> Path:
    for name in ids or SAMPLES:
        text = "\n".join([",".join(HEADS[name]), *SAMPLES[name]]) + "\n"
        (place / SOURCES[name].file).write_text(text)
    return place


def told(place: Path, source: str) -> list[tuple[object, ...]]:
    """(row, agency, model, says, day, until) of a source's statements."""
    frame = read_folder(folder(place, source))
    assert set(frame["source"]) == {source}
    return frame.select("row", "agency", "model", "says", "day", "until").rows()


def test_the_inspector_general(tmp_path: Path) -> None:
    assert told(tmp_path, "oig-2009") == [
        (1, HARRIS, None, "signed", "2008-07-20", None),
        (1, HARRIS, "Jail Enforcement", "pending", "2009-10-28", None),
        (2, "Farmers Branch Police Department", None, "signed", "2008-07-08", None),
        (2, "Farmers Branch Police Department", "Task Force", "stood", "2009-10-28", None),
        (3, "City of Mesa Police Department", "Task Force", "pending", "2009-10-28", None),
    ]


def test_the_research_service(tmp_path: Path) -> None:
    assert [t[2:] for t in told(tmp_path, "crs-2009")] == [
        (None, "signed", "2008-07-20", None),
        ("Jail Enforcement", "stood", "2009-02-01", None),
    ]


def test_the_chart(tmp_path: Path) -> None:
    assert [(t[0], *t[2:5]) for t in told(tmp_path, "chart-2010")] == [
        (1, None, "signed", "07/02/2002"),
        (1, None, "signed", "12/8/03"),
        (1, None, "signed", "10/15/2009"),
        (1, "TFO", "stood", "2010-05-08"),
        (2, None, "signed", "08/13/2008"),
        (2, "JEO", "withdrew", "2010-05-08"),
        (3, "TFO", "negotiating", "2010-05-08"),
    ]


def test_the_rosters(tmp_path: Path) -> None:
    by_row: dict[object, list[tuple[object, ...]]] = {}
    for row, *rest in told(tmp_path, "rosters-2010-2017"):
        by_row.setdefault(row, []).append(tuple(rest))
    assert by_row[1] == [
        (HARRIS, None, "signed", "2008-07-20", None),
        (HARRIS, None, "signed", "2013-11-04", None),
        (HARRIS, "Jail Enforcement", "seen", "2010-10-29", "2017-01-29"),
    ]
    assert by_row[2][-1][1] == "Task Force", "of a model that changed, the last"
    assert {s[0] for s in by_row[3]} == {"Hartford County Sheriff's Office"}
    assert by_row[4] == [
        ("Foo County", None, "misdated addendum", "2013-10-11", None),
        ("Foo County", None, "addendum", "2013-08-01", None),
        ("Foo County", "Jail Enforcement", "seen", "2013-08-07", "2013-08-07"),
    ]


def test_two_agencies_that_the_rosters_compiler_merged_come_apart(tmp_path: Path) -> None:
    frame = read_folder(folder(tmp_path, "rosters-2010-2017")).filter(row=5)
    seen = frame.filter(says="seen").select("state", "agency", "day", "until").rows()
    assert seen == [
        ("ARKANSAS", "Washington County Sheriff's Office", "2010-10-29", "2017-08-01"),
        ("UTAH", "Washington County Sheriff's Office", "2010-10-29", "2012-10-16"),
    ]
    days = frame.filter(says="signed").group_by("state", maintain_order=True).agg("day").rows()
    assert days == [("ARKANSAS", ["2007-09-26", "2013-07-03", "2016-06-23"]), ("UTAH", ["2008-09-22"])]


def test_the_archive(tmp_path: Path) -> None:
    assert [(t[0], *t[2:5]) for t in told(tmp_path, "ice-archive")] == [
        (1, "JEM", "signed", "2016-06-08"),
        (1, "JEM", "signed (file name)", "2016-06-18"),
        (2, "JEM", "signed", "2020-06-09"),
        (3, "JEM", "addendum", "2019-03-08"),
    ]


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("287gJEM_EtowahCoAl2016-06-18.pdf", "2016-06-18"),
        ("287gPascoFl2017_8_22.pdf", "2017-08-22"),
        ("287gJEMCobbCoGA_06-09-2020.pdf", "2020-06-09"),
        ("287gWSO_LafayetteCoWI_8-21-2020.pdf", "2020-08-21"),
        ("cecilCountyMD_MOA_02132019.pdf", "2019-02-13"),
        ("Frederick_County_MOA_2016.pdf", None),
        ("clay-fl-2017.pdf", None),
    ],
)
def test_the_day_in_the_name_of_a_memorandums_file(file: str, day: str | None) -> None:
    assert day_in(file) == day


def test_any_of_the_sources_will_do_and_none_will_not(tmp_path: Path) -> None:
    assert set(read_folder(folder(tmp_path))["source"]) == set(SOURCES)
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "notes.csv").write_text("a")
    with pytest.raises(BuildError, match="holds no testimony") as said:
        read_folder(tmp_path / "none")
    assert all(s.file in (said.value.remedy or "") for s in SOURCES.values())


def write(place: Path, text: str | bytes) -> Path:
    raw = text if isinstance(text, bytes) else text.encode()
    (place / SOURCES["oig-2009"].file).write_bytes(raw)
    return place


HEAD = "state,agency,model,signed_on,status\n"
ROW = "Texas,Ma\u00f1a Police,Task Force,2008-07-08,signed\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no column state, agency"),
        ("state,agency\nTexas,Foo\n", "has no column model, signed_on, status"),
        (f"{HEAD}Texas,Foo,Task Force\n", "row 1: fewer cells"),
        (f"{HEAD}{ROW}Texas,Foo, Inc,Task Force,2008-07-08,signed\n", "row 2: more cells"),
        ((HEAD + ROW).encode("latin-1"), "cannot be read: 'utf-8' codec"),
        (f'{HEAD}"{"x" * 140_000}",b,c,d,e\n', "cannot be read: field larger"),
    ],
)
def test_what_is_no_such_table_is_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(BuildError, match=message) as said:
        read_folder(write(tmp_path, text))
    assert "oig_2009_agreements.csv" in str(said.value) and said.value.remedy


@pytest.mark.parametrize(
    "raw",
    [
        (HEAD + ROW).encode(),
        b"\xef\xbb\xbf" + (HEAD + ROW).encode(),
        (HEAD + ROW).replace("\n", "\r\n").encode(),
        (HEAD + "\n" + ROW + "\n\n").encode(),
        (HEAD + ROW.replace("Task", " Task").replace(",signed", ",signed ")).encode(),
        ("extra," + HEAD + "x," + ROW).encode(),
    ],
)
def test_marks_line_ends_blanks_and_more_columns_change_nothing(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "plain").mkdir()
    plain = read_folder(write(tmp_path / "plain", HEAD + ROW))
    assert_frame_equal(read_folder(write(tmp_path, raw)), plain)
    assert plain.height == 2 and plain.schema == SCHEMA


def test_a_table_of_a_head_alone_says_nothing(tmp_path: Path) -> None:
    assert read_folder(write(tmp_path, HEAD)).height == 0


def test_what_ships() -> None:
    frame = pl.read_parquet(bundle.TESTIMONY)
    assert frame.schema == SCHEMA
    assert set(frame["source"]) == set(SOURCES) and set(frame["says"]) <= set(SAYS)
    rows = frame.select("source", "row").unique()["source"].to_list()
    assert Counter(rows) == {
        "oig-2009": 67,
        "crs-2009": 67,
        "chart-2010": 78,
        "rosters-2010-2017": 101,
        "ice-archive": 106,
    }


@pytest.mark.needs("data")
def test_what_ships_is_what_the_files_say(data: Path) -> None:
    assert_frame_equal(read_folder(data / "history"), pl.read_parquet(bundle.TESTIMONY))
