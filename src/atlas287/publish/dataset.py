"""The data set: every table in every format, with dictionary, citation and checksums.

The same record, rules and version give the same files, byte for byte.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from ..errors import AtlasError
from ..home import write_whole
from ..registry.questions.newest import list_on
from .formats import FORMATS
from .tables import Published, tables

CHECKSUMS = "checksums.txt"
_HEAD = ("table", "column", "type", "unit", "says")


def export_data(
    db: sqlite3.Connection,
    folder: Path,
    formats: Sequence[str] = tuple(FORMATS),
    progress: Callable[[str], object] = lambda _: None,
) -> list[Path]:
    """Write the data set to a folder; returns its files, checksums last.

    ``checksums.txt`` is taken away first and written last, so a folder with it is whole. Files of
    the same names are replaced; others in the folder are left alone.

    Raises:
        AtlasError: a format's module is not installed, or the folder cannot be written.
        NoListError: the register holds no list.
    """
    for name in formats:
        FORMATS[name].check()
    newest = list_on(db, None)
    at = datetime.fromisoformat(newest["at"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CHECKSUMS).unlink(missing_ok=True)
    except OSError as error:
        raise AtlasError(
            f"{folder} cannot be written: {error.strerror}", remedy="name another folder"
        ) from error
    written: list[Path] = []
    made: list[Published] = []
    for table in tables(db):
        made.append(table)
        for name in formats:
            if not FORMATS[name].holds(table):
                continue
            path = folder / f"{table.name}.{FORMATS[name].ending}"
            progress(path.name)
            temporary = path.with_name(f".{path.name}")
            FORMATS[name].write(table, temporary, at)
            temporary.replace(path)
            written.append(path)
    first = db.execute(
        "SELECT min(at) FROM list WHERE kind = 'participating' AND seq IS NOT NULL"
    ).fetchone()[0]
    texts = {
        "data-dictionary.csv": dictionary_csv(made),
        "data-dictionary.md": dictionary_md(made),
        "CITATION.cff": citation(at),
        "README.txt": readme(made, first, newest["at"], newest["file"], _digest(db)),
    }
    for name, text in texts.items():
        write_whole(folder / name, text.encode())
        written.append(folder / name)
    sums = "".join(f"{_sha256(path)}  {path.name}\n" for path in sorted(written))
    write_whole(folder / CHECKSUMS, sums.encode())
    return [*written, folder / CHECKSUMS]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(db: sqlite3.Connection) -> str:
    return str(db.execute("SELECT value FROM meta WHERE name = 'digest'").fetchone()[0])


def dictionary_csv(made: Sequence[Published]) -> str:
    """The data dictionary as CSV: one row a column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows((t.name, c.name, c.type, c.unit, c.says) for t in made for c in t.columns)
    return out.getvalue()


def dictionary_md(made: Sequence[Published]) -> str:
    """The data dictionary to read: a table each."""
    lines = ["# Data dictionary", ""]
    for t in made:
        key = ", ".join(f"`{k}`" for k in t.key)
        lines += [f"## {t.name}", "", f"One row is {t.row}: {t.frame.height:,} rows, ordered by {key}.", ""]
        lines += ["| column | type | unit | says |", "| --- | --- | --- | --- |"]
        lines += [f"| `{c.name}` | {c.type} | {c.unit} | {c.says.replace('|', '/')} |" for c in t.columns]
        lines.append("")
    return "\n".join(lines)


def citation(at: datetime) -> str:
    """How to cite the data set, in the Citation File Format."""
    return f"""cff-version: 1.2.0
message: "If you use these tables, please cite them, with the version and the date of the newest list."
title: "atlas287: an atlas of ICE's 287(g) agreements (data)"
type: dataset
version: "{version("atlas287")}, lists to {at:%Y-%m-%d}"
license: CC-BY-4.0
authors:
  - name: "the atlas287 authors"
abstract: >-
  Agencies, agreements, spells, events and exposure by agency, county and month, computed from the lists
  of participating and pending agencies that United States Immigration and Customs Enforcement publishes.
"""


def readme(made: Sequence[Published], first: str, newest: str, file: str, digest: str) -> str:
    """What the folder holds and how to read it."""
    listed = "\n".join(f"  {t.name:<34}{t.frame.height:>9,}  {t.row}" for t in made)
    return f"""atlas287 {version("atlas287")}: ICE's 287(g) agreements, as tables

Newest list: {newest} ({file}). First list: {first}.
Register: {digest}

Basis. Agreements, events, lists and exposure are on basis "listed": what the newest of ICE's lists at
or before a day prints. Spells, signings, testimony and the tables named in_force are our reading of all
sources, since July 2002; the tables of exposure named so end where the lists begin, for the two count
differently. Signed is not operating, and absent from a list is not ended; a first or last sight is a
bound, told by the two lists around it. Where sources leave a range, the columns named maybe and high
tell what may have been.

Files. Each table as .csv, .parquet, .xlsx and .dta (those asked for; one of 400,000 rows or more as
.csv and .parquet alone), the same rows in each:

{listed}

What each column says, in which unit, is in data-dictionary.csv and data-dictionary.md; sha256 of every
file in checksums.txt (sha256sum -c checksums.txt).

Exposure is three figures that are never to be added up. Jail: all residents of counties whose arrests
are booked into a jail under a jail or warrant agreement. Field: residents policed by agencies below state
level with a task-force agreement, as a range where a count is missing. Statewide: states in which a
statewide agency has one. A month has the values of its last list; a month of which no list is held is
empty and not zero. Populations are of one vintage for all months.

Empty cells are missing values; in Stata, missing text is empty text.

Citing. See CITATION.cff. The tables are under CC BY 4.0: "atlas287, version {version("atlas287")}, lists to
{newest[:10]}, CC BY 4.0". The lists themselves are works of the United States government.
"""
