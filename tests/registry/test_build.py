"""Builds: from nothing, with an archive, one after another, at once, and killed half-way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from atlas287 import Atlas, BuildError, bundle
from atlas287.archive import Archive
from atlas287.home import Current, Home
from atlas287.registry.build import build, read_record, refresh
from atlas287.registry.export import canonical
from atlas287.registry.register import read_register
from atlas287.sources import ice_lists
from tests.listmaker import AGENCIES, put, small_folder, small_list

WORKER = Path(__file__).with_name("worker.py")
PATIENCE = 120  # seconds, for machines under load
NEW = "participatingAgencies05142026am.xlsx"


def export(home: Home) -> dict[str, list[tuple[object, ...]]]:
    current = home.current()
    assert current
    return canonical(read_register(home.register(current.build_id)))


def builds(home: Home) -> set[str]:
    return {p.name for p in home.builds.iterdir()}


# One build ----------------------------------------------------------------------------------------


def test_a_build_from_a_folder(home: Home, lists: Path) -> None:
    seen: list[int] = []
    built = build(home, lists, progress=seen.append)
    assert home.current() == built.current
    assert built.current.lists == str(lists)
    assert seen == [1, 2, 3, 4]
    assert (built.quarantined, built.moves) == (0, [])
    meta = dict(read_register(home.register(built.current.build_id)).execute("SELECT * FROM meta").fetchall())
    assert meta["digest"] == built.current.digest
    assert (meta["basis"], meta["documents"], meta["rows"]) == (str(lists), "4", "14")
    status = Atlas(home, built.current).status()
    assert (status["agreements"], status["states"], status["territories"]) == (4, 2, 1)


def test_the_bundle_is_the_default(bundle_home: Path) -> None:
    current = Home(bundle_home).current()
    assert current and current.lists is None
    assert not Home(bundle_home).record(current.build_id).exists(), "the bundle is its record"


def test_a_folder_that_is_not_there(home: Home, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="there is no folder"):
        build(home, tmp_path / "nowhere")
    assert home.current() is None


def test_a_folder_of_no_lists_says_that_none_is_held(home: Home, tmp_path: Path) -> None:
    from atlas287 import NoListError

    (tmp_path / "empty").mkdir()
    built = build(home, tmp_path / "empty")
    with pytest.raises(NoListError, match="no participating list is held at all"):
        Atlas(home, built.current).status()


def test_the_same_record_gives_the_same_tables_and_id(home: Home, lists: Path, tmp_path: Path) -> None:
    one = build(home, lists).current
    first = export(home)
    elsewhere = Home(tmp_path / "elsewhere")
    other = build(elsewhere, small_folder(tmp_path / "copy")).current
    assert (one.build_id, one.digest) == (other.build_id, other.digest)
    assert export(elsewhere) == first


def test_no_order_of_a_set_and_no_thread_shows_in_the_tables(tmp_path: Path) -> None:
    """The bundle built under other seeds of Python's hashes, and by other numbers of threads."""
    code = (
        "import hashlib, sys; from pathlib import Path; from atlas287.home import Home\n"
        "from atlas287.registry.build import build; from atlas287.registry.export import canonical\n"
        "from atlas287.registry.register import read_register\n"
        "home = Home(sys.argv[1]); register = home.register(build(home).current.build_id)\n"
        "print(hashlib.sha256(repr(canonical(read_register(register))).encode()).hexdigest())"
    )
    said = set()
    for seed, threads in (("1", "1"), ("2", "4"), ("3", "2")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": threads}
        words = [sys.executable, "-c", code, str(tmp_path / seed)]
        said.add(subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(said) == 1


def test_the_record_of_a_build_is_what_it_was_made_from(home: Home, lists: Path) -> None:
    record = read_record(home, build(home, lists).current)
    assert record.listings().equals(ice_lists.read_folder(lists).canonical().listings())


def test_old_builds_go_when_unused_and_open_ones_stay_readable(home: Home, lists: Path) -> None:
    one = build(home, lists).current
    reader = read_register(home.register(one.build_id))
    for n in (14, 15, 16):
        put(
            lists / "participating" / f"participatingAgencies05{n}2026am.xlsx", small_list(AGENCIES[: n - 12])
        )
        last = build(home, lists).current
    kept = {name.split(".")[0] for name in builds(home)}
    assert last.build_id in kept and len(kept) == 2, "the build in use and the one before"
    assert one.build_id not in kept
    assert reader.execute("SELECT count(*) FROM agency WHERE status <> 'unlisted'").fetchone()[0] == 6


# Lists that come later ----------------------------------------------------------------------------


def test_a_new_list_in_the_archive_is_the_same_as_in_the_folder(
    home: Home, lists: Path, tmp_path: Path
) -> None:
    build(home, lists)
    put(tmp_path / "participating" / NEW, small_list(AGENCIES[:2]))
    Archive(home.archive).add_paths([tmp_path / "participating"])
    build(home, lists)
    by_archive = export(home)
    put(lists / "participating" / NEW, small_list(AGENCIES[:2]))
    elsewhere = Home(tmp_path / "elsewhere")
    build(elsewhere, lists)
    assert by_archive == export(elsewhere)
    assert len(by_archive["list"]) == 5


def test_an_archived_document_is_parsed_once(
    home: Home, lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    honest = ice_lists.read_documents

    def counting(documents, *more):  # type: ignore[no-untyped-def]
        documents = list(documents)
        read.extend(d.file for d in documents)
        return honest(documents, *more)

    monkeypatch.setattr(ice_lists, "read_documents", counting)
    for n, day in enumerate((14, 15), 1):
        put(tmp_path / "new" / f"participatingAgencies05{day}2026am.xlsx", small_list(AGENCIES[:n]))
        Archive(home.archive).add_paths([tmp_path / "new"])
        build(home, lists)
        build(home, lists)
    assert read == ["participatingAgencies05142026am.xlsx", "participatingAgencies05152026am.xlsx"]


def test_what_is_in_the_folder_already_is_not_taken_twice(home: Home, lists: Path) -> None:
    build(home, lists)
    before = export(home)
    Archive(home.archive).add_paths([lists])
    build(home, lists)
    assert export(home) == before


def test_one_file_from_two_folders_is_two_sightings_of_one_list(
    home: Home, lists: Path, tmp_path: Path
) -> None:
    """Downloaded again by hand: nothing that the register says of agreements changes."""
    build(home, lists)
    before = export(home)
    file = "participatingAgencies05132026am.xlsx"
    put(tmp_path / "Downloads" / file, (lists / "participating" / file).read_bytes())
    Archive(home.archive).add_paths([tmp_path / "Downloads"])
    build(home, lists)
    after = export(home)
    for table in ("agency", "agency_name", "agreement", "application"):
        same = {i[0] for i in before[table]} == {i[0] for i in after[table]}
        assert same, table
    assert len({row[0] for row in after["list"]}) == len(after["list"]) == 5
    assert [r for r in after["event"] if r[1] == "removed"] and len(after["event"]) == len(before["event"])


def test_other_bytes_under_one_name_are_another_list(home: Home, lists: Path, tmp_path: Path) -> None:
    file = "participatingAgencies05132026am.xlsx"
    put(tmp_path / "new" / file, small_list(AGENCIES))
    Archive(home.archive).add_paths([tmp_path / "new"])
    build(home, lists)
    ids = [row[0] for row in export(home)["list"]]
    assert len(ids) == len(set(ids)) == 5


def test_a_second_list_in_one_workbook_is_no_second_publication(home: Home, lists: Path) -> None:
    from tests.listmaker import HEADER, listing

    sheets = {"Sheet2": [HEADER, *(listing(a) for a in AGENCIES[:2])]}
    put(lists / "participating" / NEW, small_list(AGENCIES, more_sheets=sheets))
    build(home, lists)
    own = [row for row in export(home)["list"] if row[8] == NEW]
    assert len({row[0] for row in own}) == 1
    (aside,) = [row for row in export(home)["quarantine"] if "Sheet2" in row]
    assert "sheet" in aside and any("its 2 rows are not read" in str(cell) for cell in aside)


# Documents damaged in the archive -----------------------------------------------------------------


def test_a_document_damaged_in_the_archive_is_quarantined_until_it_is_whole(
    home: Home, lists: Path, tmp_path: Path
) -> None:
    source = put(tmp_path / "participating" / NEW, small_list(AGENCIES[:2]))
    Atlas.add([source], home.root)
    (sighting,) = Archive(home.archive).sightings()
    kept = Archive(home.archive).document_path(sighting.sha256)
    kept.chmod(0o644)
    kept.write_bytes(b"PK damaged")
    assert build(home, lists).quarantined == 1
    atlas = Atlas.open(home.root)
    ((reason, remedy),) = atlas.db.execute("SELECT reason, remedy FROM quarantine").fetchall()
    assert NEW in reason and "hash" in reason and remedy
    assert Atlas.add([source], home.root).repaired == 1
    said: list[str] = []
    atlas = Atlas.open(home.root, say=said.append)
    assert said, "the repair is noticed"
    assert atlas.db.execute("SELECT count(*) FROM quarantine").fetchone()[0] == 0
    assert atlas.status()["list"]["file"] == NEW


# Freshness ----------------------------------------------------------------------------------------


def test_opening_builds_once_and_then_only_what_changed(home: Home, lists: Path, tmp_path: Path) -> None:
    build(home, lists)
    said: list[str] = []

    def opened() -> Current:
        said.clear()
        current = Atlas.open(home.root, say=said.append).home.current()
        assert current
        return current

    first = opened()
    assert (said, opened()) == ([], first)
    put(lists / "participating" / NEW, small_list(AGENCIES[:2]))
    second = opened()
    assert said == ["The record or the rules have changed: building the register anew."]
    assert second != first
    put(tmp_path / "new" / "participatingAgencies05152026am.xlsx", small_list(AGENCIES[:3]))
    Archive(home.archive).add_paths([tmp_path / "new"])
    assert opened() != second and said
    assert opened() and not said


def test_a_build_of_other_rules_is_built_anew(
    home: Home, lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from atlas287.registry import build as building
    from atlas287.registry import freshness

    before = build(home, lists).current
    for module in (freshness, building):
        monkeypatch.setattr(module, "code_version", lambda: "other rules")
    said: list[str] = []
    after = Atlas.open(home.root, say=said.append).home.current()
    assert said and after
    assert (after.code, after.lists) == ("other rules", before.lists)
    assert after.digest != before.digest


def test_a_folder_that_is_gone_leaves_its_build(
    home: Home, lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build(home, lists).current
    lists.rename(lists.with_name("away"))
    assert Atlas.open(home.root).home.current() == before
    monkeypatch.setattr("atlas287.registry.freshness.code_version", lambda: "other rules")
    with pytest.raises(BuildError, match="the folder that the register was built from is gone") as told:
        Atlas.open(home.root)
    assert "atlas287 build" in told.value.remedy
    assert home.current() == before


def test_a_broken_current_is_built_anew(home: Home, lists: Path) -> None:
    build(home, lists)
    (home.root / "current").write_text("{")
    said: list[str] = []
    assert Atlas.open(home.root, say=said.append).status()["agreements"] > 1000, "the bundle is the default"
    assert said == ["Building the register."]


def test_an_open_atlas_follows_the_current_build(home: Home, lists: Path) -> None:
    build(home, lists)
    atlas = Atlas.open(home.root)
    assert atlas.status()["agreements"] == 4
    put(lists / "participating" / NEW, small_list(AGENCIES[:2]))
    build(home, lists)
    assert atlas.status()["agreements"] == 2
    assert atlas.listings().height == 16
    assert atlas.lists(kind="participating").height == 4


# Several at once ----------------------------------------------------------------------------------


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "atlas287", *map(str, words)]


def test_two_builds_at_once_end_well(home: Home, lists: Path) -> None:
    processes = [
        subprocess.Popen(
            command("build", "--lists", lists, "--home", home.root, "--json"), stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    said = [json.loads(p.communicate(timeout=PATIENCE)[0]) for p in processes]
    assert [p.returncode for p in processes] == [0, 0, 0]
    current = home.current()
    assert current
    assert {s["build_id"] for s in said} == {current.build_id}
    assert builds(home) == {f"{current.build_id}.sqlite", f"{current.build_id}.record"}
    assert export(home)


def test_of_many_that_find_it_stale_one_builds(home: Home, lists: Path) -> None:
    build(home, lists)
    put(lists / "participating" / NEW, small_list(AGENCIES[:2]))
    processes = [
        subprocess.Popen(command("status", "--home", home.root, "--json"), stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [json.loads(p.communicate(timeout=PATIENCE)[0]) for p in processes]
    assert {s["agreements"] for s in said} == {2}
    assert len({name.split(".")[0] for name in builds(home)}) == 2


def test_refreshing_what_is_fresh_builds_nothing(home: Home, lists: Path) -> None:
    current = build(home, lists).current
    register = home.register(current.build_id).stat()
    assert refresh(home) == current
    assert home.register(current.build_id).stat().st_ino == register.st_ino


# Killed half-way ----------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("step", ["gather", "write register", "moves", "write record", "switch"])
def test_killed_half_way_the_build_before_stays(home: Home, lists: Path, step: str) -> None:
    before = build(home, lists).current
    said = export(home)
    put(lists / "participating" / NEW, small_list(AGENCIES[:2]))
    words = [sys.executable, str(WORKER), step, str(home.root), str(lists)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "there\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL
    assert home.current() == before
    assert export(home) == said
    old = Atlas(home, before)
    assert old.listings().height == 14
    built = build(home, lists)  # the lock is free
    assert Atlas(home, built.current).status()["agreements"] == 2
    assert builds(home) == {
        f"{b.build_id}.{end}" for b in (before, built.current) for end in ("sqlite", "record")
    }


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_killed_as_it_keeps_what_it_read_the_next_reads_again(
    home: Home, lists: Path, tmp_path: Path
) -> None:
    """The store of documents read is never found half-written."""
    build(home, lists)
    put(tmp_path / "new" / NEW, small_list(AGENCIES[:2]))
    Archive(home.archive).add_paths([tmp_path / "new"])
    words = [sys.executable, str(WORKER), "write record", str(home.root), str(lists)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "there\n"
    process.kill()
    process.wait(PATIENCE)
    assert list(home.root.rglob("lists.parquet")), "it was killed half-way"
    assert Atlas(home, build(home, lists).current).status()["list"]["file"] == NEW


def test_the_same_build_again_does_not_touch_its_record(home: Home, lists: Path) -> None:
    current = build(home, lists).current
    before = {p.name: p.stat().st_mtime_ns for p in home.record(current.build_id).iterdir()}
    assert before
    assert build(home, lists).current == current
    assert {p.name: p.stat().st_mtime_ns for p in home.record(current.build_id).iterdir()} == before


def test_the_bundle_ships() -> None:
    assert sum(p.stat().st_size for p in bundle.FOLDER.rglob("*.parquet")) < 2_000_000
