"""What a build says it moved against the one before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atlas287
from atlas287.home import Home
from atlas287.registry.build import build
from atlas287.registry.moves import Move, moves
from tests.listmaker import AGENCIES, put, small_list
from tests.registry.story import History, row, tell

NEW = "participatingAgencies05142026am.xlsx"


def by_table(found: list[Move]) -> dict[str, Move]:
    return {m.table: m for m in found}


def between(old: History, new: History) -> dict[str, Move]:
    return by_table(moves(tell(old).db, tell(new).db))


FOO, BAR = row("TX", "Foo Police"), row("TX", "Bar Police")


def test_nothing_moved() -> None:
    assert all(m == Move(m.table, [], [], []) for m in between({FOO: "xx"}, {FOO: "xx"}).values())


def test_added_gone_and_changed() -> None:
    found = between({FOO: "xx"}, {BAR: "xx"})
    assert (found["agency"].added, found["agency"].gone) == (["tx-bar-police"], ["tx-foo-police"])
    found = between({FOO: "xx", BAR: "xx"}, {FOO: "xx", BAR: "x."})
    assert found["agency"].changed == ["tx-bar-police"]
    assert found["agreement"].changed == ["tx-bar-police/tfm/2025-03-01"]
    assert [i.split(":")[-1] for i in found["event"].added] == ["removed"]
    assert found["list"].changed == ["participating/2025-03-11T16:00/participatingAgencies03112025pm.xlsx"]


def test_a_first_build_moves_nothing_and_the_next_says_what(home: Home, lists: Path) -> None:
    assert build(home, lists).moves == []
    assert all(not (m.added or m.gone or m.changed) for m in build(home, lists).moves)
    put(lists / "participating" / NEW, small_list(AGENCIES))
    found = by_table(build(home, lists).moves)
    assert found["list"].added == [f"participating/2026-05-14T09:00/{NEW}"]
    assert found["agreement"].changed == ["al-etowah-county-sheriff/jem/2026-05-04"]
    assert [i.split(":")[-1] for i in found["event"].added] == ["returned"]
    assert found["agency"].gone == found["agreement"].gone == []


def test_the_command_says_it_in_words(home: Home, lists: Path, run: Callable[..., Any]) -> None:
    run("build", "--lists", lists, home=home.root)
    assert "Nothing moved against the build before." in run("build", "--lists", lists, home=home.root).out
    put(lists / "participating" / NEW, small_list(AGENCIES))
    said = run("build", "--lists", lists, home=home.root)
    assert "event: 1 added, 0 gone, 0 changed" in said.out
    assert "  + al-etowah-county-sheriff/jem/2026-05-04@2026-05-14T09:00:returned" in said.out
    assert "  ~ al-etowah-county-sheriff/jem/2026-05-04" in said.out


def test_one_row_added_to_corrections_shows_what_it_does(tmp_path: Path) -> None:
    """As CONTRIBUTING says: on a checkout, a verdict is added and the register built anew."""
    package = tmp_path / "src" / "atlas287"
    shutil.copytree(Path(atlas287.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    environment = os.environ | {"PYTHONPATH": str(package.parent), "ATLAS287_HOME": str(tmp_path / "home")}

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        words = (sys.executable, "-m", "atlas287", *words)
        return subprocess.run(
            words, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    first = command("build")
    assert first.returncode == 0, first.stderr
    names = package / "registry" / "corrections" / "names.csv"
    with names.open("a", encoding="utf-8") as file:
        file.write("TX,Tenaha Police Department,,,Tenaha Marshal,A test of this file.\n")
    asked = command("agency", "tx-tenaha-marshal")
    assert "The record or the rules have changed: building the register anew." in asked.stderr
    assert "Also printed as" not in asked.stderr and "Tenaha Police Department" in asked.stdout
    names.write_text(
        names.read_text(encoding="utf-8").replace("Tenaha Marshal", "Tenaha City Marshal"), encoding="utf-8"
    )
    again = command("build")
    assert "agency: 1 added, 1 gone, 0 changed" in again.stdout
    assert "  + tx-tenaha-city-marshal" in again.stdout and "  - tx-tenaha-marshal" in again.stdout
    assert "agreement: 1 added, 1 gone, 0 changed" in again.stdout
    names.write_text(names.read_text(encoding="utf-8") + "TX,A,,,B,\n", encoding="utf-8")
    refused = command("build")
    assert refused.returncode == 1
    assert "names.csv, line" in refused.stderr and "a verdict without evidence" in refused.stderr
