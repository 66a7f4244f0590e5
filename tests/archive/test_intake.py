from __future__ import annotations

import os
from pathlib import Path

import pytest

from atlas287.archive import AddResult, Archive, Failure, intake
from atlas287.errors import ArchiveError

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")


def names(archive: Archive) -> list[tuple[str, str]]:
    return [(sighting.folder, sighting.file) for sighting in archive.sightings()]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden",
        ".~lock.pendingAgencies.xlsx#",
        "~$pendingAgencies.xlsx",
        "pendingAgencies.xlsx~",
        "pendingAgencies.xlsx.crdownload",
        "pendingAgencies.xlsx.PART",
        "pendingAgencies.tmp",
        "Thumbs.db",
    ],
)
def test_litter_is_left_out_and_counted(archive: Archive, lists: Path, name: str) -> None:
    litter = lists / "pending" / name
    litter.write_bytes(b"litter")
    assert archive.add_paths([lists, litter]) == AddResult(3, 4, 0, 0, left_out=2, failures=())


def test_hidden_folders_are_not_entered(archive: Archive, lists: Path) -> None:
    (lists / ".cache" / "pending").mkdir(parents=True)
    (lists / ".cache" / "pending" / "pendingAgencies.xlsx").write_bytes(b"hidden")
    assert archive.add_paths([lists]) == AddResult(3, 4, 0, 0, left_out=1, failures=())


def test_folders_are_entered_in_order(lists: Path, archive: Archive) -> None:
    (lists / "b" / "a").mkdir(parents=True)
    (lists / "b" / "a" / "z").write_bytes(b"")
    (lists / "b" / "b").write_bytes(b"")
    (lists / "a").write_bytes(b"")
    found = intake.find([lists], archive.root)
    assert [str(path.relative_to(lists)) for path in found.files] == [
        "a",
        "b/a/z",
        "b/b",
        "participating/ParticipatingEntities-20250301120000.xlsx",
        "participating/participatingAgencies04302026am.xlsx",
        "pending/pendingAgencies-20250401000000.xlsx",
        "pending/pendingAgencies.xlsx",
    ]


@posix
def test_links_to_files_are_followed_and_links_to_folders_are_not(
    archive: Archive, lists: Path, tmp_path: Path
) -> None:
    (lists / "pending" / "again").symlink_to(lists, target_is_directory=True)
    (lists / "pending" / "link.xlsx").symlink_to(lists / "pending" / "pendingAgencies.xlsx")
    assert archive.add_paths([lists]) == AddResult(3, 5, 0, 0, left_out=1, failures=())
    assert ("pending", "link.xlsx") in names(archive)
    # A folder that is named outright is meant, link or not.
    (tmp_path / "link").symlink_to(lists, target_is_directory=True)
    assert archive.add_paths([tmp_path / "link"]).already_known == 5


def test_the_folder_of_a_file_named_alone(
    archive: Archive, lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lists / "pending")
    archive.add_paths(["pendingAgencies.xlsx", "../participating/participatingAgencies04302026am.xlsx"])
    assert names(archive) == [
        ("participating", "participatingAgencies04302026am.xlsx"),
        ("pending", "pendingAgencies.xlsx"),
    ]
    assert archive.add_paths([".", ".."]) == AddResult(1, 2, 4, 0, 0, ())


def test_the_archive_does_not_take_itself_in(archive: Archive, lists: Path) -> None:
    inside = Archive(lists / "archive")
    inside.add_paths([lists])
    assert inside.add_paths([lists]) == AddResult(0, 0, already_known=4, repaired=0, left_out=1, failures=())
    assert inside.add_paths([inside.root / "documents"]).left_out == 1


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    archive: Archive, lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MAX_BYTES", 6)
    large, absent = lists / "pending" / "large.xlsx", lists / "absent.xlsx"
    large.write_bytes(b"1234567")
    result = archive.add_paths([absent, lists])
    assert result == AddResult(3, 4, 0, 0, 0, failures=result.failures)
    assert [failure.path for failure in result.failures] == [absent, large]
    assert "No such file" in result.failures[0].reason
    assert result.failures[1] == Failure(
        large,
        f"too large: {large} has 7 bytes, and a document may have 6",
        "if it is an archive of files, unpack it and add the files",
    )


@posix
def test_special_files_and_broken_links_are_failures(archive: Archive, lists: Path) -> None:
    os.mkfifo(lists / "pending" / "pipe")  # opening it would wait for ever
    (lists / "pending" / "broken").symlink_to(lists / "absent")
    (lists / "pending" / "loop").symlink_to(lists / "pending" / "loop")
    result = archive.add_paths([lists])
    assert [failure.path.name for failure in result.failures] == ["broken", "loop", "pipe"]
    assert "not a plain file" in result.failures[2].reason
    assert result.new_sightings == 4


@posix
def test_names_that_are_no_text_are_failures_that_can_be_printed(archive: Archive, lists: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(lists / "pending" / "caf") + b"\xe9")).write_bytes(b"latin-1")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    result = archive.add_paths([lists])
    assert result.new_sightings == 4
    (failure,) = result.failures
    assert failure.path == lists / "pending" / "caf�"
    (str(failure.path) + failure.reason + failure.remedy).encode()


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_permission_are_failures(archive: Archive, lists: Path) -> None:
    (lists / "closed").mkdir(mode=0)
    (lists / "half").mkdir()
    (lists / "half" / "a.xlsx").write_bytes(b"seen but not reached")
    (lists / "half").chmod(0o400)
    (lists / "pending" / "pendingAgencies.xlsx").chmod(0)
    try:
        result = archive.add_paths([lists])
    finally:
        (lists / "closed").chmod(0o700)
        (lists / "half").chmod(0o700)
    assert [failure.path.name for failure in result.failures] == ["closed", "a.xlsx", "pendingAgencies.xlsx"]
    assert result.new_sightings == 3


def test_a_folder_that_cannot_be_listed_is_a_failure(
    archive: Archive, lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = Path.iterdir

    def refuse(folder: Path) -> object:
        if folder.name == "pending":
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    result = archive.add_paths([lists])
    assert [(failure.path, failure.reason) for failure in result.failures] == [
        (lists / "pending", f"cannot look into {lists / 'pending'}: Permission denied")
    ]
    assert result.new_sightings == 2


def test_the_limit_holds_for_bytes_too(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert intake.MAX_BYTES == 100_000_000
    monkeypatch.setattr(intake, "MAX_BYTES", 6)
    archive.add(b"123456", folder="pending", file="a.xlsx")
    with pytest.raises(ArchiveError, match=r"too large: b\.xlsx has 7 bytes"):
        archive.add(b"1234567", folder="pending", file="b.xlsx")
    assert names(archive) == [("pending", "a.xlsx")]


def test_a_huge_file_is_not_read(archive: Archive, tmp_path: Path) -> None:
    huge = tmp_path / "huge.xlsx"
    with huge.open("wb") as file:
        file.truncate(10**12)  # a terabyte of nothing, on file systems that have holes
    assert "has 1,000,000,000,000 bytes" in archive.add_paths([huge]).failures[0].reason
