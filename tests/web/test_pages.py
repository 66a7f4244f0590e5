"""Every kind of page in both languages, with its twins; and that what they say is what the atlas says."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Callable

import polars as pl
import pytest
from lxml import html
from starlette.testclient import TestClient

from atlas287 import Atlas
from atlas287.web import forms, machine
from atlas287.web.edition import Edition
from atlas287.web.page import Ask, twin
from atlas287.web.pages import BY_NAME, find
from atlas287.web.render import View
from atlas287.web.site import Site
from atlas287.web.words import LANGUAGES
from tests.web.samples import EVERY, SAMPLES


def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_there_is_a_sample_of_every_kind_of_page() -> None:
    assert SAMPLES.keys() == BY_NAME.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "path"), EVERY)
def test_a_page_is_whole(name: str, path: str, lang: str, client: TestClient) -> None:
    answer = client.get(LANGUAGES[lang] + path)
    assert answer.status_code == 200
    page = tree(answer.text)
    assert page.get("lang") == lang
    assert said(page.find(".//title"))
    if name != "embed":
        assert len(page.findall(".//h1")) == 1 and said(page.find(".//h1"))
        assert [len(page.findall(f".//{part}")) for part in ("main", "header", "footer")] == [1, 1, 1]
        assert page.xpath('//a[@class="skip"]/@href') == ["#main"]
        levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4")]
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), "a heading level is left out"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), "an id stands twice"
    for label in page.xpath("//*/@aria-labelledby | //*/@aria-describedby"):
        assert set(label.split()) <= set(ids)
    assert not page.xpath("//*[@style] | //style"), "the policy lets no inline style in"
    assert not [a for e in page.iter() for a in e.attrib if a.startswith("on")]
    scripts = page.xpath("//script[not(@src)]/@type")
    assert set(scripts) <= {"application/ld+json"}
    assert "{{" not in answer.text and "{%" not in answer.text
    for message in re.findall(r"\{[a-z_]+\}", said(page.find("body"))):
        pytest.fail(f"{message} was not filled in")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "path"), EVERY)
def test_every_page_has_a_json_twin(name: str, path: str, lang: str, client: TestClient) -> None:
    at, _, query = path.partition("?")
    address = twin(LANGUAGES[lang] + at, "json") + (f"?{query}" if query else "")
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/json")
    told = answer.json()
    assert told["about"]["page"] == name
    stands, mark, _ = told["about"]["address"].partition("?")
    assert (stands, bool(mark)) == (f"https://atlas.example{at}", bool(query))
    assert told["newest_list"]["at"] == "2026-04-30T09:00"
    assert set(told["about"]["title"]) == set(LANGUAGES)


@pytest.mark.parametrize(("name", "path"), EVERY)
def test_a_sentence_to_quote_says_as_of_when(name: str, path: str, client: TestClient) -> None:
    if BY_NAME[name].quote is None:
        return
    told = client.get(twin(path, "json")).json()["about"]["quote"]
    for lang, quote in told.items():
        assert quote.endswith(".") and re.search(r"\b20\d\d\b", quote), quote
        assert quote in said(tree(client.get(LANGUAGES[lang] + path).text).find("body")) or name == "embed"


@pytest.mark.parametrize(("name", "path"), EVERY)
def test_tables_download_as_csv_and_parquet(name: str, path: str, client: TestClient) -> None:
    page, at = BY_NAME[name], path
    forms = [f for f in ("csv", "parquet") if f in page.forms]
    query = at.partition("?")[2]
    for form in forms:
        answer = client.get(twin(at.partition("?")[0], form) + (f"?{query}" if query else ""))
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        if form == "csv":
            read = list(csv.DictReader(io.StringIO(answer.text), strict=True))
            count = len(read)
        else:
            assert pl.read_parquet(io.BytesIO(answer.content)).height == count


def test_home_says_what_status_says(page: Callable[[str], str], atlas: Atlas) -> None:
    status = atlas.status()
    heading = said(tree(page("/")).find(".//h1"))
    assert heading == (
        "1,770 agreements in 39 states, Guam and the Northern Mariana Islands, on ICE’s list of 30 April 2026"
    )
    assert f"{status['agreements']:,}" in heading
    spanish = said(tree(page("/es/")).find(".//h1"))
    assert spanish == (
        "1,770 acuerdos en 39 estados, Guam y las Islas Marianas del Norte, "
        "en la lista de ICE del 30 de abril de 2026"
    )
    told = json.loads(page("/index.json"))
    same = ("agreements", "by_model", "agencies", "states", "list")
    assert told["where"] == {"states": status["states"], "territories": ["GU", "MP"]}
    assert {k: told[k] for k in same if k != "states"} == {k: status[k] for k in same if k != "states"}
    assert len(told["states"]) == 56


def test_frederick_has_its_evidence_down_to_the_cell(page: Callable[[str], str]) -> None:
    text = said(tree(page("/agencies/md-frederick-county-sheriff/")).find(".//main"))
    assert "left ICE’s list of 287(g) agreements between 13 February 2026 and 17 February 2026" in text
    assert "ICE’s list of 13 February 2026, row 622, cell F622 “2020-06-09”" in text
    assert "in a compiler’s transcription, row 78, cell D78" in text
    assert "The lists do not say why." in text
    links = tree(page("/agencies/md-frederick-county-sheriff/")).xpath("//main//a/@href")
    assert "https://web.archive.org/web/20210113002027/https://www.ice.gov/identify-and-arrest/287g" in links


def test_an_agreements_page_has_every_cell_that_shows_it(page: Callable[[str], str], atlas: Atlas) -> None:
    own = "md-frederick-county-sheriff/jem/2020-06-09"
    rows = tree(page(f"/agencies/{own}/")).xpath("//main//tbody/tr")
    assert len(rows) == len(atlas.trace(own)["evidence"]) > 1


def test_a_states_changes_between_two_days_are_the_atlass(client: TestClient, atlas: Atlas) -> None:
    told = client.get("/states/fl/changes.json?from=2025-01-20&to=2025-05-28").json()
    answer = atlas.changes("2025-01-20", "2025-05-28", "FL")
    assert told["listed"] == answer["listed"] and told["after"] == answer["after"]
    days = [e["at"][:10] for e in told["events"]]
    assert days and min(days) >= "2025-01-20" and max(days) <= "2025-05-28"
    assert (
        client.get("/states/fl/changes.json?from=2025-05-28&to=2025-01-20").json()["after"] == answer["after"]
    )


def test_filters_leave_what_was_asked_for(client: TestClient, atlas: Atlas) -> None:
    told = client.get("/agencies.json?state=Florida&model=tfm").json()["agencies"]
    assert {a["agency_id"] for a in told} == set(atlas.agencies("FL", model="tfm")["agency_id"])
    named = client.get("/agencies.json?q=frederick+county").json()["agencies"]
    assert named and all("frederick" in a["name"].lower() for a in named)
    text = client.get("/agencies/?state=FL&status=removed&q=zzz").text
    assert "No agency fits." in text
    counties = client.get("/counties.json?state=MD&reached=jail").json()
    assert counties["jail"] == len(counties["counties"]) == 2


@pytest.mark.parametrize(
    "path", ["/agencies/?state=XX", "/agencies/?model=foo", "/agencies/?status=dead",
             "/counties/?reached=all", "/states/fl/changes/?from=2025-13-01", "/facts/",
             "/states/?state=Atlantis"],
)  # fmt: skip
def test_a_question_that_means_nothing_is_refused(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "That cannot be asked" in answer.text


@pytest.mark.parametrize(
    "path", ["/nope", "/agencies/xx-nobody/", "/counties/99999/", "/states/zz/", "/changes/1999-01/",
             "/es/nope/", "/agencies/md-frederick-county-sheriff/jem/1999-01-01/", "/static/../app.py",
             "/data/passwd", "/facts/?id=nothing", "/models.csv", "/states/fl.feed.xml"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    if not path.startswith("/static"):
        assert tree(answer.text).get("lang") == ("es" if path.startswith("/es/") else "en")


def test_a_missing_twin_says_so_as_json(client: TestClient) -> None:
    answer = client.get("/agencies/xx-nobody.json")
    assert answer.status_code == 404 and "xx-nobody" in answer.json()["error"]
    assert client.get("/nope.json").json()["error"] == "There is no such page"


@pytest.mark.parametrize("start", ["", "/es"])
def test_days_outside_the_record_are_told_in_the_readers_words(start: str, client: TestClient) -> None:
    """Before the first list there is none, which no command mends; after the last one, that one stands."""
    answer = client.get(f"{start}/states/fl/changes/?from=1990-01-01&to=2000-01-01")
    assert answer.status_code == 404
    shown = tree(answer.text).xpath("string(//main)")
    assert ("13 de enero de 2021" if start else "13 January 2021") in shown
    assert "`" not in shown and "no list is held for" not in shown
    last = client.get(f"{start}/changes/between.json?from=9999-12-31&to=9999-12-31")
    assert last.status_code == 200 and last.json()["listed"] == []


def test_an_error_in_english_says_so_on_a_spanish_page(client: TestClient) -> None:
    page = tree(client.get("/es/changes/between/?from=foo").text)
    assert page.xpath('string(//p[contains(., "is not a day")]/@lang)') == "en"


def test_what_no_list_prints_is_not_told_as_a_listed_name(page: Callable[[str], str]) -> None:
    text = page("/agencies/az-maricopa-county-sheriff/")
    assert "in sources other than ICE’s lists" in text and "0 lists" not in text


def test_search_finds_without_scripts(client: TestClient) -> None:
    for asked in ("Nuevo México", "nuevo mexico", "New Mexico", "NM"):
        assert client.get("/es/search.json", params={"q": asked}).json()["hits"][0]["id"] == "NM"
    assert client.get("/search.json?q=dona+ana").json()["hits"][0]["name"] == "Doña Ana County"
    hits = client.get("/search.json?q=frederick+md").json()["hits"]
    assert [(h["kind"], h["id"]) for h in hits] == [
        ("agency", "md-frederick-county-sheriff"),
        ("county", "24021"),
    ]
    first = [
        client.get("/search.json", params={"q": q}).json()["hits"][0] for q in ("Florida", "harris", "fl")
    ]
    assert [(h["kind"], h["id"]) for h in first] == [
        ("state", "FL"), ("agency", "ga-harris-county-sheriff"), ("state", "FL")
    ]  # fmt: skip
    assert "Nothing goes by" in client.get("/search/?q=xyzzy").text
    assert client.get("/search.json?q=%F0%9F%A6%84").json()["hits"] == []


def test_a_former_spelling_finds_its_agency(client: TestClient, atlas: Atlas) -> None:
    """Printed once, taken back since: it is in no name of now."""
    old, new = atlas.db.execute(
        "SELECT n.printed, a.agency_id FROM agency_name n JOIN agency a USING (agency_no) "
        "WHERE lower(n.printed) <> lower(a.name) ORDER BY n.rowid LIMIT 1"
    ).fetchone()
    assert client.get("/search.json", params={"q": old}).json()["hits"][0]["id"] == new


def test_every_link_inside_leads_somewhere(client: TestClient, edition: Edition) -> None:
    known = {
        (name, tuple(sorted(params.items())))
        for name, page in BY_NAME.items()
        for params in ({k: str(v) for k, v in p.items()} for p in page.each(edition))
    }
    missing = set()
    for name, path in EVERY:
        for lang in LANGUAGES:
            here = LANGUAGES[lang] + path
            for href in tree(client.get(here).text).xpath("//@href | //@src | //@action"):
                if href.startswith(("http", "#", "mailto:")):
                    continue
                assert href.startswith("/"), (name, href)
                to = re.split(r"[?#]", href)[0]
                found = find(to)
                if found is not None:
                    if (found.page.name, tuple(sorted(found.params.items()))) not in known:
                        missing.add((here, href))
                elif client.get(to).status_code != 200:
                    missing.add((here, href))
    assert not missing


def test_no_page_of_the_whole_site_fails(edition: Edition) -> None:
    """Samples cannot have every oddity of the record: each page once, in one language or the other."""
    failed = []
    for n, (name, params) in enumerate(machine.addresses(edition)):
        page = BY_NAME[name]
        view = View(page, params, list(LANGUAGES)[n % 2], Site(), edition)
        try:
            assert b"</html>" in forms.write(view, page.data(Ask(edition, params)), "html")
        except Exception as error:
            failed.append((page.address(params), error))
    assert not failed


def test_a_table_is_taken_and_told_as_it_stands(client: TestClient) -> None:
    page = tree(client.get("/agencies/?model=tfm&state=MD&q=&x=1").text)
    assert "/agencies.csv?model=tfm&state=MD" in page.xpath("//a/@href")
    assert "/es/agencies/?model=tfm&state=MD" in page.xpath("//a/@href")
    assert page.findall(".//blockquote") == [], "a sentence on all agencies does not fit some"
    between = tree(client.get("/states/fl/changes/?from=2025-01-20&to=2025-05-28").text)
    address = "https://atlas.example/states/fl/changes/?from=2025-01-20&to=2025-05-28"
    assert address in said(between.find(".//aside"))
    assert (
        client.get("/states/fl/changes.json?from=2025-01-20&to=2025-05-28").json()["about"]["address"]
        == address
    )
