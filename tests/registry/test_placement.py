"""Every agency of the register in its place: the figures of the real lists, verdicts, and checks."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas287 import Atlas, bundle
from atlas287.errors import BuildError
from atlas287.registry.assemble import assemble
from atlas287.registry.placement import Placed, place
from atlas287.registry.placement_checks import placement_checks, roster_check
from atlas287.registry.places import Counties
from atlas287.registry.roster import Roster
from atlas287.registry.schema import TABLES
from atlas287.registry.tables import Tables
from atlas287.registry.verdicts import Verdicts

from .story import History, no_verdicts, real_county, record_of, row, verdicts

COUNTIES = Counties.read(bundle.COUNTIES)


def placed(history: History, by: Verdicts | None = None) -> list[Placed]:
    """The agencies of a story in their places, by the roster that ships."""
    chosen = by or no_verdicts()
    made = assemble(record_of(history), chosen, real_county())
    return place(made, Roster.read(bundle.AGENCIES, COUNTIES), COUNTIES, chosen)


def only(history: History, by: Verdicts | None = None) -> Placed:
    (one,) = placed(history, by)
    return one


# The real lists ----------------------------------------------------------------------------------


def agency(atlas: Atlas, agency_id: str) -> dict[str, Any]:
    found: dict[str, Any] = atlas.history(agency_id)["agency"]
    return found


def test_nearly_every_agency_that_the_roster_holds_has_its_ori(atlas: Atlas) -> None:
    local = "status = 'active' AND level != 'State'"
    ask = atlas.db.execute
    agencies = ask(f"SELECT count(*) FROM agency WHERE {local}").fetchone()[0]
    matched = ask(
        f"SELECT count(*) FROM agency JOIN ori USING (agency_no) WHERE {local} AND current"
    ).fetchone()[0]
    either = ask(
        f"SELECT count(*) FROM agency JOIN doubt USING (agency_no) "
        f"WHERE {local} AND about = 'ori' AND result = 'ambiguous'"
    ).fetchone()[0]
    missing = ask(
        f"SELECT count(*) FROM agency JOIN doubt USING (agency_no) "
        f"WHERE {local} AND about = 'ori' AND result = 'missing'"
    ).fetchone()[0]
    assert (agencies, matched, either, missing) == (1415, 1293, 12, 110)
    assert matched / (matched + either) >= 0.97


def test_nearly_every_agency_below_state_level_has_its_county(atlas: Atlas) -> None:
    ask = (
        "SELECT count(DISTINCT agency_no) FROM agency {} JOIN place USING (agency_no) WHERE level != 'State'"
    )
    of, without = (atlas.db.execute(ask.format(side)).fetchone()[0] for side in ("LEFT", ""))
    assert without / of >= 0.99


def test_nothing_that_is_missing_is_without_its_reason(atlas: Atlas) -> None:
    lost = atlas.db.execute(
        "SELECT agency_id FROM agency WHERE agency_no NOT IN (SELECT agency_no FROM ori) "
        "AND agency_no NOT IN (SELECT agency_no FROM doubt WHERE about = 'ori' AND why != '')"
    ).fetchall()
    assert lost == []
    nowhere = atlas.db.execute(
        "SELECT agency_id FROM agency WHERE level != 'State' "
        "AND agency_no NOT IN (SELECT agency_no FROM place) "
        "AND agency_no NOT IN (SELECT agency_no FROM doubt WHERE about = 'county')"
    ).fetchall()
    assert nowhere == []


def test_no_match_crosses_a_state(atlas: Atlas) -> None:
    rows = atlas.db.execute("SELECT state, substr(ori, 1, 2) FROM agency JOIN ori USING (agency_no)")
    assert {(state, prefix) for state, prefix in rows if state != prefix} == {("NE", "NB")}


@pytest.mark.parametrize(
    ("agency_id", "ori", "counties", "level"),
    [
        ("md-frederick-county-sheriff", "MD0110000", ["24021"], "County"),
        ("tx-jackson-county-sheriff", "TX1200000", ["48239"], "County"),
        ("fl-jacksonville-sheriff", "FL0160000", ["12031"], "County"),
        ("va-hopewell-county-sheriff", None, ["51670"], "County"),
        ("pa-mahoning-township-police-montour", "PA0470200", ["42093"], "Municipal"),
        ("pa-mahoning-township-police", "PA0372000", ["42073"], "Municipal"),
        ("ny-nassau-county-police", "NY0290000", ["36059"], "County"),
        ("ny-nassau-county-sheriff", None, ["36059"], "County"),
        ("az-pinal-county-attorney", None, ["04021"], "County"),
        ("pa-cambria-county-prison", None, ["42021"], "County"),
        ("tx-league-city-police", "TX0840800", ["48167", "48201"], "Municipal"),
        ("fl-florida-state-university-police", "FL0370600", ["12073"], "Campus"),
        ("ne-nebraska-state-patrol", "NBNSP0000", [], "State"),
        (
            "fl-office-of-the-state-attorney-sixth-judicial-circuit",
            None,
            ["12101", "12103"],
            "Judicial District",
        ),
        ("pa-lewistown-borough-constable", None, ["42087"], "Constable District"),
        ("la-morse-police", None, ["22001"], "Municipal"),
    ],
)
def test_agencies_one_by_one(
    atlas: Atlas, agency_id: str, ori: str | None, counties: list[str], level: str
) -> None:
    found = agency(atlas, agency_id)
    assert (found["ori"], found["county_fips"], found["level"]) == (ori, counties, level)


def test_jacksonville_has_the_ori_it_had_before(atlas: Atlas) -> None:
    found = agency(atlas, "fl-jacksonville-sheriff")
    assert found["former_oris"] == [{"ori": "FL0160200", "last_year": 2020}]
    assert (found["population"], found["officers"]) == (1_008_920, 1887)


def test_a_population_not_given_is_none(atlas: Atlas) -> None:
    assert agency(atlas, "pa-lancaster-county-sheriff")["population"] is None
    assert atlas.db.execute("SELECT count(*) FROM ori WHERE population = 0").fetchone()[0] == 0


def test_every_way_of_matching_is_one_of_those_described(atlas: Atlas) -> None:
    ways = dict(atlas.db.execute("SELECT how || ', ' || sure, count(*) FROM ori WHERE current GROUP BY 1"))
    assert ways.pop("exact, sure") > 1300
    assert set(ways) == {
        "verdict, sure", "sheriff of the county, sure", "form left out, likely", "fuzzy, likely",
        "county misspelt, likely", "county repeats the name, likely", "statewide row, likely",
        "perhaps a unit of it, likely", "the county's one constable, likely",
        "detectives of the district attorney, likely",
    }  # fmt: skip
    assert sum(ways.values()) < 70


def test_the_levels_are_those_there_are(atlas: Atlas) -> None:
    levels = dict(atlas.db.execute("SELECT level, count(*) FROM agency GROUP BY 1"))
    assert levels.pop("County") + levels.pop("Municipal") > 1390
    assert levels.pop("Constable District") > 50
    assert levels == {"State": 81, "Regional": 13, "Campus": 19, "Port": 4, "Judicial District": 2}


def test_counties_in_doubt_are_counted(atlas: Atlas) -> None:
    counts = dict(
        atlas.db.execute(
            "SELECT result, count(DISTINCT agency_no) FROM doubt WHERE about = 'county' GROUP BY 1"
        )
    )
    assert counts == {"changed": 8, "contradicted": 4, "missing": 6, "no such county": 14}


def test_agencies_as_json(atlas: Atlas, run: Callable[..., Any], bundle_home: Path) -> None:
    rows = run("agencies", "--state", "FL", "--json", home=bundle_home).json
    (found,) = (r for r in rows if r["agency_id"] == "fl-jacksonville-sheriff")
    assert found == {
        "agency_id": "fl-jacksonville-sheriff", "name": "Jacksonville Sheriff's Office", "state": "FL",
        "kind": "sheriff", "type": "County", "county": "duval county", "status": "active",
        "models": ["jem", "tfm"], "first_signed": "2008-07-08", "first_listed": found["first_listed"],
        "last_listed": found["last_listed"], "first_pending": found["first_pending"],
        "last_pending": found["last_pending"], "level": "County", "municipality": None, "ori": "FL0160000",
        "former_oris": [{"ori": "FL0160200", "last_year": 2020}], "county_fips": ["12031"],
        "population": 1_008_920, "officers": 1887,
    }  # fmt: skip


def test_agencies_as_csv(run: Callable[..., Any], bundle_home: Path) -> None:
    rows = {r["agency_id"]: r for r in run("agencies", "--state", "FL", "--csv", home=bundle_home).csv}
    assert rows["fl-jacksonville-sheriff"]["former_oris"] == "FL0160200 2020"
    assert rows["fl-office-of-the-state-attorney-sixth-judicial-circuit"]["county_fips"] == "12101;12103"


def test_one_agency_in_words(run: Callable[..., Any], bundle_home: Path) -> None:
    told = run("agency", "tx-overton-police", home=bundle_home).out
    for line in (
        "Level: Municipal, Overton (a municipal police).",
        "Counties: Rusk County 48401 (roster); Smith County 48423 (roster).",
        "ORI: TX2010300 (Overton, City; exact, sure).",
        "In doubt: county no such county: ICE prints 'overton county'.",
    ):
        assert line in told
    assert "ORI until 2020: FL0160200" in run("agency", "fl-jacksonville-sheriff", home=bundle_home).out


# Verdicts ----------------------------------------------------------------------------------------


TYE = row("TX", "Tye Police Department", county="Galveston County", type="Municipality")


def test_without_a_verdict_a_contradiction_stays_ambiguous() -> None:
    one = only({TYE: "x"})
    assert one.match is None
    assert one.unmatched is not None
    assert one.unmatched.result == "ambiguous"
    assert [how for _, how, _ in one.ground.counties] == ["ICE"]


def test_a_verdict_on_an_ori(tmp_path: Path) -> None:
    by = verdicts(tmp_path, oris=[("TX", "Tye Police Department", "TX2210800", "It is in Taylor County.")])
    one = only({TYE: "x"}, by)
    assert one.match is not None
    assert (one.match.now.ori, one.match.how, one.match.why) == (
        "TX2210800",
        "verdict",
        "It is in Taylor County.",
    )
    assert [code for code, _, _ in one.ground.counties] == ["48441"]
    assert [result for result, _ in one.ground.doubts] == ["contradicted"]


@pytest.mark.parametrize(("said", "result"), [("none", "missing"), ("unclear", "ambiguous")])
def test_a_verdict_that_there_is_none(tmp_path: Path, said: str, result: str) -> None:
    by = verdicts(tmp_path, oris=[("FL", "Apopka Police Department", said, "Looked for.")])
    one = only({row("FL", "Apopka Police Department"): "x"}, by)
    assert one.match is None
    assert one.unmatched is not None
    assert (one.unmatched.result, one.unmatched.kind) == (result, "municipal police")
    assert one.unmatched.why == "verdict: Looked for."


@pytest.mark.parametrize("ori", ["FL0999900", "GA0010000"])  # none's, and another state's
def test_a_verdict_on_an_ori_that_the_state_has_not(tmp_path: Path, ori: str) -> None:
    by = verdicts(tmp_path, oris=[("FL", "Apopka Police Department", ori, "So it is said.")])
    one = only({row("FL", "Apopka Police Department"): "x"}, by)
    assert one.match is None
    assert one.unmatched is not None
    assert f"a verdict says {ori}, which the roster has not in FL" in one.unmatched.why


def test_a_verdict_on_former_oris(tmp_path: Path) -> None:
    by = verdicts(tmp_path, oris=[("FL", "Apopka Police Department", "FL0480100 FL0480700", "Both.")])
    one = only({row("FL", "Apopka Police Department"): "x"}, by)
    assert one.match is not None
    assert [o.ori for o in one.match.former] == ["FL0480700"]


def test_a_verdict_on_the_ground(tmp_path: Path) -> None:
    said = ("NC", "Albemarle District Jail", "Regional", "37029 37139 37143", "", "Its three counties.")
    one = only(
        {row("NC", "Albemarle District Jail", county="Albemarle County"): "x"},
        verdicts(tmp_path, jurisdictions=[said]),
    )
    assert one.ground.level == "Regional"
    assert one.ground.counties == [(f, "verdict", "Its three counties.") for f in ("37029", "37139", "37143")]


@pytest.mark.parametrize(
    ("table", "cells", "complaint"),
    [
        ("oris", ("FL", "Apopka Police Department", "FL04801", "x"), "oris.csv, line 2: 'FL04801' is no ORI"),
        ("oris", ("FL", "Apopka Police Department", "", "x"), "oris.csv, line 2: '' is no ORI"),
        (
            "oris",
            ("FL", "Apopka Police Department", "none", ""),
            "oris.csv, line 2: a verdict without evidence",
        ),
        (
            "oris",
            ("XX", "Apopka Police Department", "none", "x"),
            "oris.csv, line 2: 'XX' means nothing here",
        ),
        (
            "jurisdictions",
            ("FL", "A", "Cosmic", "", "", "x"),
            "jurisdictions.csv, line 2: 'Cosmic' means nothing",
        ),
        (
            "jurisdictions",
            ("FL", "A", "County", "1203", "", "x"),
            "jurisdictions.csv, line 2: '1203' are no counties",
        ),
    ],
)
def test_a_verdict_that_cannot_be_read(
    tmp_path: Path, table: str, cells: Sequence[str], complaint: str
) -> None:
    with pytest.raises(BuildError) as refused:
        verdicts(tmp_path, **{table: [cells]})
    assert complaint in refused.value.message


def test_verdicts_that_ship_name_agencies_that_there_are(atlas: Atlas) -> None:
    """Each is on an agency of the register, and does what it says."""
    used = {why for (why,) in atlas.db.execute("SELECT why FROM ori WHERE how = 'verdict'")}
    used |= {why.removeprefix("verdict: ") for (why,) in atlas.db.execute("SELECT why FROM doubt")}
    used |= {why for (why,) in atlas.db.execute("SELECT why FROM place WHERE how = 'verdict'")}
    used |= {why.removeprefix("verdict: ") for (why,) in atlas.db.execute("SELECT level_why FROM agency")}
    from atlas287.registry.verdicts import read_verdicts

    shipped = read_verdicts()
    for said in (*shipped.oris.values(), *shipped.grounds.values()):
        assert said.evidence in used


# Spellings ---------------------------------------------------------------------------------------


def test_rows_under_another_body_s_name_do_not_lend_its_ori(tmp_path: Path) -> None:
    """A verdict may say that rows of the sheriff's name are the prison's; they do not make it him."""
    prison, rows = "Cambria County Prison", row("PA", "Cambria County Sheriff's Office", "wso")
    by = verdicts(
        tmp_path, names=[("PA", "Cambria County Sheriff's Office", "wso", "2025-03-01", prison, "One row.")]
    )
    one = only({rows: "x.", row("PA", prison, "wso"): ".x"}, by)
    assert one.match is None
    assert one.unmatched is not None
    assert one.unmatched.kind == "jails"


def test_a_spelling_given_up_comes_last() -> None:
    history = {
        row("FL", "Macro Island Police Department"): "xx..",
        row("FL", "Marco Island Police Department"): "..xx",
    }
    one = only(history)
    assert one.match is not None
    assert (one.match.now.ori, one.match.how) == ("FL0110300", "exact")


def test_the_newest_county_counts_and_the_change_is_told() -> None:
    """Pennsylvania's roster has a Union Township in Lawrence County, none in Washington County."""
    before, after = (
        row("PA", "Union Township Police Department", county=county)
        for county in ("Lawrence County", "Washington County")
    )
    one = only({before: "xx.", after: "..x"})
    assert one.unmatched is not None
    assert one.unmatched.result == "ambiguous"
    assert [code for code, _, _ in one.ground.counties] == ["42125"]
    assert ("changed", "ICE's COUNTY has said Lawrence County, then Washington County") in one.ground.doubts
    back = only({after: "xx.", before: "..x"})
    assert back.match is not None
    assert back.match.now.ori == "PA0370800"


