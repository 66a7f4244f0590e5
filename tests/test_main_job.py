"""The main job, from the bundle alone: known figures, histories, dates and identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from atlas287 import Atlas, NoListError
from atlas287.registry.names import kind_of, name_key, place_of
from atlas287.registry.places import county_test

# Figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "agreements", "states", "territories", "by_model"),
    [
        ("2024-12-31", 135, 21, 0, {"jem": 60, "tfm": 0, "wso": 75}),
        ("2025-05-28", 628, 40, 0, {"jem": 99, "tfm": 306, "wso": 223}),
        ("2026-04-30", 1770, 39, 2, {"jem": 178, "tfm": 1091, "wso": 501}),
    ],
)
def test_known_figures(
    atlas: Atlas, on: str, agreements: int, states: int, territories: int, by_model: dict[str, int]
) -> None:
    said = atlas.status(on)
    assert (said["agreements"], said["rows"]) == (agreements, agreements)
    assert (said["states"], said["territories"]) == (states, territories)
    assert said["by_model"] == by_model
    assert sum(by_model.values()) == agreements


def test_the_thousandth_agreement(atlas: Atlas) -> None:
    assert atlas.status("2025-09-10")["agreements"] == 1000


def test_agencies_of_28_may_2025_by_three_ways_to_count(atlas: Atlas) -> None:
    said = atlas.status("2025-05-28")
    assert (said["agencies_as_printed"], said["agencies"]) == (520, 513)
    # One name can be two agencies' (a sheriff's, and by verdict that of the board that runs the jail).
    states = atlas.db.execute("SELECT DISTINCT state FROM agency").fetchall()
    by_state = [atlas.status("2025-05-28", state=state) for (state,) in states]
    for key in ("agencies", "agencies_as_printed", "agencies_resolved", "agreements", "rows"):
        assert sum(part[key] for part in by_state) == said[key], key


def test_without_a_day_the_newest_list_speaks(atlas: Atlas) -> None:
    said = atlas.status()
    assert said["on"] == "2026-04-30"
    assert said["list"] == {"file": "participatingAgencies04302026am.xlsx", "at": "2026-04-30T09:00"}
    newest = said["newest_list"]
    assert newest["at"] == "2026-04-30T09:00"
    assert newest["age_days"] == (date.today() - date(2026, 4, 30)).days
    assert said["agencies_resolved"] == len(atlas.agencies(status="active"))


def test_a_day_counts_to_its_end(atlas: Atlas) -> None:
    """Two lists of 28 May 2025: the afternoon's speaks for the day."""
    assert atlas.status("2025-05-28")["list"]["file"] == "participatingAgencies05282025pm.xlsx"


def test_before_the_first_list_there_is_no_answer(atlas: Atlas, run: Callable[..., Any]) -> None:
    with pytest.raises(NoListError, match=r"no list is held for 2020-12-31: the first .* 2021-01-13"):
        atlas.status("2020-12-31")
    answer = run("status", "--on", "2020-12-31", home=atlas.home.root)
    assert answer.code == 3
    assert "no list is held" in answer.err
    assert "0 agreements" not in answer.out + answer.err


def test_no_row_is_lost(atlas: Atlas) -> None:
    lists = atlas.lists()
    by_kind = {
        kind: (lists.filter(kind=kind).height, lists.filter(kind=kind)["rows"].sum())
        for kind in ("participating", "pending")
    }
    assert by_kind == {"participating": (951, 373_568), "pending": (301, 11_214)}
    assert lists["rows"].sum() == 384_782
    assert atlas.listings().height == 384_782
    row = atlas.checks().filter(name="rows").to_dicts()[0]
    assert (row["expected"], row["found"], row["result"]) == ("384782", "384782", "pass")


