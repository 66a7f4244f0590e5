"""Lists as nobody has seen them yet: new columns, other headers, words and slips never printed.

Each is the newest list of the bundle changed, and added to the bundle's archive as it would arrive.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas287 import Atlas, bundle
from atlas287.registry.text import evened
from atlas287.sources.record import Record
from tests.listmaker import Bundled, Cell, Link, bundled, put

NEWEST = "participatingAgencies04302026am.xlsx"
DAY = date(2026, 5, 14)


@pytest.fixture
def newest() -> Bundled:
    """The newest list of the bundle, to be changed."""
    return bundled(Record.read(bundle.RECORD), NEWEST)


def at(sheet: Bundled, agency: str, model: str) -> int:
    """The place of an agency's row."""
    name, support = sheet.column("LAW ENFORCEMENT AGENCY"), sheet.column("SUPPORT TYPE")
    wanted = evened(agency), evened(model)
    (found,) = [
        n for n, r in enumerate(sheet.rows) if (evened(str(r[name])), evened(str(r[support]))) == wanted
    ]
    return found


def add(
    home: Path,
    sheet: Bundled,
    folder: Path,
    file: str = "participatingAgencies05142026am.xlsx",
    day: date = DAY,
) -> Atlas:
    """Take up a list that was saved on its day."""
    saved, numbers = datetime(day.year, day.month, day.day, 7), list(range(2, len(sheet.rows) + 2))
    made = Bundled("participating", file, "Sheet1", saved, 1, sheet.columns, sheet.rows, numbers)
    result = Atlas.add([put(folder / file, made.bytes())], home)
    assert (result.new_sightings, result.failures) == (1, ())
    return Atlas.open(home)


def cells(sheet: Bundled, agency: str, model: str, signed: Cell) -> list[Cell]:
    """A row of an agency in Oregon, which no list has printed yet."""
    said = {"STATE": "OREGON", "LAW ENFORCEMENT AGENCY": agency, "SUPPORT TYPE": model, "SIGNED": signed}
    return [said.get(column, "link pending" if column == "MOA" else None) for column in sheet.columns]


def unread(atlas: Atlas) -> list[dict[str, Any]]:
    return [r for r in atlas.table("quarantine").to_dicts() if r["what"] == "unread"]


def assert_nothing_lost(atlas: Atlas, rows: int) -> None:
    """All rows came in, and each is a listing or in quarantine."""
    (row,) = atlas.checks().filter(name="rows").to_dicts()
    assert row["result"] == "pass"
    assert int(row["found"]) == 384_782 + rows
    assert atlas.checks().filter(result="fail").height == 0


def test_the_same_list_under_a_new_day_changes_nothing(
    own_home: Path, newest: Bundled, tmp_path: Path
) -> None:
    before = Atlas.open(own_home)
    figures, events = before.status(), before.table("event").height
    atlas = add(own_home, newest, tmp_path / "new")
    said = atlas.status()
    assert said["list"] == {"file": "participatingAgencies05142026am.xlsx", "at": "2026-05-14T09:00"}
    for key in ("agreements", "agencies", "agencies_resolved", "states", "territories", "by_model"):
        assert said[key] == figures[key]
    assert atlas.table("event").height == events
    assert atlas.lists().filter(file="participatingAgencies05142026am.xlsx")["repeats"].item() == NEWEST
    assert_nothing_lost(atlas, 1770)


