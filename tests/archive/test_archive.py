from __future__ import annotations

import hashlib
import inspect
import os
import random
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas287.archive import AddResult, Archive, Sighting
from atlas287.errors import ArchiveError, AtlasError, NotFoundError

Snapshot = Callable[[Path], dict[str, tuple[int, int, bytes]]]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_an_absent_archive_is_empty_and_reading_makes_nothing(archive: Archive) -> None:
    assert archive.sightings() == []
    assert archive.problems() == []
    assert archive.verify() == []
    with pytest.raises(NotFoundError, match="no document"):
        archive.read(sha256(b""))
    assert not archive.root.exists()


def test_a_document_lies_under_its_hash(archive: Archive) -> None:
    sighting = archive.add(b"bytes", folder="pending", file="a.xlsx")
    digest = sha256(b"bytes")
    assert sighting.sha256 == digest
    assert sighting.size == 5
    assert archive.document_path(digest) == archive.root / "documents" / digest[:2] / digest
    assert archive.document_path(digest).read_bytes() == b"bytes"
    assert archive.read(digest) == b"bytes"
    assert archive.verify() == []


def test_a_sighting_says_what_it_was_given(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "download"
    path.write_bytes(b"bytes")
    before = datetime.now(UTC).replace(microsecond=0)
    given = archive.add(
        path,
        folder="pending",
        file="lista de Añasco.xlsx",
        captured="20250102030405",
        publisher="somebody",
        address="https://example.org/a",
    )
    assert archive.sightings() == [given]
    assert given == Sighting(
        sha256=sha256(b"bytes"),
        size=5,
        folder="pending",
        file="lista de Añasco.xlsx",
        publisher="somebody",
        address="https://example.org/a",
        captured="20250102030405",
        received="at another time, which does not tell sightings apart",
    )
    assert before <= datetime.fromisoformat(given.received) <= datetime.now(UTC)


def test_the_name_of_a_sighting_is_fixed_by_what_it_says(archive: Archive) -> None:
    """Pinned: another way of computing it would take every known sighting for a new one."""
    archive.add(b"bytes", folder="f", file="ñ.xlsx", captured="20250102030405", publisher="p", address="a")
    identity = (
        '{"address":"a","captured":"20250102030405","file":"\\u00f1.xlsx","folder":"f","publisher":"p",'
        f'"sha256":"{sha256(b"bytes")}"}}'
    )
    (kept,) = (archive.root / "sightings").iterdir()
    assert kept.name == f"{sha256(identity.encode())}.json"


FIELDS = {
    "folder": "participating",
    "file": "b.xlsx",
    "captured": "20250102030406",
    "publisher": "somebody",
    "address": "https://example.org/b",
}


@pytest.mark.parametrize("field", FIELDS)
def test_whatever_tells_two_sightings_apart_makes_two(archive: Archive, field: str) -> None:
    first = {"folder": "pending", "file": "a.xlsx"}
    archive.add(b"bytes", **first)
    archive.add(b"bytes", **first | {field: FIELDS[field]})
    assert len(archive.sightings()) == 2
    assert len(list((archive.root / "documents").glob("*/*"))) == 1


def test_adding_folders(archive: Archive, lists: Path) -> None:
    result = archive.add_paths([lists])
    assert result == AddResult(3, 4, already_known=0, repaired=0, left_out=0, failures=())
    assert [(s.folder, s.file, archive.read(s.sha256)) for s in archive.sightings()] == [
        ("participating", "ParticipatingEntities-20250301120000.xlsx", b"first"),
        ("participating", "participatingAgencies04302026am.xlsx", b"second"),
        ("pending", "pendingAgencies-20250401000000.xlsx", b"third"),
        ("pending", "pendingAgencies.xlsx", b"third"),
    ]
    assert [(s.publisher, s.captured) for s in archive.sightings()] == [
        ("RelevantResearch (transcription of ICE's page)", "20250301120000"),
        ("ice", None),
        ("ice", "20250401000000"),
        ("ice", None),
    ]
    assert archive.sightings()[3].address == (
        "https://www.ice.gov/doclib/about/offices/ero/287g/pendingAgencies.xlsx"
    )


def test_adding_again_changes_nothing(archive: Archive, lists: Path, snapshot: Snapshot) -> None:
    archive.add_paths([lists])
    before = snapshot(archive.root)
    folders = {path: path.stat().st_mtime_ns for path in archive.root.rglob("*") if path.is_dir()}
    assert archive.add_paths([lists]) == AddResult(0, 0, already_known=4, repaired=0, left_out=0, failures=())
    assert archive.add_paths([lists / "pending", lists]).already_known == 6
    assert snapshot(archive.root) == before
    assert {path: path.stat().st_mtime_ns for path in folders} == folders


def test_a_sighting_keeps_the_time_it_was_first_received(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Later:
            return cls(2100, 1, 1, tzinfo=UTC)

    first = archive.add(b"bytes", folder="pending", file="a.xlsx")
    monkeypatch.setattr("atlas287.archive.sightings.datetime", Later)
    assert archive.add(b"bytes", folder="pending", file="a.xlsx").received == first.received
    assert archive.add(b"bytes", folder="pending", file="b.xlsx").received == "2100-01-01T00:00:00Z"


def test_progress_is_told_after_each_file(archive: Archive, lists: Path) -> None:
    told: list[tuple[int, int]] = []
    archive.add_paths([lists], lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_files_are_read_only(archive: Archive, lists: Path) -> None:
    old = os.umask(0)
    try:
        archive.add_paths([lists])
    finally:
        os.umask(old)
    kept = [path for path in archive.root.rglob("*") if path.is_file()]
    assert len(kept) == 3 + 4
    for path in kept:
        assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH), path


def test_nothing_that_was_kept_is_changed_or_removed(
    archive: Archive, lists: Path, snapshot: Snapshot
) -> None:
    archive.add_paths([lists])
    before = snapshot(archive.root)
    (lists / "pending/pendingAgencies.xlsx").write_bytes(b"the list of the next day")
    (lists / "participating/participatingAgencies04302026am.xlsx").unlink()
    assert archive.add_paths([lists]).new_sightings == 1
    with pytest.raises(ArchiveError):
        archive.add(lists / "absent", folder="pending", file="a.xlsx")
    archive.add(b"first", folder="elsewhere", file="a.xlsx")
    archive.verify()
    after = snapshot(archive.root)
    assert len(after) == len(before) + 3
    assert {name: after.get(name) for name in before} == before


def test_the_api_has_no_way_to_remove() -> None:
    """A new public method gets its place here only when it keeps the archive append-only."""
    methods = {name for name, _ in inspect.getmembers(Archive, callable) if not name.startswith("_")}
    assert methods == {"add", "add_paths", "sightings", "problems", "verify", "document_path", "read"}


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_a_hash_names_a_document(archive: Archive, name: str) -> None:
    with pytest.raises(ArchiveError, match="not a SHA-256"):
        archive.document_path(name)
    with pytest.raises(ArchiveError, match="not a SHA-256"):
        archive.read(name)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"file": ""}, "not a file name"),
        ({"file": "pending/a.xlsx"}, "not a file name"),
        ({"file": "a\udcff.xlsx"}, "not valid text"),
        ({"folder": "\udcff"}, "not valid text"),
        ({"captured": "20250229000000"}, "not a moment"),
        ({"captured": "2025-01-02"}, "not a moment"),
    ],
)
def test_a_sighting_that_makes_no_sense_is_refused(
    archive: Archive, wrong: dict[str, str], message: str
) -> None:
    with pytest.raises(ArchiveError, match=message) as refused:
        archive.add(b"bytes", **{"folder": "pending", "file": "a.xlsx"} | wrong)
    assert "\n  remedy: " in str(refused.value)
    str(refused.value).encode()  # can be printed
    assert not archive.root.exists()


