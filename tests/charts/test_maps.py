"""Maps of the real counties."""

from __future__ import annotations

import gzip
from collections import Counter

import pytest

from atlas287.charts import maps, sheets
from atlas287.charts.shades import ALL, SHADES
from atlas287.sources.boundaries import ISLAND_AREAS, Boundaries
from tests.charts.drawn import SVG, area, inside, parsed, rings

KB = 1000
SAID = {"title": "Where agreements stand", "desc": "588 counties by jail."}


def size(svg: str) -> int:
    return len(gzip.compress(svg.encode(), 9))


@pytest.fixture(scope="module")
def shapes() -> dict[str, str]:
    return {f["id"]: f["properties"]["state"] for f in Boundaries().county_shapes()}


def every_shade(shapes: dict[str, str]) -> list[maps.County]:
    """Every shade beside every other: the worst case for one path a shade."""
    return [maps.County(fips, ALL[n % len(ALL)]) for n, fips in enumerate(shapes)]


def test_the_nation_has_every_county_once(shapes: dict[str, str]) -> None:
    svg = maps.us_map([], **SAID)
    root = parsed(svg)
    inside(root)
    drawn = Counter(e.get("id") for e in root.iter(f"{SVG}path") if (e.get("id") or "").startswith("c"))
    assert drawn == Counter(f"c{fips}" for fips, state in shapes.items() if state not in ISLAND_AREAS)
    assert size(svg) < 120 * KB


def test_the_map_is_no_obstacle_for_the_tab_key() -> None:
    agency = maps.Agency("x", "Sheriff", "24021", href="/a/")
    root = parsed(maps.us_map([maps.County("24021", "both", "Frederick", "/c/")], [agency], **SAID))
    assert not list(root.iter(f"{SVG}a")) and root.get("role") == "img"


def test_counties_are_shaded_by_their_codes(shapes: dict[str, str]) -> None:
    codes = {"24021": 1, "24013": 1 + 2 * 3, "12031": 2 * 5}
    shade = {c.fips: c.shade for c in maps.shaded(codes, {"TX"})}
    assert shade.keys() == shapes.keys()
    assert [shade[f] for f in ("24021", "24013", "12031", "48201", "24001")] == [
        "jail",
        "both",
        "field",
        "wide",
        "none",
    ]
    field = {c.fips: c.shade for c in maps.shaded(codes, {"TX"}, "field")}
    assert [field[f] for f in ("24021", "24013", "12031", "48201")] == ["none", "f3", "unknown", "none"]


def test_counties_do_not_lose_their_size(shapes: dict[str, str]) -> None:
    """Equal areas: states are to each other as on the ground; coasts and lakes are drawn roughly."""
    sheet = sheets.nation()

    def of(state: str) -> float:
        names = [f for f, s in shapes.items() if s == state]
        return abs(sum(map(area, rings(sheet.mesh.joined(names)))))

    assert of("TX") / of("FL") == pytest.approx(695_662 / 151_052, rel=0.075)  # km² with inland water
    assert of("CO") / of("WY") == pytest.approx(269_601 / 253_335, rel=0.02)


def test_the_still_of_the_newest_day_is_small(atlas_day: list[maps.County]) -> None:
    svg = maps.us_still(atlas_day, **SAID)
    inside(parsed(svg))
    assert size(svg) < 35 * KB
    # In the worst case, counties of all shades side by side, it is still less than home may weigh.
    assert size(maps.us_still(every_shade({c.fips: "" for c in atlas_day}), **SAID)) < 90 * KB


def test_the_still_covers_what_the_map_covers(atlas_day: list[maps.County]) -> None:
    sheet = sheets.nation()
    by_shade = {
        e.get("class"): abs(sum(map(area, rings(e.get("d", "")))))
        for e in parsed(maps.us_still(atlas_day, **SAID)).iter(f"{SVG}path")
    }
    for shade in SHADES["exposure"]:
        apart = sum(
            abs(sum(map(area, rings(sheet.mesh.path(c.fips)))))
            for c in atlas_day
            if c.shade == shade and c.fips in sheet.mesh.shapes
        )
        assert by_shade[shade] == pytest.approx(apart, rel=0.01)