def test_every_row_is_in_a_run_of_one_agreement_or_application(atlas: Atlas) -> None:
    """The runs give back the number of rows of every list that is not stale."""
    place = {
        no: (kind, seq, rows)
        for no, kind, seq, rows in atlas.db.execute("SELECT list_no, kind, seq, rows FROM list")
    }
    held = {(kind, seq): rows for kind, seq, rows in place.values() if seq is not None}
    counted: dict[tuple[str, int], int] = defaultdict(int)
    again = 0
    for first, last, twice, thing in atlas.db.execute(
        "SELECT first_list, last_list, twice, coalesce(agreement_no, application_no) FROM listing_run"
    ):
        assert thing is not None
        kind, start, _ = place[first]
        for seq in range(start, place[last][1] + 1):
            counted[kind, seq] += 1
        again += twice
    short = {at: rows - counted[at] for at, rows in held.items() if rows != counted[at]}
    assert sum(short.values()) == again, "only rows that a list prints twice are beyond its runs"
    assert len(short) <= again
    assert [rows for _, seq, rows in place.values() if seq is None] == [rows_of_the_stale_list(atlas)]


def rows_of_the_stale_list(atlas: Atlas) -> int:
    return int(atlas.lists().filter(file="participatingAgencies04212025am.xlsx")["rows"].item())


def test_all_checks_hold(atlas: Atlas) -> None:
    assert atlas.checks().filter(result="fail").height == 0
    assert atlas.checks().filter(result="pass").height >= 13


# Dating -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "kind", "at", "decided_by"),
    [
        ("participatingAgencies01052025pm.xlsx", "participating", "2026-01-05T16:00", "contents"),
        ("pendingAgencies01052025pm.xlsx", "pending", "2026-01-05T16:00", "contents"),
        ("participatingAgencies08022025pm.xlsx", "participating", "2025-09-02T16:00", "contents"),
        ("participatingAgencies090022025am.xlsx", "participating", "2025-09-02T09:00", "contents"),
        ("participatingAgencies09222025pm.xlsx", "pending", "2025-09-22T16:00", "file_name"),
        ("pendingAgencies09222025pm.xlsx", "participating", "2025-09-22T16:00", "file_name"),
        ("pendingAgencies.xlsx", "pending", "2025-02-21T21:49", "contents"),
        ("participatingAgencies05282025am.xlsx", "participating", "2025-05-28T09:00", "file_name"),
        ("ParticipatingEntities-20210113002027.xlsx", "participating", "2021-01-13T00:20", "capture"),
    ],
)
def test_which_list_a_file_is(atlas: Atlas, file: str, kind: str, at: str, decided_by: str) -> None:
    (found,) = atlas.lists().filter(file=file).to_dicts()
    assert (found["kind"], found["at"], found["decided_by"]) == (kind, at, decided_by)
    assert found["reason"]


def test_the_reason_of_a_mended_day_says_what_shows_it(atlas: Atlas) -> None:
    (found,) = atlas.lists().filter(file="participatingAgencies01052025pm.xlsx").to_dicts()
    assert "2025-01-05" in found["reason"] and "signings of 2025-12" in found["reason"]


def test_a_stale_list_is_a_repeat_and_no_news(atlas: Atlas) -> None:
    (found,) = atlas.lists().filter(file="participatingAgencies04212025am.xlsx").to_dicts()
    assert found["stale"] and found["repeats"]
    assert atlas.lists().filter(stale=True).height == 1
    assert atlas.status("2025-04-21")["agreements"] == 444
    assert atlas.status("2025-04-21")["list"]["file"] != "participatingAgencies04212025am.xlsx"
    shown = atlas.table("event").filter(at="2025-04-21T09:00")
    assert shown.height == 0


def test_lists_are_in_order_and_none_of_one_kind_shares_its_place(atlas: Atlas) -> None:
    table = atlas.table("list")
    for kind in ("participating", "pending"):
        kept = table.filter(kind=kind, stale=0).sort("seq")
        assert kept["seq"].to_list() == list(range(kept.height))
        assert kept["at"].to_list() == sorted(kept["at"].to_list())


