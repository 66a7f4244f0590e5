"""Pictures outside the page: colours of their own, and pixels."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from atlas287.charts import film, lanes, maps, plain, poster, raster
from atlas287.charts.words import ENGLISH
from tests.charts.drawn import SVG

SAID = {"title": "Where", "desc": "What"}
CREDIT = "Source: ICE’s list of April 30, 2026, read by atlas287 (CC BY 4.0)."


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def has(picture: Image.Image, colour: str, near: int = 12) -> int:
    """How many pixels are of a colour, or nearly."""
    want = tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))
    found = picture.convert("RGB").getcolors(1 << 20)
    assert found is not None
    return sum(n for n, rgb in found if all(abs(a - b) <= near for a, b in zip(rgb, want, strict=True)))  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", plain.THEMES)
def test_a_plain_picture_needs_no_style_sheet(theme: str) -> None:
    counties = [maps.County("24021", "both"), maps.County("24013", "unknown")]
    root = ET.fromstring(plain.plain(maps.state_map("MD", counties, **SAID), theme))
    fills = {e.get("id"): e.get("fill") for e in root.iter(f"{SVG}path") if e.get("id")}
    assert fills["c24021"] == plain.colours(theme)["cover-4"]
    assert fills["c24013"] == "url(#state-map-hatch)"
    assert fills["c24015"] == plain.colours(theme)["cover-none"]
    assert all(e.get("fill") for e in root.iter(f"{SVG}path"))


def test_no_rule_of_the_style_sheet_is_lost_on_the_way() -> None:
    """What plain reads is all that pictures use: no variable is left, and every selector is understood."""
    for rule in plain._rules("light"):
        assert not any("var(" in v for name, v in rule.values.items() if name in plain._ATTRIBUTES), rule
        assert all(re.fullmatch(r"[\w-]*", s.tag) and all(s.classes) for s in rule.path), rule


def test_a_more_exact_rule_wins_over_a_later_one() -> None:
    root = ET.fromstring(plain.plain(maps.swatch("both", "k")))
    (patch,) = root.iter(f"{SVG}rect")
    assert patch.get("stroke") == plain.colours()["rule"]


def test_a_poster_has_its_headline_key_and_credit(atlas_day: list[maps.County]) -> None:
    key = [(f"shade:{s}", label) for s, label in ENGLISH.shades.items()] + [("reach:jail", "A <jail>")]
    svg = poster.poster(
        maps.us_still(atlas_day, **SAID), headline="1,770 agreements " * 6, credit=CREDIT, key=key
    )
    said = " ".join(e.text or "" for e in ET.fromstring(svg).iter(f"{SVG}text"))
    assert said.count("1,770 agreements") == 6 and CREDIT in said and "A <jail>" in said
    data = raster.png(svg, 1200)
    picture = opened(data)
    assert picture.width == 1200 and len(data) < 200_000
    palette = plain.colours()
    for name in ("ink", "paper", "cover-4", "cover-3", "cover-1", "cover-none"):
        assert has(picture, palette[name]) > 500, name
    # The headline is drawn, on a machine without fonts as well: only those of the extra are used.
    assert has(picture.crop((0, 0, 1200, 160)), palette["ink"], 40) > 2000


def test_the_same_picture_is_the_same_bytes(atlas_day: list[maps.County]) -> None:
    svg = maps.us_still(atlas_day, **SAID)
    assert raster.png(plain.plain(svg), 600) == raster.png(plain.plain(svg), 600)


@pytest.mark.parametrize("theme", plain.THEMES)
def test_cards_are_of_the_size_that_sites_ask_for(theme: str) -> None:
    bar = lanes.Bar(date(2008, 2, 6), date(2008, 2, 6), open_end=True)
    pictures = [
        None,
        maps.locator("FL", ["12031"], **SAID),
        maps.state_map("TX", [maps.County("48201", "both")], **SAID),
        lanes.lanes([lanes.Lane("jem", (bar,))], date(2026, 4, 30), **SAID),
    ]
    for picture in pictures:
        data = poster.card_png(
            headline="Very long words " * 12, note="A note. " * 40, credit=CREDIT * 3,
            kicker="287(g) in Texas", picture=picture, theme=theme,
        )  # fmt: skip
        assert opened(data).size == (1200, 630) and len(data) < 100_000
        assert has(opened(data), plain.colours(theme)["ink"], 40) > 2000


def test_words_wrap_within_their_width() -> None:
    length = raster.measure(plain.SANS, False, 20)
    lines = raster.wrapped("Every word of this sentence is kept, in order.", 120, 20)
    assert " ".join(lines) == "Every word of this sentence is kept, in order."
    assert all(length(line) <= 120 for line in lines)


def test_a_film_plays_its_days_and_rests_on_the_last() -> None:
    some = sorted(maps.sheets.nation().mesh.shapes)
    frames = [
        film.Frame(
            date(2025, 1, 20) + timedelta(30 * n),
            tuple(maps.County(f, "both") for f in some[: 400 * n]),
            f"{n * 100} agreements", ENGLISH.day(date(2025, 1, 20)), CREDIT,
        )
        for n in range(4)
    ]  # fmt: skip
    films = film.film(frames, [("shade:both", "Jail and field")])
    for form, data in films.items():
        picture = opened(data)
        assert (picture.format or "").lower() == form
        assert picture.size == (film.WIDTH, film.HEIGHT)
        assert picture.n_frames == 4  # type: ignore[attr-defined]
        shaded = []
        for n in range(4):
            picture.seek(n)
            shaded.append(has(picture.crop((0, 100, 800, 595)), plain.colours()["cover-4"]))
        assert shaded == sorted(shaded) and shaded[-1] > shaded[0] + 5000
    with pytest.raises(ValueError, match="frame"):
        film.film([])
