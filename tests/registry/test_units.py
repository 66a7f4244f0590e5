"""Rows before spellings are tied: wrong states, two bodies of one name, rows without a place."""

from __future__ import annotations

import pytest

from tests.registry.story import History, Row, Told, applied, row, tell

CROW = "Crow Wing County Sheriff's Office"
JACKSON = "Jackson County Sheriff's Office"
LAKE = "Lake Placid Police Department"


def restated(told: Told) -> list[tuple[str, str]]:
    """(as printed, as set right) of each row set right."""
    return told.ask("SELECT printed, state FROM restated")


# A state printed wrongly for a stretch ------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "history", "right"),
    [
        ("mended", {row("MA", CROW): "xx..", row("MN", CROW): "..xx"}, "MN"),
        ("a slip amid", {row("MN", CROW): "xx.xx", row("MA", CROW): "..x.."}, "MN"),
        (
            "a slip that stands for now",
            {row("FL", LAKE): "x" * 30, row("NY", LAKE): "." * 30 + "x"},
            "FL",
        ),
        (
            "no county in the name, a brief stretch",
            {row("NY", LAKE): "xx....", row("FL", LAKE): "..xxxx"},
            "FL",
        ),
        (
            "a county of both, one memorandum",
            {row("TX", JACKSON, link="memo"): "xx..", row("KS", JACKSON, link="memo"): "..xx"},
            "KS",
        ),
    ],
)
def test_a_state_for_a_stretch_is_set_right(why: str, history: History, right: str) -> None:
    told = tell(history)
    assert told.ask("SELECT state FROM agency") == [right]
    assert len(told.agreements()) == 1
    assert [k for _, k in told.events()] == ["listed"]
    assert len(restated(told)) == 1


def test_an_application_in_the_right_state_shows_the_slip() -> None:
    listed = {row("TX", JACKSON, "wso"): "..xx..", row("KS", JACKSON, "wso"): "....xx"}
    assert len(tell(listed).agencies()) == 2, "there is a Jackson County in both"
    told = tell(listed, {applied("KS", JACKSON, "wso"): "xx...."})
    assert list(told.agencies()) == ["ks-jackson-county-sheriff"]


@pytest.mark.parametrize(
    ("why", "history"),
    [
        ("both states have the county", {row("GA", JACKSON): "xx..", row("TX", JACKSON): "..xx"}),
        ("no county, a long stretch", {row("NY", LAKE): "x" * 11 + "..", row("FL", LAKE): "." * 11 + "xx"}),
        ("both on one list", {row("MA", CROW): "xxx.", row("MN", CROW): "..xx"}),
        ("a list between", {row("MA", CROW): "x...", row("MN", CROW): "..xx"}),
        ("another day", {row("MA", CROW, signed="2025-03-02"): "xx..", row("MN", CROW): "..xx"}),
        ("another model", {row("MA", CROW, "wso"): "xx..", row("MN", CROW): "..xx"}),
        ("three states", {row("MA", CROW): "xx..", row("MN", CROW): "..xx", row("MT", CROW): "xxxx"}),
    ],
)
def test_namesakes_in_two_states_stay_two(why: str, history: History) -> None:
    told = tell(history)
    assert told.ask("SELECT count(DISTINCT state) FROM agency") == [len(told.agencies())]
    assert len(told.agencies()) >= 2
    assert restated(told) == []


def test_on_pending_lists_the_wrong_state_must_lack_the_county() -> None:
    somebody = {row("TX", "Somebody Police"): "xxxx"}
    told = tell(somebody, {applied("MA", CROW): "xx..", applied("MN", CROW): "..xx"})
    assert told.ask("SELECT DISTINCT state FROM agency ORDER BY 1") == ["MN", "TX"]
    told = tell(somebody, {applied("GA", JACKSON): "xx..", applied("KS", JACKSON): "..xx"})
    assert told.ask("SELECT DISTINCT state FROM agency ORDER BY 1") == ["GA", "KS", "TX"]


def test_a_state_that_cannot_be_read_is_learnt_from_the_list_that_mends_it() -> None:
    told = tell({row("ATLANTIS", CROW): "xx..", row("MN", CROW): "..xx"})
    assert told.events() == [(0, "listed")]
    assert told.ask("SELECT count(*) FROM quarantine") == [0]
    told = tell({row("ATLANTIS", CROW): "xx.."})
    assert told.ask("SELECT what, row FROM quarantine ORDER BY row") == [("unread", 2), ("unread", 2)]


