"""Basis in-force: how many agreements on a day, by hand and on the register as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from atlas287 import Atlas, NoListError
from atlas287.publish.first_wave import beside
from atlas287.registry.questions.growth import growth
from atlas287.registry.questions.in_force import UNSETTLED, Stretch, counted
from atlas287.registry.questions.status import status

Run = Callable[..., Any]


def stretch(no: int = 1, model: str = "jem", **more: Any) -> Stretch:
    bounds = {"starts_from": "2010-01-01", "starts_by": "2010-01-01", "ends_from": "9999", "ends_by": "9999"}
    rest: dict[str, Any] = {"switched_from": None, "switched_to": None, "undocumented": None}
    return Stretch(no, "TX", model, **{**bounds, **rest, **more})


def known(spells: list[Stretch], day: str) -> tuple[int, int]:
    found = counted(spells, day)
    return found["agreements"], found["uncertain"]


def test_a_day_within_the_range_of_an_end_is_counted_apart() -> None:
    spell = stretch(ends_from="2012-01-01", ends_by="2012-03-01")
    days = ("2009-12-31", "2010-01-01", "2012-01-01", "2012-01-02", "2012-02-29", "2012-03-01")
    assert [known([spell], d) for d in days] == [(0, 0), (1, 0), (1, 0), (0, 1), (0, 1), (0, 0)]


def test_a_documented_end_is_the_last_day_in_force() -> None:
    spell = stretch(ends_from="2012-12-31", ends_by="2012-12-31")
    assert [known([spell], d) for d in ("2012-12-31", "2013-01-01")] == [(1, 0), (0, 0)]


def test_a_model_going_over_into_another_is_one_agreement_unsettled() -> None:
    hybrid = stretch(model="hybrid", ends_from="2010-05-08", ends_by="2013-01-01", switched_to="jem")
    jail = stretch(starts_from="2010-05-09", starts_by="2013-01-01", switched_from="hybrid")
    for day, models in (
        ("2010-05-08", {"hybrid": 1}),
        ("2010-05-09", {UNSETTLED: 1}),
        ("2012-12-31", {UNSETTLED: 1}),
        ("2013-01-01", {"jem": 1}),
    ):
        found = counted([hybrid, jail], day)
        assert {m: n for m, n in found["by_model"].items() if n} == models, day
        assert (found["agreements"], found["agencies"], found["uncertain"]) == (1, 1, 0), day


def test_days_that_no_source_covers_are_counted() -> None:
    spell = stretch(undocumented="2017-08-01/2020-06-09")
    assert [counted([spell], d)["undocumented"] for d in ("2017-08-01", "2018-01-01", "2020-06-09")] == [
        0,
        1,
        0,
    ]


# The register as it is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "theirs", "ours", "alone"),
    [
        (
            "2009-10-28",
            61,
            69,
            {
                "ca-san-bernardino-county-sheriff", "fl-jacksonville-sheriff", "tx-harris-county-sheriff",
                "ca-los-angeles-county-sheriff", "ca-orange-county-sheriff", "ca-riverside-county-sheriff",
                "ma-department-of-corrections", "nm-department-of-corrections",
            },
        ),
        ("2012-10-16", 57, 58, {"va-rockingham-county-sheriff"}),
        ("2017-08-01", 58, 60, {"tx-jackson-county-sheriff", "tx-matagorda-county-sheriff"}),
    ],
)  # fmt: skip
def test_three_days_beside_the_sources_own_counts(
    atlas: Atlas, day: str, theirs: int, ours: int, alone: set[str]
) -> None:
    found = beside(atlas.db, day)
    assert (found.theirs, found.ours["agreements"], found.only_theirs) == (theirs, ours, [])
    assert {agency for agency, _ in found.only_ours} == alone
    assert theirs + len(alone) == ours and all(why for _, why in found.only_ours)
    assert status(atlas.db, date.fromisoformat(day), "in-force")["agreements"] == ours


def test_of_the_six_pending_in_october_2009_three_were_in_force_under_an_earlier_memorandum(
    atlas: Atlas,
) -> None:
    found = beside(atlas.db, "2009-10-28")
    assert found.pending == 6
    before = {agency for agency, why in found.only_ours if "has its new memorandum as pending" in why}
    assert before == {
        "ca-san-bernardino-county-sheriff", "fl-jacksonville-sheriff", "tx-harris-county-sheriff"
    }  # fmt: skip


#: (model, starts, ends): the spells of the histories that people ask for first.
HISTORIES = {
    "fl-department-of-law-enforcement": [("tfm", "2002-07-02", "2012-12-31"), ("tfm", "2025-02-14", None)],
    "fl-jacksonville-sheriff": [("jem", "2008-07-08", None), ("tfm", "2025-02-26", None)],
    "az-maricopa-county-sheriff": [
        ("hybrid", "2007-02-07", "2009-10-14"), ("jem", "2009-10-15", "2011-12-15")
    ],
    "nc-mecklenburg-county-sheriff": [("jem", "2006-02-27", "2018-12-05")],
    "ga-department-of-public-safety": [("tfm", "2007-07-27", "2012-12-31"), ("tfm", "2025-03-10", None)],
    "ga-cobb-county-sheriff": [("jem", "2007-02-13", "2021-01-19")],
    "ga-gwinnett-county-sheriff": [("jem", "2009-10-15", "2021-01-01")],
    "ga-whitfield-county-sheriff": [("jem", "2008-02-04", None)],
    "tx-jackson-county-sheriff": [
        ("jem", "2017-01-26", None), ("wso", "2025-02-24", None), ("tfm", "2025-10-17", None)
    ],
    "va-prince-william-county-police": [("tfm", "2008-02-26", "2012-12-31")],
    "va-prince-william-county-sheriff": [("tfm", "2008-02-26", "2012-12-31")],
    "va-prince-william-manassas-regional-adult-detention-center": [("jem", "2007-07-09", "2020-06-30")],
}  # fmt: skip


@pytest.mark.parametrize("agency", HISTORIES)
def test_known_histories(atlas: Atlas, agency: str) -> None:
    found = atlas.history(agency)["spells"]
    assert [(s["model"], s["start_to"], s["end_to"]) for s in found] == HISTORIES[agency]
    for s in found:
        assert s["start_why"] and s["start_from"] == s["start_to"]
        assert s["end_to"] is None or (s["end_why"] and s["end_from"] == s["end_to"])


def test_frederick_county_over_both_waves(atlas: Atlas) -> None:
    hybrid, jail = atlas.history("md-frederick-county-sheriff")["spells"]
    assert (hybrid["model"], hybrid["start_to"], hybrid["switched_to"]) == ("hybrid", "2008-02-06", "jem")
    assert hybrid["end_to"] == jail["start_to"] == "2013-01-01"
    assert jail["signed_days"] == ["2013-06-28", "2016-08-03", "2020-06-09"]
    assert (jail["end_from"], jail["ended_by"], jail["continuity"]) == (
        "2026-02-13",
        None,
        "documented throughout",
    )


def test_the_first_agreement_is_floridas_and_nothing_is_said_of_days_before(atlas: Atlas, run: Run) -> None:
    assert atlas.status("2002-07-02", "in-force")["agreements"] == 1
    with pytest.raises(NoListError, match="the first is of 2002-07-02"):
        atlas.status("2002-07-01", "in-force")
    said = run("coverage", "--daily", "--basis", "in-force", "--on", "2002-07-01", home=atlas.home.root)
    assert said.code == 3 and "the first is of 2002-07-02" in said.err


def test_an_agency_taking_part_all_along_is_never_uncertain_at_the_end_of_2012(atlas: Atlas) -> None:
    """On 31 December 2012 Frederick County's hybrid went, or had gone, over into a jail agreement."""
    found = status(atlas.db, date(2012, 12, 31), "in-force", "MD")
    assert (found["agreements"], found["uncertain"], found["by_model"][UNSETTLED]) == (1, 0, 1)


