"""The commands on what others said and found; the prompt of `claims new`, driven as a person would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from atlas287.cli import cli

Run = Callable[..., Any]
NEWEST = "participatingAgencies04302026am.xlsx"
COMMANDS = {
    ("claims", "check"): {"claim_id", "verdict", "figure", "found", "proof", "could_be"},
    ("timeline",): {"id", "start", "precision", "title_en", "title_es", "source", "url"},
    ("money",): {"id", "kind", "payer_en", "amount_usd", "basis_en", "source"},
    ("studies",): {"id", "study", "outcome", "direction", "estimate", "standard_error", "page"},
}


@pytest.mark.parametrize("words", COMMANDS)
def test_each_answers_in_words_json_and_csv(words: tuple[str, ...], bundle_home: Path, run: Run) -> None:
    plain, as_json, as_csv = (run(*words, *form, home=bundle_home) for form in ((), ("--json",), ("--csv",)))
    for answer in (plain, as_json, as_csv):
        assert (answer.code, answer.err) == (0, "")
    age = (date.today() - date(2026, 4, 30)).days
    assert plain.out.rstrip().endswith(f"Newest list held: 30 April 2026 ({NEWEST}), {age} days old.")
    assert as_json.json["newest_list"]["file"] == NEWEST
    rows = as_csv.csv
    assert COMMANDS[words] <= set(rows[0])
    assert all(None not in row and None not in row.values() for row in rows)


def test_claims_show_verdict_figure_and_cell(bundle_home: Path, run: Run) -> None:
    out = " ".join(run("claims", "check", home=bundle_home).out.split())
    assert "DIFFERS [the-conversation-2025/states-december-2024]" in out
    assert "published 25, found 21: states on ICE's list of 29 December 2024" in out
    assert "is the last before with 25 states" in out
    assert "participatingAgencies05282025pm.xlsx, Sheet1, rows 2-629 (first: B2" in out
    assert "B371 “Frederick County Sheriff's Office”" in out
    assert "NOT CHECKABLE HERE [the-conversation-2025/undermine-public-safety]" in out
    assert "published more than 1,000, found 829" in out
    assert "a statement without a figure" in out


def test_a_claims_file_of_ones_own(tmp_path: Path, bundle_home: Path, run: Run) -> None:
    good = tmp_path / "mine.yaml"
    good.write_text(
        "title: Mine\n"
        "source: {title: A, publisher: B, url: 'https://example.org/', published: 2025, read: there}\n"
        "claims:\n  - {id: one, says: So, by: me, made: 2025, figure: 628, "
        "query: {ask: status, on: 2025-05-28, count: agreements}}\n",
        encoding="utf-8",
    )
    assert (
        "1 claim: 1 match, 0 differ, 0 not checkable here."
        in run("claims", "check", good, home=bundle_home).out
    )
    good.write_text(good.read_text().replace("628,", "'628',"), encoding="utf-8")
    bad = run("claims", "check", good, home=bundle_home)
    assert bad.code == 1 and bad.out == ""
    assert "mine.yaml, line 4, claim one: the figure is text: '628'" in bad.err
    assert "remedy: write plain digits" in bad.err
    as_json = run("claims", "check", good, "--json", home=bundle_home)
    assert as_json.json["error"].startswith("mine.yaml, line 4") and as_json.json["remedy"]
    missing = run("claims", "check", tmp_path / "none.yaml", home=bundle_home)
    assert missing.code == 1 and "No such file" in missing.err


# claims new ---------------------------------------------------------------------------------------

STATUS = (
    "Texas had 91 agreements on 29 May 2025", "", "The Center Square", "2025-05-29", "91", "agreements",
    "status", "2025-05-29", "agreements", "", "TX", "",
    "A report", "The Center Square", "https://example.org/texas", "", "",
)  # fmt: skip


def prompted(file: Path, home: Path, *lines: str) -> Result:
    return CliRunner().invoke(
        cli, ["claims", "new", str(file), "--home", str(home)], input="\n".join(lines) + "\n"
    )


def test_new_asks_writes_and_checks(tmp_path: Path, bundle_home: Path, run: Run) -> None:
    file = tmp_path / "claims.yaml"
    said = prompted(file, bundle_home, *STATUS)
    assert said.exit_code == 0, said.output
    assert f"texas-had-91-agreements-on-29 is written to {file}." in said.output
    assert "MATCHES  [claims/texas-had-91-agreements-on-29]" in said.output
    text = file.read_text(encoding="utf-8")
    assert "      on: 2025-05-29\n" in text and "figure: 91\n" in text and "verdict" not in text
    assert run("claims", "check", file, "--json", home=bundle_home).json["verdicts"]["matches"] == 1


def test_a_second_claim_is_added_and_the_first_stays_as_it_was(tmp_path: Path, bundle_home: Path) -> None:
    file = tmp_path / "claims.yaml"
    prompted(file, bundle_home, *STATUS)
    before = file.read_text(encoding="utf-8") + "  # a remark of somebody's\n"
    file.write_text(before, encoding="utf-8")
    nothing = ("The program keeps people safe", "safe", "A sheriff", "2025", "null", "", "nothing",
               "Crime before and after", "B", "C", "https://example.org/b", "", "")  # fmt: skip
    said = prompted(file, bundle_home, *nothing)
    assert said.exit_code == 0, said.output
    assert file.read_text(encoding="utf-8").startswith(before)
    assert "NOT CHECKABLE HERE  [claims/safe]" in said.output
    again = prompted(file, bundle_home, *nothing)
    assert again.exit_code == 1 and "claim safe: the id stands on line" in str(again.exception)
    assert file.read_text(encoding="utf-8").count("id: safe") == 1, "the file is left as it was"


def test_an_answer_that_cannot_be_is_asked_for_again(tmp_path: Path, bundle_home: Path) -> None:
    file = tmp_path / "claims.yaml"
    said = prompted(
        file, bundle_home,
        "A sheriff takes part", "Not An Id", "part", "A sheriff", "yesterday", "2025-05",
        "1,770", "many", "true", "",
        "guess", "history", "", "md-frederick-county-sheriff", "ZZ", "MD", "jail", "jem",
        "", "28 May", "2025-05-28",
        "T", "P", "example.org", "https://example.org/", "", "",
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    for told in (
        "'Not An Id' is no id", "'yesterday' is not a day", "'1,770' is no figure", "'many' is no figure",
        "'guess' is not one of", "'ZZ' is no state", "'jail' is no support model", "'28 May' is not a day",
        "'example.org' is no address",
    ):  # fmt: skip
        assert f"Error: {told}" in said.output, told
    assert "MATCHES  [claims/part]" in said.output
    assert "B371" not in file.read_text(encoding="utf-8")


def test_what_was_given_up_is_not_written(tmp_path: Path, bundle_home: Path) -> None:
    file = tmp_path / "claims.yaml"
    assert prompted(file, bundle_home, *STATUS[:5]).exit_code == 1
    assert not file.exists()


def test_a_file_that_cannot_be_added_to_is_left_alone(tmp_path: Path, bundle_home: Path) -> None:
    file = tmp_path / "claims.yaml"
    prompted(file, bundle_home, *STATUS)
    text = file.read_text(encoding="utf-8") + "title_es: Al final\n"
    file.write_text(text, encoding="utf-8")
    said = prompted(file, bundle_home, *STATUS)
    assert said.exit_code == 1
    assert file.read_text(encoding="utf-8") == text
