"""Spells over random statements of every source: what holds whatever they say."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas287 import Atlas
from atlas287.registry.export import canonical
from atlas287.sources.testimony import SOURCES, Statement
from tests.registry.story import row, said, tell

AGENCIES = ("Harris County Sheriff's Office", "Bexar County Sheriff's Office", "Dallas Police Department")
MODELS = ("Jail Enforcement", "Task Force", "Hybrid")
DAYS = st.dates(date(2005, 1, 1), date(2017, 8, 1)).map(date.isoformat)


@st.composite
def rows(draw: st.DrawFn, source: str) -> list[Statement]:
    """One row of a source on one agency: signings, and how the source shows it."""
    agency, model = draw(st.sampled_from(AGENCIES)), draw(st.sampled_from(MODELS))
    own = [
        Statement(0, "TX", agency, None, "signed", day)
        for day in draw(st.lists(DAYS, max_size=3, unique=True))
        if day <= SOURCES[source].as_of
    ]
    if SOURCES[source].full and source != "rosters-2010-2017":
        says = draw(st.sampled_from(("stood", "stood", "pending")))
        return [*own, Statement(0, "TX", agency, model, says, SOURCES[source].as_of)]
    if source == "rosters-2010-2017":
        first, last = sorted(draw(st.tuples(DAYS, DAYS)))
        own = [s for s in own if s.day <= last]
        return [*own, Statement(0, "TX", agency, model, "seen", first, last)]
    if source == "chart-2010":
        says = draw(st.sampled_from(("stood", "withdrew", "negotiating")))
        return [*own, Statement(0, "TX", agency, model, says, SOURCES[source].as_of)]
    return [s._replace(model="JEM") for s in own]


statements = st.tuples(*(st.lists(rows(source), max_size=3) for source in SOURCES)).map(
    lambda of: pl.concat([said(source, *own) for source, own in zip(SOURCES, of, strict=True)])
)
lists = st.dictionaries(
    st.sampled_from(
        [
            row("TX", AGENCIES[0], "jem", "2020-06-08", "a"),
            row("TX", AGENCIES[1], "jem", "2019-01-02", "b"),
            row("TX", AGENCIES[2], "tfm", "2025-03-01", "c"),
        ]
    ),
    st.text("x.", min_size=6, max_size=6).filter(lambda marks: "x" in marks),
).map(lambda history: {row("FL", "Bar Police"): "x" * 6, **history})


@settings(max_examples=40)
@given(lists, statements)
def test_no_spell_ends_before_it_starts_and_every_sight_lies_in_one(
    history: dict, heard: pl.DataFrame
) -> None:
    told = tell(history, statements=heard)
    spells = [dict(r) for r in told.db.execute("SELECT * FROM spell")]
    for s in spells:
        assert (s["starts_from"] or s["starts_by"]) <= s["starts_by"], s
        assert s["ends_by"] is None or s["starts_by"] <= s["ends_from"] <= s["ends_by"], s
        for day in filter(None, s["signed_days"].split(";")):
            assert (s["starts_from"] or day) <= day and (s["ends_by"] is None or day <= s["ends_by"]), s
        for part in filter(None, (s["undocumented"] or "").split(";")):
            first, last = part.split("/")
            assert s["starts_by"] <= first < last, s
    sights = told.ask(
        "SELECT agency_no, day FROM testimony WHERE says IN ('stood', 'seen') "
        "UNION SELECT agency_no, until FROM testimony WHERE says = 'seen'"
    )
    for agency, day in sights:
        assert any(
            s["agency_no"] == agency
            and (s["starts_from"] or s["starts_by"]) <= day
            and (s["ends_by"] is None or day <= s["ends_from"] or day < s["ends_by"])
            for s in spells
        ), (agency, day, spells)


@settings(max_examples=15)
@given(lists, statements, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(
    history: dict, heard: pl.DataFrame, chance: random.Random
) -> None:
    order = list(range(heard.height))
    chance.shuffle(order)
    assert canonical(tell(history, statements=heard).db) == canonical(
        tell(history, statements=heard[order]).db
    )


# The register as it is ----------------------------------------------------------------------------


def test_every_sight_of_the_sources_lies_in_a_spell(atlas: Atlas) -> None:
    """But for one that goes on printing what a document says had ended."""
    outside = atlas.db.execute(
        "WITH sight AS (SELECT agency_no, day FROM testimony WHERE says IN ('stood', 'seen') "
        "UNION SELECT agency_no, until FROM testimony WHERE says = 'seen') "
        "SELECT agency_id, day FROM sight JOIN agency USING (agency_no) "
        "WHERE NOT EXISTS (SELECT 1 FROM spell s WHERE s.agency_no = sight.agency_no "
        "AND coalesce(s.starts_from, s.starts_by) <= day "
        "AND (s.ends_by IS NULL OR day <= s.ends_from OR day < s.ends_by))"
    ).fetchall()
    assert [tuple(r) for r in outside] == [("nc-alamance-county-sheriff", "2012-10-02")]


def test_a_first_sight_is_a_range_and_a_signing_a_day(atlas: Atlas) -> None:
    rows = atlas.db.execute(
        "SELECT s.* FROM spell s WHERE start_why LIKE 'first listed%' ORDER BY s.first_listed"
    ).fetchall()
    assert rows
    for r in rows:
        assert r["listed_after"][:10] <= r["starts_from"] <= r["starts_by"] == r["first_listed"][:10]
    signed = atlas.db.execute(
        "SELECT count(*) FROM spell WHERE start_why LIKE 'signed%' AND starts_from <> starts_by"
    )
    assert signed.fetchone()[0] == 0


def test_an_agency_that_the_lists_lack_for_years_has_a_second_spell(atlas: Atlas) -> None:
    lyon = atlas.db.execute(
        "SELECT n, starts_by, ends_from, ends_by FROM spell JOIN agency USING (agency_no) "
        "WHERE agency_id = 'nv-lyon-county-sheriff' AND model = 'jem' ORDER BY n"
    ).fetchall()
    assert [tuple(r) for r in lyon] == [
        (1, "2018-05-04", "2018-05-04", "2021-01-13"),
        (2, "2025-06-03", None, None),
    ]
    after = atlas.db.execute("SELECT min(at) FROM list WHERE kind = 'participating'").fetchone()[0][:10]
    for (parts,) in atlas.db.execute("SELECT undocumented FROM spell WHERE undocumented IS NOT NULL"):
        assert all(p.split("/")[1] <= after for p in parts.split(";")), "the lists cover what comes after"
