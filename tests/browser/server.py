"""Servers in processes of their own: the atlas as people start it, and a plain one for files."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

#: Seconds within which a server answers, or is taken to be broken.
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """``atlas287 serve`` of a home; its address, without a slash at the end."""
    port = free_port()
    command = [sys.executable, "-m", "atlas287", "serve", "--port", str(port), "--home", str(home)]
    with _running(command, f"http://127.0.0.1:{port}", "/-/health") as address:
        yield address


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """``python -m http.server`` of a folder, as any file host gives a written site out."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory"]
    with _running([*command, str(folder)], f"http://127.0.0.1:{port}", "/") as address:
        yield address


@contextmanager
def _running(command: Sequence[str], address: str, ready: str) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(address + ready):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{' '.join(command)} does not answer (ended: {process.poll()})")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
