"""A new build is taken up while readers ask: each is answered, by the old build or the new."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from atlas287 import Atlas
from atlas287.home import Home
from atlas287.registry.build import refresh
from atlas287.sources.record import Record
from atlas287.web.app import create_app
from tests.listmaker import bundled

NEWER = ("participatingAgencies05042026am.xlsx", "participatingAgencies05052026am.xlsx")


def later_lists(folder: Path) -> list[Path]:
    """The newest list of the bundle under two later days, an agency fewer each time."""
    from atlas287 import bundle

    newest = bundled(Record.read(bundle.RECORD), "participatingAgencies04302026am.xlsx")
    paths = []
    for n, name in enumerate(NEWER, 1):
        fewer = newest.__class__(
            newest.folder, name, newest.sheet, newest.saved, newest.header_row, newest.columns,
            newest.rows[:-n], newest.numbers[:-n],
        )  # fmt: skip
        paths.append(fewer.write(folder))
    return paths


def test_no_reader_is_dropped_while_builds_are_swapped(own_home: Path, tmp_path: Path) -> None:
    atlas = Atlas.open(own_home)
    app = create_app(atlas, every=0.05)
    answers: list[tuple[int, str]] = []
    failures: list[BaseException] = []
    stop = threading.Event()
    with TestClient(app) as client:

        def read() -> None:
            paths = ("/agencies/md-frederick-county-sheriff.json", "/index.json", "/states/fl/", "/changes/")
            while not stop.is_set():
                for path in paths:
                    try:
                        answer = client.get(path)
                        answers.append((answer.status_code, path))
                    except BaseException as error:
                        failures.append(error)

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        seen = [client.get("/-/health").json()["build"]]
        for path in later_lists(tmp_path / "lists"):
            Atlas.add([path], own_home)
            build = refresh(Home(own_home)).build_id
            deadline = time.monotonic() + 60
            while client.get("/-/health").json()["build"] != build:
                assert time.monotonic() < deadline, "the new build was not taken up"
                time.sleep(0.05)
            seen.append(build)
        stop.set()
        for reader in readers:
            reader.join()
        assert client.get("/index.json").json()["list"]["file"] == NEWER[-1]
        assert client.get("/index.json").json()["agreements"] == 1768
    assert len(set(seen)) == 3
    assert not failures
    assert answers and {status for status, _ in answers} == {200}


def test_a_build_that_cannot_be_read_leaves_the_one_before(
    own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    atlas = Atlas.open(own_home)
    with TestClient(create_app(atlas, every=0.05)) as client:
        before = client.get("/-/health").json()["build"]
        home = Home(own_home)
        current = home.current()
        assert current is not None
        home.register("0000").write_bytes(b"this is no register")
        home.switch(current.__class__("0000", current.digest, current.code, None, current.watched))
        deadline = time.monotonic() + 20
        while "could not be taken up" not in caplog.text:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert client.get("/-/health").json()["build"] == before
        assert client.get("/states/").status_code == 200


def test_a_page_is_of_one_build_alone(own_home: Path, tmp_path: Path) -> None:
    """An atlas that is pinned stays with its build when another becomes current."""
    atlas = Atlas.open(own_home)
    pinned, before = atlas.pinned(), atlas.status()["agreements"]
    Atlas.add(later_lists(tmp_path / "lists")[:1], own_home)
    refresh(Home(own_home))
    assert atlas.status()["agreements"] == before - 1
    assert pinned.status()["agreements"] == before
    assert pinned.reach() is pinned.reach()
    assert atlas.reach().coverage()["list"]["file"] == NEWER[0]
