"""Sources other than ICE's lists that say who took part, 2002 to 2020: one module each, one schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from ...errors import BuildError
from . import archive_index, chart_2010, crs_2009, oig_2009, rosters_2010_2017
from .printed import SAYS, SCHEMA, SIGNED, Source, Statement, frame

_READERS: tuple[tuple[Source, Callable[[Path], Iterable[Statement]]], ...] = tuple(
    (m.SOURCE, m.read) for m in (oig_2009, crs_2009, rosters_2010_2017, chart_2010, archive_index)
)
#: Every source, in order of rank.
SOURCES = {source.id: source for source, _ in _READERS}


def read_folder(folder: Path) -> pl.DataFrame:
    """Every statement of the sources whose files a folder holds: a frame of :data:`printed.SCHEMA`.

    Raises:
        BuildError: the folder holds none of them, or a file is not what it should be.
    """
    found = [
        frame(source, list(read(folder / source.file)))
        for source, read in _READERS
        if (folder / source.file).is_file()
    ]
    if not found:
        raise BuildError(
            f"{folder} holds no testimony",
            remedy=f"put any of these there: {', '.join(s.file for s in SOURCES.values())}",
        )
    return pl.concat(found)


__all__ = ["SAYS", "SCHEMA", "SIGNED", "SOURCES", "Source", "Statement", "read_folder"]
