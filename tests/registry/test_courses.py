"""Courses: how long an agency took part before the lists, and how its model changed on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from atlas287.registry.courses import broken
from atlas287.registry.verdicts import Verdicts
from atlas287.sources.testimony import Statement
from tests.registry.story import Told, row, said, tell, verdicts

HARRIS = "Harris County Sheriff's Office"
#: Three days on which the rosters name others, and Harris County's not.
OTHERS = [("2011-09-02", "2012-10-02"), ("2012-12-31", "2013-08-07"), ("2015-03-31", "2017-08-01")]


def own(says: str, day: str, model: str | None = None, until: str | None = None) -> Statement:
    return Statement(0, "TX", HARRIS, model, says, day, until)


def story(
    *parts: pl.DataFrame, by: Verdicts | None = None, listed: str = "x", signed: str = "2025-02-01"
) -> Told:
    history = {row("FL", "Bar Police", "tfm", "2025-01-01", "bar"): "x" * len(listed)}
    if "x" in listed:
        history[row("TX", HARRIS, "jem", signed, "harris")] = listed
    return tell(history, by=by, statements=pl.concat(parts))


def others(*windows: tuple[str, str]) -> pl.DataFrame:
    name = "Bexar County Sheriff's Office"
    return said(
        "rosters-2010-2017",
        *([Statement(0, "TX", name, "Jail Enforcement", "seen", *window)] for window in windows),
    )


def spells(told: Told) -> list[tuple[object, ...]]:
    """(model, starts_from, starts_by, ends_from, ends_by) of Harris County's."""
    return told.ask(
        "SELECT model, starts_from, starts_by, ends_from, ends_by FROM spell JOIN agency USING (agency_no) "
        "WHERE agency_id = 'tx-harris-county-sheriff' ORDER BY starts_by"
    )


OIG = said("oig-2009", [own("signed", "2008-07-20"), own("stood", "2009-10-28", "Jail Enforcement")])


def test_a_printed_signing_starts_a_course_and_the_next_list_without_it_bounds_its_end() -> None:
    assert spells(story(OIG, others(("2010-10-29", "2017-08-01")), listed=".")) == [
        ("jem", "2008-07-20", "2008-07-20", "2009-10-28", "2010-10-29")
    ]


def test_without_a_signing_the_start_is_bounded_by_the_list_before() -> None:
    crs = said(
        "crs-2009", [Statement(0, "TX", "Bexar County Sheriff's Office", "Hybrid", "stood", "2009-02-01")]
    )
    told = story(crs, said("oig-2009", [own("stood", "2009-10-28", "Jail Enforcement")]), listed=".")
    assert spells(told)[0][:3] == ("jem", "2009-02-02", "2009-10-28")
    alone = story(said("oig-2009", [own("stood", "2009-10-28", "Jail Enforcement")]), listed=".")
    assert spells(alone)[0][:3] == ("jem", None, "2009-10-28"), "nothing bounds it"


@pytest.mark.parametrize(("windows", "count"), [(OTHERS[:1], 1), (OTHERS[:2], 2)])
def test_enough_sources_that_lack_it_break_a_course(windows: list[tuple[str, str]], count: int) -> None:
    again = said("ice-archive", [own("signed", "2018-02-02", "JEM")])
    made = spells(story(OIG, others(*windows), again, listed="."))
    assert len(made) == count
    if count == 2:
        assert [s[1:] for s in made] == [
            ("2008-07-20", "2008-07-20", "2009-10-28", "2011-09-02"),
            ("2018-02-02", "2018-02-02", "2018-02-02", "2025-03-10"),
        ]


def test_a_withdrawal_breaks_a_course_on_its_own() -> None:
    chart = said("chart-2010", [own("signed", "2008-07-20"), own("withdrew", "2010-05-08", "JEO")])
    told = story(OIG, chart, said("ice-archive", [own("signed", "2018-02-02", "JEM")]), listed=".")
    first, second = spells(told)
    assert first[3:] == ("2009-10-28", "2010-05-08") and second[2] == "2018-02-02"
    listed = spells(story(OIG, chart, signed="2024-02-02"))
    assert [s[2] for s in listed] == ["2008-07-20", "2024-02-02"], "and is not joined to the lists"


def test_a_course_leads_up_to_the_lists_unless_they_lack_the_agency() -> None:
    """Lyon County, Nevada: signed in 2018, on no list from 2021 on, signed anew in 2025."""
    archive = said("ice-archive", [own("signed", "2018-05-04", "JEM")])
    ((_, _, begun, ended, _),) = spells(story(archive, listed="xxxx", signed="2020-06-08"))
    assert (begun, ended) == ("2018-05-04", None)
    told = story(archive, listed="....xx", signed="2025-03-13")
    assert [s[2:] for s in spells(told)] == [
        ("2018-05-04", "2018-05-04", "2025-03-10"),
        ("2025-03-13", None, None),
    ]
    assert told.ask("SELECT undocumented FROM spell WHERE undocumented IS NOT NULL") == []