# Checks ------------------------------------------------------------------------------------------


def tables_of(history: History) -> dict[str, list[Any]]:
    made = assemble(record_of(history), no_verdicts(), real_county())
    found = place(made, Roster.read(bundle.AGENCIES, COUNTIES), COUNTIES, no_verdicts())
    return {name: [list(r) for r in rows] for name, rows in Tables(made, found, COUNTIES).all()}


def column(table: str, name: str) -> int:
    return [c.name for c in TABLES[table].columns].index(name)


def failing(tables: dict[str, list[Any]]) -> set[str]:
    return {c.name for c in placement_checks(tables) if c.result == "fail"}


BOTH = {
    row("FL", "Apopka Police Department", type="Municipality"): "x",
    row("GA", "Cobb County Sheriff's Office", type="County"): "x",
    row("ID", "Idaho State Police", type="State Agency"): "x",
}


def test_good_tables_fail_no_check() -> None:
    assert failing(tables_of(BOTH)) == set()


@pytest.mark.parametrize(
    ("table", "name", "value", "check"),
    [
        ("ori", "ori", "GA0480100", "oris in their states"),
        ("place", "fips", "13067", "counties in their states"),
    ],
)
def test_what_crosses_a_state_fails(table: str, name: str, value: str, check: str) -> None:
    tables = tables_of({**BOTH, row("FL", "Alachua Police Department", type="Municipality"): "x"})
    tables[table][0][column(table, name)] = value
    assert failing(tables) == {check}


