"""Building the register: gather the record, derive, check, write, switch.

Taking up a new list is a build too: the record is read from where it is already read, only
the new document is parsed, and everything is derived afresh. So the register never depends
on the order in which lists came.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import polars as pl
from filelock import FileLock

from .. import bundle
from ..archive import Archive, Sighting
from ..errors import BuildError
from ..home import Current, Home
from ..sources import ice_lists
from ..sources.record import Record
from ..sources.testimony import read_folder
from . import schema
from .assemble import Assembled, assemble
from .checks import Check, run_checks
from .freshness import code_version, is_fresh, watched
from .memoranda_tables import memorandum_checks, memorandum_tables
from .moves import Move, moves
from .placement import place
from .placement_checks import roster_check
from .places import Counties, county_test
from .quarantine import LOST, unread_rows
from .register import is_register, read_register
from .roster import Roster
from .set_aside import set_aside
from .store import write_register
from .tables import Tables
from .verdicts import Verdicts, read_verdicts

#: Called with the number of documents read so far.
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Built:
    """A build that is now current."""

    current: Current
    checks: list[Check]
    moves: list[Move]  # empty for a first build
    quarantined: int  # documents, sheets and rows


@dataclass(frozen=True, slots=True)
class Base:
    """The folders that a build is made from; None: the bundle."""

    lists: Path | None = None
    testimony: Path | None = None

    @classmethod
    def of(cls, current: Current) -> Base:
        return cls(*(Path(f) if f else None for f in (current.lists, current.testimony)))

    @property
    def names(self) -> tuple[str | None, str | None]:
        return str(self.lists) if self.lists else None, str(self.testimony) if self.testimony else None


def build(
    home: Home,
    lists: Path | None = None,
    strict: bool = False,
    progress: Progress | None = None,
    testimony: Path | None = None,
) -> Built:
    """Build the register anew and make it current.

    Args:
        lists: a folder of workbooks to build from instead of the bundle; what the archive
            holds is taken up in either case.
        strict: quarantined input fails the build too.
        testimony: a folder of other sources to read instead of the bundle's.

    Raises:
        BuildError: a check fails (the message names the rows), or a folder is none or holds no source.
    """
    if testimony is not None and not testimony.is_dir():
        raise BuildError(
            f"there is no folder {testimony}",
            remedy="name a folder of testimony, or leave it out to use the bundle",
        )
    if lists is not None and not lists.is_dir():
        raise BuildError(
            f"there is no folder {lists}",
            remedy="name a folder of ICE's lists, or leave it out to use the bundle",
        )
    home.root.mkdir(parents=True, exist_ok=True)
    with FileLock(home.lock):
        base = Base(lists.resolve() if lists else None, testimony.resolve() if testimony else None)
        return _build(home, base, strict, progress)


def refresh(home: Home, progress: Progress | None = None) -> Current:
    """Build anew what :func:`freshness.is_fresh` finds stale or missing, once however many ask."""
    home.root.mkdir(parents=True, exist_ok=True)
    with FileLock(home.lock):
        current = home.current()
        if current and is_fresh(home, current) and is_register(home.register(current.build_id)):
            return current  # another process built it while this one waited
        base = Base.of(current) if current else Base()
        for folder in (base.lists, base.testimony):
            if folder and not folder.is_dir():
                told = "the rules have changed, and the folder that the register was built from is gone"
                raise BuildError(
                    f"{told}: {folder}",
                    remedy="run `atlas287 build` (from the bundle) or `atlas287 build --lists DIR`",
                )
        return _build(home, base, False, progress).current


def _build(home: Home, base: Base, strict: bool, progress: Progress | None) -> Built:
    # A build makes a few hundred thousand small objects and keeps nearly all of them to its
    # end; looking for cycles among them again and again takes a tenth of its time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _build_now(home, base, strict, progress)
    finally:
        if collecting:
            gc.enable()


def _build_now(home: Home, base: Base, strict: bool, progress: Progress | None) -> Built:
    lists = base.lists
    seen = watched(home, *base.names)
    verdicts = read_verdicts()
    record, whole = _gather(home, lists, progress)
    statements = read_folder(base.testimony) if base.testimony else pl.read_parquet(bundle.TESTIMONY)
    made = assemble(record, verdicts, county_test(bundle.COUNTIES), statements)
    counties = Counties.read(bundle.COUNTIES)
    roster = Roster.read(bundle.AGENCIES, counties)
    tables = dict(Tables(made, place(made, roster, counties, verdicts), counties).all())
    memoranda = memorandum_tables(bundle.MEMORANDA, tables, verdicts)
    unread = [*made.testimony.quarantine, *roster.quarantine_rows(), *memoranda.pop("quarantine")]
    tables |= memoranda
    tables["quarantine"] = [*record.quarantine.rows(), *unread_rows(made), *unread]
    checks = run_checks(made, tables, tables["quarantine"], strict)
    checks += [roster_check(roster.nowhere()), *memorandum_checks(tables)]
    tables["checks"] = [c.row() for c in checks]
    _refuse_failures(checks)
    digest = _digest(record, statements, verdicts)
    before = home.current()
    build_id = digest[:16]
    register = home.register(build_id)
    temporary = register.with_name(f".{build_id}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    write_register(temporary, tables, _meta(made, digest, lists))
    moved = _moved(home.register(before.build_id), temporary) if before else []
    if not whole and not home.record(build_id).exists():
        _write_whole(record, home.record(build_id))
    temporary.replace(register)
    current = Current(build_id, digest, code_version(), base.names[0], seen, base.names[1])
    home.switch(current)
    _tidy(home, {build_id, before.build_id if before else build_id})
    return Built(current, checks, moved, sum(row[5] in LOST for row in tables["quarantine"]))


def read_record(home: Home, current: Current) -> Record:
    """The record that a build was made from."""
    kept = home.record(current.build_id)
    return Record.read(kept if kept.exists() else bundle.RECORD)


def _gather(home: Home, lists: Path | None, progress: Progress | None) -> tuple[Record, bool]:
    """The record (base and archive), and whether it is just the bundle."""
    base = ice_lists.read_folder(lists, progress).canonical() if lists else Record.read(bundle.RECORD)
    added = _read_archive(home, base, progress)
    whole = base if added is None else Record.union([base, added])
    return set_aside(whole), added is None and lists is None


def _read_archive(home: Home, base: Record, progress: Progress | None) -> Record | None:
    """What the archive adds to the base; documents once read are kept as read."""
    archive = Archive(home.archive)
    known = _seen(base)
    wanted = [s for s in archive.sightings() if (s.folder, s.file, s.sha256) not in known]
    if not wanted:
        return None
    store = home.root / "read" / code_version()
    have = Record.read(store) if store.exists() else Record.empty()
    # A document refused as a whole may have been damaged in the archive, and mended since.
    have = replace(have, quarantine=have.quarantine.filter(pl.col("what") != "document"))
    got = _seen(have)
    missing = [s for s in wanted if (s.folder, s.file, s.sha256) not in got]
    if missing:
        have = Record.union(
            [have, ice_lists.read_documents((_document(archive, s) for s in missing), progress)]
        )
        shutil.rmtree(store.parent, ignore_errors=True)
        _write_whole(have, store)
    return have.only({(s.folder, s.file, s.sha256) for s in wanted})


def _write_whole(record: Record, folder: Path) -> None:
    """Write a record so that its folder, once there, is whole."""
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(temporary, ignore_errors=True)
    record.write(temporary, level=3)
    temporary.replace(folder)


def _seen(record: Record) -> set[tuple[str, str, str]]:
    return {
        row
        for frame in (record.lists, record.quarantine)
        for row in frame.select("folder", "file", "sha256").rows()
    }


def _document(archive: Archive, s: Sighting) -> ice_lists.Document:
    return ice_lists.Document(
        s.folder, s.file, archive.document_path(s.sha256), s.sha256, s.publisher, s.address, s.captured
    )


def _refuse_failures(checks: Iterable[Check]) -> None:
    failed = [c for c in checks if c.result == "fail"]
    if failed:
        told = "\n".join(
            f"  {c.name}: {c.what}; expected {c.expected}, found {c.found}"
            + "".join(f"\n    {r}" for r in c.rows[:10])
            for c in failed
        )
        raise BuildError(
            f"{len(failed)} check{'s' * (len(failed) > 1)} failed; the build before stays in use\n{told}",
            remedy="look at the rows named; what rules cannot decide is settled by a row in corrections/",
        )


def _meta(made: Assembled, digest: str, lists: Path | None) -> dict[str, str]:
    return {
        "digest": digest,
        "version": version("atlas287"),
        "schema": str(schema.VERSION),
        "basis": str(lists) if lists else "bundle",
        "documents": str(len({d.sheet.sha256 for d in made.dated})),
        "rows": str(made.record.rows.height),
    }


def _moved(before: Path, after: Path) -> list[Move]:
    """What moved since the build before; nothing can be said of one that is damaged or of another schema."""
    with closing(read_register(before)) as old, closing(read_register(after)) as new:
        try:
            found = old.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
            return moves(old, new) if found is not None and found[0] == str(schema.VERSION) else []
        except sqlite3.DatabaseError:
            return []


def _digest(record: Record, statements: pl.DataFrame, verdicts: Verdicts) -> str:
    told = hashlib.sha256(statements.write_csv().encode()).hexdigest()
    parts = (record.digest(), told, verdicts.digest, code_version())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _tidy(home: Home, keep: set[str]) -> None:
    """Let builds go that nothing uses, and what killed ones left half-done.

    One that a reader still holds open goes when it closes.
    """
    for path in home.builds.iterdir():
        if path.name.split(".")[0] in keep:
            continue
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
