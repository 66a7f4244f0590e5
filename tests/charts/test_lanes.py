"""Lanes: every bar and mark where its days say, whatever the days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.charts import lanes
from atlas287.charts.timeaxis import Axis
from atlas287.charts.words import ENGLISH, Words
from tests.charts.drawn import SVG, inside, parsed

NEWEST = date(2026, 4, 30)
SAID = {"title": "Frederick County Sheriff’s agreements", "desc": "Since 2008."}
SPANISH = Words(language="es", day_form="{d} {m} {y}", models={"wso": "Oficial de Servicio de Órdenes (WSO)"})
days = st.dates(date(2002, 1, 1), NEWEST)


@st.composite
def bars(draw: st.DrawFn) -> lanes.Bar:
    a, b, c, d = sorted(draw(days) for _ in range(4))
    known = draw(st.booleans())
    open_end = draw(st.booleans())
    return lanes.Bar(
        a if known else None, b,
        None if open_end else c, None if open_end or draw(st.booleans()) else d,
        open_end, ((b, c),) if draw(st.booleans()) else (), draw(st.text(max_size=8)),
        draw(st.sampled_from(["", "#a"])),
    )  # fmt: skip


marks = st.builds(
    lanes.Mark, days, st.sampled_from(lanes.KINDS), st.text(max_size=8), st.sampled_from(["", "#m"])
)
histories = st.lists(
    st.builds(
        lanes.Lane,
        st.sampled_from(lanes.MODELS),
        st.tuples(bars()),
        st.lists(marks).map(tuple),
        st.text(max_size=9),
    ),
    max_size=4,
)


@given(histories)
def test_any_history_is_a_whole_picture(history: list[lanes.Lane]) -> None:
    root = parsed(lanes.lanes(history, NEWEST, **SAID))
    inside(root)
    assert len(root.findall(f"{SVG}g")) == len(history)
    drawn = [e.get("class", "") for e in root.iter(f"{SVG}g") if e.get("class", "").startswith("mark")]
    assert sorted(drawn) == sorted(f"mark {m.kind}" for lane in history for m in lane.marks)


def rects(root: object, class_: str) -> list[tuple[float, float]]:
    return [
        (
            float(e.get("x", "").rstrip("%")),
            float(e.get("x", "").rstrip("%")) + float(e.get("width", "").rstrip("%")),
        )
        for e in root.iter(f"{SVG}rect")  # type: ignore[attr-defined]
        if e.get("class") == class_
    ]


def test_a_bar_is_solid_where_sure_and_fades_over_its_range() -> None:
    bar = lanes.Bar(date(2008, 1, 1), date(2009, 1, 1), date(2012, 1, 1), date(2013, 1, 1))
    root = parsed(lanes.lanes([lanes.Lane("hybrid", (bar,))], NEWEST, **SAID))
    axis = Axis.over(date(2008, 1, 1), NEWEST)
    at = {year: pytest.approx(axis.at(date(year, 1, 1)), abs=0.02) for year in (2008, 2009, 2012, 2013)}
    assert rects(root, "solid hybrid") == [(at[2009], at[2012])]
    assert rects(root, "soft") == [(at[2008], at[2009]), (at[2012], at[2013])]


def test_what_is_not_documented_is_hatched_and_what_stands_goes_on() -> None:
    gap = (date(2017, 8, 1), date(2021, 1, 13))
    bar = lanes.Bar(date(2008, 1, 1), date(2008, 1, 1), open_end=True, undocumented=(gap,))
    root = parsed(lanes.lanes([lanes.Lane("jem", (bar,))], NEWEST, **SAID))
    axis = Axis.over(date(2008, 1, 1), NEWEST)
    (hatched,) = rects(root, "gap-lines jem")
    assert hatched == tuple(pytest.approx(axis.at(day), abs=0.02) for day in gap)
    assert rects(root, "solid jem")[0][1] == pytest.approx(axis.at(NEWEST), abs=0.02)
    assert root.findall(f".//{SVG}path[@class='solid jem']"), "an arrow says that it goes on"


def test_marks_lead_to_their_evidence() -> None:
    mark = lanes.Mark(date(2020, 6, 9), "signed", "Signed on Jun 9, 2020", "#agreement-1")
    root = parsed(lanes.lanes([lanes.Lane("jem", (), (mark,))], NEWEST, **SAID))
    (link,) = root.iter(f"{SVG}a")
    assert (link.get("href"), link.get("aria-label")) == ("#agreement-1", "Signed on Jun 9, 2020")


@pytest.mark.parametrize(
    ("words", "said"),
    [(ENGLISH, "Warrant Service Officer"), (SPANISH, "Oficial de Servicio de Órdenes (WSO)")],
)
def test_lanes_speak_the_reader_s_language(words: object, said: str) -> None:
    svg = lanes.lanes(
        [lanes.Lane("wso", (lanes.Bar(date(2021, 1, 1), date(2021, 1, 1), open_end=True),))],
        NEWEST,
        words=words,
        **SAID,
    )  # type: ignore[arg-type]
    assert said in [e.text for e in parsed(svg).iter(f"{SVG}text")]


def test_turning_points_are_marked_where_they_lie_on_the_axis() -> None:
    def said(start: date) -> list[str]:
        bar = lanes.Bar(start, start, open_end=True)
        root = parsed(lanes.lanes([lanes.Lane("jem", (bar,))], NEWEST, **SAID))
        return [e.text or "" for e in root.iter(f"{SVG}text") if e.get("class") == "turn-label"]

    assert len(said(date(2008, 1, 1))) == 2
    assert said(date(2020, 6, 9)) == ["Jan 20, 2025: new administration"]
    assert said(date(2025, 4, 1)) == []


@given(days, st.integers(0, 9000))
def test_a_narrow_screen_has_no_more_years_than_fit(first: date, length: int) -> None:
    axis = Axis.over(first, min(NEWEST, first + timedelta(length)))
    ticks = list(axis.ticks())
    major = [day for day, is_major in ticks if is_major]
    assert 1 <= len(major) <= 6 and len(ticks) <= 12
    places = [axis.at(day) for day in major]
    # A label is 30 to 55 pixels wide; a screen 288 between margins.
    assert all((b - a) * 2.88 > 30 for a, b in pairwise(places))


def test_what_cannot_be_drawn_is_refused() -> None:
    d = date(2020, 1, 1)
    with pytest.raises(ValueError, match="not in order"):
        lanes.lanes([lanes.Lane("jem", (lanes.Bar(d, d, date(2019, 1, 1)),))], NEWEST, **SAID)
    with pytest.raises(ValueError, match="model"):
        lanes.lanes([lanes.Lane("287", ())], NEWEST, **SAID)
    with pytest.raises(ValueError, match="kind"):
        lanes.lanes([lanes.Lane("jem", (), (lanes.Mark(d, "won"),))], NEWEST, **SAID)


def test_an_agency_s_history_weighs_little(atlas: object) -> None:
    """Thousands of pages carry one: the longest real history, each event a mark with a link."""
    db = atlas.db  # type: ignore[attr-defined]
    (agency,) = db.execute("SELECT agency_no FROM event GROUP BY 1 ORDER BY count(*) DESC LIMIT 1").fetchone()
    kinds = {"listed": "listed", "removed": "removed"}
    found = tuple(
        lanes.Mark(
            date.fromisoformat(at[:10]), kinds.get(kind, "changed"), f"{kind} on {at[:10]}", f"#{event}"
        )
        for at, kind, event in db.execute(
            "SELECT at, kind, event_id FROM event WHERE agency_no = ?", (agency,)
        )
    )
    bar = lanes.Bar(date(2008, 1, 1), date(2008, 1, 1), open_end=True, href="#x")
    svg = lanes.lanes([lanes.Lane(m, (bar,), found) for m in lanes.MODELS], NEWEST, **SAID)
    assert len(found) >= 5
    assert len(svg) < 60_000
