"""Writing what ships with the package, from the sources' own files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import bundle
from ..sources import ice_lists
from ..sources.census_counties import read_counties


def write_bundle(lists: Path | None, counties: Path | None) -> Iterator[tuple[str, int]]:
    """Write the parts whose source is given; yields each file of the bundle and its bytes.

    The same sources give the same tables.
    """
    if lists:
        ice_lists.read_folder(lists).canonical().write(bundle.RECORD)
    if counties:
        read_counties(counties).write_parquet(bundle.COUNTIES, compression="zstd", compression_level=19)
    for path in sorted(bundle.FOLDER.rglob("*.parquet")):
        yield str(path.relative_to(bundle.FOLDER)), path.stat().st_size
