"""YAML as claims are written in it: read as written, refused with the line where it goes wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from atlas287 import EvidenceError
from atlas287.evidence.yaml_text import LIMIT, parse, read_yaml


def test_words_that_yaml_1_1_takes_for_something_else_stay_words() -> None:
    data, _ = parse("on: 2024-12-31\ncounty: 04013\nno: off\nyes: 1_000\ntime: 12:30:45\n", "x.yaml")
    assert data == {
        "on": date(2024, 12, 31),
        "county": "04013",
        "no": "off",
        "yes": "1_000",
        "time": "12:30:45",
    }


def test_numbers_days_truth_and_nothing_are_what_they_are() -> None:
    data, _ = parse("[628, -3, 609.5, true, false, null, ~, 2025-05-28, '628']", "x.yaml")
    assert data == [628, -3, 609.5, True, False, None, None, date(2025, 5, 28), "628"]
    assert [type(v) for v in data[:4]] == [int, int, float, bool]


def test_each_part_knows_its_line() -> None:
    _, lines = parse("title: a\nclaims:\n  - id: one\n    figure: 3\n  - id: two\n", "x.yaml")
    assert lines["claims",] == 2
    assert (lines["claims", 0], lines["claims", 0, "figure"], lines["claims", 1]) == (3, 4, 5)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("title: a\nclaims: [1, 2\n", 3, "this is no YAML"),
        ("title: a\n\tclaims: b\n", 2, "this is no YAML"),
        ("title: a: b\n", 1, "this is no YAML"),
        ("title: a\nother: b\ntitle: c\n", 3, "'title' stands twice"),
        ("one: &a [1]\ntwo: 2\nthree: *a\n", 3, "an alias"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "the tag"),
        ("a: !!binary aGk=\n", 1, "the tag"),
        ("a: !!int three\n", 1, "'three' is no number"),
        ("day: 2025-02-30\n", 1, "'2025-02-30' is no day"),
        ("1: a\n", 1, "a key must be a word"),
        ("a: 1\n---\nb: 2\n", 2, "this is no YAML"),
        ("a: \x07\n", 0, "this is no YAML"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(EvidenceError, match=what) as told:
        parse(text, "x.yaml")
    assert told.value.message.startswith(f"x.yaml, line {line}:" if line else "x.yaml: ")
    assert told.value.remedy


def test_a_file_that_is_missing_too_large_or_no_utf_8(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="No such file"):
        read_yaml(tmp_path / "none.yaml")
    (tmp_path / "large.yaml").write_bytes(b"#" * (LIMIT + 1))
    with pytest.raises(EvidenceError, match=r"large\.yaml: 1,000,001 bytes"):
        read_yaml(tmp_path / "large.yaml")
    (tmp_path / "latin.yaml").write_bytes("title: Cañón".encode("latin-1"))
    with pytest.raises(EvidenceError, match="byte 9 is no UTF-8"):
        read_yaml(tmp_path / "latin.yaml")


def test_what_is_nested_without_end_is_refused() -> None:
    with pytest.raises(EvidenceError):
        parse("[" * 100_000, "x.yaml")


_words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)
_keys = st.from_regex(r"[a-z]{1,8}_", fullmatch=True)
_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.dates() | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=8,
)


@given(_plain)
def test_what_pyyaml_writes_is_read_back(data: object) -> None:
    assert parse(yaml.safe_dump(data, allow_unicode=True), "x.yaml")[0] == data


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text, "x.yaml")
    except EvidenceError as error:
        assert error.remedy
