"""Real processes: several at once, and killed half-way."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from atlas287.archive import Archive, files

WORKER = Path(__file__).with_name("worker.py")
PATIENCE = 60  # seconds, for machines under load
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals and fork")


def start(archive: Archive, *paths: Path) -> subprocess.Popen[str]:
    """A worker that has its imports behind it and waits for a line."""
    command = [sys.executable, str(WORKER), str(archive.root), *map(str, paths)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def make_files(folder: Path, numbers: range, size: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        data = random.Random(number).randbytes(size)
        (folder / f"pendingAgencies-{20250101000000 + number}.xlsx").write_bytes(data)


def count(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0


def test_processes_that_add_at_once_end_in_the_exact_union(archive: Archive, tmp_path: Path) -> None:
    """All begin with the same files, so that they meet; then each has some of its own."""
    sources = [tmp_path / str(number) / "pending" for number in range(3)]
    for number, source in enumerate(sources):
        make_files(source, range(40), 2000)
        make_files(source, range(40 + 20 * number, 60 + 20 * number), 2000)
    workers = [start(archive, source) for source in sources]
    for worker in workers:
        go(worker)
    results: list[dict[str, Any]] = [
        json.loads(worker.communicate(timeout=PATIENCE)[0]) for worker in workers
    ]

    alone = Archive(tmp_path / "alone")
    alone.add_paths(sources)
    assert len(alone.sightings()) == 100
    assert archive.sightings() == alone.sightings()
    assert archive.verify() == []
    assert count(archive.root / "incoming") == 0
    # Each thing was new to exactly one of them.
    assert sum(result["new_documents"] for result in results) == 100
    assert sum(result["new_sightings"] for result in results) == 100
    assert sum(result["already_known"] for result in results) == 80
    assert all(result["failures"] == [] for result in results)


def test_no_reader_sees_half_a_document(archive: Archive, tmp_path: Path) -> None:
    size = 8_000_000
    make_files(tmp_path / "pending", range(8), size)
    worker = start(archive, tmp_path / "pending")
    documents = archive.root / "documents"
    go(worker)
    seen: set[int] = set()
    while worker.poll() is None:
        for shard in os.scandir(documents) if documents.is_dir() else ():
            seen.update(entry.stat().st_size for entry in os.scandir(shard))
    assert worker.returncode == 0
    assert seen <= {size}
    assert len(archive.sightings()) == 8


@posix
def test_a_process_killed_half_way_leaves_a_sound_archive(archive: Archive, tmp_path: Path) -> None:
    """One archive, filled by fifteen workers that are each killed somewhere on their way."""
    kills, each, files_in_all = 15, 15, 375  # the last kill comes with 150 or so to go
    source = tmp_path / "pending"
    make_files(source, range(files_in_all), 50_000)
    sightings = archive.root / "sightings"
    rng = random.Random(287)
    kept = 0
    for kill in range(kills):
        worker = start(archive, source)
        go(worker)
        deadline = time.monotonic() + PATIENCE
        enough = kill * each + rng.randrange(each)
        while count(sightings) < enough:
            assert time.monotonic() < deadline
            assert worker.poll() is None
        time.sleep(rng.uniform(0, 0.004))  # a file takes about 2 ms
        worker.kill()
        worker.communicate()
        assert worker.returncode == -signal.SIGKILL, "it was done before it was killed"

        assert archive.verify() == []
        found = archive.sightings()
        assert kept <= len(found) < files_in_all
        assert len(found) == count(sightings)
        for sighting in found:
            assert archive.read(sighting.sha256) == (source / sighting.file).read_bytes()
        assert count(archive.root / "incoming") <= kill + 1
        kept = len(found)

    result = archive.add_paths([source])
    assert result.new_sightings == files_in_all - kept
    assert result.already_known == kept
    alone = Archive(tmp_path / "alone")
    alone.add_paths([source])
    assert archive.sightings() == alone.sightings()
    assert archive.verify() == []


def die_at(step: int, archive: Archive, source: Path) -> bool:
    """Add in a child that kills itself before its nth dealing with the file system; did it come to that?"""
    child = os.fork()
    if child == 0:  # pragma: no cover - dies
        steps = 0

        def count_step(event: str, arguments: object = None) -> None:
            nonlocal steps
            if event in {"open", "fsync", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename"}:
                steps += 1
                if steps == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        fsync = os.fsync

        def counted_fsync(fd: Any) -> None:
            count_step("fsync")
            fsync(fd)

        os.fsync = counted_fsync
        sys.addaudithook(count_step)
        try:
            archive.add_paths([source])
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@posix
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_death_at_every_step_of_adding(tmp_path: Path) -> None:
    make_files(tmp_path / "pending", range(1), 10_000)
    step, states = 0, set()
    while True:
        step += 1
        archive = Archive(tmp_path / f"archive{step}")
        died = die_at(step, archive, tmp_path / "pending")
        assert archive.verify() == []
        assert archive.problems() == []
        assert count(archive.root / "incoming") <= 1
        states.add((len(list(archive.root.glob("documents/*/*"))), len(archive.sightings())))
        assert archive.add_paths([tmp_path / "pending"]).failures == ()
        assert len(archive.sightings()) == 1
        assert archive.verify() == []
        if not died:
            break
    assert step > 15
    assert states == {(0, 0), (1, 0), (1, 1)}


@posix
def test_everything_is_on_the_disk_before_what_depends_on_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut keeps what was flushed, in any mixture with what was not."""
    names: dict[int, str] = {}
    done: list[tuple[str, str]] = []
    fsync, link = os.fsync, Path.hardlink_to

    def note_fsync(handle: int) -> None:
        fsync(handle)
        done.append(("flushed", names.get(os.fstat(handle).st_ino, "a new file")))

    def note_link(target: Path, source: Path) -> None:
        link(target, source)
        done.append(("linked", target.parent.parent.name))

    archive.add(b"bytes", folder="pending", file="a.xlsx")  # makes most folders
    for folder in ("documents", "sightings", "incoming"):
        names[(archive.root / folder).stat().st_ino] = folder
    shard = archive.document_path(archive.sightings()[0].sha256).parent
    names[shard.stat().st_ino] = "shard"
    archive.document_path(archive.sightings()[0].sha256).unlink()
    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "hardlink_to", note_link)
    archive.add(b"bytes", folder="pending", file="b.xlsx")
    assert done == [
        ("flushed", "a new file"),
        ("linked", "documents"),
        ("flushed", "shard"),
        ("flushed", "a new file"),
        ("linked", "archive"),
        ("flushed", "sightings"),
    ]


