"""The palette: contrast, and being told apart in grey, are computed from the style sheet itself."""

from __future__ import annotations

import colorsys
import re
from itertools import pairwise

import pytest

from atlas287.charts import CSS, maps
from atlas287.charts.plain import THEMES, colours
from atlas287.charts.shades import ALL

MODELS = ("jem", "tfm", "wso", "hybrid")
SHEET = CSS.read_text(encoding="utf-8")


def rgb(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))  # type: ignore[return-value]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour))
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_marks_stand_out_from_the_ground(theme: str) -> None:
    palette = colours(theme)
    for name in ("ink", "ink-soft"):
        assert contrast(palette[name], palette["paper"]) >= 4.5, name
    for name in (*MODELS, "rule", "state", "cover-3", "cover-4"):
        assert contrast(palette[name], palette["paper"]) >= 3, name


@pytest.mark.parametrize("theme", THEMES)
def test_models_are_told_apart_in_grey(theme: str) -> None:
    greys = sorted(luminance(colours(theme)[m]) + 0.05 for m in MODELS)
    assert all(b / a > 1.2 for a, b in pairwise(greys)), greys


@pytest.mark.parametrize("theme", THEMES)
def test_coverage_is_one_sequential_scale(theme: str) -> None:
    palette = colours(theme)
    steps = [
        palette[name] for name in ("cover-none", "cover-wide", "cover-1", "cover-2", "cover-3", "cover-4")
    ]
    away = [contrast(step, palette["paper"]) for step in steps]
    coloured = away[1:]  # the neutral is another grey beside them
    assert coloured == sorted(coloured)
    assert all(b / a > 1.15 for a, b in pairwise(coloured)), away
    hues = [colorsys.rgb_to_hls(*rgb(step))[0] for step in steps[2:]]
    assert max(hues) - min(hues) < 0.06, "one hue"


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_red(theme: str) -> None:
    for name, colour in colours(theme).items():
        hue, _, saturation = colorsys.rgb_to_hls(*rgb(colour))
        assert saturation < 0.25 or 0.05 < hue < 0.92, f"{name} {colour} reads as red"


def test_colours_are_written_in_the_palette_alone() -> None:
    outside = re.sub(r":root\s*\{[^}]*\}", "", re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S))
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", outside)
    used = set(re.findall(r"var\(--([\w-]+)\)", SHEET))
    for theme in THEMES:
        assert used <= set(colours(theme))
    roots = re.findall(r":root\s*\{([^}]*)\}", SHEET)
    names = [set(re.findall(r"--([\w-]+):", root)) for root in roots]
    assert len(roots) == 3 and names[0] == names[1] == names[2], "light, dark and print have the same names"


def test_every_shade_and_mark_has_a_rule() -> None:
    for shade in ALL:
        if shade != "unknown":  # it is hatched, by a pattern in the picture
            assert re.search(rf"\.map \.{shade}\b", SHEET), shade
    for reach in maps.REACHES:
        assert f".map .agency.{reach}" in SHEET
