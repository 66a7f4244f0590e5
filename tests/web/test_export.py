"""The written site: every link leads to a file of it, under any path; the same build gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import polars as pl
import pytest
from lxml import html

from atlas287 import Atlas
from atlas287.errors import AtlasError
from atlas287.web import images, machine
from atlas287.web.edition import Edition
from atlas287.web.export import MANIFEST, Job, export_site
from atlas287.web.page import twin
from atlas287.web.pages import BY_NAME, PAGES
from atlas287.web.render import static_files
from atlas287.web.site import Site, file_of
from atlas287.web.words import LANGUAGES

KEPT = {"state": {"md", "gu", "ut"}, "state_changes": {"md"}, "embed": {"md"}, "month": {"2025-05"},
        "county": {"24021", "12031", "69110"}, "model": {"jem"}, "claim": {"the-conversation-2025"},
        "agency": {"md-frederick-county-sheriff", "fl-jacksonville-sheriff"}}  # fmt: skip


def some(job: Job) -> bool:
    """All pages of which there is one, and a few of every other kind."""
    name, params = job
    if name == "agreement":
        return params["agency_id"] in KEPT["agency"]
    return not params or next(iter(params.values())) in KEPT[name]


@pytest.fixture(scope="module")
def site(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    export_site(atlas, folder, Site(static=True), processes=1, only=some, pictures=False)
    return folder


@pytest.fixture(scope="module")
def whole(edition: Edition) -> set[str]:
    """Every file that the whole site has."""
    files = {machine.ROBOTS, machine.SITEMAP, machine.INDEX, machine.MAP_DAYS}
    files |= {f"static/{name}" for name in static_files()} | {f"{images.TAKE}/{n}" for n in images.TAKEN}
    for start in LANGUAGES.values():
        for name, params in machine.addresses(edition):
            address = start + BY_NAME[name].address(params)
            files |= {file_of(address), *(file_of(twin(address, form)) for form in BY_NAME[name].forms)}
        for page in PAGES:
            if page.former and not page.live:
                files |= {file_of(start + old) for old in page.former(edition)}
    return files


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_link_leads_to_a_file_of_the_site(site: Path, whole: set[str]) -> None:
    there = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    known = whole | there
    lost = set()
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        found = html.document_fromstring(text).xpath(
            "//@href | //@src | //@action | //@data-index | //@data-days"
        )
        for href in found:
            if href.startswith(("http://", "https://", "#")) or href in ("asked", "written"):
                continue
            assert not href.startswith("/"), f"{path}: {href} would leave a sub-path"
            to = (path.parent / unquote(re.split(r"[?#]", href)[0])).resolve()
            name = to.relative_to(site.resolve()).as_posix()
            if name not in known:
                lost.add((path.relative_to(site).as_posix(), href))
    assert not lost


def test_an_anchor_is_on_the_page_that_it_leads_to(site: Path) -> None:
    lost = set()
    for path in pages(site):
        for href in html.document_fromstring(path.read_text(encoding="utf-8")).xpath("//@href"):
            if href.startswith(("http://", "https://")) or "#" not in href:
                continue
            name, _, anchor = href.partition("#")
            to = (path.parent / re.split(r"\?", name)[0]).resolve() if name else path
            if to.is_file() and to.suffix == ".html":
                ids = html.document_fromstring(to.read_text(encoding="utf-8")).xpath("//@id")
                if unquote(anchor) not in ids:
                    lost.add((path.relative_to(site).as_posix(), href))
    assert not lost


def test_a_former_address_leads_on(site: Path) -> None:
    page = html.document_fromstring((site / "counties/46113/index.html").read_text())
    assert page.xpath('//meta[@http-equiv="refresh"]/@content') == ["0; url=../46102/index.html"]


def test_the_site_says_what_the_atlas_says(site: Path, atlas: Atlas) -> None:
    told = json.loads((site / "index.json").read_text())
    assert told["agreements"] == atlas.status()["agreements"]
    assert "age_days" not in told["newest_list"], "an age would change from day to day"
    assert (site / "es/index.json").read_bytes() == (site / "index.json").read_bytes()
    assert pl.read_parquet(site / "data/agencies.parquet").height == atlas.agencies().height


def test_search_is_one_small_index(site: Path, edition: Edition) -> None:
    data = (site / machine.INDEX).read_bytes()
    assert len(data) < 150_000
    assert unpacked(json.loads(data)) == {
        *(
            ("agency", a["agency_id"], a["name"], a["state"], a["status"] == "active")
            for a in edition.agencies.values()
        ),
        *(("county", c["fips"], c["name"], c["state"], False) for c in edition.counties.values()),
    }  # fmt: skip


def unpacked(index: dict[str, Any]) -> set[tuple[object, ...]]:
    """As static/js/search.js unpacks it."""

    def whole(name: str) -> str:
        return re.sub(r"~(\d+)$", lambda m: index["endings"][int(m[1])], name)

    out: set[tuple[object, ...]] = set()
    for state, rows in index["agencies"].items():
        for row in rows:
            packed, _, own = row[1:].partition("\t")
            name = whole(packed)
            out.add(("agency", own or machine.plain_id(state, name), name, state, row[0] == "+"))
    for digits, rows in index["counties"].items():
        out |= {("county", digits + r[:3], whole(r[3:]), index["codes"][digits], False) for r in rows}
    return out


def test_two_exports_are_alike_byte_for_byte(site: Path, atlas: Atlas, tmp_path: Path) -> None:
    again = tmp_path / "again"
    export_site(atlas, again, Site(static=True), processes=2, only=some, pictures=False)
    assert (again / MANIFEST).read_bytes() == (site / MANIFEST).read_bytes()
    for name in (site / MANIFEST).read_text().split():
        assert (again / name).read_bytes() == (site / name).read_bytes(), name


def test_an_export_takes_away_what_the_last_one_left(atlas: Atlas, tmp_path: Path) -> None:
    def only(*names: str) -> Callable[[Job], bool]:
        return lambda job: job[0] in names

    folder = tmp_path / "site"
    export_site(atlas, folder, Site(static=True), processes=1, only=only("home", "about"), pictures=False)
    assert (folder / "about/index.html").is_file()
    export_site(atlas, folder, Site(static=True), processes=1, only=only("home"), pictures=False)
    assert not (folder / "about/index.html").exists()
    assert (folder / "index.html").is_file()


def test_a_folder_of_other_things_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(AtlasError, match="not a site that atlas287 wrote"):
        export_site(atlas, tmp_path, Site(static=True))
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_site_that_knows_its_address_says_so(atlas: Atlas, tmp_path: Path) -> None:
    about = Site(base="https://atlas.example/sub", static=True, report="mailto:errors@atlas.example")

    def only(job: Job) -> bool:
        return job[0] in ("corrections", "state") and some(job)

    export_site(atlas, tmp_path / "s", about, processes=1, only=only, pictures=False)
    page = html.document_fromstring((tmp_path / "s/es/states/md/index.html").read_text())
    assert page.xpath('//link[@rel="canonical"]/@href') == ["https://atlas.example/sub/es/states/md/"]
    assert page.xpath('//meta[@property="og:image"]/@content') == [
        "https://atlas.example/sub/es/cards/state-md.png"
    ]
    # Search engines follow only whole addresses to a page's other languages.
    assert page.xpath('//link[@hreflang="en"]/@href') == ["https://atlas.example/sub/states/md/"]
    assert "https://atlas.example/sub/states/md/" in (tmp_path / "s/sitemap.xml").read_text()
    assert "mailto:errors@atlas.example" in (tmp_path / "s/corrections/index.html").read_text()


def test_an_export_that_was_broken_off_is_taken_up_and_leaves_other_folders_alone(
    atlas: Atlas, tmp_path: Path
) -> None:
    beside = tmp_path / "beside.txt"
    beside.write_text("mine")
    folder = tmp_path / "site"
    (folder / "old").mkdir(parents=True)
    (folder / MANIFEST).write_text("../beside.txt\nold/gone.html\n")
    (folder / "old/gone.html").write_text("old")
    export_site(atlas, folder, Site(static=True), processes=1, only=lambda j: j[0] == "about", pictures=False)
    assert beside.read_text() == "mine"
    assert not (folder / "old/gone.html").exists()


@pytest.mark.parametrize(
    ("here", "to", "href"),
    [
        ("/", "/agencies/", "agencies/index.html"),
        ("/es/agencies/x/", "/agencies/x.json", "../../../agencies/x.json"),
        ("/states/fl/", "/states/fl/?a=b#c", "index.html?a=b#c"),
        ("/a/b/", "/", "../../index.html"),
    ],
)
def test_links_between_files_are_relative(here: str, to: str, href: str) -> None:
    assert Site(static=True).href(here, to) == href
    assert Site(root="/sub").href(here, to) == "/sub" + to