def test_a_list_with_everything_odd_at_once(own_home: Path, newest: Bundled, tmp_path: Path) -> None:
    """One list with a dozen things never seen: figures and identities come out right."""
    state, name, kind, county, model, signed, moa = (
        newest.column(c)
        for c in ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA")
    )
    rows = newest.rows
    jacksonville = at(newest, "Jacksonville Sheriff's Office", "Jail Enforcement Model")
    tenaha = at(newest, "Tenaha Police Department", "Task Force Model")
    garrett = at(newest, "Garrett County Sheriff's Office", "Warrant Service Officer")
    person = at(newest, "Person County Sheriff's Office", "Warrant Service Officer")
    knox = at(newest, "Knox County Sheriff's Office", "Jail Enforcement Model")
    webb = at(newest, "Webb County Sheriff's Office", "Jail Enforcement Model")
    crow = at(newest, "Crow Wing County Sheriff's Office", "Warrant Service Officer")

    rows[jacksonville][state] = "FLOIRDA"
    rows[jacksonville][model] = "Jail Enforcment Modell"
    rows[tenaha][kind] = "Municiplity"
    rows[tenaha][county] = "#VALUE!"
    rows[garrett][name] = "Garret County Sherriff’s  Ofice"  # two misspellings, and a curly quote
    assert not isinstance(rows[person][moa], Link), "its link is pending"
    was = rows[person][signed]
    assert isinstance(was, date)
    rows[person][signed] = "4/142026"  # the day after, and a stroke missing
    rows[knox][signed] = "June 8, 2020"
    rows[crow][state] = "MONTANNA"
    gone = rows.pop(webb)
    rows.append(cells(newest, "Harney County Sheriff's Office", "Warrant Service Officer", "05/132026"))
    newest.columns.append("FIELD OFFICE")
    for n, row in enumerate(rows):
        row.append(f"Office {n % 25}")
    renamed = {"LAW ENFORCEMENT AGENCY": "AGENCY NAME", "SIGNED": "DATE SIGNED", "STATE": " State "}
    newest.columns[:] = [renamed.get(c, c) for c in newest.columns]
    random.Random(287).shuffle(rows)

    atlas = add(own_home, newest, tmp_path / "new")
    assert unread(atlas) == []
    assert_nothing_lost(atlas, 1770)
    said = atlas.status()
    assert (said["on"], said["rows"], said["agreements"]) == ("2026-05-14", 1770, 1770)
    assert (said["states"], said["territories"]) == (40, 2)  # Oregon is new
    assert said["by_model"] == {"jem": 177, "tfm": 1091, "wso": 502}

    def status_of(agreement: str) -> str:
        found = atlas.table("agreement").filter(agreement_id=agreement)
        return str(found["status"].item()) if found.height else "none"

    assert status_of("fl-jacksonville-sheriff/jem/2020-06-09") == "active"
    assert status_of("tx-tenaha-police/tfm/2026-01-07") == "active"
    assert status_of("md-garrett-county-sheriff/wso/2025-02-28") == "active"
    assert status_of("tn-knox-county-sheriff/jem/2020-06-08") == "active"
    assert status_of("mn-crow-wing-county-sheriff/wso/2025-03-26") == "active"
    assert status_of("or-harney-county-sheriff/wso/2026-05-13") == "active"
    assert status_of("tx-webb-county-sheriff/jem/2025-12-02") == "not_on_latest", gone
    assert status_of("nc-person-county-sheriff/wso/2026-04-14") == "active"
    assert status_of("nc-person-county-sheriff/wso/2026-04-13") == "none"
    assert atlas.trace("nc-person-county-sheriff/wso/2026-04-13")["says"].startswith(
        "nc-person-county-sheriff/wso/2026-04-14"
    )

    news = atlas.table("event").filter(at="2026-05-14T09:00").sort("event_id")
    assert sorted(zip(news["kind"], [i.split("@")[0] for i in news["event_id"]], strict=True)) == [
        ("listed", "or-harney-county-sheriff/wso/2026-05-13"),
        ("redated", "nc-person-county-sheriff/wso/2026-04-14"),
        ("removed", "tx-webb-county-sheriff/jem/2025-12-02"),
        ("renamed", "md-garrett-county-sheriff"),
    ]
    assert set(atlas.agencies()["agency_id"]) - agencies_of_the_bundle() == {"or-harney-county-sheriff"}
    (tenaha_row,) = atlas.agencies().filter(agency_id="tx-tenaha-police").to_dicts()
    assert tenaha_row["type"] == "Municipality"

    said = atlas.changes("2026-04-30", "2026-05-14")
    assert said["sentence"] == (
        "Between ICE's lists of 30 April 2026 and 14 May 2026, 1 agreement was added and 1 agreement was "
        "removed; the number went from 1,770 to 1,770 in 40 states, Guam and the Northern Mariana Islands."
    )
    assert [r["agreement_id"] for r in said["redated"]] == ["nc-person-county-sheriff/wso/2026-04-14"]
    row = atlas.listings("participating/2026-05-14T09:00/participatingAgencies05142026am.xlsx").to_dicts()[0]
    assert '"FIELD OFFICE":"Office ' in row["other"], "a column that nobody knows is kept"


