"""Ends that people documented: what they do to a spell, and bad rows of the files that hold them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas287 import Atlas
from atlas287.errors import BuildError
from atlas287.registry.checks import run_checks
from atlas287.registry.tables import Tables
from atlas287.registry.verdicts import COLUMNS, read_verdicts
from atlas287.sources.testimony import Statement
from tests.registry.story import Told, row, said, tell, verdicts

HARRIS = "Harris County Sheriff's Office"


def own(says: str, day: str, model: str | None = None, until: str | None = None) -> Statement:
    return Statement(0, "TX", HARRIS, model, says, day, until)


JAIL = said(
    "rosters-2010-2017", [own("signed", "2008-07-20"), own("seen", "2010-10-29", "JEO", "2012-10-02")]
)
#: The roster that lacks it is of 16 October 2012.
AFTER = said(
    "oig-2009", [Statement(0, "TX", "Bexar County Sheriff's Office", "Hybrid", "stood", "2012-10-16")]
)
SWITCHED = pl.concat(
    [
        said("oig-2009", [own("signed", "2008-02-29"), own("stood", "2009-10-28", "Hybrid")]),
        said("rosters-2010-2017", [own("seen", "2010-10-29", "JEO", "2017-08-01")]),
    ]
)


def story(place: Path, statements: pl.DataFrame, *endings: tuple[str, str, str], name: str = HARRIS) -> Told:
    """(model, not before, not after) of each verdict."""
    rows = [["TX", name, *e, "sheriff", "a paper", "it says so"] for e in endings]
    return tell({row("FL", "Bar Police"): "x"}, by=verdicts(place, endings=rows), statements=statements)


def ends(told: Told) -> list[tuple[object, ...]]:
    """(model, starts_from, starts_by, ends_from, ends_by, ended_by, doubt) of Harris County's spells."""
    return told.ask(
        "SELECT model, starts_from, starts_by, ends_from, ends_by, ended_by, doubt FROM spell "
        "JOIN agency USING (agency_no) WHERE agency_id = 'tx-harris-county-sheriff' ORDER BY starts_by"
    )


@pytest.mark.parametrize(
    ("first", "last", "became"),
    [
        ("2012-10-09", "2012-10-09", ("2012-10-09", "2012-10-09")),
        ("2012-10-02", "2012-10-02", ("2012-10-02", "2012-10-02")),
        ("2012-10-16", "2012-10-16", ("2012-10-16", "2012-10-16")),
        ("2012-10-05", "2012-10-10", ("2012-10-05", "2012-10-11")),  # the day after is the first not in force
        ("2012-01-01", "2012-12-31", ("2012-10-02", "2012-10-16")),  # no narrower than the sources
        ("2012-10-10", "2013-10-10", ("2012-10-10", "2012-10-16")),
    ],
)
def test_an_ending_narrows_what_the_sources_leave(
    tmp_path: Path, first: str, last: str, became: tuple[str, str]
) -> None:
    ((_, _, _, low, high, by, doubt),) = ends(story(tmp_path, pl.concat([JAIL, AFTER]), ("jem", first, last)))
    assert (low, high, by, doubt) == (*became, "sheriff", None)


@pytest.mark.parametrize(
    ("day", "doubt"),
    [
        ("2012-09-18", "sources go on printing it until 2012-10-02"),
        ("2012-11-10", "the source of 2012-10-16 lacks it already"),
    ],
)
def test_what_sources_print_a_little_out_of_step_gives_way_and_is_told(
    tmp_path: Path, day: str, doubt: str
) -> None:
    told = story(tmp_path, pl.concat([JAIL, AFTER]), ("jem", day, day))
    ((*_, low, high, by, said_so),) = ends(told)
    assert (low, high, by, said_so) == (day, day, "sheriff", doubt)
    assert told.ask("SELECT about, one, other, taken FROM disagreement") == [
        ("end of jem", f"a paper: {day}", doubt, day)
    ]


@pytest.mark.parametrize("day", ["2012-08-31", "2012-11-17", "2007-01-01"])
def test_an_ending_that_no_spell_leaves_room_for_does_nothing_and_is_told(tmp_path: Path, day: str) -> None:
    told = story(tmp_path, pl.concat([JAIL, AFTER]), ("jem", day, day))
    ((*_, low, high, by, doubt),) = ends(told)
    assert (low, high, by, doubt) == ("2012-10-02", "2012-10-16", None, None)
    checks = run_checks(told.made, dict(Tables(told.made).all()) | {"quarantine": []}, [], False)
    (idle,) = (c for c in checks if c.name == "idle endings")
    assert idle.found == "1" and "jem" in str(idle.rows)


def test_an_ending_is_of_its_model_alone(tmp_path: Path) -> None:
    ((*_, by, _),) = ends(story(tmp_path, pl.concat([JAIL, AFTER]), ("tfm", "2012-10-09", "2012-10-09")))
    assert by is None
    ((*_, by, _),) = ends(story(tmp_path, pl.concat([JAIL, AFTER]), ("", "2012-10-09", "2012-10-09")))
    assert by == "sheriff"


def test_the_first_that_fits_a_spell_is_its_ending(tmp_path: Path) -> None:
    told = story(
        tmp_path,
        pl.concat([JAIL, AFTER]),
        ("jem", "2012-10-09", "2012-10-09"),
        ("jem", "2012-10-14", "2012-10-14"),
    )
    assert ends(told)[0][3] == "2012-10-09"


