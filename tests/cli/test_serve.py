"""Serving, as a command: what it refuses before anything is built, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")
COMMAND = (sys.executable, "-m", "atlas287", "serve")


def served(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *words, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_in_use_is_told_with_a_remedy_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = served("--port", str(port), home=tmp_path / "home")
    assert done.returncode == 1
    assert f"nothing can listen at 127.0.0.1, port {port}: " in done.stderr
    assert "remedy: name another port (--port)" in done.stderr
    assert "Atlas287 is at" not in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "words", [("--base", "javascript:alert(1)"), ("--base", "atlas.example"),
              ("--base", "mailto:me@atlas.example"), ("--report", "me@atlas.example")],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(words: tuple[str, str], tmp_path: Path) -> None:
    done = served(*words, home=tmp_path)
    assert done.returncode == 2 and "is no address on the web" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_it_answers_at_any_free_port_and_stops_when_told(own_home: Path) -> None:
    words = ["--port", "0", "--root-path", "sub", "--home", str(own_home)]
    with subprocess.Popen([*COMMAND, *words], stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/sub/ ", said)
            assert found, said
            with urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/-/health", timeout=30) as answer:
                assert json.load(answer)["status"] == "ok"
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()