def test_several_lists_of_one_day_are_in_order(atlas: Atlas) -> None:
    """am, amB, mid, pm, pm2 … of one day; where a name says the same time, the one saved first goes first."""
    table = atlas.table("list").filter(kind="participating")
    order = dict(zip(table["file"].to_list(), table["list_no"].to_list(), strict=True))
    saved = dict(zip(table["file"].to_list(), table["saved_at"].to_list(), strict=True))
    assert order["participatingAgencies05282025am.xlsx"] < order["participatingAgencies05282025pm.xlsx"]
    together = 0
    for at in set(table["at"].to_list()):
        files = table.filter(at=at, decided_by="file_name")["file"].to_list()
        together += len(files) > 1
        stamps = [saved[f] for f in sorted(files, key=order.__getitem__)]
        assert stamps == sorted(stamps), at
    assert together, "no day has two lists of one name; this test proves nothing then"


# Histories --------------------------------------------------------------------------------------


def kinds(history: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """(day, kind, model) of each event."""
    return [(e["at"][:10], e["kind"], e["model"]) for e in history["events"]]


def test_frederick_county_maryland_left_in_february_2026(atlas: Atlas) -> None:
    said = atlas.history("Frederick County", state="MD")
    assert said["agency"]["agency_id"] == "md-frederick-county-sheriff"
    (agreement,) = said["agreements"]
    assert agreement["agreement_id"] == "md-frederick-county-sheriff/jem/2020-06-09"
    assert agreement["last_listed"][:7] == "2026-02"
    assert agreement["status"] == "removed"
    assert agreement["ended_between"] == ["2026-02-13T09:00", "2026-02-17T16:00"]
    assert kinds(said) == [("2021-01-13", "listed", "jem"), ("2026-02-17", "removed", "jem")]


def test_jacksonville_has_its_whole_listed_history(atlas: Atlas) -> None:
    said = atlas.history("Jacksonville", state="FL")
    assert said["agency"]["agency_id"] == "fl-jacksonville-sheriff"
    assert [(a["model"], a["signed_on"], a["status"]) for a in said["agreements"]] == [
        ("jem", "2020-06-09", "active"),
        ("tfm", "2025-02-26", "active"),
    ]
    assert said["agreements"][0]["first_listed"][:10] == "2021-01-13"
    assert kinds(said) == [("2021-01-13", "listed", "jem"), ("2025-02-26", "model_added", "tfm")]


def test_jackson_county_texas_has_its_whole_listed_history(atlas: Atlas) -> None:
    said = atlas.history("Jackson County", state="TX")
    assert [(a["model"], a["signed_on"], a["first_listed"][:10]) for a in said["agreements"]] == [
        ("jem", "2020-06-08", "2021-01-13"),
        ("wso", "2025-02-24", "2025-02-26"),
        ("tfm", "2025-10-17", "2025-10-17"),
    ]
    assert all(a["status"] == "active" for a in said["agreements"])
    (application,) = said["applications"]
    assert application["became"] == "tx-jackson-county-sheriff/tfm/2025-10-17"


def test_a_removal_for_a_day_or_two_comes_back(atlas: Atlas) -> None:
    said = atlas.history("md-garrett-county-sheriff")
    (agreement,) = said["agreements"]
    assert (agreement["status"], agreement["gaps"]) == ("active", 1)
    assert kinds(said) == [
        ("2025-03-06", "listed", "wso"),
        ("2026-03-03", "removed", "wso"),
        ("2026-03-05", "returned", "wso"),
    ]


def test_a_new_signing_of_the_same_model_supersedes(atlas: Atlas) -> None:
    said = atlas.history("tn-knox-county-sheriff")
    old, new = said["agreements"]
    assert (old["status"], old["superseded_by"]) == ("superseded", new["agreement_id"])
    assert (new["signed_on"], new["status"]) == ("2020-06-08", "active")
    assert [k for _, k, _ in kinds(said)] == ["listed", "superseded", "resigned"]


def test_a_model_dropped_as_another_is_taken_up_is_a_switch(atlas: Atlas) -> None:
    said = atlas.history("nc-person-county-sheriff")
    assert kinds(said)[1:] == [("2026-04-13", "removed", "jem"), ("2026-04-13", "switched", "wso")]
    assert said["events"][-1]["detail"] == "jem → wso"


def test_absent_is_not_removed_before_further_lists_confirm_it(atlas: Atlas) -> None:
    agreements = atlas.table("agreement")
    assert set(agreements["status"]) == {"active", "not_on_latest", "removed", "superseded"}
    confirmed = atlas.table("event").filter(kind="removed")
    waiting = agreements.filter(status="not_on_latest")
    assert waiting.height
    for no in waiting["agreement_no"]:
        last = confirmed.filter(agreement_no=no).sort("at")[-1]
        assert last["confirmed"].item() == 0


# Re-datings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreement", "rule", "old"),
    [
        ("tx-tenaha-police/tfm/2026-01-07", "year misprinted", "2025-01-07"),
        ("tx-webb-county-sheriff/jem/2025-12-02", "memorandum still pending", "2025-10-17"),
        ("fl-panama-city-beach-police/tfm/2025-02-25", "same memorandum", "2025-02-26"),
    ],
)
def test_a_corrected_day_is_one_agreement(atlas: Atlas, agreement: str, rule: str, old: str) -> None:
    said = atlas.history(agreement.split("/")[0])
    (found,) = said["agreements"]
    assert found["agreement_id"] == agreement
    assert found["signed_rule"] == rule
    former = agreement.rsplit("/", 1)[0] + f"/{old}"
    assert atlas.trace(former)["says"].startswith(agreement), "the former id leads on"