# Two bodies of one name in one state --------------------------------------------------------------

MIDDLE = "Middle Township Police Department"


def test_counties_tell_two_bodies_of_one_name_apart() -> None:
    told = tell(
        {row("PA", MIDDLE, county="Adams County"): "xxx", row("PA", MIDDLE, county="York County"): ".xx"}
    )
    assert sorted(told.agencies()) == [
        "pa-middle-township-police-adams-county",
        "pa-middle-township-police-york-county",
    ]


@pytest.mark.parametrize(
    ("why", "one", "other", "marks"),
    [
        ("a county misspelt", "Adams County", "Adms County", ("xx", "xx")),
        ("a county that changes from list to list", "Adams County", "York County", ("xx..", "..xx")),
        ("a county left out", "Adams County", "#N/A", ("xx", "xx")),
    ],
)
def test_one_body_whose_county_varies(why: str, one: str, other: str, marks: tuple[str, str]) -> None:
    told = tell({row("PA", MIDDLE, county=one): marks[0], row("PA", MIDDLE, "wso", county=other): marks[1]})
    assert list(told.agencies()) == ["pa-middle-township-police"]


def test_a_county_in_the_name_outdoes_the_cell() -> None:
    told = tell(
        {
            row("TX", JACKSON, county="Jackson County"): "xx",
            row("TX", JACKSON, "wso", county="Bell County"): "xx",
        }
    )
    assert list(told.agencies()) == ["tx-jackson-county-sheriff"]


def test_a_row_without_a_county_goes_with_its_signing_day() -> None:
    told = tell(
        {
            row("PA", MIDDLE, "tfm", "2025-03-01", county="Adams County"): ".xxx",
            row("PA", MIDDLE, "tfm", "2025-03-02", county="York County"): ".xxx",
            row("PA", MIDDLE, "tfm", "2025-03-02"): "x...",
        }
    )
    assert told.agreements() == {
        "pa-middle-township-police-adams-county/tfm/2025-03-01": "active",
        "pa-middle-township-police-york-county/tfm/2025-03-02": "active",
    }
    assert told.events() == [(0, "listed"), (1, "listed")]


# Rows that have no place --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "odd", "reason", "remedy"),
    [
        (
            "state",
            row("ATLANTIS", "Foo Police"),
            "the state 'ATLANTIS' cannot be read: unknown",
            "state,ATLANTIS,",
        ),
        ("no state", row("", "Foo Police"), "no state is printed", "corrections/words.csv"),
        (
            "model",
            row("FL", "Foo Police", "Space Model"),
            "the model 'Space Model' cannot be read",
            "model,Space Model,",
        ),
        ("no model", row("FL", "Foo Police", ""), "no model is printed", "corrections/words.csv"),
        ("no name", row("FL", " "), "no agency is printed", "look at the row"),
    ],
)
def test_a_row_without_a_place_is_kept_with_what_would_help(
    why: str, odd: Row, reason: str, remedy: str
) -> None:
    told = tell({row("FL", "Bar Police"): "xx", odd: ".x"})
    ((file, sheet, number, what, said, help_, cells),) = told.ask(
        "SELECT file, sheet, row, what, reason, remedy, cells FROM quarantine"
    )
    assert (file, sheet, number, what) == ("participatingAgencies03112025pm.xlsx", "Sheet1", 3, "unread")
    assert reason in said and f"{file}, sheet Sheet1, row 3" in said
    assert remedy in help_
    assert "2025-03-01" in cells
    assert list(told.agencies()) == ["fl-bar-police"]


def test_a_pending_row_may_leave_its_model_open() -> None:
    told = tell({row("FL", "Bar Police"): "xx"}, {applied("FL", "Foo Police", ""): "xx"})
    assert told.ask("SELECT application_id FROM application") == [
        "fl-foo-police/unstated/pending/2025-03-10T16:00"
    ]
    assert told.ask("SELECT count(*) FROM quarantine") == [0]


def test_a_model_left_open_is_the_one_that_the_lists_beside_it_print() -> None:
    told = tell(
        {row("FL", "Bar Police"): "xxx"},
        {applied("FL", "Foo Police", ""): "x..", applied("FL", "Foo Police", "wso"): ".xx"},
    )
    assert told.ask("SELECT model, first_pending FROM application") == [("wso", "2025-03-10T16:00")]
