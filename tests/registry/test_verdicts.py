"""Verdict files: what is read, and that a bad row is refused with file and line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from atlas287.errors import BuildError
from atlas287.registry import verdicts as module
from atlas287.registry.names import name_key
from atlas287.registry.text import MODELS, STATE_NAMES
from atlas287.registry.verdicts import COLUMNS, FOLDER, read_verdicts
from tests.registry.story import row, tell, verdicts


def test_an_absent_folder_holds_no_verdicts(tmp_path: Path) -> None:
    empty = read_verdicts(tmp_path / "nowhere")
    assert (empty.words, empty.names_by, empty.dates, empty.lists, empty.ids) == ({}, {}, {}, {}, {})
    assert empty.distinct == frozenset()


def test_what_ships_can_be_read_and_every_row_has_evidence() -> None:
    read = read_verdicts()
    assert read.names_by and read.distinct
    for path in FOLDER.glob("*.csv"):
        assert path.stem in COLUMNS, f"nothing reads {path.name}"
    for (state, _), group in read.names_by.items():
        assert state in STATE_NAMES
        for verdict in group:
            assert verdict.model in (None, *MODELS)
            assert len(verdict.evidence) > 20
            assert name_key(verdict.name, state) != name_key(verdict.same_as, state), (
                "rules tie these already"
            )


def test_each_kind_of_verdict(tmp_path: Path) -> None:
    read = verdicts(
        tmp_path,
        words=[["state", "Atlantis ", "GA", "a map"]],
        names=[["FL", "A Police", "wso", "2025-03-01", "B Police", "a paper"]],
        distinct=[["FL", "C Police", "D Police", "two towns"]],
        dates=[["FL", "A Police", "wso", "2025-03-01", "2025-03-02", "the memorandum"]],
        lists=[["odd.xlsx", "pending", "2025-03-01T09:00", "its page"]],
        ids=[["fl-a", "FL", "A Police"]],
    )
    assert read.words == {("state", "atlantis"): "GA"}
    ((verdict,),) = read.names_by.values()
    assert (verdict.model, verdict.signed, verdict.same_as) == ("wso", date(2025, 3, 1), "B Police")
    assert read.distinct == {("FL", frozenset({"c police", "d police"}))}
    assert read.dates == {("FL", "a police", "wso", date(2025, 3, 1)): date(2025, 3, 2)}
    assert read.lists == {"odd.xlsx": ("pending", datetime(2025, 3, 1, 9))}
    assert read.ids == {("FL", "a police"): "fl-a"}


def test_the_digest_tells_any_change(tmp_path: Path) -> None:
    digests = {read_verdicts(tmp_path).digest}
    for evidence in ("seen", "seen again"):
        digests.add(verdicts(tmp_path, names=[["FL", "A", "", "", "B", evidence]]).digest)
    digests.add(verdicts(tmp_path, distinct=[["FL", "A", "B", "seen"]]).digest)
    assert len(digests) == 4
    assert read_verdicts(tmp_path).digest in digests


@pytest.mark.parametrize(
    ("file", "text", "message", "remedy"),
    [
        ("names", "state,name,same_as,evidence\n", "names.csv has no column model, signed", "its header is"),
        (
            "names",
            "{head}FL,A,,,B,\n",
            "names.csv, line 2: a verdict without evidence",
            "say in the evidence column",
        ),
        ("names", "{head}FL,A,,,B, \n", "names.csv, line 2: a verdict without evidence", ""),
        (
            "names",
            "{head}FL,A,,,B,seen\nFL,A,,B\n",
            "names.csv, line 3: the row has fewer cells",
            "quote cells",
        ),
        (
            "names",
            "{head}FL,A,,,B,seen, and heard\n",
            "names.csv, line 2: the row has more cells",
            "quote cells",
        ),
        (
            "names",
            "{head}FL,A,tfm,3/1/2025,B,seen\n",
            "names.csv, line 2: '3/1/2025' is not a day",
            "YYYY-MM-DD",
        ),
        (
            "dates",
            "{head}FL,A,tfm,2025-02-30,2025-03-01,seen\n",
            "dates.csv, line 2: '2025-02-30' is not a day",
            "",
        ),
        ("dates", "{head}FL,A,tfm,2025-02-03,,seen\n", "dates.csv, line 2: '' is not a day", ""),
        ("lists", "{head}a.xlsx,pending,yesterday,seen\n", "lists.csv, line 2", "YYYY-MM-DD"),
        (
            "lists",
            "{head}a.xlsx,perhaps,2025-03-01T09:00,seen\n",
            "lists.csv, line 2",
            "participating or pending",
        ),
        ("names", "{head}ZZ,A,,,B,seen\n", "names.csv, line 2", "postal code"),
        ("names", "{head}FL,A,xyz,,B,seen\n", "names.csv, line 2", "jem, tfm, wso"),
        ("words", "{head}color,blue,FL,seen\n", "words.csv, line 2", "state, model or type"),
        ("words", "{head}state,Atlantis,ZZ,seen\n", "words.csv, line 2", "postal code"),
        ("words", "{head}model,Space,xyz,seen\n", "words.csv, line 2", "jem, tfm, wso"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(
    tmp_path: Path, file: str, text: str, message: str, remedy: str
) -> None:
    head = ",".join(COLUMNS[file]) + "\n"
    (tmp_path / f"{file}.csv").write_text(text.replace("{head}", head), encoding="utf-8")
    with pytest.raises(BuildError) as told:
        read_verdicts(tmp_path)
    assert message in told.value.message
    assert remedy in told.value.remedy


def test_a_word_settled_by_verdict(tmp_path: Path) -> None:
    by = verdicts(
        tmp_path,
        words=[
            ["state", "ATLANTIS", "GA", "a map"],
            ["model", "Space Model", "tfm", "a paper"],
            ["type", "Realm", "County", "x"],
        ],
    )
    told = tell({row("ATLANTIS", "Foo Police", "Space Model", type="Realm"): "xx"}, by=by)
    assert told.agreements() == {"ga-foo-police/tfm/2025-03-01": "active"}
    assert told.ask("SELECT type FROM agency") == ["County"]
    assert told.ask("SELECT count(*) FROM quarantine") == [0]


def test_a_verdict_that_no_list_needs_does_no_harm(tmp_path: Path) -> None:
    history = {row("FL", "Foo Police"): "xx"}
    by = verdicts(tmp_path, names=[["FL", "Nobody Police", "", "", "Somebody Police", "seen"]])
    assert tell(history, by=by).agencies() == tell(history).agencies()
    assert module.FOLDER.is_dir()
