"""The real workbooks: the register built from them is the one built from the bundle."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from atlas287.archive import Archive
from atlas287.home import Home
from atlas287.registry.build import build
from atlas287.registry.export import canonical
from atlas287.registry.register import read_register

pytestmark = pytest.mark.needs("data")


def export(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    current = home.current()
    assert current
    return canonical(read_register(home.register(current.build_id)))


def test_workbooks_and_bundle_give_the_same_register(data: Path, bundle_home: Path, home: Home) -> None:
    build(home, data / "ice-lists")
    from_workbooks, from_bundle = export(home), export(Home(bundle_home))
    assert len(from_bundle["list"]) == 1252
    for table in from_bundle:
        assert from_workbooks[table] == from_bundle[table], table


def test_the_same_workbooks_in_the_archive_add_nothing_to_the_bundle(data: Path, own_home: Path) -> None:
    home = Home(own_home)
    before = export(home)
    files = sorted((data / "ice-lists").rglob("*.xlsx"))
    Archive(home.archive).add_paths(random.Random(287).sample(files, 60))
    build(home)
    assert export(home) == before


@pytest.mark.parametrize("seed", range(3))
def test_random_workbooks_in_random_order(data: Path, home: Home, tmp_path: Path, seed: int) -> None:
    """Added a few at a time with a build between, as against all at once from a folder."""
    rng = random.Random(seed)
    files = rng.sample(sorted((data / "ice-lists").rglob("*.xlsx")), 24)
    (tmp_path / "none").mkdir()
    for n in range(0, len(files), 6):
        Archive(home.archive).add_paths(files[n : n + 6])
        build(home, tmp_path / "none")
    for file in files:
        folder = tmp_path / "all" / file.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, folder)
    nothing = Home(tmp_path / "anew")
    build(nothing, tmp_path / "all")
    assert export(home) == export(nothing)
