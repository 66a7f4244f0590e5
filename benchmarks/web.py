"""Measure the served atlas under load, a swap of builds under load, and the written site.

    python -m benchmarks.web [--seconds 20] [--swap] [--site]

Readers come at a steady pace, whatever the answers take (an open loop), from this process to a server in
another, over loopback. A busy machine makes every figure worse: the load it had is printed beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from atlas287 import Atlas, bundle
from atlas287.home import Home
from atlas287.registry.build import refresh
from atlas287.sources.record import Record

A_SECOND = 50
P99_LIMIT, HOME_LIMIT, SITE_LIMIT = 50.0, 150_000, 180.0
_SEED = 287


class Answer(NamedTuple):
    """What one asking came to: HTTP status (0: none), milliseconds, bytes over the wire."""

    status: int
    took: float
    size: int


def main() -> int:
    """Print every figure beside its bar; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--swap", action="store_true", help="60 s under load while two builds are swapped in")
    parser.add_argument("--site", action="store_true", help="write the whole site twice, and compare")
    asked = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        Atlas.build(home=home)
        missed = _pages(home, asked.seconds)
        if asked.swap:
            missed |= _swap(home, Path(scratch))
        if asked.site:
            missed |= _site(home, Path(scratch))
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    return int(missed)


def _tell(what: str, found: float, limit: float, unit: str) -> bool:
    missed = found > limit
    print(f"{what:<46} {found:10,.1f} {unit:<6} bar {limit:,g}{'   MISSED' if missed else ''}")
    return missed


class _Server:
    """`atlas287 serve` in a process of its own."""

    def __init__(self, home: Path, port: int = 8288) -> None:
        self.port = port
        command = [sys.executable, "-m", "atlas287", "serve", "--port", str(port), "--home", str(home)]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def __enter__(self) -> _Server:
        began = time.monotonic()
        while time.monotonic() - began < 120:
            if asyncio.run(_ask(self.port, "/-/health")).status == 200:
                return self
            time.sleep(0.2)
        raise SystemExit("the server did not answer within two minutes")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


def _pages(home: Path, seconds: int) -> bool:
    ids = Atlas.open(home).agencies()["agency_id"].to_list()
    random.Random(_SEED).shuffle(ids)
    paths = [f"{'/es' * (n % 2)}/agencies/{own}/" for n, own in enumerate(ids)]
    with _Server(home) as server:
        home_size = asyncio.run(_whole_page(server.port))
        missed = _tell("first page with its style sheets", home_size, HOME_LIMIT, "bytes")
        asyncio.run(_load(server.port, paths[:50], 2))  # so that what is made once is made
        answers = asyncio.run(_load(server.port, paths[50:], seconds))
    times = sorted(a.took for a in answers)
    print(f"  {len(times):,} agency pages at {A_SECOND} a second, half of them Spanish, from {len(paths):,}")
    for name, share in (("median", 0.5), ("95th", 0.95)):
        print(f"  {name}: {times[int(share * (len(times) - 1))]:.1f} ms")
    missed |= _tell("agency page, 99th percentile", times[int(0.99 * (len(times) - 1))], P99_LIMIT, "ms")
    return missed | _tell("answers other than 200", sum(a.status != 200 for a in answers), 0, "")


def _swap(home: Path, scratch: Path) -> bool:
    """A minute of reading while two lists come, each of which makes a new build."""
    from tests.listmaker import bundled

    newest = bundled(Record.read(bundle.RECORD), "participatingAgencies04302026am.xlsx")
    lists = []
    for name in ("participatingAgencies05042026am.xlsx", "participatingAgencies05052026am.xlsx"):
        path = newest.write(scratch / name)
        lists.append(path.rename(path.with_name(name)))
    paths = [
        "/",
        "/states/fl/",
        "/agencies/md-frederick-county-sheriff/",
        "/counties/12031.json",
        "/changes/",
    ]

    async def both(port: int) -> list[Answer]:
        reading = asyncio.create_task(_load(port, paths, 60))
        for path in lists:
            await asyncio.sleep(15)
            await asyncio.to_thread(_add, home, path)
        return await reading

    with _Server(home) as server:
        answers = asyncio.run(both(server.port))
    print(f"  {len(answers):,} answers: {dict(Counter(a.status for a in answers))}")
    return _tell("dropped while two builds were swapped in", sum(a.status != 200 for a in answers), 0, "")


def _add(home: Path, path: Path) -> None:
    Atlas.add([path], home)
    refresh(Home(home))


def _site(home: Path, scratch: Path) -> bool:
    missed, folders = False, [scratch / "one", scratch / "two"]
    for folder in folders:
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "atlas287", "export", "site", str(folder), "--home", str(home)]
        subprocess.run(command, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        missed |= _tell("the whole site", time.monotonic() - began, SITE_LIMIT, "s")
        print(f"  of which processors worked {worked:.0f} s")
    same = subprocess.run(["diff", "-rq", *map(str, folders)], capture_output=True, text=True).stdout
    for folder in folders:
        shutil.rmtree(folder)
    return missed | _tell("files that differ between two exports", len(same.splitlines()), 0, "")


async def _whole_page(port: int) -> int:
    """The bytes of the first page and its style sheets; scripts are optional and not counted."""
    return sum([(await _ask(port, p)).size for p in ("/", "/static/css/charts.css", "/static/css/atlas.css")])


async def _load(port: int, paths: Sequence[str], seconds: int) -> list[Answer]:
    """Ask for one page after another at a steady pace, on a connection each."""
    began, tasks = time.perf_counter(), []
    for n in range(seconds * A_SECOND):
        await asyncio.sleep(max(0.0, began + n / A_SECOND - time.perf_counter()))
        tasks.append(asyncio.create_task(_ask(port, paths[n % len(paths)])))
    return list(await asyncio.gather(*tasks))


async def _ask(port: int, path: str) -> Answer:
    began = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        whole = await asyncio.wait_for(reader.read(), 30)
        writer.close()
        return Answer(int(whole[9:12]), (time.perf_counter() - began) * 1000, len(whole))
    except (OSError, ValueError, TimeoutError):
        return Answer(0, (time.perf_counter() - began) * 1000, 0)


if __name__ == "__main__":
    sys.exit(main())
