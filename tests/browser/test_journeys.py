"""What readers do, in both languages, on a phone and a desk, with scripts and without."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from atlas287 import Atlas
    from atlas287.web.edition import Edition

    from .conftest import Opens

pytestmark = pytest.mark.needs("browser")

PHONE = {"width": 360, "height": 800}
DESKTOP = {"width": 1280, "height": 900}
START = {"en": "/", "es": "/es/"}
FREDERICK = "Frederick County Sheriff's Office"
READERS = [
    pytest.param(lang, size, scripts, id=f"{lang}-{name}{'' if scripts else '-no-scripts'}")
    for lang in START
    for name, size in (("phone", PHONE), ("desktop", DESKTOP))
    for scripts in (True, False)
]


def said(lang: str, key: str, **filled: Any) -> str:
    """A text of ours, as the page must have it."""
    from atlas287.web.words import words

    return words(lang).say(key, **filled)


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


@pytest.mark.parametrize(("lang", "size", "scripts"), READERS)
def test_from_the_first_page_to_a_cell(opened: Opens, lang: str, size: dict[str, int], scripts: bool) -> None:
    """Home, the reader's state, an agency of it, and the cell of the list that shows the fact."""
    from atlas287.web.words import words

    own = words(lang)
    with opened(viewport=size, java_script_enabled=scripts) as page:
        page.goto(START[lang])
        assert "1,770" in heading(page)
        assert page.locator("main figure svg").first.is_visible()
        page.get_by_label(said(lang, "home.choose"), exact=True).select_option("MD")
        page.get_by_role("button", name=said(lang, "home.choose_go"), exact=True).click()
        page.wait_for_url(f"**{START[lang]}states/md/")
        assert "Maryland" in heading(page)

        page.locator("main table").get_by_role("link", name=FREDERICK, exact=True).click()
        page.wait_for_url(f"**{START[lang]}agencies/md-frederick-county-sheriff/")
        text = page.locator("main").inner_text()
        assert own.day("2026-02-13") in text, "the last list with it"
        assert own.day("2008-02-06") in text, "the signing that its spells begin with"
        assert own.say("evidence.list", day=own.day("2026-02-13"), row="622") in text

        page.locator("main dl.facts").get_by_role("link", name="md-frederick-county-sheriff/jem/").click()
        page.wait_for_url("**/jem/2020-06-09/")
        last = page.get_by_role("row").filter(has_text=own.word("shows", "last_listed")).last
        cells = last.inner_text()
        assert "B622" in cells and "participatingAgencies02132026am.xlsx" in cells and FREDERICK in cells
        original = last.get_by_role("link", name=said(lang, "evidence.open"))
        assert re.match(r"https://www\.ice\.gov/.*participatingAgencies02132026am\.xlsx$",
                        original.get_attribute("href") or "")  # fmt: skip


@pytest.mark.parametrize("lang", START)
def test_search_as_one_types_by_keyboard(opened: Opens, lang: str) -> None:
    with opened(viewport=DESKTOP) as page:
        page.goto(f"{START[lang]}about/")
        box = page.get_by_role("combobox", name=said(lang, "search.label"))
        box.press_sequentially("frederick md")
        page.get_by_role("listbox").get_by_role("option").first.wait_for()
        assert FREDERICK in page.get_by_role("listbox").get_by_role("option").first.inner_text()
        assert box.get_attribute("aria-expanded") == "true"
        box.press("ArrowDown")
        chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
        assert chosen.get_attribute("aria-selected") == "true"
        box.press("Enter")
        page.wait_for_url(f"**{START[lang]}agencies/md-frederick-county-sheriff/")


def test_escape_closes_what_search_suggests(opened: Opens) -> None:
    with opened(viewport=PHONE) as page:
        page.goto("/")
        box = page.get_by_role("search").get_by_role("combobox")
        box.press_sequentially("fred")
        page.get_by_role("listbox").get_by_role("option").first.wait_for()
        box.press("Escape")
        assert page.get_by_role("search").get_by_role("listbox").is_hidden()
        assert box.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize(("lang", "size", "scripts"), READERS)
def test_search_by_asking(opened: Opens, lang: str, size: dict[str, int], scripts: bool) -> None:
    with opened(viewport=size, java_script_enabled=scripts) as page:
        page.goto(f"{START[lang]}glossary/")
        page.locator("#q").fill("Condado de Frederick" if lang == "es" and not scripts else "frederick")
        page.get_by_role("button", name=said(lang, "search.go"), exact=True).click()
        page.wait_for_url("**/search/?q=*")
        if "Condado" in page.url:
            return  # names stay as printed; a page that says so is answer enough
        page.locator("main").get_by_role("link", name=FREDERICK).last.click()
        page.wait_for_url("**/agencies/*-frederick-county-sheriff/")


