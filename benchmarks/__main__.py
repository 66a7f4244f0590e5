"""Measure builds against U, the time it takes to read every cell of the lists with calamine.

A machine's speed goes in and out with its load, so no figure stands alone: each is the
median of a few runs over a U measured beside it. Needs the lists as workbooks, in
``ATLAS287_DATA`` or ``../shared/data``.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 3
LIMITS = {"workbooks": 2.0, "bundle": 0.8, "one new list": 0.4}
STATUS_LIMIT = 8.0
MEMORY_LIMIT = 1024
_ROOT = Path(__file__).parent.parent


def main() -> int:
    """Print every figure beside its bar, and where a build's time goes; 1 if a bar is missed."""
    lists = Path(os.environ.get("ATLAS287_DATA", _ROOT.parent / "shared" / "data")) / "ice-lists"
    if not lists.is_dir():
        print(f"no lists in {lists}: set ATLAS287_DATA to a folder that holds ice-lists/")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        missed = _builds(lists, Path(scratch))
        missed |= _status(Path(scratch))
        _where_time_goes(Path(scratch))
    return int(missed)


def _builds(lists: Path, scratch: Path) -> bool:
    newest = max(
        (lists / "participating").glob("participatingAgencies*2026am.xlsx"), key=lambda p: p.stat().st_size
    )
    later = scratch / "participating" / "participatingAgencies05042026am.xlsx"
    later.parent.mkdir()
    shutil.copy(newest, later)
    ratios: dict[str, list[float]] = {name: [] for name in LIMITS}
    for run in range(RUNS):
        home = scratch / f"home{run}"
        unit = _timed(lambda: _child("read", lists))
        times = {
            "bundle": _timed(lambda home=home: _child("build", home)),  # type: ignore[misc]
            "one new list": _timed(lambda home=home: _child("add", home, later)),  # type: ignore[misc]
            "workbooks": _timed(lambda run=run: _child("build", scratch / f"books{run}", lists)),  # type: ignore[misc]
        }
        print(f"run {run + 1}: U = {unit:.2f} s; " + "; ".join(f"{k} {t:.2f} s" for k, t in times.items()))
        for name, seconds in times.items():
            ratios[name].append(seconds / unit)
    missed = False
    for name, limit in LIMITS.items():
        ratio = statistics.median(ratios[name])
        missed |= _tell(f"build, {name}", ratio, limit, "U")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return missed | _tell("peak memory of any of these", peak, MEMORY_LIMIT, "MiB")


def _status(scratch: Path) -> bool:
    python = [sys.executable, "-c", "pass"]
    home = str(scratch / "home0")
    status = [sys.executable, "-m", "atlas287", "status", "--on", "2025-05-28", "--home", home]
    runs = [(_timed(lambda: _quiet(python)), _timed(lambda: _quiet(status))) for _ in range(25)]
    ratio = statistics.median(s for _, s in runs) / statistics.median(p for p, _ in runs)
    return _tell("status --on, whole command", ratio, STATUS_LIMIT, "x `python -c pass`")


def _tell(what: str, found: float, limit: float, unit: str) -> bool:
    missed = found > limit
    print(f"{what:<32} {found:8.2f} {unit:<20} bar {limit:g}{'   MISSED' if missed else ''}")
    return missed


def _where_time_goes(scratch: Path) -> None:
    from atlas287 import Atlas

    profile = cProfile.Profile()
    profile.runcall(Atlas.build, None, scratch / "profiled")
    print("\nWhere a build from the bundle spends its time (profiled, so slower than above):")
    stats = pstats.Stats(profile).get_stats_profile().func_profiles
    rooms = [(p.cumtime, name) for name, p in stats.items() if name in _STEPS]
    for seconds, name in sorted(rooms, reverse=True):
        print(f"  {seconds:6.2f} s  {name:<16} {_STEPS[name]}")


_STEPS = {
    "read_printed": "reading distinct rows",
    "order_lists": "dating lists",
    "sequence": "runs of rows over lists",
    "settle": "states, counties, verdicts",
    "identify": "tying spellings",
    "agreements_of": "agreements and re-datings",
    "events_of": "events",
    "applications_of": "pending applications",
    "agency_ids": "ids",
    "run_checks": "checks",
    "write_register": "writing the register",
}


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    told = work()
    return told if isinstance(told, float) else time.perf_counter() - began


def _quiet(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _child(*words: str | Path) -> float:
    """Run one step in a process of its own; the seconds it took, imports left out."""
    command = [sys.executable, "-m", "benchmarks.step", *map(str, words)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT).stdout)


if __name__ == "__main__":
    sys.exit(main())
