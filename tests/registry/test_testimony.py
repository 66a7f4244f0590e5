"""Testimony: names to agencies, words to facts, and what is set aside with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from atlas287 import Atlas
from atlas287.registry.verdicts import Verdicts
from atlas287.sources.testimony import Statement
from tests.registry.story import Told, row, said, tell, verdicts

FOO = "Foo County Sheriff's Office"
HARRIS = "Harris County Sheriff's Office"


def signed(state: str, agency: str, day: str = "2008-07-20", model: str | None = None) -> Statement:
    return Statement(0, state, agency, model, "signed", day)


def stood(state: str, agency: str, model: str | None = "Jail Enforcement") -> Statement:
    return Statement(0, state, agency, model, "stood", "2009-10-28")


def seen(state: str, agency: str, first: str, last: str) -> Statement:
    return Statement(0, state, agency, "Jail Enforcement", "seen", first, last)


def heard(*statements: Statement, by: Verdicts | None = None, source: str = "oig-2009") -> Told:
    """One statement a row, beside a list of two agencies."""
    listed = {
        row("TX", HARRIS, "jem", "2025-02-01"): "x",
        row("TX", "Marshal of Foo", "tfm", "2025-02-01"): "x",
    }
    return tell(listed, by=by, statements=said(source, *([s] for s in statements)))


def tied(told: Told) -> list[tuple[str, str]]:
    return told.ask(
        "SELECT agency_id, rule FROM testimony JOIN agency USING (agency_no) ORDER BY testimony.rowid"
    )


def aside(told: Told) -> list[tuple[str, str]]:
    """(reason, remedy) of every statement set aside."""
    return told.ask("SELECT reason, remedy FROM quarantine WHERE what = 'testimony' ORDER BY row")


def test_a_name_goes_to_the_agency_that_has_it() -> None:
    assert tied(heard(signed("Texas", "HARRIS COUNTY SHERIFF’S OFFICE"))) == [
        ("tx-harris-county-sheriff", "same name")
    ]


def test_a_longer_form_of_one_agency_is_that_agency() -> None:
    told = heard(signed("TX", "Texas Marshal of Foo"))
    assert tied(told) == [("tx-marshal-of-foo", "longer form")]


def test_what_no_list_printed_is_an_agency_of_its_own() -> None:
    told = heard(stood("Virginia", "Herndon Police Department"), signed("VIRGINIA", "Herndon Police Dept."))
    assert tied(told) == [("va-herndon-police", "as printed"), ("va-herndon-police", "same name")]
    assert told.ask("SELECT status FROM agency WHERE state = 'VA'") == ["unlisted"]


def test_one_name_in_two_states_is_two_agencies() -> None:
    told = heard(
        stood("Arkansas", "Washington County Sheriff's Office"), stood("Utah", "Washington County Sheriff")
    )
    assert [a for a, _ in tied(told)] == ["ar-washington-county-sheriff", "ut-washington-county-sheriff"]


def test_a_verdict_ties_a_name_of_one_source_or_of_all(tmp_path: Path) -> None:
    by = verdicts(
        tmp_path,
        testimony=[
            ["oig-2009", "TX", "Houston's Sheriff", HARRIS, "same day"],
            ["", "TX", "Harris Jail", HARRIS, "same day"],
            ["crs-2009", "TX", "Other", HARRIS, "same day"],
        ],
    )
    told = heard(signed("TX", "Houston's Sheriff"), signed("TX", "Harris Jail"), stood("TX", "Other"), by=by)
    harris = ("tx-harris-county-sheriff", "verdict")
    assert tied(told) == [harris, harris, ("tx-other", "as printed")]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (signed("Texas", HARRIS, "2008-06-31"), "'2008-06-31' is no day: no such day"),
        (signed("Texas", HARRIS, "5025-06-30"), "'5025-06-30' is no day: impossible year"),
        (signed("Texas", HARRIS, "3008-06-30"), "'3008-06-30' is no day: impossible year"),
        (signed("Texas", HARRIS, ""), "'' is no day: blank"),
        (signed("Texas", HARRIS, "spring"), "'spring' is no day: not a date"),
        (signed("Texas", HARRIS, "2009-10-29"), "signed on 2009-10-29, after the source's last sight of it"),
        (seen("Texas", HARRIS, "2010-02-30", "2011-01-01"), "'2010-02-30' is no day"),
        (seen("Texas", HARRIS, "2010-02-28", "2011-02-29"), "'2011-02-29' is no day"),
        (
            seen("Texas", HARRIS, "2012-01-01", "2011-01-01"),
            "it begins on 2012-01-01 after it ends on 2011-01-01",
        ),
        (signed("Narnia", HARRIS), "the state 'Narnia' is none"),
        (signed("", HARRIS), "the state '' is none"),
        (
            signed("Ohio", "Mecklenburg County Sheriff's Office"),
            "OH has no mecklenburg county; NC, VA have one",
        ),
        (signed("Maryland", "Hartford County Sheriff's Office"), "MD has no hartford county; CT has one"),
        (stood("Texas", HARRIS, "Space Force"), "the support model 'Space Force' is none"),
        (signed("Texas", " "), "no agency is named"),
    ],
)
def test_what_cannot_be_is_set_aside_with_its_reason(statement: Statement, reason: str) -> None:
    told = heard(statement, signed("Texas", HARRIS))
    ((why, remedy),) = aside(told)
    assert why.startswith("oig_2009_agreements.csv, row 1: ") and reason in why
    assert remedy
    assert len(tied(told)) == 1, "the next row is read"
    (kept,) = told.ask("SELECT cells FROM quarantine WHERE what = 'testimony'")
    assert json.loads(kept)["says"] == statement.says


def test_a_name_that_may_be_two_agencies_is_set_aside() -> None:
    listed = {
        row("TX", "Texas Foo Rangers", "tfm", "2025-02-01"): "x",
        row("TX", "Foo Rangers Office", "tfm", "2025-02-01"): "x",
    }
    told = tell(listed, statements=said("oig-2009", [signed("TX", "Foo Rangers")]))
    ((why, remedy),) = aside(told)
    assert "may be several agencies of TX" in why and "corrections/testimony.csv: oig-2009,TX" in remedy


def test_a_roster_cannot_print_a_signing_to_come() -> None:
    rows = [
        signed("TX", HARRIS, "2012-06-28"),
        signed("TX", HARRIS),
        seen("TX", HARRIS, "2010-10-29", "2011-09-02"),
    ]
    told = tell({row("FL", "Bar Police"): "x"}, statements=said("rosters-2010-2017", rows))
    ((why, _),) = aside(told)
    assert "signed on 2012-06-28, after the source's last sight of it (2011-09-02)" in why
    assert len(tied(told)) == 2


def test_every_statement_is_read_or_set_aside() -> None:
    told = heard(signed("Texas", HARRIS), signed("Narnia", HARRIS))
    (check,) = [c for c in _checks(told) if c.name == "testimony"]
    assert (check.expected, check.found, check.result) == ("2", "2", "pass")


def _checks(told: Told) -> list[object]:
    from atlas287.registry.checks import run_checks
    from atlas287.registry.tables import Tables

    tables = dict(Tables(told.made).all()) | {"quarantine": []}
    return list(run_checks(told.made, tables, [], False))


def test_a_source_that_repeats_itself_is_kept_once_a_row() -> None:
    one = signed("TX", HARRIS)
    told = tell(
        {row("FL", "Bar Police"): "x"},
        statements=said("oig-2009", [one, one._replace(day="07/20/2008")], [one]),
    )
    assert told.ask("SELECT row, day FROM testimony ORDER BY row") == [(1, "2008-07-20"), (2, "2008-07-20")]
    assert told.ask("SELECT rows FROM source WHERE source_id = 'oig-2009'") == [2]


def test_no_testimony_at_all() -> None:
    told = tell({row("TX", FOO): "x"}, statements=pl.DataFrame(schema=said("oig-2009").schema))
    assert tied(told) == aside(told) == []
    assert told.ask("SELECT count(*) FROM spell") == [1]


# The register as it is ----------------------------------------------------------------------------


def test_nothing_that_ships_is_set_aside(atlas: Atlas) -> None:
    assert atlas.db.execute("SELECT count(*) FROM quarantine WHERE what = 'testimony'").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("state", "printed", "agency"),
    [
        ("MARYLAND", "Hartford County Sheriff's Office", "md-harford-county-sheriff"),
        ("ARKANSAS", "Washington County Sheriff's Office", "ar-washington-county-sheriff"),
        ("UTAH", "Washington County Sheriff's Office", "ut-washington-county-sheriff"),
        ("Virginia", "Herndon County Sheriff's Office", "va-herndon-police"),
        ("Virginia", "Prince William County Police Department", "va-prince-william-county-police"),
        ("Virginia", "Prince William County Sheriff's Office", "va-prince-william-county-sheriff"),
        (
            "Virginia",
            "Prince William-Manassas Regional Jail",
            "va-prince-william-manassas-regional-adult-detention-center",
        ),
        ("Alabama", "AL State Police", "al-department-of-public-safety"),
        ("Florida", "Jacksonville County Sheriff's Office", "fl-jacksonville-sheriff"),
    ],
)
def test_known_traps(atlas: Atlas, state: str, printed: str, agency: str) -> None:
    found = atlas.db.execute(
        "SELECT DISTINCT agency_id FROM testimony JOIN agency USING (agency_no) "
        "WHERE printed_state = ? AND printed = ?",
        (state, printed),
    ).fetchall()
    assert [f[0] for f in found] == [agency]


def test_no_source_names_one_agency_in_two_rows_but_for_renewals_and_new_names(atlas: Atlas) -> None:
    """Two rows tied to one agency would be two agencies tied wrongly."""
    twice = atlas.db.execute(
        "SELECT source_id, agency_id, count(DISTINCT row) FROM testimony JOIN agency USING (agency_no) "
        "WHERE source_id <> 'ice-archive' GROUP BY 1, 2 HAVING count(DISTINCT row) > 1 ORDER BY 2"
    ).fetchall()
    assert [tuple(r) for r in twice] == [
        ("rosters-2010-2017", "ca-san-bernardino-county-sheriff", 2),  # its addendum
        ("rosters-2010-2017", "md-harford-county-sheriff", 2),  # Hartford
        ("rosters-2010-2017", "va-prince-william-manassas-regional-adult-detention-center", 2),
    ]
