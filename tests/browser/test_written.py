"""The written site, from a plain file server, under a path of its host: what scripts do works there too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from atlas287 import Atlas

    from .conftest import Opens

pytestmark = pytest.mark.needs("browser")

UNDER = "some/where"
KEPT = {"state": "md", "state_changes": "md", "county": "24021", "agency": "md-frederick-county-sheriff"}


@pytest.fixture(scope="module")
def written(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a part of the site: pages of which there is one, and those about Frederick County."""
    from atlas287.web.export import export_site
    from atlas287.web.site import Site
    from tests.browser.server import files

    root = tmp_path_factory.mktemp("host")
    export_site(
        atlas,
        root / Path(UNDER),
        Site(static=True),
        processes=1,
        pictures=False,
        only=lambda job: not job[1] or KEPT.get(job[0]) == next(iter(job[1].values())),
    )
    with files(root) as host:
        yield f"{host}/{UNDER}"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_search_as_one_types(opened: Opens, written: str, lang: str) -> None:
    start = written + ("/es" if lang == "es" else "")
    with opened(written) as page:
        page.goto(f"{start}/glossary/index.html")
        page.get_by_role("search").get_by_role("combobox").press_sequentially("frederick md")
        page.get_by_role("listbox").get_by_role("option").first.click()
        page.wait_for_url(f"{start}/agencies/md-frederick-county-sheriff/index.html")
        assert page.locator("h1").is_visible()


def test_the_page_of_search_answers_without_a_server(opened: Opens, written: str) -> None:
    with opened(written) as page:
        page.goto(f"{written}/")
        page.locator("#q").fill("frederick county")
        page.get_by_role("search").get_by_role("button").click()
        page.wait_for_url(f"{written}/search/index.html?q=frederick+county")
        page.locator("main").get_by_role("link", name=re.compile("^Frederick County$")).first.click()
        page.wait_for_url(f"{written}/counties/24021/index.html")


def test_the_slider_reaches_any_day(opened: Opens, written: str) -> None:
    with opened(written) as page:
        page.goto(f"{written}/es/map/index.html")
        page.get_by_role("slider").focus()
        page.keyboard.press("Home")
        for _ in range(53):
            page.keyboard.press("PageUp")
        for _ in range(6):
            page.keyboard.press("ArrowRight")
        assert page.locator(".map-day").get_attribute("data-day") == "2025-05-28"
        says = page.locator("[data-map-says]").inner_text()
        assert re.search(r"\b628\b", says) and re.search(r"\b40\b", says)


def test_the_state_is_chosen_and_its_changes_cut_to_two_days(opened: Opens, written: str) -> None:
    with opened(written) as page:
        page.goto(f"{written}/index.html")
        page.locator("form[data-go] select").select_option("MD")
        page.locator("form[data-go] button").click()
        page.wait_for_url(f"{written}/states/md/index.html")
        page.goto(f"{written}/states/md/changes/index.html")
        every = page.locator("li[data-day]:visible").count()
        page.locator("#from").fill("2026-01-01")
        page.locator("#to").fill("2026-02-28")
        page.locator("form[data-days] button").click()
        left = [li.get_attribute("data-day") or "" for li in page.locator("li[data-day]:visible").all()]
        assert left and len(left) < every
        assert all("2026-01-01" <= day <= "2026-02-28" for day in left)
        # The comparison above is of the first list with the last: of these days it says nothing.
        assert page.locator("[data-of-record]").is_hidden() and not page.locator("[data-none]").inner_text()
        page.locator("#from").fill("2026-02-28")
        page.locator("#to").fill("2026-01-01")
        page.locator("form[data-days] button").click()
        assert page.locator("li[data-day]:visible").count() == len(left)
        page.locator("#from").fill("2021-02-01")
        page.locator("#to").fill("2021-02-01")
        page.locator("form[data-days] button").click()
        assert page.locator("li[data-day]:visible").count() == 0
        assert page.locator("[data-none]").inner_text() == "No list of this time shows a change."


def test_tables_are_filtered_and_languages_switched(opened: Opens, written: str) -> None:
    with opened(written) as page:
        page.goto(f"{written}/agencies/index.html?state=MD")
        assert page.locator("tbody tr:visible").count() < 50
        page.get_by_role("link", name="Español").click()
        page.wait_for_url(f"{written}/es/agencies/index.html")


def test_a_former_address_leads_on(opened: Opens, written: str) -> None:
    with opened(written, expected=("404",)) as page:
        page.goto(f"{written}/states/maryland/index.html")
        page.wait_for_url(f"{written}/states/md/index.html")
