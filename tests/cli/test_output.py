"""Answers as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest

from atlas287.cli.output import emit, table


def shown(capsys: pytest.CaptureFixture[str], answer: object, form: str | None, **more: object) -> str:
    emit(answer, form, lambda: "words", **more)  # type: ignore[arg-type]
    return capsys.readouterr().out


def test_the_three_forms(capsys: pytest.CaptureFixture[str]) -> None:
    answer = {"a": 1, "of": {"x": "é", "y": [1, None, 2]}, "list": ["p", "q"]}
    assert shown(capsys, answer, None) == "words\n"
    assert json.loads(shown(capsys, answer, "json")) == answer
    assert "é" in shown(capsys, answer, "json")
    (row,) = csv.DictReader(io.StringIO(shown(capsys, answer, "csv")))
    assert row == {"a": "1", "of_x": "é", "of_y": "1;;2", "list": "p;q"}


def test_rows_of_other_columns_are_one_table(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"a": 1}, {"b": 'say "x", y\nz'}]
    parsed = list(csv.DictReader(io.StringIO(shown(capsys, rows, "csv"))))
    assert parsed == [{"a": "1", "b": ""}, {"a": "", "b": 'say "x", y\nz'}]


def test_csv_takes_rows_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, {"a": 1}, "csv", rows=[{"b": 2}]) == "b\n2\n"


def test_text_is_asked_for_only_when_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> str:
        raise AssertionError

    emit({"a": 1}, "json", fail)
    emit({"a": 1}, "csv", fail)
    with pytest.raises(AssertionError):
        emit({"a": 1}, None, fail)


def test_a_table_aligns_numbers_to_the_right() -> None:
    made = table([("x", 1, None), ("long", 1234, 5)], ("name", "n", "m"))
    assert made.splitlines() == ["name      n  m", "x         1  –", "long  1,234  5"]
    assert table([], ("a", "bb")) == "a  bb"
