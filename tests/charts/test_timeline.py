"""The timeline: every event on its day and in nobody's way, the curve broken where its basis changes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.charts import timeline
from tests.charts.drawn import SVG, inside, parsed, points

GROUPS = {group: f"{group} things" for group in timeline.GROUPS}
SAID = {"title": "The story", "desc": "Events over the curve.", "groups": GROUPS}
SPANS = [
    timeline.Span(date(1929, 1, 1), date(2001, 12, 31)),
    timeline.Span(date(2002, 1, 1), date(2024, 12, 31)),
    timeline.Span(date(2025, 1, 1), date(2026, 4, 30)),
]


def event(n: int, start: date, group: str = "federal", **more: object) -> timeline.Event:
    return timeline.Event(n, start, group, f"Event {n}", f"{n}. {start}: it happens", f"#e{n}", **more)  # type: ignore[arg-type]


events = st.lists(
    st.builds(
        lambda day, group, long, count, label: (day, group, long, count, label),
        st.dates(date(1929, 1, 1), date(2026, 4, 30)),
        st.sampled_from(timeline.GROUPS),
        st.none() | st.integers(0, 9000),
        st.none() | st.integers(0, 3000),
        st.text(max_size=90),
    ),
    max_size=45,
)


@given(events, st.lists(st.none() | st.integers(0, 4000), max_size=30))
def test_any_timeline_is_a_whole_picture(
    told: list[tuple[date, str, int | None, int | None, str]], values: list[int | None]
) -> None:
    of = [
        timeline.Event(n, day, group, label, f"{n}", "#x", day + timedelta(long) if long else None, count)
        for n, (day, group, long, count, label) in enumerate(told, 1)
    ]
    curve = [
        timeline.Stretch(
            "listed", tuple((date(2021 + n // 6, 1 + 2 * (n % 6), 1), v) for n, v in enumerate(values))
        )
    ]
    for layout in (timeline.WIDE, timeline.NARROW):
        root = parsed(timeline.timeline(of, curve, SPANS, layout=layout, **SAID))
        inside(root)
        circles = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in root.iter(f"{SVG}circle")]
        assert len(circles) == len(of), "every event is drawn"
        for (x, y), (u, v) in combinations(circles, 2):
            assert (x - u) ** 2 + (y - v) ** 2 >= 18**2, "two numbers lie over each other"


def test_every_event_leads_to_its_entry_and_says_what_it_is() -> None:
    of = [event(1, date(1996, 9, 30)), event(2, date(2012, 12, 21)), event(3, date(2026, 2, 17), "ban")]
    root = parsed(timeline.timeline(of, [], SPANS, **SAID))
    links = root.findall(f".//{SVG}a")
    assert {(a.get("href"), a.get("aria-label")) for a in links} == {(e.href, e.said) for e in of}


def test_events_stand_in_order_of_time() -> None:
    of = [event(n, date(2003 + n, 1, 1)) for n in range(1, 20)]
    root = parsed(timeline.timeline(of, [], SPANS, **SAID))
    x = [float(c.get("cx", "")) for c in root.iter(f"{SVG}circle")]
    assert x == sorted(x) and len(set(x)) == len(x)


def test_a_time_has_a_bar_and_a_day_has_none() -> None:
    of = [event(1, date(2008, 10, 1), end=date(2013, 1, 31)), event(2, date(2019, 5, 6))]
    root = parsed(timeline.timeline(of, [], SPANS, **SAID))
    (bar,) = root.findall(f".//{SVG}path[@class='while']")
    (a, _), (b, _) = points(bar.get("d", ""))
    per_day = (b - a) / (date(2013, 1, 31) - date(2008, 10, 1)).days
    assert per_day * 365.25 * 23 == pytest.approx(
        timeline.WIDE.width - timeline.WIDE.left - timeline.WIDE.right, rel=0.01
    )


def test_the_curve_breaks_where_its_basis_changes_and_at_gaps() -> None:
    def stretch(basis: str, year: int, values: list[int | None]) -> timeline.Stretch:
        return timeline.Stretch(basis, tuple((date(year + n, 1, 1), v) for n, v in enumerate(values)))

    curve = [stretch("in-force", 2005, [10, 20, None, 30, 30]), stretch("listed", 2021, [150, 140, 135])]
    root = parsed(timeline.timeline([], curve, SPANS, **SAID))
    drawn = [e.get("class") for e in root.iter(f"{SVG}path") if (e.get("class") or "").startswith("curve")]
    assert drawn == ["curve in-force", "curve in-force", "curve listed"]
    assert len(root.findall(f".//{SVG}path[@class='break']")) == 1
    said = {e.text for e in root.iter(f"{SVG}text") if e.get("class") == "basis-label"}
    assert said == {"In force, our reading of all sources", "Listed by ICE"}


def test_what_was_counted_lies_on_the_curve_that_counts_the_same() -> None:
    day = date(2010, 1, 1)
    curve = [
        timeline.Stretch("in-force", ((day - timedelta(400), 70), (day, 70), (day + timedelta(400), 70)))
    ]
    root = parsed(timeline.timeline([event(1, day, "count", count=70)], curve, SPANS, **SAID))
    (line,) = root.findall(f".//{SVG}path[@class='curve in-force']")
    (mark,) = root.findall(f".//{SVG}path[@class='counted']")
    ys = {y for _, y in points(line.get("d", ""))}
    around = [y for _, y in points(mark.get("d", ""))]
    assert (min(around) + max(around)) / 2 == pytest.approx(ys.pop(), abs=0.2) and not ys


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="no such group"):
        timeline.timeline([event(1, date(2010, 1, 1), "rumour")], [], SPANS, **SAID)
    with pytest.raises(ValueError, match="starts in no span"):
        timeline.timeline([event(1, date(1900, 1, 1))], [], SPANS, **SAID)
    with pytest.raises(ValueError, match="order"):
        timeline.timeline([], [], SPANS[::-1], **SAID)


def test_both_layouts_have_ids_of_their_own() -> None:
    markup = timeline.both([event(1, date(2010, 1, 1))], [], SPANS, **SAID)
    ids = re.findall(r' id="([^"]+)"', markup)
    assert len(ids) == len(set(ids)) == 6