def test_an_archive_that_cannot_be_written_says_so(archive: Archive, lists: Path) -> None:
    archive.root.parent.mkdir()
    archive.root.write_text("a file where the folder should be")
    with pytest.raises(ArchiveError, match="cannot write to the archive") as failed:
        archive.add_paths([lists])
    assert "remedy" in str(failed.value)
    assert isinstance(failed.value, AtlasError)
    with pytest.raises(ArchiveError, match="cannot read"):
        archive.sightings()


NAMES = st.tuples(
    st.sampled_from(["participating", "pending", ""]),
    st.sampled_from(["a.xlsx", "b.xlsx", "pendingAgencies.xlsx", "ñ"]),
    st.sampled_from([None, "20250102030405", "20250102030406"]),
    st.sampled_from(["ice", "somebody"]),
    st.sampled_from([None, "https://example.org"]),
    st.binary(max_size=2),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(NAMES, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_matter(
    added: list[tuple[str, str, str | None, str, str | None, bytes]], rng: random.Random
) -> None:
    other = added + rng.choices(added, k=2) if added else []
    rng.shuffle(other)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        archives = Archive(Path(one)), Archive(Path(two))
        for archive, order in zip(archives, (added, other), strict=True):
            for folder, file, captured, publisher, address, data in order:
                archive.add(
                    data,
                    folder=folder,
                    file=file,
                    captured=captured,
                    publisher=publisher,
                    address=address,
                )
        first, second = (
            [replace(sighting, received="") for sighting in archive.sightings()] for archive in archives
        )
        assert first == second
        assert len(first) == len(set(added))
        keys = [(sighting.folder, sighting.file, sighting.sha256) for sighting in first]
        assert keys == sorted(keys)
        assert archives[1].verify() == []


def test_reading_many_sightings_is_quick(archive: Archive) -> None:
    """1,300 take some 30 ms; the bound leaves room for a slow machine, not for another design."""
    archive.add(b"bytes", folder="pending", file="a.xlsx")
    (model,) = archive.sightings()
    for number in range(1300):  # as they lie, without the flushing that makes adding slow
        sighting = replace(model, file=f"{number:04}.xlsx")
        (kept,) = (archive.root / "sightings").glob(f"{model.digest}.json")
        text = kept.read_text().replace('"a.xlsx"', f'"{sighting.file}"')
        kept.with_name(f"{sighting.digest}.json").write_text(text)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert len(archive.sightings()) == 1301
        times.append(time.perf_counter() - start)
    assert min(times) < 0.2


def test_the_archive_needs_the_standard_library_only() -> None:
    code = (
        "import sys; before = set(sys.modules); import atlas287.archive;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["atlas287"]


@pytest.mark.needs("data")
def test_the_lists_of_record(archive: Archive, data: Path) -> None:
    result = archive.add_paths([data / "ice-lists"])
    files = [path for path in (data / "ice-lists").rglob("*") if path.is_file()]
    assert result.failures == ()
    assert result.new_sightings == len(files) - result.left_out == len(archive.sightings())
    assert result.new_documents == len({path.read_bytes() for path in files})
    assert all(sighting.address for sighting in archive.sightings())
    assert archive.verify() == []
