"""The `needs` marker of conftest.py, run by a pytest inside this one on a checkout of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

MARKED = """
    import pytest

    @pytest.mark.needs("data")
    def test_marked():
        pass
"""


@pytest.fixture
def checkout(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder `repo` with this conftest and one marked test, and no shared/data beside it."""
    for name in ("ATLAS287_DATA", "ATLAS287_REQUIRE"):
        monkeypatch.delenv(name, raising=False)
    tests = pytester.path / "repo" / "tests"
    tests.mkdir(parents=True)
    (tests / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    write(pytester, MARKED)
    return pytester


def write(checkout: pytest.Pytester, body: str) -> None:
    lines = [line.removeprefix("    ") for line in body.splitlines()]
    (checkout.path / "repo" / "tests" / "test_inner.py").write_text("\n".join(lines), encoding="utf-8")


def run(checkout: pytest.Pytester) -> pytest.RunResult:
    return checkout.runpytest_inprocess("-rs", "--strict-markers", "repo/tests")


def test_a_missing_need_is_skipped_with_its_remedy(checkout: pytest.Pytester) -> None:
    result = run(checkout)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*needs data: no folder *ice-lists*set ATLAS287_DATA*"])
    assert result.ret == 0


@pytest.mark.parametrize("value", ["data", " data , ", "data,data"])
def test_a_missing_need_fails_when_required(
    checkout: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("ATLAS287_REQUIRE", value)
    result = run(checkout)
    result.assert_outcomes(errors=1)  # pytest's word for a failure before the test's own body
    result.stdout.fnmatch_lines(["*needs data, required by ATLAS287_REQUIRE: no folder *"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_ci_by_itself_requires_nothing(checkout: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    run(checkout).assert_outcomes(skipped=1)


def test_a_required_need_that_nobody_knows_stops_the_run(
    checkout: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS287_REQUIRE", "data moon")
    result = run(checkout)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*ATLAS287_REQUIRE: no such need: moon (there are: data*"])


@pytest.mark.parametrize(("args", "word"), [('"moon"', "no such need: moon"), ("", "names nothing")])
def test_a_marker_that_names_no_need_stops_the_run(checkout: pytest.Pytester, args: str, word: str) -> None:
    write(checkout, MARKED.replace('"data"', args))
    result = run(checkout)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*test_inner.py::test_marked: *{word}*"])


@pytest.mark.parametrize("given", [False, True], ids=["beside the checkout", "by ATLAS287_DATA"])
def test_a_test_runs_where_its_need_is_met(
    checkout: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, given: bool
) -> None:
    folder = checkout.path / ("elsewhere" if given else "shared/data")
    (folder / "ice-lists").mkdir(parents=True)
    if given:
        monkeypatch.setenv("ATLAS287_DATA", str(folder))
    monkeypatch.setenv("ATLAS287_REQUIRE", "data")
    run(checkout).assert_outcomes(passed=1)


def test_the_fixture_alone_is_a_need(checkout: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    write(checkout, "def test_by_fixture(data): pass")
    run(checkout).assert_outcomes(skipped=1)
    monkeypatch.setenv("ATLAS287_REQUIRE", "data")
    run(checkout).assert_outcomes(errors=1)


def test_no_test_sees_the_home_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert tmp_path_factory.getbasetemp() in Path(os.environ["ATLAS287_HOME"]).parents


@pytest.mark.needs("data")
def test_the_data_folder_holds_lists_of_both_kinds(data: Path) -> None:
    # At least one test needs the data, so a run that requires them cannot pass without.
    for kind in ("participating", "pending"):
        assert any((data / "ice-lists" / kind).glob("*.xlsx"))
