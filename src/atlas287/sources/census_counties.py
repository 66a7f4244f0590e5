"""The Census Bureau's county adjacency file: which counties there are, by state.

Public domain. The file (``county_adjacency.txt``, tab-separated, Latin-1) names each county
once at the start of its own block: ``"Autauga County, AL"<tab>01001<tab>neighbour<tab>…``.
"""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl

COUNTIES = pl.Schema({"fips": pl.String, "state": pl.String, "name": pl.String})


def read_counties(path: Path) -> pl.DataFrame:
    """Read the counties (parishes, boroughs, independent cities, municipios) of a file.

    Returns:
        one row a county, with :data:`COUNTIES`' columns, in order of FIPS.
    """
    with path.open(encoding="latin-1", newline="") as file:
        blocks = [row for row in csv.reader(file, delimiter="\t") if len(row) >= 2 and row[0]]
    named = [(fips, *reversed(name.rsplit(", ", 1))) for name, fips, *_ in blocks]
    return pl.DataFrame(named, schema=COUNTIES, orient="row").unique().sort("fips")
