"""The state folder: which build is current, and files that are whole or not there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from atlas287.home import Current, Home, watch, write_whole

CURRENT = Current("abc", "abcdef", "code", None, "watched")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def make(home: Home, build_id: str) -> None:
    home.builds.mkdir(parents=True, exist_ok=True)
    home.register(build_id).touch()


def test_making_one_touches_nothing(home: Home) -> None:
    assert home.current() is None
    assert not home.root.exists()


def test_the_environment_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ATLAS287_HOME", str(tmp_path / "named"))
    assert Home().root == tmp_path / "named"
    assert Home(tmp_path / "given").root == tmp_path / "given"
    monkeypatch.delenv("ATLAS287_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert Home().root.name == "atlas287"


def test_switching(home: Home) -> None:
    make(home, "abc")
    home.switch(CURRENT)
    assert home.current() == CURRENT


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"build_id": "abc"}', "\x00", '"abc"', "null"])
def test_a_broken_current_is_none(home: Home, text: str) -> None:
    make(home, "abc")
    (home.root / "current").write_text(text)
    assert home.current() is None


def test_a_current_whose_register_is_gone_is_none(home: Home) -> None:
    make(home, "abc")
    home.switch(CURRENT)
    home.register("abc").unlink()
    assert home.current() is None


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "current"
    write_whole(path, b"old")

    def fail(_: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"new, and longer")
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["current"]


def test_what_is_watched(tmp_path: Path) -> None:
    """Names, sizes and times of files below some folders; an absent folder is an empty one."""
    folder = tmp_path / "lists"
    seen = [watch(folder)]
    (folder / "deep").mkdir(parents=True)
    assert watch(folder) == seen[0]
    for change in (
        lambda: (folder / "deep" / "a.xlsx").write_bytes(b"one"),
        lambda: (folder / "deep" / "a.xlsx").write_bytes(b"three"),
        lambda: os.utime(folder / "deep" / "a.xlsx", ns=(1, 1)),
        lambda: (folder / "deep" / "a.xlsx").rename(folder / "b.xlsx"),
        lambda: (folder / "c.xlsx").write_bytes(b""),
        lambda: (folder / "b.xlsx").unlink(),
    ):
        change()
        assert watch(folder) not in seen
        seen.append(watch(folder))
    assert watch(folder) == watch(folder)


def test_current_is_one_small_file(home: Home) -> None:
    make(home, "abc")
    home.switch(CURRENT)
    assert json.loads((home.root / "current").read_text())["build_id"] == "abc"
