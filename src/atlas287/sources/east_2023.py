"""The first wave as one study coded it: county spells of 2005 to 2015.

East, Hines, Luck, Mansour and Velásquez, The Labor Market Effects of Immigration Enforcement, Journal of
Labor Economics 41 (2023), replication panel, reduced to spells. The table is the authors' and does
not ship; who has it may compare it with ours (:mod:`atlas287.publish.first_wave`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import BuildError
from .testimony.printed import rows

COLUMNS = ("fips", "start_ym", "end_ym", "models", "right_censored_2015_12")
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])$")


class CountySpell(NamedTuple):
    """A county's spell in whole months; ``open``: it stood when the panel ended."""

    fips: str
    start: str
    end: str
    models: str
    open: bool


def read_county_spells(path: Path) -> Iterator[CountySpell]:
    """The spells of the study, in order of the file.

    Raises:
        BuildError: the file cannot be read or lacks a column, or a row a county or a month; the message
            names the row.
    """
    for number, row in rows(path, COLUMNS):
        if not re.fullmatch(r"\d{5}", row["fips"]):
            raise BuildError(
                f"{path.name}, row {number}: {row['fips']!r} is no county",
                remedy="write the five digits of its FIPS code",
            )
        for column in ("start_ym", "end_ym"):
            if not _MONTH.match(row[column]):
                raise BuildError(
                    f"{path.name}, row {number}: {row[column]!r} is no month", remedy="write YYYY-MM"
                )
        yield CountySpell(
            row["fips"],
            row["start_ym"],
            row["end_ym"],
            row["models"],
            row["right_censored_2015_12"].upper() == "TRUE",
        )
