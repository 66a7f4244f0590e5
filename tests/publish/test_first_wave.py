"""The first wave beside a published coding: the page and the table are what the script writes."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from atlas287 import Atlas
from atlas287.publish.first_wave import CODINGS, DIFFERENCE, county_codings, differences
from atlas287.sources.east_2023 import CountySpell, read_county_spells
from tests.conftest import REPO

SCRIPT = REPO / "scripts" / "first_wave.py"


def script() -> ModuleType:
    if not SCRIPT.is_file():
        pytest.skip(f"no {SCRIPT}: scripts do not ship with the source distribution")
    spec = importlib.util.spec_from_file_location("first_wave", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.needs("data")
def test_page_and_table_are_up_to_date(atlas: Atlas, data: Path) -> None:
    made = script()
    page, codings = made.made(atlas.db, data)
    assert made.PAGE.read_text(encoding="utf-8") == page, "run scripts/first_wave.py"
    assert CODINGS.read_text(encoding="utf-8") == codings, "run scripts/first_wave.py"
    width = None
    for line in page.splitlines():
        cells = line.count("|") if line.startswith("|") else None
        assert None in (width, cells) or width == cells, line
        width = cells


@pytest.mark.needs("data")
def test_every_county_of_the_study_agrees_or_is_a_row(atlas: Atlas, data: Path) -> None:
    study = list(read_county_spells(data / "history" / "east_et_al_2023_county_spells.csv"))
    found = list(differences(atlas.db, study))
    ours = county_codings(atlas.db)
    told = {d.fips for d in found}
    for theirs in study:
        own = ours.get(theirs.fips)
        if theirs.fips not in told:
            assert own and len(own) == 1
            assert own[0].start_low <= theirs.start <= own[0].start
            assert (own[0].end is None) == theirs.open
    for fips in set(ours) - {s.fips for s in study}:
        assert ("only ours", fips) in {(d.about, d.fips) for d in found}
    assert all(d.reason for d in found)


def test_the_table_that_ships_has_its_columns() -> None:
    with CODINGS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows and list(rows[0]) == list(DIFFERENCE)
    assert all(r["reason"] and r["about"] for r in rows)


def harris(
    start: str = "2008-08", end: str = "2015-12", models: str = "Jail Enforcement", still: bool = True
) -> CountySpell:
    return CountySpell("48201", start, end, models, still)


@pytest.mark.parametrize(
    ("spell", "about"),
    [
        (harris(), None),
        (harris(start="2008-07"), "start"),
        (harris(start="2008-09"), "start"),
        (harris(end="2014-06", still=False), "end"),
        (harris(models="Hybrid / Jail Enforcement"), "models"),
        (CountySpell("48453", "2008-08", "2015-12", "Task Force", True), "only theirs"),
    ],
)
def test_each_kind_of_difference(atlas: Atlas, spell: CountySpell, about: str | None) -> None:
    """Harris County signed on 20 July 2008 and stayed until 2017; Travis County never signed."""
    found = [d.about for d in differences(atlas.db, [spell]) if d.fips == spell.fips]
    assert found == ([about] if about else [])
    if spell.fips != "48201":
        assert "48201" in {d.fips for d in differences(atlas.db, [spell]) if d.about == "only ours"}
