"""Lists taken up one by one, in any order, give the same tables as all of them built from nothing.

Real lists of the bundle, made workbooks again, of days on which something was odd.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas287 import bundle
from atlas287.archive import Archive
from atlas287.home import Home
from atlas287.registry.build import build
from atlas287.registry.export import Export, canonical
from atlas287.registry.register import read_register
from atlas287.sources.record import Record
from tests.listmaker import bundled

POOL = {
    "the wrong year, and its twin": [
        "participatingAgencies12312025am.xlsx",
        "participatingAgencies01052025pm.xlsx",
        "pendingAgencies01052025pm.xlsx",
        "participatingAgencies01082026am.xlsx",
    ],
    "lists under each other's names": [
        "participatingAgencies09222025pm.xlsx",
        "pendingAgencies09222025pm.xlsx",
        "pendingAgencies09232025am.xlsx",
    ],
    "the wrong month, a digit too many": [
        "participatingAgencies08282025pm.xlsx",
        "participatingAgencies090022025am.xlsx",
        "participatingAgencies08022025pm.xlsx",
        "participatingAgencies09032025pm.xlsx",
    ],
    "names and states that change": [
        "participatingAgencies05162025am.xlsx",
        "participatingAgencies07242025am.xlsx",
        "participatingAgencies07282025am.xlsx",
        "participatingAgencies08112025pm.xlsx",
    ],
    "no day in the name": ["pendingAgencies.xlsx", "pendingAgencies-20250221214937.xlsx"],
    "pages as archived": [
        "ParticipatingEntities-20210405105038.xlsx",
        "ParticipatingEntities-20210409041957.xlsx",
        "ParticipatingEntities-20241211140551.xlsx",
    ],
}


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The lists of the pool as files, as far as the bundle has them."""
    root = tmp_path_factory.mktemp("pool")
    record = Record.read(bundle.RECORD)
    held = set(record.lists["file"])
    missing = [file for files in POOL.values() for file in files if file not in held]
    assert missing == []
    return [bundled(record, file).write(root) for files in POOL.values() for file in files]


def export(home: Home) -> Export:
    current = home.current()
    assert current
    return canonical(read_register(home.register(current.build_id)))


def together(root: Path, files: list[Path]) -> Path:
    """A folder of copies of these files."""
    for file in files:
        folder = root / file.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder)
    root.mkdir(exist_ok=True)
    return root


@pytest.fixture
def scratch() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_order_and_steps_of_arrival_do_not_matter(workbooks: list[Path], data: st.DataObject) -> None:
    some = data.draw(
        st.lists(st.sampled_from(workbooks), min_size=2, max_size=6, unique=True), label="arriving"
    )
    pauses = data.draw(st.lists(st.booleans(), min_size=len(some), max_size=len(some)), label="built after")
    in_folder = data.draw(st.integers(0, len(some) // 2), label="there from the start")
    with TemporaryDirectory() as folder:
        root = Path(folder)
        home = Home(root / "grown")
        base = together(root / "base", some[:in_folder])
        for file, pause in zip(some[in_folder:], pauses, strict=False):
            assert Archive(home.archive).add_paths([file]).failures == ()
            if pause:
                build(home, base)
        build(home, base)
        nothing = Home(root / "anew")
        build(nothing, together(root / "all", some))
        grown, anew = export(home), export(nothing)
        for table in anew:
            assert grown[table] == anew[table], table


def test_the_whole_pool_backwards(workbooks: list[Path], scratch: Path) -> None:
    """The newest first, and each followed by a build."""
    home = Home(scratch / "grown")
    empty = together(scratch / "empty", [])
    for file in reversed(workbooks):
        Archive(home.archive).add_paths([file])
        build(home, empty)
    nothing = Home(scratch / "anew")
    build(nothing, together(scratch / "all", workbooks))
    assert export(home) == export(nothing)
    lists = {row[8]: row[3] for row in export(home)["list"]}
    assert lists["participatingAgencies01052025pm.xlsx"] == "2026-01-05T16:00"
    assert lists["pendingAgencies01052025pm.xlsx"] == "2026-01-05T16:00"
    assert lists["participatingAgencies08022025pm.xlsx"] == "2025-09-02T16:00"


def test_workbooks_made_of_the_bundle_are_the_bundle(workbooks: list[Path], scratch: Path) -> None:
    """What these tests build from is, cell for cell and link for link, what ships."""
    from atlas287.sources import ice_lists

    anew = ice_lists.read_folder(together(scratch / "all", workbooks)).canonical()
    shipped = Record.read(bundle.RECORD)
    names = {w.name for w in workbooks}
    sightings = shipped.lists.select("folder", "file", "sha256").rows()
    kept = shipped.only({s for s in sightings if s[1] in names}).canonical()
    assert anew.listings().drop("sha256").equals(kept.listings().drop("sha256"))
    assert anew.lists.drop("sha256").equals(kept.lists.drop("sha256"))
