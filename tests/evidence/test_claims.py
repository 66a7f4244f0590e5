"""Verdicts on the register of the bundle, each with what proves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from atlas287 import Atlas, EvidenceError, NotFoundError
from atlas287.evidence.answers import Asking
from atlas287.evidence.checking import VERDICTS, check, check_claims, index
from atlas287.evidence.claim_files import parse_claims
from atlas287.evidence.found import UncheckableError
from atlas287.evidence.queries import QUERIES

FILE = """\
title: One claim
source: {title: A, publisher: B, url: 'https://example.org/', published: 2025, read: there}
claims:
  - id: it
    says: It is so.
    by: somebody in office
    made: 2025-05-29
"""


def claimed(figure: str, query: str, more: str = "") -> str:
    return f"{FILE}    figure: {figure}\n    query: {query}\n{more}"


Checked = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def checked(atlas: Atlas) -> Checked:
    """The verdict on a claim: ``checked("628", "{ask: status, …}")``."""

    def verdict(figure: str, query: str, more: str = "", rows: bool = True) -> dict[str, Any]:
        (claim,) = parse_claims(claimed(figure, query, more), "it.yaml").claims
        return check(atlas.db, claim, atlas.listings if rows else None)

    return verdict


@pytest.fixture(scope="module")
def shipped(atlas: Atlas) -> dict[str, dict[str, Any]]:
    answer = atlas.claims()
    return {c["claim_id"]: c for f in answer["files"] for c in f["claims"]}


ARTICLE = {
    "agreements-december-2024": ("matches", 135),
    "states-december-2024": ("differs", 21),
    "agreements-28-may-2025": ("matches", 628),
    "states-28-may-2025": ("matches", 40),
    "established-1996": ("matches", 1996),
    "jackson-county-tx": ("matches", True),
    "frederick-county-md": ("matches", True),
    "jacksonville-fl": ("matches", True),
    "deported-great-depression": ("not checkable here", None),
    "citizens-great-depression": ("not checkable here", None),
    "deported-1954": ("not checkable here", None),
    "undermine-public-safety": ("not checkable here", None),
}


@pytest.mark.parametrize("claim", ARTICLE)
def test_the_article_claim_by_claim(claim: str, shipped: dict[str, dict[str, Any]]) -> None:
    told = shipped[f"the-conversation-2025/{claim}"]
    assert (told["verdict"], told["found"]) == ARTICLE[claim]
    if told["verdict"] == "not checkable here":
        assert told["why"] and told["needs"] and told["needs_es"] != told["needs"]
    else:
        assert told["evidence"] and told["how"] and told["how_es"] != told["how"]


RECORD = {
    "dhs-958-agreements": ("differs", 957),
    "dhs-609-percent": ("matches", 608.89),
    "dhs-1001-agreements": ("differs", 1000),
    "dhs-1000-agency-partners": ("differs", 829),
    "dhs-40-states": ("matches", 40),
    "desantis-67-sheriffs": ("matches", 67),
    "fsa-every-county-jail": ("differs", 50),
    "stitt-three-agencies": ("matches", 3),
    "kemp-corrections-jail-model": ("matches", True),
    "hancock-150-counties": ("matches", 165),
    "carr-98-percent": ("differs", 96.0),
    "otsego-signed": ("matches", "2025-10-17"),
    "ice-page-jail-states": ("matches", 25),
    "cbs-456-agreements": ("not checkable here", None),
    "fwd-1372-agreements": ("matches", 1372),
    "fwd-1168-agencies": ("differs", 1147),
}


@pytest.mark.parametrize("claim", RECORD)
def test_the_public_record_claim_by_claim(claim: str, shipped: dict[str, dict[str, Any]]) -> None:
    told = shipped[f"public-record/{claim}"]
    assert (told["verdict"], told["found"]) == RECORD[claim]
    assert bool(told["evidence"]) == (told["verdict"] != "not checkable here")
    if told["verdict"] == "differs":
        assert told["could_be"] and len(told["could_be"]) == len(told["could_be_es"])


def test_counts_of_before_the_lists_wait_for_the_history(shipped: dict[str, dict[str, Any]]) -> None:
    """They become checkable by themselves once the register answers for those days."""
    for claim in ("ice-60-agreements-2017", "gao-35-agreements-2017", "gao-150-agreements-2020"):
        told = shipped[f"public-record/{claim}"]
        assert told["query"]["basis"] == "in-force"
        if told["verdict"] == "not checkable here":
            assert "no list is held" in told["why"]
        else:
            assert told["found"] is not None and told["found_high"] >= told["found"]


def test_every_verdict_is_one_of_three_and_counted(atlas: Atlas, shipped: dict[str, dict[str, Any]]) -> None:
    counts = atlas.claims()["verdicts"]
    assert counts.keys() == VERDICTS.keys()
    assert sum(counts.values()) == len(shipped) == len(index())
    assert [c["claim_id"] for c in index()] == list(shipped)


def test_one_claim_by_its_id(atlas: Atlas, shipped: dict[str, dict[str, Any]]) -> None:
    told = atlas.claim("public-record/otsego-signed")
    assert told.pop("newest_list")["file"] and told == shipped["public-record/otsego-signed"]
    for unknown in ("public-record/moon", "moon/otsego-signed", "otsego-signed", ""):
        with pytest.raises(NotFoundError, match="no claim goes by"):
            atlas.claim(unknown)


# Proof --------------------------------------------------------------------------------------------


def test_a_count_is_proved_by_its_list_and_rows(checked: Checked, atlas: Atlas) -> None:
    (proof,) = checked("628", "{ask: status, on: 2025-05-28, count: agreements}")["evidence"]
    assert (proof["file"], proof["rows"], proof["row_count"]) == (
        "participatingAgencies05282025pm.xlsx",
        "2-629",
        628,
    )
    assert len(proof["sha256"]) == 64 and proof["address"].startswith("https://")
    (row,) = atlas.trace(f"{proof['list_id']}#2")["evidence"][-1:]
    assert (row["agency"], proof["first"]["cell"]) == (proof["first"]["printed"], "B2")


def test_the_rows_of_a_state_and_model_are_the_rows_that_print_them(checked: Checked, atlas: Atlas) -> None:
    told = checked("1", "{ask: status, on: 2025-05-28, count: agreements, state: MD, model: wso}")
    (proof,) = told["evidence"]
    rows = {int(n) for part in proof["rows"].split(", ") for n in _spread(part)}
    printed = atlas.listings(proof["list_id"]).filter(state="MARYLAND").rows(named=True)
    wanted = {r["row"] for r in printed if r["support_type"].startswith("Warrant")}
    assert rows == wanted and len(wanted) == told["found"] > 0


def _spread(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


def test_without_the_record_the_list_is_named_and_its_rows_are_not(checked: Checked) -> None:
    (proof,) = checked("628", "{ask: status, on: 2025-05-28, count: agreements}", rows=False)["evidence"]
    assert (proof["rows"], proof["first"], proof["row_count"]) == (None, None, 628)


def test_taking_part_is_proved_by_the_cell_of_the_day(checked: Checked) -> None:
    told = checked("true", "{ask: history, agency: md-frederick-county-sheriff, on: 2025-05-29}")
    (cell,) = told["evidence"]
    assert (cell["file"], cell["cell"]) == ("participatingAgencies05292025am.xlsx", "B371")
    assert cell["printed"].startswith("Frederick County Sheriff's Office")


def test_an_agency_that_has_left_takes_part_no_more(checked: Checked) -> None:
    told = checked("true", "{ask: history, agency: md-frederick-county-sheriff, on: 2026-03-15}")
    assert (told["verdict"], told["found"]) == ("differs", False)
    assert told["evidence"][0]["file"].startswith("participatingAgencies03")
    assert "does not stand" in told["how"]


# Verdicts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "more", "verdict"),
    [
        ("628", "", "matches"),
        ("627", "", "differs"),
        ("630", "    tolerance: 2\n", "matches"),
        ("631", "    tolerance: 2\n", "differs"),
        ("600", "    compare: at_least\n", "matches"),
        ("629", "    compare: at_least\n", "differs"),
        ("628", "    compare: more_than\n", "differs"),
        ("627", "    compare: more_than\n", "matches"),
        ("628", "    compare: at_most\n", "matches"),
        ("627", "    compare: at_most\n", "differs"),
    ],
)
def test_a_figure_is_held_against_what_is_found(
    figure: str, more: str, verdict: str, checked: Checked
) -> None:
    told = checked(figure, "{ask: status, on: 2025-05-28, count: agreements}", more)
    assert (told["verdict"], told["found"]) == (verdict, 628)


def test_a_day_that_differs(checked: Checked) -> None:
    query = "{ask: history, agency: ny-otsego-county-sheriff, model: wso, fact: signed_on}"
    assert checked("2025-10-17", query)["verdict"] == "matches"
    assert checked("2025-10-18", query)["verdict"] == "differs"


def test_readings_are_offered_only_where_they_give_the_figure(checked: Checked) -> None:
    query = "{ask: status, on: 2025-09-17, count: agreements}"
    assert checked("1001", query)["could_be"] == [
        "the sheet of 17 September 2025 has 1,001 filled rows if its heading is counted as one"
    ]
    assert (
        checked("832", query)["could_be"][0]
        == "the same list, of 17 September 2025, has 832 agencies by name"
    )
    (unknown,) = checked("77", query)["could_be"]
    assert "not known" in unknown
    told = checked("27", "{ask: status, on: 2024-12-31, count: states}")
    assert any("once for each model" in r and "16 + 11" in r for r in told["could_be"])
    with_pending = checked("703", "{ask: status, on: 2025-05-28, count: agreements}")["could_be"]
    assert any("75 pending applications" in r for r in with_pending)


def test_a_figure_between_two_lists_is_not_called_wrong(checked: Checked) -> None:
    between = checked("456", "{ask: status, on: 2025-04-17, count: agreements}")
    assert between["verdict"] == "not checkable here"
    assert "444 on 10 April 2025, 506 on 29 April 2025" in between["why"]
    for figure in ("443", "507"):
        assert checked(figure, "{ask: status, on: 2025-04-17, count: agreements}")["verdict"] == "differs"
    assert checked("444", "{ask: status, on: 2025-04-17, count: agreements}")["verdict"] == "matches"


def test_in_force_a_range_matches_anything_in_it(checked: Checked, atlas: Atlas) -> None:
    status = atlas.status("2025-03-01", "in-force")
    low, high = status["agreements"], status["agreements"] + status["uncertain"]
    query = "{ask: status, on: 2025-03-01, basis: in-force, count: agreements}"
    assert {checked(str(n), query)["verdict"] for n in (low, high)} == {"matches"}
    assert {checked(str(n), query)["verdict"] for n in (low - 1, high + 1)} == {"differs"}


def test_growth_as_number_percent_and_times(checked: Checked) -> None:
    query = "{{ask: growth, start: 2024-12-31, end: 2025-05-28, count: agreements, as: {}}}"
    assert checked("493", query.format("number"))["verdict"] == "matches"
    assert checked("365.19", query.format("percent"))["verdict"] == "matches"
    assert checked("4.65", query.format("times"))["found"] == 4.65
    nothing = checked(
        "5", "{ask: growth, start: 2024-12-31, end: 2025-05-28, count: agreements, model: tfm, as: percent}"
    )
    assert nothing["verdict"] == "not checkable here" and "zero at first" in nothing["why"]


def test_coverage_by_the_path_of_a_figure(checked: Checked, atlas: Atlas) -> None:
    figure = atlas.coverage("2025-05-28")["jail"]["residents"]
    told = checked(str(figure), "{ask: coverage, on: 2025-05-28, figure: jail.residents}")
    assert told["verdict"] == "matches" and told["evidence"]
    county = checked("true", "{ask: coverage, on: 2025-05-28, county: '24021', figure: figures.jail}")
    assert county["verdict"] == "matches"


def test_the_timeline_answers_for_a_year_a_day_and_a_figure(checked: Checked) -> None:
    assert checked("1996-09-30", "{ask: timeline, entry: iirira-1996, value: day}")["verdict"] == "matches"
    assert checked("35", "{ask: timeline, entry: count-2017-01, value: figure}")["verdict"] == "matches"
    assert checked("1954", "{ask: timeline, entry: campaign-1954}")["verdict"] == "matches"
    coarse = checked("1954-06-09", "{ask: timeline, entry: campaign-1954, value: day}")
    assert coarse["verdict"] == "not checkable here"
    disputed = checked("1300000", "{ask: timeline, entry: campaign-1954, value: figure}")
    assert "from 33,000 to 1,074,277" in disputed["why"]


def test_before_the_first_list_nothing_is_counted(checked: Checked) -> None:
    for query in (
        "{ask: status, on: 2016-01-01, count: agreements}",
        "{ask: coverage, on: 2016-01-01, figure: jail.counties}",
    ):
        told = checked("0", query)
        assert told["verdict"] == "not checkable here" and "first participating list" in told["why"]
    taking_part = checked("true", "{ask: history, agency: md-frederick-county-sheriff, on: 2016-01-01}")
    assert taking_part["verdict"] == "not checkable here"


# Queries that cannot be asked ---------------------------------------------------------------------

SQL = '{{ask: sql, counts: things, on: 2025-05-28, select: "{}"}}'
FAULTS = {
    "unknown agency": (
        "true",
        "{ask: history, agency: Xyzzy, on: 2025-05-28}",
        "no list ever printed",
        "atlas287 agencies",
    ),
    "two agencies": (
        "true",
        "{ask: history, agency: Frederick County, on: 2025-05-28}",
        "2 agencies fit",
        "state",
    ),
    "no day": (
        "true",
        "{ask: history, agency: md-frederick-county-sheriff}",
        "needs a day",
        "on: YYYY-MM-DD",
    ),
    "unknown figure of coverage": (
        "3",
        "{ask: coverage, on: 2025-05-28, figure: jail.people}",
        "no figure 'jail.people'",
        "residents",
    ),
    "coverage that is a table": (
        "3",
        "{ask: coverage, on: 2025-05-28, figure: jail}",
        "is no figure",
        "coverage --json",
    ),
    "unknown county": (
        "3",
        "{ask: coverage, on: 2025-05-28, county: '99999', figure: figures.jail}",
        "99999",
        "",
    ),
    "unknown event": ("3", "{ask: timeline, entry: moon}", "no event 'moon'", "iirira-1996"),
    "kind of figure": (
        "true",
        "{ask: status, on: 2025-05-28, count: agreements}",
        "is true or false, and the query status gives a number",
        "write a number",
    ),
    "day for a number": (
        "2025-01-01",
        "{ask: status, on: 2025-05-28, count: agreements}",
        "is a day, and",
        "write a number",
    ),
    "unknown table": (
        "3",
        SQL.format("SELECT count(*) FROM agrements"),
        "no such table: agrements",
        "agreement",
    ),
    "unknown column": (
        "3",
        SQL.format("SELECT count(staet) FROM agency"),
        "no such column: staet",
        "schema.py",
    ),
    "column elsewhere": (
        "3",
        SQL.format("SELECT max(signed_on) FROM agency"),
        "no such column: signed_on",
        "stands in agreement",
    ),
    "SQL that is wrong": ("3", SQL.format("SELEKT 1"), "SQLite refuses", "register's file"),
    "SQL of two values": ("3", SQL.format("SELECT 1, 2"), "1 rows of 2 columns", "one row with one value"),
    "SQL of many rows": (
        "3",
        SQL.format("SELECT agency_no FROM agency LIMIT 5"),
        "5 rows of 1 columns",
        "one value",
    ),
    "SQL of no rows": ("3", SQL.format("SELECT 1 WHERE 0"), "0 rows", "one value"),
    "SQL of text": (
        "3",
        SQL.format("SELECT name FROM agency LIMIT 1"),
        "which is no number",
        "select a number",
    ),
    "SQL of nothing": ("3", SQL.format("SELECT NULL"), "which is no number", "select a number"),
    "SQL that writes": ("3", SQL.format("DELETE FROM agency"), "may not do that", "only read"),
    "unknown fact": (
        "3",
        SQL.format("SELECT 3").replace("on: 2025-05-28", "on: 2025-05-28, proof: \"SELECT 'x'\""),
        "no fact goes by the id 'x'",
        "ids stand in",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_query_that_cannot_be_asked_names_file_claim_and_remedy(fault: str, checked: Checked) -> None:
    figure, query, what, remedy = FAULTS[fault]
    with pytest.raises(EvidenceError) as told:
        checked(figure, query)
    assert told.value.message.startswith("it.yaml, line 4, claim it: ")
    assert what in told.value.message
    assert remedy in told.value.remedy


def test_an_error_in_one_file_says_which(tmp_path: Path, atlas: Atlas) -> None:
    (tmp_path / "good.yaml").write_text(claimed("628", "{ask: status, on: 2025-05-28, count: agreements}"))
    (tmp_path / "bad.yaml").write_text(claimed("'628'", "{ask: status, on: 2025-05-28, count: agreements}"))
    answer = check_claims(atlas.db, [tmp_path / "good.yaml"])
    assert answer["verdicts"] == {"matches": 1, "differs": 0, "not checkable here": 0}
    with pytest.raises(EvidenceError, match=r"bad\.yaml, line 8, claim it: the figure is text"):
        check_claims(atlas.db, [tmp_path / "good.yaml", tmp_path / "bad.yaml"])


def test_each_query_has_an_answer_or_says_what_is_missing(atlas: Atlas) -> None:
    assert set(QUERIES) == {
        "status",
        "growth",
        "history",
        "coverage",
        "enforcement",
        "timeline",
        "sql",
        "nothing",
    }
    with pytest.raises(UncheckableError) as told:
        QUERIES["nothing"].ask(Asking(atlas.db), {})
    assert told.value.needs.en
    assert QUERIES["status"].ask(Asking(atlas.db), {"on": date(2025, 5, 28), "count": "states"}).value == 40