def test_a_day_printed_for_a_stretch_and_taken_back(atlas: Atlas) -> None:
    said = atlas.history("mo-comet-drug-task-force")
    (found,) = said["agreements"]
    assert found["signed_on"] == "2026-03-13"
    assert [k for _, k, _ in kinds(said)] == ["listed", "redated", "redated", "removed"]


def test_no_day_is_moved_without_its_rule(atlas: Atlas) -> None:
    redated = atlas.table("redating")
    assert redated.height > 60
    assert redated.filter(rule="").height == 0
    events = atlas.table("event").filter(kind="redated")
    assert events.height == redated.drop_nulls("list_no").height


SOMERVELL = ("Somervill", "Somerville", "Somervell")
OKALOOSA = [
    "Okaloosa County Sheriff's Office",
    "Okaloosa County Corrections",
    "Okaloosa County Department of Corrections",
    "Okaloosa County Board of County Commissioners/ Department of Corrections",
]
SPELLINGS = "SELECT agency_id, state, printed, rule FROM agency_name JOIN agency USING (agency_no)"

# Identities -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agency", "spellings"),
    [
        (
            "fl-walton-county-sheriff",
            ["Waria-labelon County Sheriff's Office", "Walton County Sheriff's Office"],
        ),
        (
            "mn-freeborn-county-sheriff",
            ["Freedom County Sheriff's Office", "Freeborn County Sheriff's Office"],
        ),
        ("tx-somervell-county-sheriff", [f"{n} County Sheriff's Office" for n in SOMERVELL]),
        ("wi-manitowoc-county-sheriff", [f"{n} County Sheriff's Office" for n in ("Mantiowoc", "Manitowoc")]),
        ("fl-okaloosa-county-board-of-county-commissioners", OKALOOSA),
    ],
)
def test_spellings_of_one_agency(atlas: Atlas, agency: str, spellings: list[str]) -> None:
    said = atlas.history(agency)
    assert said["agency"]["agency_id"] == agency
    assert set(spellings) <= {n["printed"] for n in said["names"]}


def test_a_state_printed_wrongly_for_a_stretch(atlas: Atlas) -> None:
    said = atlas.history("mn-crow-wing-county-sheriff")
    assert {a["model"] for a in said["agreements"]} == {"tfm", "wso"}
    assert said["events"] and all(e["kind"] != "removed" for e in said["events"])
    assert atlas.history("ma-crow-wing-county-sheriff")["agency"]["state"] == "MN", "the wrong id leads on"
    assert atlas.agencies(state="MA").filter(agency_id="ma-crow-wing-county-sheriff").height == 0
    restated = {(r["state"], r["printed"], r["name"]) for r in atlas.table("restated").to_dicts()}
    assert ("MN", "MA", "Crow Wing County Sheriff's Office") in restated


