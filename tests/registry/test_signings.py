"""Signings: several sources' words on one signing are one, and what they disagree on is kept."""

from __future__ import annotations

import polars as pl

from atlas287 import Atlas
from atlas287.sources.testimony import Statement
from tests.registry.story import Told, row, said, tell

FOO = "Harris County Sheriff's Office"


def signed(day: str, model: str | None = None, says: str = "signed") -> Statement:
    return Statement(0, "TX", FOO, model, says, day)


def told(*rows: tuple[str, list[Statement]], listed: str | None = None) -> Told:
    """By source, the statements of one row; beside a list that prints one agreement."""
    frames = [said(source, statements) for source, statements in rows]
    history = {row("TX", FOO, "jem", listed): "x"} if listed else {row("FL", "Bar Police"): "x"}
    return tell(history, statements=pl.concat(frames) if frames else None)


def signings(told: Told) -> list[tuple[str, str | None, str, str | None]]:
    return told.ask(
        "SELECT signed_on, s.model, source_ids, other_days FROM signing s JOIN agency USING (agency_no) "
        "WHERE state = 'TX' ORDER BY n"
    )


def test_one_day_by_two_sources_is_one_signing() -> None:
    made = told(("crs-2009", [signed("2008-07-20")]), ("oig-2009", [signed("2008-07-20")]))
    assert signings(made) == [("2008-07-20", None, "oig-2009;crs-2009", None)]


def test_days_apart_are_one_signing_by_the_source_of_the_lower_rank() -> None:
    made = told(("crs-2009", [signed("2008-07-20")]), ("oig-2009", [signed("2008-08-20")]))
    assert signings(made) == [("2008-08-20", None, "oig-2009;crs-2009", "2008-07-20 (crs-2009)")]
    assert made.ask("SELECT about, one, other, taken FROM disagreement") == [
        ("signed_on", "oig-2009: 2008-08-20", "crs-2009: 2008-07-20", "2008-08-20")
    ]


def test_six_weeks_and_a_day_apart_are_two() -> None:
    for days, count in (("2008-09-03", 1), ("2008-09-04", 2)):
        made = told(("crs-2009", [signed("2008-07-20")]), ("oig-2009", [signed(days)]))
        assert len(signings(made)) == count, days


def test_two_days_of_one_source_are_two_signings() -> None:
    made = told(("rosters-2010-2017", [signed("2014-04-22"), signed("2014-05-21")]))
    assert [s[0] for s in signings(made)] == ["2014-04-22", "2014-05-21"]


def test_the_lists_come_first_and_models_are_not_mixed() -> None:
    made = told(("ice-archive", [signed("2020-06-08", "JEM")]), listed="2020-06-09")
    assert signings(made) == [("2020-06-09", "jem", "ice-lists;ice-archive", "2020-06-08 (ice-archive)")]
    apart = told(("ice-archive", [signed("2020-06-09", "WSO")]), listed="2020-06-09")
    assert [s[1] for s in signings(apart)] == ["jem", "wso"]


def test_a_day_in_a_files_name_is_taken_where_another_source_bears_it_out() -> None:
    archive = [signed("2017-10-04", "JEM"), signed("2017-04-10", "JEM", "signed (file name)")]
    made = told(("ice-archive", archive), ("rosters-2010-2017", [signed("2017-04-10")]))
    assert signings(made) == [
        ("2017-04-10", "jem", "rosters-2010-2017;ice-archive", "2017-10-04 (ice-archive)")
    ]
    alone = told(("ice-archive", archive))
    assert [s[0] for s in signings(alone)] == ["2017-10-04"], "else the column's"


def test_one_source_twice_is_no_contradiction_twice() -> None:
    one = said("oig-2009", [signed("2008-07-20")])
    other = said("crs-2009", [signed("2008-07-21")], [signed("2008-07-21")])
    made = tell({row("FL", "Bar Police"): "x"}, statements=pl.concat([one, other]))
    assert len(made.ask("SELECT * FROM disagreement")) == 1


# The register as it is ----------------------------------------------------------------------------


def test_renewals_are_signings_and_no_spells(atlas: Atlas) -> None:
    days = {
        agency: [
            r[0]
            for r in atlas.db.execute(
                "SELECT signed_on FROM signing JOIN agency USING (agency_no) WHERE agency_id = ? ORDER BY n",
                (agency,),
            )
        ]
        for agency in ("fl-jacksonville-sheriff", "md-frederick-county-sheriff", "tx-jackson-county-sheriff")
    }
    assert days["fl-jacksonville-sheriff"] == [
        "2008-07-08", "2009-11-02", "2013-06-28", "2016-06-30", "2020-06-09", "2025-02-26"
    ]  # fmt: skip
    assert days["md-frederick-county-sheriff"] == [
        "2008-02-06", "2009-10-15", "2013-06-28", "2016-08-03", "2020-06-09"
    ]  # fmt: skip
    assert days["tx-jackson-county-sheriff"][:2] == ["2017-01-26", "2020-06-08"]


def test_every_contradiction_of_the_sources_is_a_row(atlas: Atlas) -> None:
    """Found by reading the sources' files side by side."""
    found = {
        (r["agency_id"], r["about"], r["taken"])
        for r in atlas.db.execute("SELECT * FROM disagreement JOIN agency USING (agency_no)")
    }
    assert found >= {
        ("ar-benton-county-sheriff", "signed_on", "2007-09-26"),
        ("ar-washington-county-sheriff", "signed_on", "2009-10-15"),
        ("ca-san-bernardino-county-sheriff", "signed_on", "2005-10-19"),
        ("ca-san-bernardino-county-sheriff", "addendum", "no day"),
        ("ga-cobb-county-sheriff", "signed_on", "2007-02-13"),
        ("md-frederick-county-sheriff", "signed_on", "2008-02-06"),
        ("nc-cabarrus-county-sheriff", "signed_on", "2007-08-02"),
        ("nc-durham-police", "signed_on", "2008-02-01"),
        ("nj-cape-may-county-sheriff", "signed_on", "2017-04-10"),
        ("ok-tulsa-county-sheriff", "signed_on", "2009-10-15"),
        ("az-phoenix-police", "model", "tfm"),
        ("nc-alamance-county-sheriff", "end of jem", "2012-09-18"),
    }
