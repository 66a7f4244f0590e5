"""The command as a process: light to start, quiet in a pipe, and at peace with one that closes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "polars",
    "duckdb",
    "pandas",
    "pyarrow",
    "numpy",
    "python_calamine",
    "rapidfuzz",
    "lxml",
    "plotext",
    "filelock",
)
COMMAND = (sys.executable, "-m", "atlas287")


def imported(code: str) -> set[str]:
    """The modules at the top that a process has imported once it has run this."""
    tail = "\nimport sys, json\nprint('\\n' + json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "words",
    [
        ["status", "--on", "2025-05-28"],
        ["status", "--state", "FL", "--json"],
        ["status", "--basis", "in-force"],
        ["changes", "2025-01-20", "2025-05-28", "--json"],
        ["agency", "md-frederick-county-sheriff", "--json"],
        ["trace", "md-frederick-county-sheriff/jem/2020-06-09"],
        ["lists", "--csv"],
    ],
)
def test_a_question_imports_nothing_heavy(words: list[str], bundle_home: Path) -> None:
    argv = ["atlas287", *words, "--home", str(bundle_home)]
    code = f"import sys\nsys.argv = {argv!r}\nfrom atlas287.cli import main\nmain()"
    assert imported(code) & set(HEAVY) == set()


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert imported("from atlas287 import Atlas") & {*HEAVY, "click"} == set()


def test_a_reader_that_goes_away(bundle_home: Path) -> None:
    """As with ``| head -1``: no traceback, and no complaint."""
    words = [*COMMAND, "lists", "--home", str(bundle_home)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) in (0, 1)


def test_a_reader_that_is_gone_from_the_start(bundle_home: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    words = [*COMMAND, "status", "--json", "--home", str(bundle_home)]
    done = subprocess.run(words, stdout=write, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(write)
    assert done.stderr == b""


def test_a_pipe_sees_no_progress(tmp_path: Path) -> None:
    from tests.listmaker import small_folder

    words = [
        *COMMAND,
        "build",
        "--lists",
        str(small_folder(tmp_path / "lists")),
        "--home",
        str(tmp_path / "home"),
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "\r" not in done.stdout


def test_the_first_question_builds_from_the_bundle(tmp_path: Path) -> None:
    environment = os.environ | {"ATLAS287_HOME": str(tmp_path / "home")}
    words = [*COMMAND, "status", "--on", "2024-12-31", "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    assert json.loads(done.stdout)["agreements"] == 135
    assert done.stderr == "Building the register.\n"
    again = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    assert again.stdout == done.stdout and again.stderr == ""


def test_a_home_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    words = [*COMMAND, "status", "--home", str(tmp_path / "file" / "home")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "remedy:" in done.stderr
