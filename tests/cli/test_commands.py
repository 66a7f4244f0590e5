"""Every command: its words, its JSON, its CSV, and how it ends."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from atlas287 import Atlas
from atlas287.cli import COMMANDS
from tests.listmaker import AGENCIES, put, small_folder, small_list

Run = Callable[..., Any]
FREDERICK = "md-frederick-county-sheriff"
NEWEST = "participatingAgencies04302026am.xlsx"
NEWEST_ID = f"participating/2026-04-30T09:00/{NEWEST}"

#: A way to call each question, and columns that its CSV has.
QUESTIONS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "status": (("status", "--on", "2025-05-28"), {"on", "agreements", "by_model_jem", "list_file"}),
    "status, in force": (("status", "--basis", "in-force"), {"on", "agreements", "by_model_jem"}),
    "status of a state": (("status", "--state", "FL", "--model", "tfm"), {"state", "model", "agreements"}),
    "agencies": (("agencies", "--state", "MD"), {"agency_id", "name", "state", "status", "models"}),
    "agency": (("agency", FREDERICK), {"agreement_id", "model", "signed_on", "status"}),
    "changes": (("changes", "2025-01-20", "2025-05-28"), {"change", "agreement_id", "state", "model"}),
    "growth": (("growth",), {"month", "at", "agreements", "listed", "removed"}),
    "growth by state": (("growth", "--by", "state"), {"state", "newest", "first_listed"}),
    "growth by model": (("growth", "--by", "model"), {"month", "jem", "tfm", "wso"}),
    "trace": (
        ("trace", f"{FREDERICK}/jem/2020-06-09"),
        {"shows", "file", "row", "cell", "printed", "sha256"},
    ),
    "lists": (("lists", "--kind", "pending"), {"file", "kind", "at", "decided_by", "rows", "by_model_tfm"}),
    "model": (("model", "wso"), {"template", "power", "answer", "words", "page", "snippet"}),
    "check": (("check",), {"name", "what", "expected", "found", "result"}),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers_in_words_json_and_csv(question: str, bundle_home: Path, run: Run) -> None:
    words, columns = QUESTIONS[question]
    plain, as_json, as_csv = (run(*words, *form, home=bundle_home) for form in ((), ("--json",), ("--csv",)))
    for answer in (plain, as_json, as_csv):
        assert (answer.code, answer.err) == (0, "")
    assert plain.out.strip()
    assert as_json.json
    rows = as_csv.csv
    assert rows
    assert columns <= set(rows[0])
    assert all(None not in row and None not in row.values() for row in rows), "each row has a cell a column"


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_in_words_shows_the_newest_list_and_its_age(
    question: str, bundle_home: Path, run: Run
) -> None:
    words, _ = QUESTIONS[question]
    out = run(*words, home=bundle_home).out
    age = (date.today() - date(2026, 4, 30)).days
    assert f"Newest list held: 30 April 2026 ({NEWEST}), {age} days old." in out.splitlines()[-1]


@pytest.mark.parametrize("question", ["status", "agency", "changes", "trace"])
def test_every_answer_about_one_thing_carries_it_in_json(question: str, bundle_home: Path, run: Run) -> None:
    newest = run(*QUESTIONS[question][0], "--json", home=bundle_home).json["newest_list"]
    assert (newest["file"], newest["at"]) == (NEWEST, "2026-04-30T09:00")
    assert newest["age_days"] >= 0


# Status -------------------------------------------------------------------------------------------


def test_status_in_json(bundle_home: Path, run: Run) -> None:
    said = run("status", "--on", "2025-05-28", "--json", home=bundle_home).json
    for key in ("on", "basis", "list", "rows", "agreements", "agencies", "states", "territories", "by_model"):
        assert key in said, key
    assert said["list"].keys() == {"file", "at"}
    assert said["by_model"] == {"jem": 99, "tfm": 306, "wso": 223}
    assert (said["on"], said["basis"], said["agreements"], said["states"]) == (
        "2025-05-28",
        "listed",
        628,
        40,
    )


def test_status_in_words(bundle_home: Path, run: Run) -> None:
    out = run("status", "--on", "2026-04-30", home=bundle_home).out
    assert "30 April 2026: 1,770 agreements in 39 states and 2 territories." in out
    for line in ("178  Jail Enforcement Model", "1,091  Task Force Model", "501  Warrant Service Officer"):
        assert line in out
    assert f"Basis: rows of ICE's list of 30 April 2026 ({NEWEST})." in out


def test_status_of_a_state_by_code_or_name(bundle_home: Path, run: Run) -> None:
    said = [
        run("status", "--state", state, "--json", home=bundle_home).json for state in ("FL", "fl", "Florida")
    ]
    assert said[0] == said[1] == said[2]
    assert said[0]["state"] == "FL" and said[0]["states"] == 1
    out = run("status", "--state", "FL", "--model", "jem", "--on", "2024-12-31", home=bundle_home).out
    assert "(Jail Enforcement Model) in Florida." in out


def test_status_in_force_says_its_basis(bundle_home: Path, run: Run) -> None:
    said = run("status", "--on", "2025-03-01", "--basis", "in-force", "--json", home=bundle_home).json
    listed = run("status", "--on", "2025-03-01", "--json", home=bundle_home).json
    assert said["basis"] == "in-force" and said["rows"] is None
    assert said["agreements"] >= listed["agreements"] > 0, "signed before a list prints it"
    assert "uncertain" in said
    assert "Signed is not operating" in run("status", "--basis", "in-force", home=bundle_home).out


# Agencies -----------------------------------------------------------------------------------------


def test_agency_in_json(bundle_home: Path, run: Run) -> None:
    said = run("agency", "Frederick County", "--state", "MD", "--json", home=bundle_home).json
    assert {"agency_id", "name", "state"} <= said["agency"].keys()
    assert {"names", "agreements", "events"} <= said.keys()
    (agreement,) = said["agreements"]
    for key in (
        "agreement_id",
        "model",
        "signed_on",
        "first_listed",
        "last_listed",
        "status",
        "ended_between",
    ):
        assert key in agreement
    for which in ("first", "last"):
        cell = agreement["evidence"][which]
        assert cell["file"] and cell["row"] and cell["link"] and cell["address"]
    for event in said["events"]:
        assert event["list"] and event["row"]


def test_agency_in_words(bundle_home: Path, run: Run) -> None:
    out = run("agency", "Frederick County", "--state", "MD", home=bundle_home).out
    assert "Frederick County Sheriff's Office, Maryland   [md-frederick-county-sheriff]" in out
    assert "Agreements on ICE's lists: 1, active: none." in out
    assert "last listed 13 February 2026: participatingAgencies02132026am.xlsx, Sheet1, row 622, F622" in out
    assert "left the list between 13 February 2026 and 17 February 2026" in out
    assert "287gJEM_FrederickCoMD2020-06-09.pdf" in out


@pytest.mark.parametrize(
    "asked",
    [
        "wi-manitowoc-county-sheriff",
        "WI-Manitowoc-County-Sheriff",
        "Manitowoc County Sheriff's Office",
        "manitowoc county sheriff’s office",
        "Mantiowoc County Sheriff's Office",
        "Manitowoc",
        "sheriff manitowoc",
        "wi-mantiowoc-county-sheriff",
    ],
)
def test_an_agency_is_found_by_id_spelling_or_words(asked: str, bundle_home: Path, run: Run) -> None:
    said = run("agency", asked, "--json", home=bundle_home).json
    assert said["agency"]["agency_id"] == "wi-manitowoc-county-sheriff"


def test_an_ambiguous_name_lists_the_candidates(bundle_home: Path, run: Run) -> None:
    answer = run("agency", "Frederick County", home=bundle_home)
    assert answer.code == 4
    assert "2 agencies fit 'Frederick County'" in answer.err
    assert FREDERICK in answer.err and "va-frederick-county-sheriff" in answer.err
    assert "remedy: name one by its id, or add --state" in answer.err
    assert answer.out == ""


def test_an_unknown_name_says_what_is_near(bundle_home: Path, run: Run) -> None:
    answer = run("agency", "Frederik County Sheriff", home=bundle_home)
    assert answer.code == 5
    assert "no list ever printed an agency" in answer.err and "did you mean" in answer.err
    answer = run("agency", "Xyzzy", "--state", "MD", home=bundle_home)
    assert answer.code == 5 and "in MD" in answer.err and "atlas287 agencies" in answer.err


@pytest.mark.parametrize("status", ["active", "removed", "superseded", "not_on_latest", "pending", "applied"])
def test_agencies_of_a_status(status: str, bundle_home: Path, run: Run) -> None:
    rows = run("agencies", "--status", status, "--json", home=bundle_home).json
    assert all(r["status"] == status for r in rows)
    whole = run("agencies", "--json", home=bundle_home).json
    assert len(rows) == sum(r["status"] == status for r in whole)


def test_agencies_of_a_model(bundle_home: Path, run: Run) -> None:
    rows = run("agencies", "--model", "jem", "--state", "FL", "--json", home=bundle_home).json
    assert rows and all("jem" in r["models"] and r["state"] == "FL" for r in rows)
    assert (
        f"{len(rows):,} agencies." in run("agencies", "--model", "jem", "--state", "FL", home=bundle_home).out
    )


def test_no_agency_fits(bundle_home: Path, run: Run) -> None:
    assert run("agencies", "--state", "VT", "--json", home=bundle_home).json == []
    assert "0 agencies." in run("agencies", "--state", "VT", home=bundle_home).out
    assert run("agencies", "--state", "VT", "--csv", home=bundle_home).code == 0


# Changes ------------------------------------------------------------------------------------------


def test_changes_in_one_sentence(bundle_home: Path, run: Run) -> None:
    said = run("changes", "2026-03-31", "2026-04-30", "--json", home=bundle_home).json
    assert said["after"] - said["before"] == len(said["listed"]) - len(said["removed"])
    assert {"listed", "removed", "resigned", "switched", "redated", "renamed"} <= said.keys()
    assert said["from"].keys() == said["to"].keys() == {"file", "at"}
    day = said["from"]["at"][8:10].lstrip("0")
    listed, removed = len(said["listed"]), len(said["removed"])
    assert listed > 1 and removed > 1
    told = f"{listed} agreements were added, {removed} agreements were removed and "
    assert said["sentence"].startswith(f"Between ICE's lists of {day} March 2026 and 30 April 2026, {told}")
    where = "1,770 in 39 states, Guam and the Northern Mariana Islands."
    assert said["sentence"].endswith(f"the number went from {said['before']:,} to {where}")
    out = run("changes", "2026-03-31", "2026-04-30", home=bundle_home).out
    assert out.startswith(said["sentence"])
    assert f"Shown by {said['from']['file']} and {NEWEST}." in out


def test_changes_show_a_switch(bundle_home: Path, run: Run) -> None:
    said = run("changes", "2026-03-31", "2026-04-30", "--state", "NC", "--json", home=bundle_home).json
    (switched,) = [r for r in said["switched"] if r["agency_id"] == "nc-person-county-sheriff"]
    assert (switched["was_model"], switched["model"]) == ("jem", "wso")
    assert "1 agency switched model" in said["sentence"] and said["sentence"].endswith("in North Carolina.")
    gone = {r["agreement_id"] for r in said["removed"]}
    assert switched["was"] not in gone, "a switch is no removal"


def test_changes_show_a_signing_anew(bundle_home: Path, run: Run) -> None:
    said = run("changes", "2021-04-05", "2021-04-09", "--json", home=bundle_home).json
    resigned = {r["agreement_id"]: r["was"] for r in said["resigned"]}
    assert resigned["tn-knox-county-sheriff/jem/2020-06-08"] == "tn-knox-county-sheriff/jem/2017-06-15"
    assert said["before"] == said["after"] - len(said["listed"]) + len(said["removed"])


def test_changes_of_days_the_wrong_way_round_and_of_one_day(bundle_home: Path, run: Run) -> None:
    one = run("changes", "2025-01-20", "2025-05-28", "--json", home=bundle_home).json
    assert run("changes", "2025-05-28", "2025-01-20", "--json", home=bundle_home).json == one
    same = run("changes", "2025-05-28", "2025-05-28", "--json", home=bundle_home).json
    assert (same["listed"], same["removed"], same["renamed"]) == ([], [], [])
    assert "0 agreements were added and 0 agreements were removed" in same["sentence"]


def test_the_sum_of_all_changes_is_the_growth(bundle_home: Path, run: Run) -> None:
    """From the first list held to the newest, by way of some days between."""
    days = ["2021-01-13", "2022-06-30", "2025-01-20", "2025-05-28", "2025-09-10", "2026-04-30"]
    steps = [run("changes", *pair, "--json", home=bundle_home).json for pair in itertools.pairwise(days)]
    whole = run("changes", days[0], days[-1], "--json", home=bundle_home).json
    assert whole["before"] == steps[0]["before"] and whole["after"] == steps[-1]["after"]
    for a, b in itertools.pairwise(steps):
        assert a["after"] == b["before"]


# Growth and lists ---------------------------------------------------------------------------------


def test_growth_by_month(bundle_home: Path, run: Run) -> None:
    rows = run("growth", "--basis", "listed", "--json", home=bundle_home).json
    months = [r["month"] for r in rows]
    assert months[0] == "2021-01" and months[-1] == "2026-04" and len(months) == 64
    assert rows[-1]["agreements"] == 1770
    by = {r["month"]: r for r in rows}
    assert by["2024-12"]["agreements"] == 135
    without = [r["month"] for r in rows if r["at"] is None]
    assert all(by[m]["agreements"] is None for m in without), "a month without a list is a gap, not a zero"
    for before, after in itertools.pairwise(rows):
        if None not in (before["agreements"], after["agreements"]):
            assert after["agreements"] - before["agreements"] == after["listed"] - after["removed"], after[
                "month"
            ]


def test_growth_by_model_and_state_add_up(bundle_home: Path, run: Run) -> None:
    models = run("growth", "--by", "model", "--json", home=bundle_home).json
    last = {k: models[-1][k] for k in ("month", "basis", "jem", "tfm", "wso", "hybrid")}
    assert last == {"month": "2026-04", "basis": "listed", "jem": 178, "tfm": 1091, "wso": 501, "hybrid": 0}
    states = run("growth", "--by", "state", "--json", home=bundle_home).json
    assert sum(r["newest"] for r in states) == 1770
    assert sum(r["end_of_2024"] for r in states) == 135
    assert sum(r["newest"] > 0 for r in states) == 41


def test_growth_in_words_has_a_chart(bundle_home: Path, run: Run) -> None:
    out = run("growth", home=bundle_home).out
    assert "Agreements at each quarter's end: in force, all sources | on ICE's list" in out
    assert "2005" in out and "2025" in out
    assert "\x1b" not in out, "no colours in a pipe"


def test_lists(bundle_home: Path, run: Run) -> None:
    every = run("lists", "--json", home=bundle_home).json
    assert len(every) == 1252
    keys = {
        "file",
        "kind",
        "at",
        "decided_by",
        "repeats",
        "rows",
        "states",
        "territories",
        "agencies",
        "by_model",
    }
    assert keys <= every[0].keys()
    assert sum(r["rows"] for r in every) == 384_782
    for kind, count, rows in (("participating", 951, 373_568), ("pending", 301, 11_214)):
        own = run("lists", "--kind", kind, "--json", home=bundle_home).json
        assert (len(own), sum(r["rows"] for r in own)) == (count, rows)
        assert [r["at"] for r in own] == sorted(r["at"] for r in own)
        assert all(len(r["at"]) == len("2025-05-28T16:00") for r in own)
    out = run("lists", home=bundle_home).out
    assert "384,782 rows: 373,568 rows in 951 participating lists; 11,214 rows in 301 pending lists." in out


# Trace --------------------------------------------------------------------------------------------


def ids(bundle_home: Path) -> dict[str, str]:
    """An id of each kind."""
    atlas = Atlas.open(bundle_home)

    def one(sql: str) -> str:
        return str(atlas.db.execute(sql).fetchone()[0])

    return {
        "agreement": f"{FREDERICK}/jem/2020-06-09",
        "its day": f"{FREDERICK}/jem/2020-06-09#signed_on",
        "its first listing": f"{FREDERICK}/jem/2020-06-09#first_listed",
        "its last listing": f"{FREDERICK}/jem/2020-06-09#last_listed",
        "its status": f"{FREDERICK}/jem/2020-06-09#status",
        "its model": f"{FREDERICK}/jem/2020-06-09#model",
        "its memorandum": f"{FREDERICK}/jem/2020-06-09#memorandum",
        "agency": FREDERICK,
        "removal": one("SELECT event_id FROM event WHERE kind = 'removed' AND confirmed = 1"),
        "re-dating": one("SELECT event_id FROM event WHERE kind = 'redated'"),
        "renaming": one("SELECT event_id FROM event WHERE kind = 'renamed'"),
        "application": one("SELECT application_id FROM application WHERE status = 'became'"),
        "list": NEWEST_ID,
        "row of a list": f"{NEWEST_ID}#302",
        "former agency": "wi-mantiowoc-county-sheriff",
        "former agreement": "tx-tenaha-police/tfm/2025-01-07",
    }


KINDS = (
    *("agreement", "its day", "its first listing", "its last listing", "its status", "its model"),
    *("its memorandum", "agency", "removal", "re-dating", "renaming", "application"),
    *("list", "row of a list", "former agency", "former agreement"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_trace_goes_down_to_the_document(kind: str, bundle_home: Path, run: Run) -> None:
    said = run("trace", ids(bundle_home)[kind], "--json", home=bundle_home).json
    assert said["fact"] == ids(bundle_home)[kind]
    assert said["says"]
    assert said["evidence"]
    documents = [e for e in said["evidence"] if "sha256" in e]
    assert documents
    for cell in (e for e in documents if "address" in e):
        assert len(cell["sha256"]) == 64 and cell["file"] and cell["sheet"]
        assert cell["address"] is None or cell["address"].startswith("https://")
        assert "address_is" not in cell or cell["address"] is None or "not fetched" in cell["address_is"]
    out = run("trace", ids(bundle_home)[kind], home=bundle_home).out
    assert out.startswith(said["says"])
    assert documents[0]["sha256"] in out


def test_trace_of_a_day_shows_the_cell_that_says_it(bundle_home: Path, run: Run) -> None:
    (cell,) = run("trace", f"{FREDERICK}/jem/2020-06-09#signed_on", "--json", home=bundle_home).json[
        "evidence"
    ]
    assert (cell["printed"], cell["column"], cell["cell"]) == ("2020-06-09", "SIGNED", "D78")
    assert cell["file"] == "ParticipatingEntities-20210113002027.xlsx"
    assert cell["publisher"].startswith("RelevantResearch (transcription")
    assert cell["address"].startswith("https://web.archive.org/web/20210113002027/")


def test_trace_of_a_row_gives_every_cell(bundle_home: Path, run: Run) -> None:
    said = run("trace", f"{NEWEST_ID}#302", "--json", home=bundle_home).json
    row = said["evidence"][-1]
    assert (row["row"], row["state"], row["agency"]) == (302, "FLORIDA", "Jacksonville Sheriff's Office")
    assert row["signed"] == "2020-06-09" and row["moa_link"].startswith("https://www.ice.gov/doclib/287gMOA/")


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("nothing-of-this-name", "no fact goes by the id 'nothing-of-this-name'"),
        (f"{FREDERICK}/jem/2020-06-09#colour", "an agreement has no fact 'colour'"),
        (f"{NEWEST_ID}#99999", "has no row 99999"),
    ],
)
def test_trace_of_nothing(fact: str, said: str, bundle_home: Path, run: Run) -> None:
    answer = run("trace", fact, home=bundle_home)
    assert answer.code == 5
    assert said in answer.err and "remedy:" in answer.err


# Check --------------------------------------------------------------------------------------------


def test_check_in_words(bundle_home: Path, run: Run) -> None:
    out = run("check", home=bundle_home).out
    assert "pass  rows" in out and "0 fail." in out
    assert run("check", "--failing", "--json", home=bundle_home).json == []


def test_the_rows_of_a_check(bundle_home: Path, run: Run) -> None:
    said = run("check", "--rows", "dated by contents", "--json", home=bundle_home).json
    assert any("participatingAgencies01052025pm.xlsx" in row for row in said["rows"])
    assert (
        "participatingAgencies01052025pm.xlsx"
        in run("check", "--rows", "dated by contents", home=bundle_home).out
    )
    assert run("check", "--rows", "no such check", home=bundle_home).code == 5


def test_what_is_in_quarantine_and_undecided(bundle_home: Path, run: Run) -> None:
    rows = run("check", "--quarantine", "--json", home=bundle_home).json
    assert len(rows) == 42 and all(r["reason"] and r["remedy"] for r in rows)
    assert (
        run("check", "--quarantine", "--csv", home=bundle_home).csv[0]["file"]
        == "participatingAgencies03022026am.xlsx"
    )
    assert isinstance(run("check", "--candidates", "--json", home=bundle_home).json, list)
    assert run("check", "--candidates", home=bundle_home).out.strip()


# Building and adding ------------------------------------------------------------------------------


def test_build_in_json(tmp_path: Path, run: Run) -> None:
    lists = small_folder(tmp_path / "lists")
    said = run("build", "--lists", lists, "--json", home=tmp_path / "home").json
    assert said["quarantined"] == 0 and said["moves"] == []
    assert {c["result"] for c in said["checks"]} == {"pass", "info"}
    put(lists / "participating" / "participatingAgencies05142026am.xlsx", small_list(AGENCIES))
    again = run("build", "--lists", lists, "--json", home=tmp_path / "home").json
    moved = {m["table"]: m for m in again["moves"]}
    assert len(moved["list"]["added"]) == 1 and again["build_id"] != said["build_id"]


def test_build_of_a_folder_that_is_not_there(tmp_path: Path, run: Run) -> None:
    answer = run("build", "--lists", tmp_path / "nowhere", home=tmp_path / "home")
    assert answer.code == 1
    assert "there is no folder" in answer.err and "remedy:" in answer.err


def test_add_says_what_came_of_it(tmp_path: Path, run: Run) -> None:
    home, lists = tmp_path / "home", small_folder(tmp_path / "lists")
    run("build", "--lists", lists, home=home)
    new = put(tmp_path / "new" / "participatingAgencies05142026am.xlsx", small_list(AGENCIES[:2]))
    said = run("add", new, "--json", home=home).json
    assert (said["new_documents"], said["new_sightings"], said["already_known"]) == (1, 1, 0)
    assert said["failures"] == [] and said["newest_list"]["at"] == "2026-05-14T09:00"
    again = run("add", tmp_path / "new", home=home)
    assert again.code == 0 and "0 new sightings" in again.out and "1 already known" in again.out
    assert run("status", "--json", home=home).json["agreements"] == 2


def test_add_without_building_is_taken_up_by_the_next_question(tmp_path: Path, run: Run) -> None:
    home, lists = tmp_path / "home", small_folder(tmp_path / "lists")
    run("build", "--lists", lists, home=home)
    before = (home / "current").read_text()
    new = put(tmp_path / "new" / "participatingAgencies05142026am.xlsx", small_list(AGENCIES[:2]))
    assert "newest_list" not in run("add", "--no-build", new, "--json", home=home).json
    assert (home / "current").read_text() == before
    answer = run("status", "--json", home=home)
    assert answer.json["agreements"] == 2
    assert "The record or the rules have changed: building the register anew." in answer.err


def test_add_of_what_is_not_there_fails_and_adds_the_rest(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "home"
    run("build", "--lists", small_folder(tmp_path / "lists"), home=home)
    new = put(tmp_path / "new" / "participatingAgencies05142026am.xlsx", small_list(AGENCIES[:2]))
    answer = run("add", tmp_path / "nowhere.xlsx", new, home=home)
    assert answer.code == 1
    assert "1 new sightings" in answer.out and "nowhere.xlsx" in answer.out
    assert run("status", "--json", home=home).json["agreements"] == 2


def test_overview(bundle_home: Path, run: Run) -> None:
    answer = run("overview", home=bundle_home)
    assert answer.code == 0
    assert "1,770 agreements in 39 states and 2 territories" in answer.out
    assert "at each quarter's end" in answer.out
    assert "Between ICE's lists of" in answer.out
    assert "Ask next:" in answer.out


# Errors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("status", "--on", "2020-01-01"), 3),
        (("changes", "2020-01-01", "2025-01-01"), 3),
        (("status", "--on", "yesterday"), 2),
        (("status", "--on", "2025-02-30"), 2),
        (("status", "--state", "ZZ"), 2),
        (("status", "--model", "xyz"), 2),
        (("status", "--basis", "felt"), 2),
        (("lists", "--kind", "other"), 2),
        (("growth", "--by", "moon"), 2),
        (("agency",), 2),
        (("nonsense",), 2),
        (("agency", "Police Department"), 4),
        (("agency", "Xyzzy"), 5),
        (("trace", "xyzzy"), 5),
    ],
)
def test_how_errors_end(words: tuple[str, ...], code: int, bundle_home: Path, run: Run) -> None:
    answer = run(*words, home=bundle_home)
    assert answer.code == code
    assert answer.err and "Traceback" not in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "words", [("status", "--on", "2020-01-01"), ("agency", "Xyzzy"), ("agency", "Police Department")]
)
def test_errors_in_json(words: tuple[str, ...], bundle_home: Path, run: Run) -> None:
    answer = run(*words, "--json", home=bundle_home)
    assert answer.code
    said = json.loads(answer.out)
    assert said["error"] and said["remedy"]


def test_help_names_every_command(run: Run) -> None:
    out = run("--help").out
    for name in COMMANDS:
        assert f"  {name}" in out
        assert run(name, "--help").code == 0
    assert "atlas287, version " in run("--version").out
