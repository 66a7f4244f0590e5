"""The Census Bureau's county adjacency file: which counties there are, and which lie side by side.

Public domain. The file (``county_adjacency.txt``, tab-separated, Latin-1) gives each county a
block: the first line has its name and code before those of a neighbour, the following lines a
neighbour alone, and a county stands among its own neighbours::

    "Autauga County, AL"<tab>01001<tab>"Autauga County, AL"<tab>01001
    <tab><tab>"Chilton County, AL"<tab>01021

The heads of blocks have slips (one has no name, one another county's, some lost their accents), so
a county's name is the one by which most of the file calls it. Neighbours may meet at a single
point or across water. Codes are as printed, of before 2015 (:func:`.fips.code_on` leads on).
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from ..errors import BuildError

COUNTIES = pl.Schema({"fips": pl.String, "state": pl.String, "name": pl.String})
NEIGHBOURS = pl.Schema({"fips": pl.String, "neighbour_fips": pl.String})


def read_counties(path: Path) -> pl.DataFrame:
    """Read the counties (parishes, boroughs, independent cities, municipios) of a file.

    Returns:
        one row a county, with :data:`COUNTIES`' columns, in order of FIPS.

    Raises:
        BuildError: a line is not of the file's form.
        OSError: the file cannot be read.
    """
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for line in _lines(path):
        names[line[3]][line[2]] += 1
        if line[0]:
            names[line[1]][line[0]] += 1
    most = {fips: min(said, key=lambda name: (-said[name], name)) for fips, said in names.items()}
    rows = [(fips, *reversed(name.rsplit(", ", 1))) for fips, name in most.items()]
    return pl.DataFrame(rows, schema=COUNTIES, orient="row").sort("fips")


def read_neighbours(path: Path) -> pl.DataFrame:
    """Read which counties lie side by side: every pair twice, once from each side.

    Returns:
        one row a county and neighbour, with :data:`NEIGHBOURS`' columns, in order of both; no
        county is its own neighbour. An island that borders on none has no row.

    Raises:
        BuildError: a line is not of the file's form.
        OSError: the file cannot be read.
    """
    pairs = {(line[1], line[3]) for line in _lines(path) if line[1] != line[3]}
    both = pairs | {(other, one) for one, other in pairs}
    return pl.DataFrame(sorted(both), schema=NEIGHBOURS, orient="row")


def _lines(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Each line's four cells, with the code of its block filled in."""
    block = ""
    with path.open(encoding="latin-1", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        for row in rows:
            if len(row) == 4:
                head, code, name, neighbour = row
                block = code or block
                if _is_code(block) and _is_code(neighbour) and ", " in name and (", " in head or not head):
                    yield head, block, name, neighbour
                    continue
            raise BuildError(
                f"{path.name}, line {rows.line_num}: not a county and its neighbour: {row}",
                "fetch the Census Bureau's county_adjacency.txt again",
            )


def _is_code(text: str) -> bool:
    return len(text) == 5 and text.isascii() and text.isdigit()