def agencies_of_the_bundle() -> set[str]:
    """Those of `own_home` before anything was added, from the names the lists and other sources print."""
    from atlas287.registry.assemble import assemble
    from atlas287.registry.verdicts import read_verdicts
    from tests.registry.story import real_county

    statements = pl.read_parquet(bundle.TESTIMONY)
    made = assemble(Record.read(bundle.RECORD), read_verdicts(), real_county(), statements)
    return set(made.agency_id)


def test_words_that_no_rule_reads_are_quarantined_and_the_rest_is_right(
    own_home: Path, newest: Bundled, tmp_path: Path, run: Callable[..., Any]
) -> None:
    state, model, name = (newest.column(c) for c in ("STATE", "SUPPORT TYPE", "LAW ENFORCEMENT AGENCY"))
    newest.rows[10] = cells(newest, "Harney County Sheriff's Office", "Task Force Model", date(2026, 5, 12))
    newest.rows[10][state] = "FREEDONIA"
    newest.rows[20][model] = "Orbital Enforcement Model"
    newest.rows[30] = cells(newest, "Lake County Sheriff's Office", "Task Force Model", "sometime soon")
    newest.rows[40][name] = None
    atlas = add(own_home, newest, tmp_path / "new")
    lost = {r["row"]: r for r in unread(atlas)}
    assert sorted(lost) == [12, 22], "the row of the sheet, below a header in row 1"
    assert "row 12: the state 'FREEDONIA' cannot be read: unknown" in lost[12]["reason"]
    assert "corrections/words.csv: state,FREEDONIA," in lost[12]["remedy"]
    assert "the model 'Orbital Enforcement Model' cannot be read" in lost[22]["reason"]
    (nameless,) = atlas.table("quarantine").filter(what="row").to_dicts()
    assert (nameless["row"], nameless["file"]) == (42, "participatingAgencies05142026am.xlsx")
    assert_nothing_lost(atlas, 1770)
    said = atlas.status()
    assert said["agreements"] == 1770 - 3
    (undated,) = atlas.history("or-lake-county-sheriff")["agreements"]
    assert (undated["agreement_id"], undated["signed_on"]) == ("or-lake-county-sheriff/tfm/undated", None)
    answer = run("build", "--strict", home=own_home)
    assert answer.code == 1
    assert "quarantine: strict: nothing is quarantined; expected 0, found 3" in answer.err
    assert Atlas.open(own_home).status()["agreements"] == 1770 - 3, "the build before stays"


