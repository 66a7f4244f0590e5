"""What tests may need beyond the package itself, and a home of their own.

A test that needs more says so: `@pytest.mark.needs("data")`. Where the need is missing, the test is
skipped with the remedy as its reason. A need named in ATLAS287_REQUIRE (a list, by commas or spaces)
must be there: its tests then fail, so that a run meant to be whole cannot pass by skipping.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from atlas287 import Atlas

# A slow machine is no failure.
settings.register_profile("atlas287", deadline=None)
settings.load_profile("atlas287")

REPO = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The folder of real files (`ice-lists` and others): ATLAS287_DATA, else ../shared/data."""
    return Path(os.environ.get("ATLAS287_DATA") or REPO.parent / "shared" / "data")


class Need(NamedTuple):
    """Something outside the package: is it there, and what to tell a person when it is not."""

    met: Callable[[], bool]
    remedy: Callable[[], str]


#: What Chromium goes by on Debian, on other systems, and as Google's.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser_found() -> str | None:
    """The browser that tests drive: a Chromium of the system's."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


NEEDS = {
    "data": Need(
        met=lambda: (data_folder() / "ice-lists").is_dir(),
        remedy=lambda: (
            f"no folder {data_folder() / 'ice-lists'}; put the data there, "
            "or set ATLAS287_DATA to the folder that holds ice-lists"
        ),
    ),
    "ocr": Need(
        met=lambda: all(map(shutil.which, ("tesseract", "pdftoppm"))),
        remedy=lambda: "no tesseract and pdftoppm on the path (Debian: tesseract-ocr, poppler-utils)",
    ),
    "node": Need(
        met=lambda: shutil.which("node") is not None,
        remedy=lambda: (
            "no `node` on the PATH (Debian's package nodejs has it): modules for the browser run in it"
        ),
    ),
    "browser": Need(
        met=lambda: browser_found() is not None and importlib.util.find_spec("playwright") is not None,
        remedy=lambda: (
            f"no {', '.join(BROWSERS)} on the PATH (scripts/system-packages.sh installs Debian's), "
            "or no playwright in this environment (`make test` installs it)"
        ),
    ),
}


def required() -> set[str]:
    return set(re.split(r"[,\s]+", os.environ.get("ATLAS287_REQUIRE", ""))) - {""}


def refuse_unknown(names: set[str], where: str) -> None:
    if unknown := sorted(names - NEEDS.keys()):
        raise pytest.UsageError(
            f"{where}: no such need: {', '.join(unknown)} (there are: {', '.join(NEEDS)})"
        )


def meet(name: str) -> None:
    """Skip the test, or fail it if the need is required, unless the need is met."""
    need = NEEDS[name]
    if need.met():
        return
    if name in required():
        pytest.fail(f"needs {name}, required by ATLAS287_REQUIRE: {need.remedy()}", pytrace=False)
    pytest.skip(f"needs {name}: {need.remedy()}")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"needs(*names): needs more than the package: {', '.join(NEEDS)}")
    refuse_unknown(required(), "ATLAS287_REQUIRE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("needs"):
            if not mark.args:
                raise pytest.UsageError(f"{item.nodeid}: needs() names nothing")
            refuse_unknown(set(mark.args), item.nodeid)


@pytest.hookimpl(tryfirst=True)  # before any fixture looks for what may be missing
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            meet(name)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real files; a test that asks for it needs "data", marked or not."""
    meet("data")
    return data_folder()


@pytest.fixture(scope="session", autouse=True)
def _home_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the user's own atlas."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS287_HOME", str(tmp_path_factory.mktemp("atlas287-home")))
        yield


@pytest.fixture(scope="session")
def bundle_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder whose current build is the bundle's. Not to be changed: see `own_home`."""
    from atlas287 import Atlas

    home = tmp_path_factory.mktemp("bundle") / "home"
    Atlas.build(home=home)
    return home


@pytest.fixture(scope="session")
def atlas(bundle_home: Path) -> Atlas:
    """The register of the bundle, built once for all tests that only ask."""
    from atlas287 import Atlas

    return Atlas.open(bundle_home)


@pytest.fixture
def own_home(bundle_home: Path, tmp_path: Path) -> Path:
    """A copy of `bundle_home` for a test that changes it."""
    return Path(shutil.copytree(bundle_home, tmp_path / "home"))


class Answer(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def csv(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out), strict=True))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs the command line in this process: ``run("status", "--on", "2025-05-28", home=HOME)``."""
    from atlas287.cli import main

    def run_it(*words: object, home: Path | None = None) -> Answer:
        argv = ["atlas287", *map(str, words), *(["--home", str(home)] if home else [])]
        monkeypatch.setattr("sys.argv", argv)
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run_it
