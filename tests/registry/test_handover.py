"""Handovers: each rule firing on a history that shows it, and declining on one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry.story import applied, row, tell, verdicts

SIGNED = "2025-03-01"


Two = tuple[str, str]


def tied(
    old: str, new: str, state: str = "FL", marks: Two = ("xx..", "..xx"), links: Two | None = None
) -> str | None:
    """The rule that ties two names of one handover, or None."""
    memos = links or (None, None)
    told = tell({row(state, old, link=memos[0]): marks[0], row(state, new, link=memos[1]): marks[1]})
    rules = told.rules()
    assert told.ask("SELECT count(*) FROM agency") == [1 if rules else 2]
    return next(iter(rules.values()), None)


FIRING = [
    ("spelling", "FL", "Macro Island Police Department", "Marco Island Police Department"),
    ("spelling", "TX", "Lampass County Sheriff's Office", "Lampasas County Sheriff's Office"),
    ("word order", "FL", "Division of Lottery Security", "Security Division of Lottery"),
    ("longer form", "WY", "Wyoming Highway State Patrol", "Wyoming State Highway Patrol"),
    ("longer form", "FL", "Florida Marine Patrol", "Marine Patrol"),
]


@pytest.mark.parametrize(("rule", "state", "old", "new"), FIRING)
def test_a_handover_ties_two_spellings(rule: str, state: str, old: str, new: str) -> None:
    assert tied(old, new, state) == rule
    assert tied(new, old, state) == rule, "whichever came first"


@pytest.mark.parametrize(("rule", "state", "old", "new"), FIRING)
@pytest.mark.parametrize(
    "marks",
    [("xxx.", "..xx"), ("x...", "..xx"), ("xxxx", "..xx"), ("xx.x", "..xx")],
    ids=[
        "both on one list",
        "a list without either",
        "the old one stays",
        "the old one comes back beside it",
    ],
)
def test_without_a_handover_no_rule_fires(
    rule: str, state: str, old: str, new: str, marks: tuple[str, str]
) -> None:
    assert tied(old, new, state, marks) is None


def test_another_signing_day_is_no_handover() -> None:
    told = tell(
        {
            row("FL", "Macro Island Police Department", signed="2025-03-01"): "xx..",
            row("FL", "Marco Island Police Department", signed="2025-03-02"): "..xx",
        }
    )
    assert len(told.agencies()) == 2
    assert told.candidates() == [("Macro Island Police Department", "Marco Island Police Department")]


def test_another_model_is_no_handover() -> None:
    told = tell(
        {
            row("FL", "Macro Island Police Department", "tfm"): "xx..",
            row("FL", "Marco Island Police Department", "wso"): "..xx",
        }
    )
    assert len(told.agencies()) == 2


def test_one_memorandum_under_both_names() -> None:
    assert tied("Alpha Task Force", "Beta Bureau", links=("memo", "memo")) == "same memorandum"
    assert tied("Alpha Task Force", "Beta Bureau", links=("memo", "other")) is None
    assert tied("Alpha Task Force", "Beta Bureau") is None


def test_a_memorandum_that_others_print_too_ties_nothing() -> None:
    """For some days of 2025 links stood a row away from their own: such a link belongs to nobody else."""
    told = tell(
        {
            row("FL", "Alpha Task Force", link="memo"): "xx..",
            row("FL", "Beta Bureau", link="memo"): "..xx",
            row("FL", "Gamma Commission", link="memo"): "xxxx",
        }
    )
    assert len(told.agencies()) == 3


def test_printed_for_a_stretch_and_taken_back() -> None:
    old, new = "Walton County Sheriff's Office", "Waria-labelon County Sheriff's Office"
    assert tied(old, new, marks=("xx..xx", "..xx..")) == "taken back"
    told = tell({row("FL", old): "xx..xx", row("FL", new): "..xx.."})
    assert list(told.agencies()) == ["fl-walton-county-sheriff"], "the name of a stretch does not name it"
    assert told.ask("SELECT name FROM agency") == [old]


def test_a_name_given_up_in_two_steps_is_one_agency() -> None:
    told = tell(
        {
            row("TX", "Somervill County Sheriff's Office"): "xx....",
            row("TX", "Somerville County Sheriff's Office"): "..xx..",
            row("TX", "Somervell County Sheriff's Office"): "....xx",
        }
    )
    assert {k: len(v) for k, v in told.agencies().items()} == {"tx-somervell-county-sheriff": 3}
    assert told.events() == [(0, "listed"), (2, "renamed"), (4, "renamed")]


DECLINED = [
    ("two counties of the state", "TX", "Bell County Sheriff's Office", "Lee County Sheriff's Office"),
    ("two counties of like name", "TX", "Harris County Sheriff's Office", "Harrison County Sheriff's Office"),
    (
        "a police department and a sheriff",
        "TX",
        "Haskell Police Department",
        "Haskell County Sheriff's Office",
    ),
    ("a board and a sheriff", "FL", "Gulf County BOCC", "Gulf County Sheriff's Office"),
    ("a jail and a sheriff", "PA", "Cambria County Prison", "Cambria County Sheriff's Office"),
    ("two precincts", "TX", "Polk County Constable Precinct 1", "Polk County Constable Precinct 2"),
    ("two circuits", "FL", "State Attorney, Eighth Circuit", "State Attorney, Eighteenth Circuit"),
    ("a point of the compass", "FL", "University of Florida Police", "University of West Florida Police"),
    (
        "a borough and a township",
        "PA",
        "Marion Borough Police Department",
        "Marion Township Police Department",
    ),
    ("a word more", "FL", "Melbourne Police Department", "Melbourne Beach Police Department"),
    ("a word in the midst", "FL", "Indian Shores Police", "Indian River Shores Police"),
    ("another word", "FL", "Port St. Joe Police Department", "Port St. Lucie Police Department"),
]


@pytest.mark.parametrize(("why", "state", "old", "new"), DECLINED, ids=[d[0] for d in DECLINED])
def test_what_no_rule_may_tie(why: str, state: str, old: str, new: str) -> None:
    assert tied(old, new, state) is None
    told = tell({row(state, old): "xx..", row(state, new): "..xx"})
    assert len(told.candidates()) == 1, "but somebody is told of it"


COUNTIES_AND_KINDS = DECLINED[:8]


@pytest.mark.parametrize(
    ("why", "state", "old", "new"), COUNTIES_AND_KINDS, ids=[d[0] for d in COUNTIES_AND_KINDS]
)
def test_not_even_a_memorandum_ties_them(why: str, state: str, old: str, new: str) -> None:
    assert tied(old, new, state, links=("memo", "memo")) is None
    assert tied(old, new, state, ("xx..xx", "..xx..")) is None, "nor a stretch"


def test_two_that_end_as_two_begin_are_told_by_their_letters_alone() -> None:
    told = tell(
        {
            row("FL", "Macro Island Police Department"): "xx..",
            row("FL", "Bartow Police Department"): "xx..",
            row("FL", "Marco Island Police Department"): "..xx",
            row("FL", "Ocala Police Department"): "..xx",
        }
    )
    assert told.rules() == {"Macro Island Police Department": "spelling"}
    assert len(told.agencies()) == 3


def test_of_two_that_end_as_two_begin_only_the_very_like_are_tied() -> None:
    told = tell(
        {
            row("FL", "Milford Police Department"): "xx..",
            row("FL", "Bartow Police Department"): "xx..",
            row("FL", "Wilford Police Department"): "..xx",
            row("FL", "Ocala Police Department"): "..xx",
        }
    )
    assert told.rules() == {}
    assert ("Milford Police Department", "Wilford Police Department") in told.candidates()


def test_a_clash_with_a_third_spelling_leaves_a_candidate() -> None:
    """One handover ties Marco to Macro, another Macro to Marko; but Marco and Marko stand on one list."""
    marco, macro, marko = (f"{name} Island Police Department" for name in ("Marco", "Macro", "Marko"))
    history = {
        row("FL", marco, "tfm", "2025-03-01"): "xx..",
        row("FL", macro, "tfm", "2025-03-01"): "..xx",
        row("FL", macro, "wso", "2025-03-02"): "xx..",
        row("FL", marko, "wso", "2025-03-02"): "..xx",
    }
    assert len(tell(history).agencies()) == 1
    beside = {row("FL", name, "jem", "2025-03-03"): "xxxx" for name in (marco, marko)}
    told = tell(history | beside)
    assert sorted(map(len, told.agencies().values())) == [1, 2]
    assert told.ask("SELECT why FROM candidate WHERE why LIKE '%stand on one list under one model%'")


# Pending lists ----------------------------------------------------------------------------------


def pending(old: str, new: str, state: str = "FL", marks: tuple[str, str] = ("xx..", "..xx")) -> str | None:
    told = tell(
        {row(state, "Somebody Police"): "xxxx"},
        {applied(state, old): marks[0], applied(state, new): marks[1]},
    )
    return told.rules().get(old)


def test_a_misspelling_mended_on_pending_lists() -> None:
    assert (
        pending("Spaulding County Sheriff's Office", "Spalding County Sheriff's Office", "GA") == "spelling"
    )
    assert pending("Palmer County Sheriff's Office", "Parmer County Sheriff's Office", "TX") == "spelling"
    for one, other in (
        ("Tampa", "Tempe"),
        ("Milford", "Wilford"),
    ):  # somewhat alike, and nothing else to go by
        assert pending(f"{one} Police Department", f"{other} Police Department") is None
    assert tied("Milford Police Department", "Milfort Police Department") == "spelling"
    assert tied("Milford Police Department", "Wilford Police Department") is None  # another first letter
    assert (
        pending(
            "Spaulding County Sheriff's Office", "Spalding County Sheriff's Office", "GA", ("x...", "..xx")
        )
        is None
    )


def test_pending_under_one_spelling_listed_under_another() -> None:
    told = tell(
        {row("OK", "Barnsdall Police Department", signed="2025-03-12"): "..xx"},
        {applied("OK", "Barndall Police Department"): "xx.."},
    )
    assert told.rules() == {"Barndall Police Department": "pending spelling"}
    assert told.ask("SELECT application_id, status FROM application") == [
        ("ok-barnsdall-police/tfm/pending/2025-03-10T16:00", "became")
    ]


@pytest.mark.parametrize(
    ("why", "agency", "model", "step"),
    [
        ("another name", "Bartlesville Police Department", "tfm", 1),
        ("another model", "Barnsdall Police Department", "wso", 1),
        ("too late", "Barnsdall Police Department", "tfm", 40),
        ("another kind", "Barnsdall County Sheriff's Office", "tfm", 1),
    ],
)
def test_no_meeting_of_pending_and_listed(why: str, agency: str, model: str, step: int) -> None:
    told = tell(
        {row("OK", agency, model, "2025-03-01"): "...x"},
        {applied("OK", "Barndall Police Department"): "x..."},
        step=step,
    )
    assert len(told.agencies()) == 2


def test_two_that_could_be_meant_are_neither() -> None:
    told = tell(
        {
            row("OK", "Barnsdall Police Department", signed="2025-03-11"): ".xx",
            row("OK", "Barndalle Police Department", signed="2025-03-11"): ".xx",
        },
        {applied("OK", "Barndall Police Department"): "x.."},
    )
    assert len(told.agencies()) == 3
    assert told.candidates()


# Verdicts ---------------------------------------------------------------------------------------


def test_a_verdict_ties_what_rules_cannot(tmp_path: Path) -> None:
    history = {row("FL", "Gulf County BOCC"): "xx..", row("FL", "Gulf County Sheriff's Office"): "..xx"}
    assert len(tell(history).agencies()) == 2
    by = verdicts(
        tmp_path, names=[["FL", "Gulf County BOCC", "", "", "Gulf County Sheriff's Office", "seen"]]
    )
    told = tell(history, by=by)
    assert list(told.agencies()) == ["fl-gulf-county-sheriff"]
    assert told.rules() == {"Gulf County BOCC": "verdict"}
    assert told.agreements() == {"fl-gulf-county-sheriff/tfm/2025-03-01": "active"}


@pytest.mark.parametrize(
    ("model", "signed", "moved"),
    [("tfm", "", 1), ("wso", "", 0), ("", "2025-03-01", 1), ("", "2025-03-09", 0)],
)
def test_a_verdict_on_some_rows_leaves_the_others(
    tmp_path: Path, model: str, signed: str, moved: int
) -> None:
    by = verdicts(
        tmp_path, names=[["FL", "Gulf County BOCC", model, signed, "Gulf County Sheriff's Office", "seen"]]
    )
    told = tell(
        {row("FL", "Gulf County BOCC"): "xx", row("FL", "Gulf County BOCC", "jem", "2024-01-01"): "xx"}, by=by
    )
    assert len(told.agencies()) == 1 + moved


def test_a_verdict_keeps_two_apart(tmp_path: Path) -> None:
    history = {
        row("FL", "Macro Island Police Department"): "xx..",
        row("FL", "Marco Island Police Department"): "..xx",
    }
    by = verdicts(
        tmp_path, distinct=[["FL", "Marco Island Police Department", "Macro Island Police Dept.", "seen"]]
    )
    told = tell(history, by=by)
    assert len(told.agencies()) == 2
    assert told.candidates() == [], "what is decided is no candidate"