def test_where_one_model_goes_over_into_another_the_end_is_the_others_start(tmp_path: Path) -> None:
    hybrid, jail = ends(story(tmp_path, SWITCHED, ("hybrid", "2012-06-25", "2012-06-25")))
    assert hybrid[3:5] == ("2012-06-25", "2012-06-25")
    assert jail[1:3] == ("2012-06-26", "2012-06-26")
    hybrid, jail = ends(story(tmp_path / "range", SWITCHED, ("hybrid", "2012-01-01", "2012-12-31")))
    assert hybrid[3:5] == ("2012-01-01", "2013-01-01")
    assert jail[1:3] == ("2012-01-02", "2013-01-01")


@settings(max_examples=15)
@given(st.dates(date(2009, 1, 1), date(2018, 1, 1)), st.integers(0, 500))
def test_no_ending_turns_a_spell_around(
    tmp_path_factory: pytest.TempPathFactory, first: date, days: int
) -> None:
    last = date.fromordinal(first.toordinal() + days)
    for model in ("hybrid", "jem"):
        told = story(
            tmp_path_factory.mktemp("endings"), SWITCHED, (model, first.isoformat(), last.isoformat())
        )
        for _, starts_from, starts_by, ends_from, ends_by, *_ in ends(told):
            assert starts_from <= starts_by <= ends_from <= ends_by


def test_an_ending_of_every_agency_needs_a_model(tmp_path: Path) -> None:
    both = pl.concat([JAIL, AFTER])
    told = tell(
        {row("FL", "Bar Police"): "x"},
        by=verdicts(tmp_path, endings=[["", "", "jem", "2012-10-09", "2012-10-09", "expiry", "x", "y"]]),
        statements=both,
    )
    assert ends(told)[0][5] == "expiry"


ENDING = ["TX", HARRIS, "jem", "2012-10-09", "2012-10-09", "sheriff", "a paper", "it says so"]
CONTINUED = ["TX", HARRIS, "jem", "2012-10-09", "2013-10-09", "a paper", "it says so"]


@pytest.mark.parametrize(
    ("file", "column", "text", "message"),
    [
        ("endings", "state", "Texas", "'Texas' means nothing here"),
        ("endings", "state", "", "'' means nothing here"),
        ("endings", "name", "", "names no agency"),
        ("endings", "model", "jail", "'jail' means nothing here"),
        ("endings", "not_before", "2012-06-31", "'2012-06-31' is not a day"),
        ("endings", "not_before", "", "'' is not a day"),
        ("endings", "not_before", "2012-10-10", "not_before 2012-10-10 is after not_after 2012-10-09"),
        ("endings", "ended_by", "court", "'court' means nothing here"),
        ("endings", "source", " ", "a verdict without a source"),
        ("endings", "evidence", "", "a verdict without evidence"),
        ("continuity", "state", "", "'' means nothing here"),
        ("continuity", "name", " ", "names no agency"),
        ("continuity", "model", "jail", "'jail' means nothing here"),
        ("continuity", "until", "2012-09-31", "'2012-09-31' is not a day"),
        ("continuity", "until", "2011-09-30", "from 2012-10-09 is after until 2011-09-30"),
        ("continuity", "source", "", "a verdict without a source"),
        ("testimony", "name", "", "names no agency"),
        ("testimony", "evidence", "", "a verdict without evidence"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(
    tmp_path: Path, file: str, column: str, text: str, message: str
) -> None:
    rows = {
        "endings": ENDING,
        "continuity": CONTINUED,
        "testimony": ["oig-2009", "TX", "Houston's Sheriff", HARRIS, "same day"],
    }
    cells = list(rows[file])
    cells[COLUMNS[file].index(column)] = text
    with pytest.raises(BuildError, match=message) as said_so:
        verdicts(tmp_path, **{file: [rows[file], cells]})
    assert f"{file}.csv, line 3" in str(said_so.value) and said_so.value.remedy


def test_neither_state_nor_name_nor_model_ends_everything(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="means nothing here"):
        verdicts(tmp_path, endings=[["", "", "", *ENDING[3:]]])


# The register as it is ----------------------------------------------------------------------------


def test_every_ending_that_ships_is_taken_by_a_spell(atlas: Atlas) -> None:
    (found,) = atlas.checks().filter(name="idle endings").to_dicts()
    assert found["found"] == "0"
    taken = atlas.db.execute("SELECT count(*) FROM spell WHERE ended_source IS NOT NULL").fetchone()[0]
    assert taken >= sum(map(len, read_verdicts().endings.values()))


def test_nobody_ended_an_agreement_by_absence(atlas: Atlas) -> None:
    rows = atlas.db.execute(
        "SELECT * FROM spell WHERE ended_by IS NOT NULL AND ended_source IS NULL"
    ).fetchall()
    assert rows == []


@pytest.mark.parametrize(
    ("agency", "model", "end", "by"),
    [
        ("az-maricopa-county-sheriff", "jem", "2011-12-15", "ICE"),
        ("az-pima-county-sheriff", "jem", "2012-06-25", "ICE"),
        ("nc-mecklenburg-county-sheriff", "jem", "2018-12-05", "sheriff"),
        ("ga-department-of-public-safety", "tfm", "2012-12-31", "expiry"),
        ("ca-orange-county-sheriff", "jem", "2017-12-27", "law"),
        ("ma-barnstable-county-sheriff", "jem", "2023-01-04", "sheriff"),
        ("nc-alamance-county-sheriff", "jem", "2012-09-18", "ICE"),
    ],
)
def test_known_ends(atlas: Atlas, agency: str, model: str, end: str, by: str) -> None:
    found = atlas.db.execute(
        "SELECT ends_from, ends_by, ended_by FROM spell JOIN agency USING (agency_no) "
        "WHERE agency_id = ? AND model = ? AND ended_by IS NOT NULL",
        (agency, model),
    ).fetchall()
    assert (end, end, by) in [tuple(r) for r in found]