def test_growth_breaks_where_its_basis_changes(atlas: Atlas) -> None:
    rows = growth(atlas.db)
    bases = [r["basis"] for r in rows]
    turn = bases.index("listed")
    assert set(bases[:turn]) == {"in-force"} and set(bases[turn:]) == {"listed"}
    assert (rows[0]["month"], rows[turn - 1]["month"], rows[turn]["month"]) == (
        "2002-07",
        "2020-12",
        "2021-01",
    )
    months = [r["month"] for r in rows]
    assert months == sorted(set(months)), "no month twice"
    for r in rows[:turn]:
        assert r["uncertain"] is not None and r["listed"] is None
    whole = growth(atlas.db, basis="in-force")
    assert whole[:turn] == rows[:turn] and whole[-1]["month"] == months[-1]
    assert {r["basis"] for r in growth(atlas.db, basis="listed")} == {"listed"}


def test_growth_by_model_adds_up(atlas: Atlas) -> None:
    for total, models in zip(
        growth(atlas.db, basis="in-force"), growth(atlas.db, "model", "in-force"), strict=True
    ):
        parts = sum(models[m] for m in ("jem", "tfm", "wso", "hybrid", "unsettled"))
        assert parts == total["agreements"], total["month"]


def test_growth_by_state_is_on_basis_listed(atlas: Atlas, run: Run) -> None:
    said = run("growth", "--by", "state", "--basis", "in-force", home=atlas.home.root)
    assert said.code == 2 and "--by state is on basis listed" in said.err


def test_an_agency_that_no_list_printed_answers_in_csv(atlas: Atlas, run: Run) -> None:
    rows = run("agency", "ma-framingham-police", "--csv", home=atlas.home.root).csv
    assert [(r["model"], r["start_to"]) for r in rows] == [("tfm", "2007-08-14")]
