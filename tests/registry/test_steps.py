"""How it works: every step has an act on every road, each with its source; bad rows are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from atlas287.errors import BuildError
from atlas287.registry.powers import PATHS, UNKNOWN, read_steps
from atlas287.registry.powers.steps import COLUMNS
from atlas287.registry.powers.table import FOLDER


def test_every_step_has_an_act_on_every_road_and_says_whence() -> None:
    steps = read_steps()
    assert (steps[0].step, steps[-1].step) == ("stop", "after")
    for step in steps:
        assert tuple(step.acts) == PATHS
        for act in step.acts.values():
            if act.source is None:
                assert UNKNOWN in act.words_en.lower()
                assert "no documentado" in act.words_es.lower()
            else:
                assert act.snippet


def test_the_roads_part_where_the_memoranda_part() -> None:
    acts = {s.step: s.acts for s in read_steps()}
    # The same booking whoever signed; the questions are what the models differ in.
    assert len({a.words_en for a in acts["booking"].values()}) == 1
    assert {a.who_en for a in acts["questions"].values()} == {
        "ICE",
        "Designated jail officers",
        "Designated officers",
    }
    for step in ("immigration_arrest", "stop"):
        assert acts[step]["tfm"].words_en not in {acts[step][p].words_en for p in ("none", "wso", "jem")}
        assert acts[step]["wso"].words_en.startswith("As without an agreement")
        assert acts[step]["jem"].words_en.startswith("As without an agreement")


def folder_with(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """The shipped files with one text replaced once."""
    folder = tmp_path / "powers"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = folder / f"{file}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "remedy"),
    [
        ("steps", "stop,1,", "stop,7,", "steps.csv, line 2: order is '7'", "this is 1"),
        (
            "steps",
            "immigration_arrest,2",
            "stop,2",
            "steps.csv, line 3: step 'stop' stands twice",
            "keep one",
        ),
        ("acts", "stop,none,", "leap,none,", "acts.csv, line 2: step 'leap'", "stop"),
        ("acts", "stop,none,", "stop,maybe,", "acts.csv, line 2: path 'maybe'", "none, wso, jem, tfm"),
        (
            "acts",
            "stop,wso,",
            "stop,none,",
            "acts.csv, line 3: stop on the road none stands twice",
            "keep one",
        ),
        ("acts", "usc-1357g,,", "hearsay,,", "source 'hearsay'", "moa-jem-2025"),
        ("acts", "usc-1357g,,", "usc-1357g,4,", "acts.csv, line 2: page is filled", "has pages"),
        (
            "acts",
            "Not documented here.",
            "Anything goes.",
            "says something without a source",
            "name the source",
        ),
        ("acts", "aquí.,,,", "aquí.,,5,", "page and snippet without a source", "name the source"),
        ("steps", "\nafter,", "\nlater,", "acts.csv, line", "write one of"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, message: str, remedy: str
) -> None:
    with pytest.raises(BuildError) as told:
        read_steps(folder_with(tmp_path, file, old, new))
    assert message in told.value.message
    assert remedy in told.value.remedy


def test_a_road_left_out_is_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "acts", "x", "x")
    path = folder / "acts.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"acts.csv: step 'after' has no row for tfm"):
        read_steps(folder)


def test_the_header_is_told(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "acts", "step,path", "path,step")
    with pytest.raises(BuildError) as told:
        read_steps(folder)
    assert ",".join(COLUMNS["acts"]) in told.value.remedy
