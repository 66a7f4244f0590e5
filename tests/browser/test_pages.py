"""Every kind of page, in both languages: it fits every width, can be read and worked by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("starlette")
from tests.browser.kinds import KINDS, ODD, address

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from atlas287.web.edition import Edition

    from .conftest import Opens

pytestmark = pytest.mark.needs("browser")

LANGS = ("en", "es")
#: A desk, the same zoomed to 200 % (half as many pixels of CSS), a phone, and the narrowest that must do.
WIDTHS = (1280, 640, 360, 320)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Rows of a table, items of a list that axe examines, and four times as many shapes of a map: all of a kind
#: are of one line of a template, and axe is slow.
ROWS = 8
CUT = f"""() => {{
  for (const body of document.querySelectorAll("tbody"))
    [...body.rows].slice({ROWS}).forEach((row) => row.remove());
  for (const list of document.querySelectorAll("main ul, main ol"))
    [...list.children].slice({ROWS}).forEach((item) => item.remove());
  for (const part of document.querySelectorAll("main, main section"))
    [...part.children].slice(4 * {ROWS}).forEach((item) => item.matches("section, aside") || item.remove());
  for (const group of document.querySelectorAll("svg g"))
    [...group.children].slice(4 * {ROWS}).forEach((shape) => shape.remove());
  for (const details of document.querySelectorAll("details")) details.open = true;
}}"""
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((node) => node.getBoundingClientRect().right > width + 1 && !node.closest(".table, svg"))
    .slice(0, 5).map((node) => node.outerHTML.slice(0, 120));
}"""


def at(edition: Edition, kind: str, lang: str = "en") -> str:
    if kind in ODD:
        return ("" if lang == "en" else "/es") + ODD[kind]
    return address(edition, kind, lang)


@pytest.fixture(
    scope="module", params=[(kind, lang) for kind in (*KINDS, *ODD) for lang in LANGS], ids="-".join
)
def page(request: pytest.FixtureRequest, opened: Opens, edition: Edition) -> Iterator[Page]:
    """A page of every kind in each language, loaded once for the tests that take it, in their order here."""
    with opened(expected=("404",), viewport={"width": WIDTHS[0], "height": 900}) as page:
        page.goto(at(edition, *request.param))
        yield page


def test_it_scrolls_sideways_at_no_width(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (width, wide, page.evaluate(WIDER))


def test_it_has_landmarks_and_headings_in_order(page: Page) -> None:
    framed = page.locator("body.embed").count()
    for landmark in ("main",) if framed else ("banner", "main", "contentinfo", "search"):
        assert page.get_by_role(landmark).count() == 1, landmark
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map((n) => Number(n.tagName[1]))")
    if not framed:
        assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels


def test_axe_finds_nothing(page: Page) -> None:
    """In full on a desk, in light; then contrast in the dark, and what a phone changes."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(CUT)
    axe(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    axe(page, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 800})
    axe(page, {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]})


def axe(page: Page, only: dict[str, Any]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]}).response["violations"]
    told = [
        (v["id"], v["help"], [(n["target"], n["failureSummary"][:300]) for n in v["nodes"][:3]])
        for v in found
    ]
    assert not found, told


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_whole_without_scripts(opened: Opens, edition: Edition, kind: str) -> None:
    """Words, pictures and tables are there; what only scripts could work is absent, not dead."""
    with opened(java_script_enabled=False, viewport={"width": 360, "height": 800}) as page:
        page.goto(at(edition, kind))
        assert page.locator("h1, figcaption").first.inner_text()
        assert page.locator("main svg, main table, main p, main li").first.is_visible()
        assert (
            page.locator("input[type=range], button[type=button], [role=listbox], [hidden] h1").count() == 0
        )
        assert not [f for f in page.locator("form").all() if not f.get_attribute("action")]


@pytest.mark.parametrize("kind", ["home", "map", "agency", "agencies"])
def test_focus_is_seen_and_in_order(opened: Opens, edition: Edition, kind: str) -> None:
    """Tab goes to the skip link first, then through the page as it is read; each place is marked."""
    # Without motion, a page is where it scrolls to at once.
    with opened(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as page:
        page.goto(at(edition, kind))
        seen = []
        for _ in range(26):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate("""() => {
                  const node = document.activeElement, style = getComputedStyle(node);
                  const box = node.getBoundingClientRect();
                  const within = node.querySelector("path, .hit, .solid");
                  const drawn = within && getComputedStyle(within).strokeWidth !== "0px";
                  return { what: node.outerHTML.slice(0, 100),
                    marked: style.outlineStyle !== "none" || !!drawn,
                    onscreen: box.right > 0 && box.bottom > 0
                      && box.top < innerHeight && box.left < innerWidth,
                    order: [...document.querySelectorAll("*")].indexOf(node) };
                }""")
            )
        assert 'class="skip"' in seen[0]["what"]
        assert [s["order"] for s in seen] == sorted(s["order"] for s in seen)
        assert not [s["what"] for s in seen if not s["marked"] or not s["onscreen"]]


def test_the_skip_link_leads_to_the_content(opened: Opens) -> None:
    with opened() as page:
        page.goto("/agencies/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_who_asks_for_less_motion_gets_none(opened: Opens) -> None:
    moving = "() => getComputedStyle(document.documentElement).scrollBehavior"
    with opened(reduced_motion="reduce") as page:
        page.goto("/map/")
        assert page.evaluate(moving) == "auto"
        assert page.evaluate("document.getAnimations().length") == 0
    with opened(reduced_motion="no-preference") as page:
        page.goto("/map/")
        assert page.evaluate(moving) == "smooth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_follow_light_and_dark(opened: Opens, scheme: str) -> None:
    ground = """() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)
      .reduce((sum, n) => sum + Number(n), 0) / 3"""
    with opened(color_scheme=scheme) as page:
        page.goto("/")
        assert (page.evaluate(ground) > 200) == (scheme == "light")
        # Pictures follow too: their paper is the page's.
        county = "getComputedStyle(document.querySelector('.map')).getPropertyValue('--county').trim()"
        paper = "getComputedStyle(document.body).getPropertyValue('--paper').trim()"
        assert page.evaluate(county) == page.evaluate(paper)


@pytest.mark.parametrize("kind", ["home", "map", "state", "agency", "county", "changes"])
def test_pages_print(opened: Opens, edition: Edition, kind: str) -> None:
    with opened(color_scheme="dark") as page:
        page.goto(at(edition, kind))
        page.emulate_media(media="print", color_scheme="dark")
        assert page.get_by_role("search").is_hidden()
        assert page.locator("header nav").is_hidden()
        assert page.locator("h1").is_visible()
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert page.locator("main form, .map-controls").evaluate_all(
            "all => all.every((form) => form.getClientRects().length === 0)"
        )
        printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF") and len(printed) > 10_000