@posix
def test_a_file_system_without_links_will_do(
    archive: Archive, lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(target: Path, source: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert archive.add_paths([lists]).new_sightings == 4
    assert archive.add_paths([lists]).already_known == 4
    assert archive.verify() == []
    assert count(archive.root / "incoming") == 0
    # Another process was first: what it put there stays.
    (lists / "new").write_bytes(b"second")
    (lists / "there").write_bytes(b"first")
    assert files._link(lists / "new", lists / "there") is False
    assert (lists / "there").read_bytes() == b"first"


@pytest.mark.parametrize("target", ["written", "linked"])
def test_a_full_disk_leaves_nothing_behind(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    archive.add(b"before", folder="pending", file="a.xlsx")
    with monkeypatch.context() as patch:
        if target == "written":
            patch.setattr(os, "fsync", refuse)
        else:
            patch.setattr(files, "_link", refuse)
        with pytest.raises(Exception, match="No space left on device"):
            archive.add(b"after", folder="pending", file="b.xlsx")
    assert count(archive.root / "incoming") == 0
    assert [sighting.file for sighting in archive.sightings()] == ["a.xlsx"]
    assert archive.verify() == []
    archive.add(b"after", folder="pending", file="b.xlsx")
    assert len(archive.sightings()) == 2
