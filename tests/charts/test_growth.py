"""Growth and sparklines: stacked from zero, broken where the basis changes, gaps left open."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287 import Atlas
from atlas287.charts import growth, sparkline
from atlas287.charts.words import Words
from tests.charts.drawn import SVG, area, inside, parsed, rings

SAID = {"title": "Agreements since 2002", "desc": "From none to 1,770."}


#: A language that parts thousands by a thin space.
THIN = Words(thousands="\u202f")


def month(n: int) -> date:
    return date(2002 + n // 12, n % 12 + 1, 1)


counts = st.none() | st.fixed_dictionaries({m: st.integers(0, 3000) for m in growth.MODELS})


@given(
    st.lists(counts, min_size=2, max_size=60), st.lists(counts, min_size=1, max_size=30), st.integers(0, 50)
)
def test_any_growth_is_a_whole_picture(
    before: list[dict[str, int] | None], after: list[dict[str, int] | None], unsure: int
) -> None:
    one = tuple(growth.Point(month(n), c, unsure if c else 0) for n, c in enumerate(before))
    two = tuple(growth.Point(month(n + 250), c) for n, c in enumerate(after))
    stretches = [growth.Stretch("in-force", one), growth.Stretch("listed", two)]
    if not any([*before, *after]):
        with pytest.raises(ValueError, match="without a point"):
            growth.growth(stretches, **SAID)
        return
    for layout in (growth.WIDE, growth.NARROW):
        inside(parsed(growth.growth(stretches, layout=layout, **SAID)))


def areas(svg: str, model: str) -> list[float]:
    return [
        abs(area(ring))
        for e in parsed(svg).iter(f"{SVG}path")
        if e.get("class") == f"area {model}"
        for ring in rings(e.get("d", ""))
    ]


def test_areas_are_as_the_numbers() -> None:
    points = tuple(growth.Point(month(n), {"jem": 100, "tfm": 300}) for n in range(24))
    svg = growth.growth([growth.Stretch("listed", points)], magnified_until=None, **SAID)
    assert areas(svg, "tfm")[0] == pytest.approx(3 * areas(svg, "jem")[0], rel=0.01)


def test_a_gap_is_a_gap_and_a_new_basis_a_break() -> None:
    known = [growth.Point(month(n), {"jem": 10}) for n in range(12)]
    gap = [*known[:5], growth.Point(month(5), None), *known[6:]]
    later = tuple(growth.Point(month(n), {"jem": 10}) for n in range(30, 40))
    assert (
        len(areas(growth.growth([growth.Stretch("listed", tuple(gap))], magnified_until=None, **SAID), "jem"))
        == 2
    )
    two = growth.growth(
        [growth.Stretch("in-force", tuple(known)), growth.Stretch("listed", later)],
        magnified_until=None,
        **SAID,
    )
    assert len(areas(two, "jem")) == 2
    assert len(parsed(two).findall(f"{SVG}path[@class='break']")) == 1
    said = [e.text for e in parsed(two).iter(f"{SVG}text") if e.get("class") == "basis-label"]
    assert said == ["In force, our reading of all sources", "Listed by ICE"]


def real(atlas: Atlas) -> tuple[growth.Point, ...]:
    return tuple(
        growth.Point(
            date.fromisoformat((row["at"] or row["month"] + "-28")[:10]),
            {m: row[m] for m in ("jem", "tfm", "wso")} if row["at"] else None,
        )
        for row in atlas.growth("model", "listed").to_dicts()
    )


def test_the_real_growth_is_labelled_with_its_numbers(atlas: Atlas) -> None:
    points = real(atlas)
    svg = growth.growth([growth.Stretch("listed", points)], words=THIN, **SAID)
    root = parsed(svg)
    inside(root)
    said = " ".join(e.text or "" for e in root.iter(f"{SVG}text"))
    assert points[-1].counts is not None
    for number in (*points[-1].counts.values(), points[-1].total):
        assert THIN.count(number) in said
    assert len(gzip.compress(growth.both([growth.Stretch("listed", points)], **SAID).encode())) < 8_000


def test_end_labels_do_not_cover_each_other() -> None:
    points = tuple(growth.Point(month(n), {"hybrid": 1, "jem": 2, "wso": 1, "tfm": 3000}) for n in range(9))
    for layout, gap in ((growth.WIDE, 12), (growth.NARROW, 12)):
        root = parsed(
            growth.growth([growth.Stretch("listed", points)], magnified_until=None, layout=layout, **SAID)
        )
        ys = sorted(
            float(e.get("y", ""))
            for e in root.iter(f"{SVG}text")
            if (e.get("class") or "").split()[0] in ("end", "end-count", "total")
        )
        assert all(b - a >= gap for a, b in pairwise(ys)), ys
        inside(root)


def test_points_out_of_order_are_refused() -> None:
    points = (growth.Point(date(2022, 1, 1), {"jem": 1}), growth.Point(date(2021, 1, 1), {"jem": 1}))
    with pytest.raises(ValueError, match="order"):
        growth.growth([growth.Stretch("listed", points)], **SAID)


@given(st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=200))
def test_any_sparkline_is_a_whole_picture(values: list[int | None]) -> None:
    points = [(date(2021, 1, 1) + timedelta(n), v) for n, v in enumerate(values)]
    if all(v is None for v in values):
        with pytest.raises(ValueError, match="numbers"):
            sparkline.sparkline(points, **SAID)
        return
    root = parsed(sparkline.sparkline(points, **SAID))
    inside(root)
    (curve,) = root.findall(f"{SVG}path[@class='curve']")
    runs = sum(v is not None and (n == 0 or values[n - 1] is None) for n, v in enumerate(values))
    assert curve.get("d", "").count("M") == runs, "a gap is a gap"