def test_two_current_oris_fail() -> None:
    tables = tables_of(BOTH)
    tables["ori"].append([*tables["ori"][0]])
    tables["ori"][-1][column("ori", "ori")] = "FL0480200"
    assert failing(tables) == {"one ori now"}


def test_a_state_s_agency_with_a_county_fails() -> None:
    tables = tables_of(BOTH)
    (no,) = (a[0] for a in tables["agency"] if a[column("agency", "level")] == "State")
    tables["place"].append([no, "16001", "Ada County", "name", "x"])
    assert failing(tables) == {"statewide"}


def test_reports_count_what_is_there_and_missing() -> None:
    told = {
        c.name: c.found
        for c in placement_checks(tables_of({**BOTH, row("PA", "Unity Township Constable"): "x"}))
    }
    assert told["oris"] == "2 of 3; 100.0% of 2"
    assert told["counties"] == "2 of 3; 66.7%"
    assert told["no ori: constables, missing"] == "1"
    assert told["counties: missing"] == "1"
    assert told["one ori, two agencies"] == "0"


def test_two_agencies_of_one_ori_are_told() -> None:
    names = ("Moore County Sheriff's Office", "Metropolitan Moore County Sheriff's Office")
    tables = tables_of({row("TN", name): "xx" for name in names})
    (told,) = (c for c in placement_checks(tables) if c.name == "one ori, two agencies")
    assert told.found == "1"
    assert told.rows[0][0] == "TN0640000"