def test_namesakes_stay_apart(atlas: Atlas) -> None:
    ids = set(atlas.agencies()["agency_id"])
    assert {"md-frederick-county-sheriff", "va-frederick-county-sheriff"} <= ids
    assert {"tx-bell-county-sheriff", "tx-lee-county-sheriff"} <= ids
    assert {"fl-university-of-florida-police", "fl-university-of-west-florida-police"} <= ids
    jacksons = [
        (state, name)
        for state, name in atlas.agencies()["state", "name"].rows()
        if place_of(name_key(name, state)) == "jackson county"
    ]
    assert len(jacksons) == 8
    assert {state for state, _ in jacksons} == {
        "AR",
        "FL",
        "KS",
        "KY",
        "MI",
        "MN",
        "TX",
    }  # Florida has its jail too


def test_kinds_of_body_meet_in_one_agency_only_by_verdict(atlas: Atlas) -> None:
    """No rule merges a police department with a sheriff, or a board with either."""
    of_agency: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for agency, state, printed, rule in atlas.db.execute(SPELLINGS):
        of_agency[agency][kind_of(name_key(printed, state))].add(rule)
    mixed = {agency: by_kind for agency, by_kind in of_agency.items() if len(by_kind) > 1}
    assert mixed, "some verdicts do tie kinds (a board that signs for its department)"
    for agency, by_kind in mixed.items():
        without_verdict = [
            kind for kind, rules in by_kind.items() if not rules & {"verdict", "testimony: verdict"}
        ]
        assert len(without_verdict) <= 1, (agency, dict(by_kind))


def test_no_rule_ties_two_counties_of_one_state(atlas: Atlas) -> None:
    from atlas287 import bundle

    real = county_test(bundle.COUNTIES)
    seen: dict[str, set[str]] = defaultdict(set)
    for agency, state, printed, _ in atlas.db.execute(f"{SPELLINGS} WHERE rule != 'verdict'"):
        place = place_of(name_key(printed, state))
        if real(state, place):
            seen[agency].add(str(place))
    assert {agency: places for agency, places in seen.items() if len(places) > 1} == {}


def test_no_two_agencies_of_a_state_differ_in_typography_alone(atlas: Atlas) -> None:
    """The other way round: what the name key folds is one agency, unless counties tell two apart."""
    of_key: dict[tuple[str, str], set[str]] = defaultdict(set)
    for agency, state, printed, _ in atlas.db.execute(f"{SPELLINGS} WHERE rule != 'verdict'"):
        of_key[state, name_key(printed, state)].add(agency)
    assert {key: ids for key, ids in of_key.items() if len(ids) > 1} == {}


def test_nothing_is_left_undecided_in_silence(atlas: Atlas) -> None:
    checks = {c["name"]: c["found"] for c in atlas.checks().to_dicts()}
    assert int(checks["candidates"]) == atlas.table("candidate").height
    merged = sum(int(found) for name, found in checks.items() if name.startswith("merges: "))
    logged = atlas.table("merge").height
    assert logged == merged - int(checks.get("merges: evened", 0))


# Evidence ---------------------------------------------------------------------------------------


def test_every_agreement_opens_to_a_cell_that_says_so(atlas: Atlas) -> None:
    """A sample of agreements: first and last cell are those of the list, as printed."""
    sample = atlas.table("agreement").sample(40, seed=287)
    for agreement in sample.to_dicts():
        cells = {c["shows"]: c for c in atlas.trace(agreement["agreement_id"])["evidence"]}
        for shows in ("first_listed", "last_listed"):
            cell = cells[shows]
            listing = atlas.listings(cell["list_id"]).filter(row=cell["row"]).to_dicts()[0]
            assert listing["agency"] == cell["printed"]
            assert cell["at"] == agreement[shows]
            assert len(cell["sha256"]) == 64