def test_what_no_source_covers_is_told(tmp_path: Path) -> None:
    archive = said("ice-archive", [own("signed", "2018-05-04", "JEM")])
    gap = "SELECT undocumented FROM spell s JOIN agency USING (agency_no) WHERE state = 'TX'"
    assert story(archive, signed="2020-06-08").ask(gap) == ["2018-05-04/2020-06-08"]
    known = verdicts(
        tmp_path, continuity=[["TX", HARRIS, "jem", "2018-05-04", "2020-06-30", "an addendum", "extends it"]]
    )
    assert story(archive, signed="2020-06-08", by=known).ask(gap) == [None]


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        ("2020-06-09", ("2017-08-02", "2020-06-09")),  # may be a renewal
        ("2020-02-29", ("2020-02-29", "2020-02-29")),
        ("2021-01-02", ("2021-01-02", "2021-01-02")),
    ],
)
def test_a_first_signing_in_the_months_of_renewals_may_be_one(day: str, starts: tuple[str, str]) -> None:
    told = story(others(("2010-10-29", "2017-08-01")), signed=day)
    assert spells(told)[0][1:3] == starts


def test_a_model_changes_at_the_memorandum_between_two_sources() -> None:
    """Maricopa: hybrid by one source, a jail one by the next, one signing in between."""
    crs = said("crs-2009", [own("signed", "2007-02-07"), own("stood", "2009-02-01", "Hybrid")])
    oig = said("oig-2009", [own("stood", "2009-10-28", "Jail Enforcement")])
    chart = said("chart-2010", [own("signed", "2009-10-15")])
    made = spells(story(crs, oig, chart, listed="."))
    assert [s[:4] for s in made] == [
        ("hybrid", "2007-02-07", "2007-02-07", "2009-10-14"),
        ("jem", "2009-10-15", "2009-10-15", "2009-10-28"),
    ]
    bounded = spells(story(crs, oig, listed="."))
    assert [s[1:] for s in bounded] == [
        ("2007-02-07", "2007-02-07", "2009-02-01", "2009-10-28"),
        ("2009-02-02", "2009-10-28", "2009-10-28", "2025-03-10"),
    ]


def test_task_forces_end_with_2012_whatever_is_shown_next() -> None:
    oig = said("oig-2009", [own("signed", "2008-02-29"), own("stood", "2009-10-28", "Hybrid")])
    roster = said("rosters-2010-2017", [own("seen", "2010-10-29", "Jail Enforcement", "2017-08-01")])
    hybrid, jail = spells(story(oig, roster, listed="."))
    assert hybrid[3:] == ("2009-10-28", "2013-01-01")
    assert jail[1:3] == ("2009-10-29", "2013-01-01")


def test_the_charts_type_is_heard_only_if_the_inspector_general_bears_it_out() -> None:
    oig = said("oig-2009", [own("stood", "2009-10-28", "Task Force")])
    chart = said("chart-2010", [own("stood", "2010-05-08", "JEO/TFO")])
    told = story(oig, chart, listed=".")
    assert {s[0] for s in spells(told)} == {"tfm"}
    assert told.ask("SELECT about, taken FROM disagreement") == [("model", "tfm")]
    assert {s[0] for s in spells(story(chart, listed="."))} == {"hybrid"}


def test_one_agency_under_two_models_in_one_list_is_no_crash() -> None:
    oig = said(
        "oig-2009",
        [own("stood", "2009-10-28", "Task Force")],
        [own("stood", "2009-10-28", "Jail Enforcement")],
    )
    chart = said("chart-2010", [own("stood", "2010-05-08", "JEO/TFO")], [own("stood", "2010-05-08", None)])
    assert story(oig, chart).ask("SELECT count(*) FROM disagreement") == [1]


def test_a_signing_of_no_known_model_is_told_not_lost() -> None:
    told = story(said("chart-2010", [own("signed", "2007-07-20")]), listed=".")
    assert spells(told) == []
    from atlas287.registry.tables import Tables
    from atlas287.registry.testimony_checks import testimony_checks

    (check,) = (
        c
        for c in testimony_checks(told.made, dict(Tables(told.made).all()))
        if c.name == "signings in no spell"
    )
    assert check.rows == ("tx-harris-county-sheriff 2007-07-20",)


def test_broken_counts_days_strictly_between() -> None:
    days = [date(2012, 1, n) for n in (1, 2, 3, 4, 5)]
    assert broken(days[0], days[4], days, None)
    assert not broken(days[0], days[3], days, None)
    assert broken(days[0], days[1], [], left=days[1])
    assert not broken(days[1], days[2], [], left=days[1])