def test_tables_of_agencies_not_placed_pass_in_silence() -> None:
    made = assemble(record_of(BOTH), no_verdicts(), real_county())
    assert list(placement_checks(dict(Tables(made).all()))) == []


def test_counties_of_the_roster_that_are_nowhere_are_counted() -> None:
    table = pl.DataFrame(
        [
            ("FL", "DUVAL"), ("FL", "DUVAL|ATLANTIS"), ("GA", "ATLANTIS"), ("GA", "ATLANTIS"), ("GA", ""),
            ("CT", "SOUTH CENTRAL CONNECTICUT PLANNING REGION"), ("AL", "DUVAL"),
        ],
        schema=["state", "counties"], orient="row",
    ).with_columns(group=pl.lit("g"), key=pl.lit("k"))  # fmt: skip
    nowhere = Roster(table, COUNTIES).nowhere()
    assert nowhere == [("AL", "DUVAL", 1), ("FL", "ATLANTIS", 1), ("GA", "ATLANTIS", 2)]
    told = roster_check(nowhere)
    assert (told.name, told.found, told.result) == ("roster: no such county", "4", "info")


def test_the_roster_that_ships_prints_counties_that_are_nowhere(atlas: Atlas) -> None:
    """Connecticut's planning regions across county lines, and one federal office."""
    found = atlas.db.execute("SELECT found, rows FROM checks WHERE name = 'roster: no such county'")
    ((count, rows),) = found
    assert (count, {state for state, *_ in json.loads(rows)}) == ("82", {"CT", "FS"})


def test_two_bodies_that_a_list_may_have_mixed_up_share_no_ori(atlas: Atlas) -> None:
    assert agency(atlas, "tn-moore-county-sheriff")["ori"] is None
    assert agency(atlas, "tn-metropolitan-moore-county-sheriff")["ori"] == "TN0640000"


def test_municipalities_by_verdict(atlas: Atlas) -> None:
    smiley = agency(atlas, "tx-smiley-city-marshal")
    assert (smiley["ori"], smiley["municipality"]) == ("TX0891000", "Smiley")
    township = agency(atlas, "pa-pennsylvania-state-constable-sheriff-middleton-township")
    assert (township["municipality"], township["county_fips"]) == ("South Middleton Township", ["42041"])
