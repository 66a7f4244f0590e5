"""The study's county spells: what is read, and that a bad row is refused by its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas287.errors import BuildError
from atlas287.sources.east_2023 import COLUMNS, CountySpell, read_county_spells

HEAD = ",".join(COLUMNS)


def write(place: Path, *rows: str, head: str = HEAD) -> Path:
    path = place / "spells.csv"
    path.write_text("\n".join([head, *rows]) + "\n")
    return path


def test_spells_in_order_of_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "04013,2007-03,2012-12,Hybrid / Task Force,FALSE",
        "01055,2008-08,2015-12,Jail Enforcement,TRUE",
    )
    assert list(read_county_spells(path)) == [
        CountySpell("04013", "2007-03", "2012-12", "Hybrid / Task Force", False),
        CountySpell("01055", "2008-08", "2015-12", "Jail Enforcement", True),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("4013,2007-03,2012-12,x,FALSE", "row 2: '4013' is no county"),
        ("04013,2007-13,2012-12,x,FALSE", "row 2: '2007-13' is no month"),
        ("04013,2007-03,,x,FALSE", "row 2: '' is no month"),
        ("04013,2007-03,2012-12", "row 2: fewer cells"),
        ("04013,2007-03,2012-12,x,FALSE,y", "row 2: more cells"),
    ],
)
def test_a_bad_row_is_refused(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(BuildError, match=message):
        list(read_county_spells(write(tmp_path, "01055,2008-08,2015-12,Jail,TRUE", row)))


def test_a_missing_column(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="has no column right_censored_2015_12"):
        list(read_county_spells(write(tmp_path, head="fips,start_ym,end_ym,models")))


@pytest.mark.needs("data")
def test_the_study(data: Path) -> None:
    spells = list(read_county_spells(data / "history" / "east_et_al_2023_county_spells.csv"))
    assert len(spells) == len({s.fips for s in spells}) == 51
    assert all(s.start <= s.end for s in spells)
    assert all(s.end == "2015-12" for s in spells if s.open)