def test_a_verdict_reads_what_no_rule_could(
    own_home: Path, newest: Bundled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from atlas287.registry import build as building
    from tests.registry.story import verdicts

    newest.rows.append(cells(newest, "Harney County Sheriff's Office", "Task Force Model", date(2026, 5, 12)))
    newest.rows[-1][newest.column("STATE")] = "FREEDONIA"
    by = verdicts(tmp_path / "corrections", words=[["state", "Freedonia", "OR", "a test"]])
    monkeypatch.setattr(building, "read_verdicts", lambda: by)
    Atlas.build(home=own_home)
    atlas = add(own_home, newest, tmp_path / "new")
    assert unread(atlas) == []
    assert atlas.status()["agreements"] == 1771
    assert atlas.history("or-harney-county-sheriff")["agency"]["state"] == "OR"


def test_a_state_that_cannot_be_read_is_the_one_that_the_lists_before_print(
    own_home: Path, newest: Bundled, tmp_path: Path
) -> None:
    old = at(newest, "Jackson County Sheriff's Office", "Jail Enforcement Model")
    new = at(newest, "Edna Police Department", "Task Force Model")  # first listed a few days before
    for place in (old, new):
        newest.rows[place][newest.column("STATE")] = "FREEDONIA"
    atlas = add(own_home, newest, tmp_path / "new")
    assert unread(atlas) == []
    for agency in ("tx-jackson-county-sheriff", "tx-edna-police"):
        agreements = atlas.history(agency)["agreements"]
        assert {a["last_listed"] for a in agreements} == {"2026-05-14T09:00"}
    restated = [r["state"] for r in atlas.table("restated").to_dicts() if r["printed"] is None]
    assert restated == ["TX", "TX"]


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("participatingAgencies05142025am.xlsx", "2026-05-14T09:00"),  # last year's number
        ("participatingAgencies04142026am.xlsx", "2026-05-14T09:00"),  # the month before
        ("participatingAgencies051422026am.xlsx", "2026-05-14T09:00"),  # a digit too many
        ("participatingAgencies14052026am.xlsx", "2026-05-14T09:00"),  # day and month swapped
        ("participatingAgencies-20260514130000.xlsx", "2026-05-14T13:00"),
        ("newest list.xlsx", "2026-05-14T07:00"),  # the save stamp
        ("2026-05-14 participating.xlsx", "2026-05-14T12:00"),
    ],
)
def test_a_new_list_under_a_wrong_or_odd_name(
    own_home: Path, newest: Bundled, tmp_path: Path, file: str, day: str
) -> None:
    rows = newest.rows
    for n in range(30):
        rows.append(cells(newest, f"Town {n} Police Department", "Task Force Model", date(2026, 5, 12)))
    atlas = add(own_home, newest, tmp_path / "new", file)
    (found,) = atlas.lists().filter(file=file).to_dicts()
    assert (found["at"], found["kind"]) == (day, "participating")
    assert atlas.status()["agreements"] == 1800
    assert atlas.status("2026-05-13")["agreements"] == 1770


def test_an_old_list_uploaded_again_is_no_news(own_home: Path, tmp_path: Path) -> None:
    old = bundled(Record.read(bundle.RECORD), "participatingAgencies02132026am.xlsx")
    before = Atlas.open(own_home)
    events, figures = before.table("event").height, before.status()
    atlas = add(own_home, old, tmp_path / "new")
    (found,) = atlas.lists().filter(file="participatingAgencies05142026am.xlsx").to_dicts()
    assert (found["stale"], found["repeats"]) == (True, "participatingAgencies02112026am.xlsx")
    assert atlas.table("event").height == events
    assert atlas.status()["agreements"] == figures["agreements"]
    assert atlas.history("md-frederick-county-sheriff")["agency"]["status"] == "removed"
    assert_nothing_lost(atlas, len(old.rows))


def test_a_pending_list_of_today(own_home: Path, tmp_path: Path) -> None:
    """The first for months; somebody pending since, and somebody misspelt who has since signed."""
    pending = bundled(Record.read(bundle.RECORD), "pendingAgencies02112026am.xlsx")
    pending.rows.append(cells(pending, "Harney County Sheriff's Office", "Task Force Model", None))
    atlas = add(own_home, pending, tmp_path / "new", "pendingAgencies05142026am.xlsx")
    (found,) = atlas.lists(kind="pending").filter(file="pendingAgencies05142026am.xlsx").to_dicts()
    assert found["at"] == "2026-05-14T09:00"
    (agency,) = atlas.agencies(status="pending").filter(agency_id="or-harney-county-sheriff").to_dicts()
    assert agency["first_pending"] == "2026-05-14T09:00"
    assert atlas.status()["list"]["file"] == NEWEST, "a pending list says nothing of agreements"