@pytest.mark.parametrize("state", sorted(sheets.states()))
def test_every_state_can_be_drawn_alone(state: str, shapes: dict[str, str]) -> None:
    own = [f for f, s in shapes.items() if s == state]
    agency = maps.Agency("x", "Sheriff", own[0], "jail", 2_000_000)
    svg = maps.state_map(state, [maps.County(f, "both", f, f"/county/{f}/") for f in own], [agency], **SAID)
    root = parsed(svg)
    inside(root, margin=40)  # a large mark may hang over the edge
    drawn = [e.get("id") for e in root.iter(f"{SVG}path") if (e.get("id") or "").startswith("c")]
    assert sorted(drawn) == [f"c{f}" for f in own]
    assert {e.get("href") for e in root.iter(f"{SVG}a")} == {f"/county/{f}/" for f in own}
    assert size(svg) < 16 * KB
    place = parsed(maps.locator(state, own[:1], **SAID))
    inside(place)
    assert len(place.findall(f"{SVG}path[@class='here']")) == 1


def test_names_from_lists_stay_text() -> None:
    bad = "</title><script>alert('x')</script>"
    agency = maps.Agency("x", bad, "24021", "field", 10, href="javascript:alert(1)")
    county = maps.County("24021", "field", bad, "javascript:alert(1)")
    root = parsed(maps.state_map("MD", [county], [agency], **SAID))
    said = [e.text for e in root.iter(f"{SVG}title")]
    assert said.count(bad) == 2


def test_marks_differ_by_form_and_grow_with_residents() -> None:
    agencies = [
        maps.Agency(reach, reach, fips, reach, people)
        for reach, fips, people in (
            ("field", "24021", 90_000),
            ("jail", "24013", 90_000),
            ("both", "24015", 360_000),
        )
    ]
    root = parsed(maps.state_map("MD", [], agencies, **SAID))
    marks = {
        e.get("class"): e.get("d", "") for e in root.iter(f"{SVG}path") if "agency" in e.get("class", "")
    }
    assert "a" in marks["agency field"] and "h" in marks["agency jail"] and "l" in marks["agency both"]
    # Square and diamond have the area of the circle; four times the residents, four times the area.
    square = abs(area(rings(marks["agency jail"])[0]))
    assert square == pytest.approx(3.14159 * maps.radius(90_000, True) ** 2, rel=0.03)
    assert abs(area(rings(marks["agency both"])[0])) == pytest.approx(4 * square, rel=0.05)


def test_marks_of_one_county_do_not_lie_on_each_other() -> None:
    agencies = [maps.Agency(f"a{n}", "x", "12086", "field", 5_000) for n in range(12)]
    root = parsed(maps.state_map("FL", [], agencies, **SAID))
    starts = [rings(e.get("d", ""))[0][0] for e in root.iter(f"{SVG}path") if "agency" in e.get("class", "")]
    assert len(set(starts)) == 12


def test_what_has_no_place_on_the_map_is_named() -> None:
    wide = maps.Agency("fhp", "Florida Highway Patrol", "")
    guam = maps.Agency("gu", "Guam Customs", "66010")
    here = maps.Agency("duval", "Jacksonville Sheriff", "12031")
    assert maps.beside([wide, guam, here]) == [wide, guam]
    assert maps.beside([wide, guam], "GU") == [wide]
    assert maps.has_shape("GU") and not maps.has_shape("XX")


def test_an_unknown_shade_or_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="shade"):
        maps.state_map("MD", [maps.County("24021", "red")], **SAID)
    with pytest.raises(ValueError, match="reach"):
        maps.state_map("MD", [], [maps.Agency("x", "x", "24021", "sea")], **SAID)


@pytest.mark.parametrize("shade", ALL)
def test_swatches_are_whole(shade: str) -> None:
    from xml.etree import ElementTree as ET

    root = ET.fromstring(maps.swatch(shade, "k"))
    assert root.get("aria-hidden") == "true"
    assert root.find(f"{SVG}rect[@class='{shade}']") is not None
