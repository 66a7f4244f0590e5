"""`atlas287 coverage`: the figures side by side, in words, JSON and CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from atlas287 import Atlas
from atlas287.cli.show_coverage import _range

Run = Callable[..., Any]


def test_of_the_nation_in_words(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--on", "2025-05-28", home=atlas.home.root)
    assert said.code == 0
    assert "never to be added up" in said.out
    assert "live in 290 of 3,233 counties whose arrests are booked into a jail" in said.out
    assert "policed by signatories of task-force agreements" in said.out
    assert "Statewide, task-force agreements: 15 states and territories (FL, GA, IA" in said.out
    assert "participatingAgencies05282025pm.xlsx" in said.out
    assert "Newest list held: 30 April 2026" in said.out


def test_of_a_state(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--on", "2025-05-28", "--state", "Florida", "--json", home=atlas.home.root).json
    assert (said["state"], said["jail"]["counties"], said["statewide"]["tfm"]["states"]) == ("FL", 67, ["FL"])
    assert said["newest_list"]["at"] == "2026-04-30T09:00"
    text = run("coverage", "--on", "2025-05-28", "--state", "FL", home=atlas.home.root).out
    assert "live in 67 of 67 counties" in text and "(100.0%)" in text


def test_of_a_county(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--on", "2025-05-28", "--county", "12031", home=atlas.home.root)
    assert said.code == 0
    assert said.out.startswith("Duval County, Florida (12031)")
    assert "[fl-jacksonville-sheriff/jem/2020-06-09]" in said.out
    assert "Baker County, FL (12003)" in said.out
    rows = run("coverage", "--on", "2025-05-28", "--county", "12031", "--csv", home=atlas.home.root).csv
    assert {"Jacksonville Sheriff's Office"} <= {r["name"] for r in rows}


def test_a_county_that_nobody_covers(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--county", "50007", home=atlas.home.root)
    assert "warrant agreement: no." in said.out and "agreements: none." in said.out


def test_where_the_state_runs_the_jails_there_is_no_flat_no(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--county", "54039", home=atlas.home.root).out
    assert "agreement: no." not in said and "the state runs the jails and has signed" in said
    assert "State-run jails, apart: 1,836,843" in run("coverage", "--state", "WV", home=atlas.home.root).out


def test_a_range_and_what_capping_cuts_are_told(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--on", "2025-05-28", home=atlas.home.root).out
    assert "Capped at the county's residents in " in said and "which cuts " in said
    alike = {"low": 5, "high": 5, "counties_in_doubt": 1}
    assert (_range(alike), _range(alike | {"counties_in_doubt": 0})) == (
        "at least 5 residents",
        "5 residents",
    )


def test_nobody_lives_in_no_county(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--state", "GU", home=atlas.home.root).out
    assert "Jail: 0 residents live in 0 of 1 counties" in said


def test_as_csv_one_row_a_figure(atlas: Atlas, run: Run) -> None:
    rows = run("coverage", "--on", "2025-05-28", "--csv", home=atlas.home.root).csv
    whole = {(r["figure"], r["which"]): r for r in rows if r["of"] == "all"}
    assert set(whole) == {("jail", ""), ("field", ""), ("statewide", "tfm"), ("statewide", "jail")}
    assert whole["jail", ""]["counties"] == "290"
    assert {r["which"] for r in rows if r["of"] == "model"} == {"jem", "wso", "tfm"}


def test_the_daily_series(atlas: Atlas, run: Run) -> None:
    rows = run("coverage", "--daily", "--csv", home=atlas.home.root).csv
    assert (rows[0]["day"], rows[-1]["day"], len(rows)) == ("2021-01-13", "2026-04-30", 1934)
    some = run(
        "coverage", "--daily", "--on", "2021-01-31", "--state", "FL", "--json", home=atlas.home.root
    ).json
    assert (len(some), {r["state"] for r in some}) == (19, {"FL"})
    text = run("coverage", "--daily", home=atlas.home.root).out
    assert "●" in text and "○" in text and "1,934 days, on basis listed" in text


@pytest.mark.parametrize("more", [[], ["--county", "12031"], ["--state", "FL"], ["--daily"]])
def test_before_the_first_list_there_is_no_answer(atlas: Atlas, run: Run, more: list[str]) -> None:
    said = run("coverage", "--on", "2020-12-31", *more, home=atlas.home.root)
    assert said.code == 3
    assert "no list is held for 2020-12-31" in said.err
    assert not said.out


def test_a_county_that_does_not_exist(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--county", "99999", home=atlas.home.root)
    assert said.code == 5 and "FIPS code '99999'" in said.err


def test_a_state_without_agreements(atlas: Atlas, run: Run) -> None:
    said = run("coverage", "--state", "VT", "--json", home=atlas.home.root)
    assert said.code == 0
    assert (said.json["jail"]["counties"], said.json["jail"]["residents"], said.json["agencies"]) == (0, 0, 0)
    assert said.json["roster"]["share"] == 0.0
    assert run("coverage", "--state", "VT", "--daily", home=atlas.home.root).code == 0


def test_wrong_usage(atlas: Atlas, run: Run) -> None:
    assert run("coverage", "--county", "12031", "--state", "FL", home=atlas.home.root).code == 2