@pytest.mark.parametrize("lang", START)
def test_the_slider_by_keyboard(opened: Opens, atlas: Atlas, lang: str) -> None:
    """28 May 2025: 628 agreements in 40 states, in words and in the table."""
    with opened(viewport=DESKTOP, reduced_motion="reduce") as page:
        page.goto(f"{START[lang]}map/")
        slider = page.get_by_role("slider", name=said(lang, "map_words.day"))
        slider.focus()
        slider.press("Home")
        assert page.locator(".map-day").get_attribute("data-day") == "2021-01-13"
        away = (date(2025, 5, 28) - date(2021, 1, 13)).days
        for key, times in (("PageUp", away // 30), ("ArrowRight", away % 30)):
            for _ in range(times):
                page.keyboard.press(key)
        assert page.locator(".map-day").get_attribute("data-day") == "2025-05-28"
        says = page.locator("[data-map-says]").inner_text()
        assert re.search(r"\b628\b", says) and re.search(r"\b40\b", says), says
        assert slider.get_attribute("aria-valuetext") == says
        told = atlas.status("2025-05-28")
        shown = page.locator("[data-map-table] [data-agreements]").all_inner_texts()
        assert sum(int(n.replace(",", "")) for n in shown) == told["agreements"] == 628
        assert sum(n != "0" for n in shown) == told["states"] == 40
        florida = page.locator("[data-map-table] [data-state=FL] [data-agreements]").inner_text()
        assert int(florida) == atlas.status("2025-05-28", state="FL")["agreements"]


def test_the_map_plays_and_is_stopped(opened: Opens) -> None:
    with opened(viewport=DESKTOP) as page:
        page.goto("/map/")
        page.get_by_role("button", name=said("en", "map_words.play"), exact=True).click()
        pause = page.get_by_role("button", name=said("en", "map_words.pause"), exact=True)
        while (page.locator(".map-day").get_attribute("data-day") or "") != "2026-04-30":
            if (page.locator(".map-day").get_attribute("data-day") or "") > "2025-01-25":
                break
        pause.click()
        day = page.locator(".map-day").get_attribute("data-day") or ""
        assert "2025-01-25" < day < "2026-04-30"
        page.wait_for_timeout(400)
        assert page.locator(".map-day").get_attribute("data-day") == day


def test_the_map_zooms_to_a_state_and_counties_are_reached_by_keys(opened: Opens) -> None:
    with opened(viewport=DESKTOP, reduced_motion="reduce") as page:
        page.goto("/map/")
        svg = page.locator("figure[data-atlas-map] > svg").first
        whole = svg.get_attribute("viewBox")
        page.get_by_label(said("en", "map_words.zoom")).select_option("FL")
        assert svg.get_attribute("viewBox") != whole, "without motion, the map is there at once"
        svg.focus()
        page.keyboard.press("ArrowDown")
        assert page.locator(".map-tip").is_visible()
        name = page.locator(".map-tip strong").inner_text()
        assert name.endswith("Florida")
        page.keyboard.press("Enter")
        page.wait_for_url("**/counties/12*/")
        assert heading(page) and name.split(",")[0].removesuffix(" County") in heading(page)


@pytest.mark.parametrize("lang", START)
def test_a_table_is_sorted_by_its_heads(opened: Opens, edition: Edition, lang: str) -> None:
    with opened(viewport=DESKTOP) as page:
        page.goto(f"{START[lang]}states/")
        head = page.get_by_role("columnheader", name=said(lang, "column.agreements"), exact=True)
        head.get_by_role("button").press("Enter")
        assert head.get_attribute("aria-sort") == "descending"
        shown = page.locator("tbody tr td:nth-of-type(1)").all_inner_texts()
        counts = sorted((s["agreements"] for s in edition.states.values()), reverse=True)
        assert [int(n.replace(",", "")) for n in shown] == counts
        head.get_by_role("button").press("Enter")
        assert head.get_attribute("aria-sort") == "ascending"
        shown = page.locator("tbody tr td:nth-of-type(1)").all_inner_texts()
        assert [int(n.replace(",", "")) for n in shown] == counts[::-1]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_agencies_are_filtered(opened: Opens, edition: Edition, scripts: bool) -> None:
    """In place by scripts, by the server without: the same rows, and an address that gives them again."""
    wanted = {
        a["name"]
        for a in edition.agencies.values()
        if a["state"] == "MD" and a["status"] == "active" and "wso" in a["models"]
    }
    assert wanted
    with opened(viewport=DESKTOP, java_script_enabled=scripts) as page:
        page.goto("/agencies/")
        page.locator("form.filter select[name=state]").select_option("MD")
        page.locator("form.filter select[name=status]").select_option("active")
        page.locator("form.filter select[name=model]").select_option("wso")
        page.get_by_role("button", name=said("en", "filter.go"), exact=True).click()
        page.wait_for_url("**/agencies/?*state=MD*")
        for _ in range(2):
            assert set(page.locator("tbody tr:visible th").all_inner_texts()) == wanted
            page.goto(page.url)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_language_is_switched_in_place(opened: Opens, scripts: bool) -> None:
    with opened(viewport=PHONE, java_script_enabled=scripts) as page:
        page.goto("/counties/24021/")
        page.get_by_role("link", name="Español").click()
        page.wait_for_url("**/es/counties/24021/")
        assert page.locator("html").get_attribute("lang") == "es"
        page.get_by_role("link", name="English").click()
        page.wait_for_url(re.compile(r"/counties/24021/$"))
        assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("lang", START)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_changes_between_two_days(opened: Opens, atlas: Atlas, lang: str, scripts: bool) -> None:
    told = atlas.changes("2024-12-31", "2025-05-28", "FL")
    with opened(viewport=PHONE, java_script_enabled=scripts) as page:
        page.goto(f"{START[lang]}states/fl/changes/")
        page.get_by_label(said(lang, "between.from"), exact=True).fill("2024-12-31")
        page.get_by_label(said(lang, "between.to"), exact=True).fill("2025-05-28")
        page.get_by_role("button", name=said(lang, "between.go"), exact=True).click()
        page.wait_for_url("**/states/fl/changes/?from=2024-12-31&to=2025-05-28")
        assert said(lang, "count.came", n=len(told["listed"])) in heading(page)
        assert str(told["before"]) in heading(page) and str(told["after"]) in heading(page)


def test_a_former_id_leads_to_the_page_now(opened: Opens, edition: Edition) -> None:
    old, new = next((o, n) for o, n in edition.redirects.items() if n in edition.agencies)
    with opened() as page:
        answer = page.goto(f"/es/agencies/{old}/")
        assert answer and answer.status == 200
        assert page.url.endswith(f"/es/agencies/{new}/")


def test_a_state_by_its_name_and_an_address_without_its_slash(opened: Opens) -> None:
    with opened() as page:
        page.goto("/states/florida")
        assert page.url.endswith("/states/fl/")


@pytest.mark.parametrize("lang", START)
def test_nothing_there_is_a_page_that_helps(opened: Opens, lang: str) -> None:
    with opened(expected=("404",)) as page:
        answer = page.goto(f"{START[lang]}agencies/xx-nobody/")
        assert answer and answer.status == 404
        assert page.locator("html").get_attribute("lang") == lang
        assert heading(page) == said(lang, "problem.title.missing")
        assert page.get_by_role("search").is_visible()


def test_the_map_of_a_state_stands_in_a_frame_elsewhere_and_pages_do_not(
    browser: Browser, served: str, tmp_path: Path
) -> None:
    from tests.browser.server import files

    frames = (
        f'<iframe title="a" src="{served}/embed/md/"></iframe><iframe title="b" src="{served}/"></iframe>'
    )
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Elsewhere</title>{frames}")
    with files(tmp_path) as elsewhere:
        page = browser.new_page()
        page.goto(elsewhere, wait_until="load")
        embedded = page.frame_locator("iframe[title=a]")
        embedded.locator("svg.map").first.wait_for()
        assert embedded.get_by_role("link", name=said("en", "embed.more", state="Maryland")).is_visible()
        # The browser's own page stands there instead, and says that the site refused.
        assert page.frame_locator("iframe[title=b]").locator("header.top").count() == 0
        page.close()


def test_a_table_is_downloaded_as_it_stands(opened: Opens, edition: Edition) -> None:
    with opened(accept_downloads=True) as page:
        page.goto("/states/md/")
        with page.expect_download() as coming:
            page.locator(".take").get_by_role("link", name="CSV", exact=True).click()
        assert coming.value.suggested_filename == "states-md.csv"
        text = coming.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    assert {r["agency_id"] for r in rows} == {
        a["agency_id"] for a in edition.agencies.values() if a["state"] == "MD"
    }


@pytest.mark.parametrize("at", ["/changes/", "/es/states/fl/", "/agencies/md-frederick-county-sheriff/"])
def test_pages_name_their_feeds(opened: Opens, at: str) -> None:
    from lxml import etree

    with opened() as page:
        page.goto(at)
        atom, js = (
            page.locator(f"link[rel=alternate][type='application/{kind}']").get_attribute("href") or ""
            for kind in ("atom+xml", "feed+json")
        )
        answer = page.request.get(atom)
        tree = etree.fromstring(answer.body())
        entries = tree.findall("{http://www.w3.org/2005/Atom}entry")
        items = page.request.get(js).json()["items"]
    assert entries and len(entries) == len(items)


def test_every_page_is_data_at_the_same_address(opened: Opens) -> None:
    with opened() as page:
        page.goto("/agencies/md-frederick-county-sheriff/")
        quote = page.locator(".take blockquote").inner_text().strip()
        told = page.request.get(page.locator(".take a", has_text="JSON").first.get_attribute("href") or "")
        assert told.json()["about"]["quote"]["en"] == quote
