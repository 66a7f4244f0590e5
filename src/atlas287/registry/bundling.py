"""Writing what ships with the package, from the sources' own files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from .. import bundle
from ..errors import BuildError, DocumentError
from ..sources import fips, ice_lists
from ..sources.acs_counties import CountyPeople, read_acs_counties
from ..sources.census_counties import read_counties, read_neighbours
from ..sources.fbi_agencies import read_agencies
from ..sources.testimony import read_folder
from ..sources.us_atlas import write_boundaries
from .roster import write_roster

_ENDINGS = (".parquet", ".gz")


def write_bundle(
    lists: Path | None = None,
    counties: Path | None = None,
    agencies: Path | None = None,
    say: Callable[[str], object] = print,
    *,
    acs: Path | None = None,
    boundaries: Path | None = None,
    testimony: Path | None = None,
    memoranda: Path | None = None,
    progress: Callable[[int], object] | None = None,
) -> Iterator[tuple[str, int]]:
    """Write the parts whose source is given; yields each file of the bundle and its bytes.

    The same sources give the same tables.

    Args:
        counties: the Census Bureau's ``county_adjacency.txt``; needs `acs` beside it.
        agencies: the FBI's roster as :func:`fbi_agencies.read_agencies` takes it.
        say: called with what was set aside of a source.
        acs: county estimates as :func:`acs_counties.read_acs_counties` takes them; needs `counties`.
        boundaries: ``counties-10m.json`` of us-atlas 3.
        testimony: a folder of the sources that :mod:`atlas287.sources.testimony` reads.
        memoranda: a folder of ICE's signed memoranda (PDF), in a folder a state; needs the extra
            ``memoranda``, and Tesseract for scans.
        progress: called with the number of memoranda done.

    Raises:
        BuildError: only one of `counties` and `acs` is given, or a source is not what it should be.
        DocumentError: memoranda are to be read, and the extra or Tesseract is missing.
    """
    if (counties is None) != (acs is None):
        raise BuildError("counties and their people make one table", "give both --counties and --acs")
    if lists:
        ice_lists.read_folder(lists).canonical().write(bundle.RECORD)
    if counties and acs:
        _write_counties(counties, read_acs_counties(acs), say)
    if agencies:
        roster = read_agencies(agencies)
        write_roster(roster, bundle.AGENCIES)
        say(f"{roster.agencies.height:,} agencies; {roster.quarantine.height:,} rows or cells set aside")
        for reason in roster.quarantine["reason"]:
            say(f"  quarantined: {reason}")
    if testimony:
        statements = read_folder(testimony)
        statements.write_parquet(bundle.TESTIMONY, compression="zstd", compression_level=19)
        say(f"{statements.height:,} statements of {statements['source'].n_unique()} sources")
    if boundaries:
        for code in write_boundaries(boundaries, bundle.BOUNDARIES):
            say(f"no shape of {code}: it has no area in {boundaries.name}")
    if memoranda:
        _write_memoranda(memoranda, say, progress)
    for path in sorted(bundle.FOLDER.rglob("*")):
        if path.suffix in _ENDINGS:
            yield str(path.relative_to(bundle.FOLDER)), path.stat().st_size


def county_table(adjacency: Path, people: CountyPeople) -> pl.DataFrame:
    """The counties of 2017, under their codes and names of then, with the people whom a survey counts there.

    One row a county of the adjacency file, in order of FIPS: ``fips``, ``state``, ``name``,
    ``population``, ``hispanic_share`` and ``vintage`` (all three null where the survey has no such
    county: the territories but Puerto Rico, Kalawao). A county that had become part of another by
    2017 (Bedford city) has no row.
    """
    listed = read_counties(adjacency).with_columns(
        now=pl.col("fips").map_elements(fips.code_on, return_dtype=pl.String)
    )
    renamed = {c.new: c.new_name for c in fips.changes() if c.kind == "renumbered"}
    surveyed = people.counties.select("fips", "population", "hispanic_share", "vintage", called="name")
    return (
        listed.sort(pl.col("fips") != pl.col("now"), "fips")  # of merged counties, the one that stayed
        .unique("now", keep="first", maintain_order=True)
        .join(surveyed, left_on="now", right_on="fips", how="left")
        .select(
            "state",
            "population",
            "hispanic_share",
            "vintage",
            fips="now",
            name=pl.coalesce("called", pl.col("now").replace_strict(renamed, default=None), "name"),
        )
        .select("fips", "state", "name", "population", "hispanic_share", "vintage")
        .sort("fips")
    )


def neighbour_table(adjacency: Path) -> pl.DataFrame:
    """Which counties of 2017 lie side by side: ``fips`` and ``neighbour_fips``, each pair both ways."""
    now = pl.all().map_elements(fips.code_on, return_dtype=pl.String)
    pairs = read_neighbours(adjacency).select(now).filter(pl.col("fips") != pl.col("neighbour_fips"))
    return pairs.unique().sort("fips", "neighbour_fips")


def _write_counties(adjacency: Path, people: CountyPeople, say: Callable[[str], object]) -> None:
    table = county_table(adjacency, people)
    notes = {
        "counties": adjacency.name,
        "counties_sha256": hashlib.sha256(adjacency.read_bytes()).hexdigest(),
        "people": people.file,
        "people_sha256": people.sha256,
        "source": next(iter(people.counties["source"]), ""),
    }
    for path, frame in ((bundle.COUNTIES, table), (bundle.NEIGHBOURS, neighbour_table(adjacency))):
        frame.write_parquet(path, compression="zstd", compression_level=19, metadata=notes)
    say(f"{table.height:,} counties, {table['population'].count():,} of them with their people")
    if lacking := people.lacking(table["fips"]):
        say(f"  not in {people.file}: {', '.join(lacking)}")
    if beyond := sorted(set(people.counties["fips"]) - set(table["fips"])):
        say(f"  not in {adjacency.name}: {', '.join(beyond)}")
    for reason in people.quarantine["reason"]:
        say(f"  quarantined: {reason}")


def _write_memoranda(
    folder: Path, say: Callable[[str], object], progress: Callable[[int], object] | None
) -> None:
    from ..sources.memoranda import ocr, pdf, read_folder

    pdf.need_pdfium()
    if ocr.find_tesseract() is None:  # a bundle without the scans would pass for one that has them
        raise DocumentError("Tesseract is not installed, and some memoranda are scans", ocr.INSTALL)
    read = read_folder(folder, progress)
    if not read.memoranda:
        raise BuildError(f"no memorandum was read in {folder}", "name the folder that holds a folder a state")
    read.write(bundle.MEMORANDA)
    found = sum(f.value is not None for m in read.memoranda for f in m.fields)
    say(f"{len(read.memoranda):,} memoranda, {found:,} fields read; {len(read.unread):,} things could not be")
    for *_, reason, remedy in read.unread:
        say(f"  quarantined: {reason}\n    remedy: {remedy}")
