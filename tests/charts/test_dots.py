"""Strips of figures: where the number says, on an axis that has zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.charts import dots
from tests.charts.drawn import SVG, inside, parsed

SAID = {"title": "A study: what it measured", "desc": "-10 (percent change)", "id": "dot-a"}
figures = st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 3))


def drawn(scale: dots.Scale, value: float, *ends: float) -> str:
    return dots.strip(scale, value, *ends, labels=[str(t) for t in scale.ticks], **SAID)


@given(st.lists(figures, min_size=1, max_size=8))
def test_any_figures_share_an_axis_with_zero(values: list[float]) -> None:
    scale = dots.Scale.over(values)
    assert any(t == 0 for t in scale.ticks) and 2 <= len(scale.ticks) <= 8
    for value in values:
        root = parsed(drawn(scale, value))
        inside(root)
        (dot,) = root.findall(f"{SVG}circle")
        assert float(dot.get("cx", "").rstrip("%")) == pytest.approx(scale.at(value), abs=0.01)
    assert len(root.findall(f"{SVG}line[@class='zero']")) == 1
    assert len(root.findall(f"{SVG}text")) == len(scale.ticks)


def test_an_interval_is_drawn_only_where_one_is_known() -> None:
    scale = dots.Scale.over([-30, 16])
    assert "interval" not in drawn(scale, -10)
    (line,) = parsed(drawn(scale, -10, -20, 5)).findall(f"{SVG}line[@class='interval']")
    ends = [float(line.get(x, "").rstrip("%")) for x in ("x1", "x2")]
    assert ends == [pytest.approx(scale.at(-20), abs=0.01), pytest.approx(scale.at(5), abs=0.01)]


def test_what_is_not_on_the_axis_is_refused() -> None:
    scale = dots.Scale.over([10])
    with pytest.raises(ValueError, match="not on a scale"):
        drawn(scale, 50)
    with pytest.raises(ValueError, match="does not hold"):
        drawn(scale, 9, 2, 5)
