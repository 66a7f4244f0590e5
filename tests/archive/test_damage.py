from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas287.archive import Archive, Problem


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(data)


def sighting_file(archive: Archive, file: str) -> Path:
    (found,) = (
        path
        for path in (archive.root / "sightings").iterdir()
        if json.loads(path.read_bytes())["file"] == file
    )
    return found


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:-1],
    "empty": lambda data: b"",
    "longer": lambda data: data + b"\0",
    "one bit": lambda data: bytes([data[0] ^ 1]) + data[1:],
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_document_is_found_and_made_whole_by_adding_it_again(
    archive: Archive, lists: Path, how: str
) -> None:
    archive.add_paths([lists])
    sighting = archive.sightings()[0]
    path = archive.document_path(sighting.sha256)
    overwrite(path, DAMAGE[how](path.read_bytes()))

    (problem,) = archive.verify()
    assert problem.path == path
    assert "damaged document" in problem.what
    assert "again" in problem.remedy
    with pytest.raises(Exception, match="damaged document"):
        archive.read(sighting.sha256)
    assert archive.problems() == []  # the sightings are sound

    result = archive.add_paths([lists])
    assert (result.repaired, result.already_known, result.new_documents) == (1, 3, 0)
    assert archive.read(sighting.sha256) == b"first"
    assert path.stat().st_mode & 0o222 == 0
    assert archive.verify() == []


def test_a_missing_document_is_found_and_comes_back(archive: Archive, lists: Path) -> None:
    archive.add_paths([lists])
    path = archive.document_path(archive.sightings()[3].sha256)
    path.unlink()
    (problem,) = archive.verify()  # one, though two sightings tell of it
    assert (problem.path, "missing document" in problem.what) == (path, True)
    result = archive.add_paths([lists])
    assert (result.new_documents, result.new_sightings, result.already_known) == (1, 0, 4)
    assert archive.verify() == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"\xff" + data,
        lambda data: b"[]",
        lambda data: b"7",
        lambda data: b"{}",
        lambda data: b"[" * 100_000,
        lambda data: data.replace(b'"pending"', b'"another"'),
        lambda data: data.replace(b'"pending"', b"null"),
        lambda data: data.replace(b'"size": 5', b'"size": "5"'),
        lambda data: data.replace(b'"received": "', b'"received": 1, "x": "'),
    ],
)
def test_a_damaged_sighting_is_skipped_reported_and_comes_back(
    archive: Archive, lists: Path, damage: Callable[[bytes], bytes]
) -> None:
    archive.add_paths([lists])
    everything = archive.sightings()
    path = sighting_file(archive, "pendingAgencies.xlsx")
    assert damage(path.read_bytes()) != path.read_bytes()
    overwrite(path, damage(path.read_bytes()))

    assert archive.sightings() == everything[:3]
    (problem,) = archive.problems()
    assert problem.path == path
    assert archive.verify() == [problem]

    result = archive.add_paths([lists])
    assert (result.repaired, result.already_known, result.new_sightings) == (1, 3, 0)
    assert archive.sightings() == everything
    assert archive.verify() == []


def test_a_sighting_with_the_wrong_size_is_found(archive: Archive, lists: Path) -> None:
    """The size is no part of the name, so only the document can tell."""
    archive.add_paths([lists])
    path = sighting_file(archive, "pendingAgencies.xlsx")
    overwrite(path, path.read_bytes().replace(b'"size": 5', b'"size": 6'))
    (problem,) = archive.verify()
    assert "a sighting says 6 bytes, and this document has 5" in problem.what
    assert archive.add_paths([lists]).repaired == 1
    assert archive.verify() == []


def test_foreign_files_are_reported_and_hidden_ones_are_not(archive: Archive, lists: Path) -> None:
    archive.add_paths([lists])
    everything = archive.sightings()
    known = archive.document_path(everything[0].sha256)
    foreign = [
        archive.root / "documents" / "notes.txt",
        archive.root / "documents" / "00" / known.name,  # in the wrong place
        archive.root / "sightings" / "copy of a sighting.json",
    ]
    for path in foreign:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(known.read_bytes())
        (path.parent / ".DS_Store").write_bytes(b"")
    assert {problem.path for problem in archive.verify()} == set(foreign)
    assert [problem.path for problem in archive.problems()] == foreign[2:]
    assert archive.sightings() == everything


def test_a_document_that_no_sighting_tells_of_is_no_problem(archive: Archive, lists: Path) -> None:
    archive.add_paths([lists])
    sighting_file(archive, "participatingAgencies04302026am.xlsx").unlink()
    assert archive.verify() == []
    assert archive.add_paths([lists]).new_sightings == 1


def test_only_abandoned_incoming_files_are_tidied_up(archive: Archive, lists: Path) -> None:
    incoming = archive.root / "incoming"
    incoming.mkdir(parents=True)
    now = time.time()
    for name, age in {"old": 25 * 3600, "today": 23 * 3600, "fresh": 0}.items():
        (incoming / name).write_bytes(b"half a docu")
        (incoming / name).chmod(0o444)
        os.utime(incoming / name, (now - age, now - age))
    assert archive.sightings() == []
    assert archive.verify() == []
    archive.add_paths([lists])
    assert sorted(path.name for path in incoming.iterdir()) == ["fresh", "today"]
    assert len(archive.sightings()) == 4


def test_a_problem_can_be_shown(archive: Archive) -> None:
    archive.add(b"bytes", folder="pending", file="a.xlsx")
    (archive.root / "sightings" / "x.json").write_text("{")
    (problem,) = archive.problems()
    assert isinstance(problem, Problem)
    assert problem.what.startswith("damaged or foreign file among the sightings")
    assert problem.remedy
