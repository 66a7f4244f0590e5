"""The pages on the program say what the atlas answers, in both languages, each with its source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from atlas287 import Atlas
from atlas287.registry.text import MODELS
from atlas287.web.pages import find
from atlas287.web.pages.program import ROADS
from atlas287.web.pages.texts import TERMS
from atlas287.web.words import LANGUAGES, words
from tests.web.samples import SAMPLES

Page = Callable[[str], str]
OURS = (
    "how",
    "models",
    "model",
    "claims",
    "claim",
    "timeline",
    "money",
    "studies",
    "methods",
    "about",
    "glossary",
)
PATHS = [start + path for name in OURS for path in SAMPLES[name] for start in LANGUAGES.values()]


def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def flat(text: str) -> str:
    return " ".join(text.split())


def main(page: Page, path: str, lang: str) -> html.HtmlElement:
    return tree(page(LANGUAGES[lang] + path)).find(".//main")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_is_told_for_every_road_with_its_source(lang: str, page: Page, atlas: Atlas) -> None:
    found = main(page, "/how/", lang)
    sections = found.xpath('.//section[@class="step"]')
    steps = atlas.how_it_works()
    assert [said(s.find("h2")) for s in sections] == [
        f"{n} {step[f'title_{lang}']}" for n, step in enumerate(steps, 1)
    ]
    for section, step in zip(sections, steps, strict=True):
        cells = section.xpath('.//div[contains(@class, "road ")]')
        widths = [int(c.get("class").split("over-")[1]) for c in cells]
        assert sum(widths) == len(ROADS)
        by_road = {act["path"]: act for act in step["acts"]}
        roads = iter(ROADS)
        for cell, width in zip(cells, widths, strict=True):
            for act in [by_road[next(roads)] for _ in range(width)]:
                assert flat(act[f"words_{lang}"]) in said(cell)
                if act["source"]:
                    assert act[f"who_{lang}"] in said(cell)
                    assert act["snippet"] is None or flat(act["snippet"]) in said(cell)
                    assert act["source"]["address"] in cell.xpath(".//a/@href")
                else:
                    assert not cell.xpath(".//details")


def test_what_is_the_same_with_and_without_an_agreement_is_told_once(page: Page) -> None:
    told = json.loads(page("/how.json"))["steps"]
    together = {s["step"]: [a["paths"] for a in s["acts"]] for s in told}
    assert together["booking"] == [list(ROADS)]
    assert together["questions"] == [[road] for road in ROADS]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("model", MODELS)
def test_a_models_page_has_every_answer_with_its_words(
    model: str, lang: str, page: Page, atlas: Atlas
) -> None:
    found, told = main(page, f"/models/{model}/", lang), atlas.model(model)
    text = said(found)
    w = words(lang)
    for template in told["templates"]:
        for power in template["powers"]:
            (own,) = found.xpath(f'.//*[@id="{template["template"]}-{power["power"]}"]')
            assert power[f"label_{lang}"] in said(own)
            assert bool(power["findings"]) == (own.tag == "div")
            for finding in power["findings"]:
                assert flat(finding[f"words_{lang}"]) in said(own)
                assert finding["snippet"] is None or flat(finding["snippet"]) in said(own)
                assert finding["source"]["address"] in own.xpath(".//a/@href")
    rows = found.xpath('.//section[@aria-labelledby="glance"]//tbody/tr')
    asked = [p for p in told["templates"][0]["powers"] if p["group"] == "authority"]
    assert [said(r.find("th")) for r in rows] == [p[f"label_{lang}"] for p in asked]
    answers = [
        [
            w.word("answer", p["answer"])
            for t in told["templates"]
            for p in t["powers"]
            if p["power"] == a["power"]
        ]
        for a in asked
    ]
    assert [[said(c) for c in r.findall("td")] for r in rows] == answers
    if told["listed"]["agreements"]:
        assert w.say("models.today", n=told["listed"]["agreements"], day=w.day(told["listed"]["on"])) in text


def test_names_that_people_write_lead_to_the_model(client: TestClient) -> None:
    for written, model in (
        ("task-force", "tfm"),
        ("jail-enforcement", "jem"),
        ("warrant-service-officer", "wso"),
    ):
        answer = client.get(f"/es/models/{written}/")
        assert (answer.status_code, answer.headers["location"]) == (301, f"/es/models/{model}/")
    assert client.get("/models/nothing/").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_of_claims_has_each_under_its_verdict(lang: str, page: Page, atlas: Atlas) -> None:
    found, told = main(page, "/claims/", lang), atlas.claims()
    claims = [c for f in told["files"] for c in f["claims"]]
    for verdict, n in told["verdicts"].items():
        (section,) = found.xpath(f'./section[@aria-labelledby="{verdict.replace(" ", "-")}"]')
        own = [c for c in claims if c["verdict"] == verdict]
        rows = section.xpath(".//tbody/tr")
        assert len(rows) == len(own) == n
        says = "says" if lang == "en" else "says_es"
        assert [said(r.find("th")) for r in rows] == [flat(c[says]) for c in own]
    heading = said(found.find("h1"))
    assert all(str(n) in heading for n in (len(claims), *told["verdicts"].values()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_has_a_page_with_its_verdict(lang: str, page: Page, atlas: Atlas) -> None:
    w = words(lang)
    for file in atlas.claims()["files"]:
        for claim in file["claims"]:
            text = said(main(page, f"/claims/{claim['claim_id']}/", lang))
            assert w.word("verdict_lead", claim["verdict"]) in text
            other = "" if lang == "en" else "_es"
            for key in ("how", "note"):
                assert not claim[f"{key}{other}"] or flat(claim[f"{key}{other}"]) in text
            for reading in claim[f"could_be{other}"]:
                assert flat(reading) in text
            for proof in claim["evidence"]:
                assert (proof.get("first") or proof).get("printed", "") in text


def test_a_claim_that_differs_shows_both_figures_and_the_cell(page: Page) -> None:
    found = main(page, "/claims/the-conversation-2025/states-december-2024/", "en")
    text = said(found)
    assert "Published figure 25 states Figure found 21 states" in text
    assert "Verdict differs" in text
    assert "Rows 2–136, as a spreadsheet numbers them." in text
    assert "row 2, cell B2 “Etowah County Sheriff's Office”" in text
    assert "ICE's list of 17 November 2021" in text
    spanish = said(main(page, "/claims/the-conversation-2025/states-december-2024/", "es"))
    assert "Cifra publicada 25 estados Cifra hallada 21 estados" in spanish
    assert "Veredicto difiere" in spanish


def test_figures_of_every_kind_are_told_in_words(page: Page) -> None:
    published, found = "Published figure", "Figure found"
    shown = {
        "the-conversation-2025/established-1996": f"{published} 1996 {found} 1996",
        "the-conversation-2025/jacksonville-fl": f"{published} yes {found} yes",
        "public-record/otsego-signed": f"{published} 17 October 2025 {found} 17 October 2025",
        "public-record/gao-150-agreements-2020": f"{published} 150 agreements {found} 148 to 156 agreements",
        "public-record/dhs-1000-agency-partners": f"more than 1,000 agencies {found} 829 agencies",
        "the-conversation-2025/deported-great-depression": f"{published} at most 1,800,000 people",
    }
    for claim, figures in shown.items():
        assert figures in said(main(page, f"/claims/{claim}/", "en")), claim


def test_a_claims_proof_leads_to_the_agreement(page: Page) -> None:
    links = main(page, "/claims/the-conversation-2025/jacksonville-fl/", "en").xpath(".//a/@href")
    assert "/agencies/fl-jacksonville-sheriff/" in links
    assert "/agencies/fl-jacksonville-sheriff/jem/2020-06-09/" in links


def test_a_register_of_other_lists_has_pages_that_say_what_it_cannot_check(hostile: TestClient) -> None:
    told = hostile.get("/claims.json").json()
    claims = [c["claim_id"] for v in told["verdicts"] for c in v["claims"]]
    assert claims
    for claim in claims:
        assert hostile.get(f"/claims/{claim}/").status_code == 200, claim
    text = said(tree(hostile.get("/claims/public-record/otsego-signed/").text).find(".//main"))
    assert "none of the lists" in text and "the lists that ship" in text
    for path in ("/how/", "/models/jem/", "/timeline/", "/money/", "/studies/", "/methods/", "/about/"):
        assert hostile.get(path).status_code == 200, path


def test_there_is_no_page_of_a_claim_that_is_not_there(client: TestClient) -> None:
    for path in ("/claims/public-record/nothing/", "/claims/nothing/dhs-609-percent/", "/claims/x/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_timeline_tells_every_event_and_the_picture_leads_there(
    lang: str, page: Page, atlas: Atlas
) -> None:
    found, told = main(page, "/timeline/", lang), atlas.timeline()["events"]
    entries = found.xpath('.//ol[@class="story"]/li')
    assert [e.get("id") for e in entries] == [e["id"] for e in told]
    assert [int(e.get("value")) for e in entries] == list(range(1, len(told) + 1))
    w = words(lang)
    for entry, event in zip(entries, told, strict=True):
        text = said(entry)
        assert event[f"title_{lang}"] in text and flat(event[f"says_{lang}"]) in text
        assert w.when(event["start"]) in text
        assert set(event["url"]) <= set(entry.xpath(".//a/@href"))
        if event["low"] is not None:
            assert w.num(event["low"]) in text and w.num(event["high"]) in text
        assert bool(event["register"]) == bool(entry.xpath('.//p[@class="joined"]'))
    for layout in ("wide", "narrow"):
        (svg,) = found.xpath(f'.//*[@id="timeline-{layout}"]')
        assert {a.get("href") for a in svg.iter("{*}a", "a")} == {f"#{e['id']}" for e in told}


def test_what_the_register_holds_of_a_ban_stands_beside_it(page: Page) -> None:
    (entry,) = main(page, "/timeline/", "en").xpath('.//li[@id="ban-md-2026"]')
    text = said(entry)
    assert (
        "ICE’s last list before the day has 9 agreements there. Of these, 7 have left the lists since" in text
    )
    assert "The lists give no reasons." in text
    assert "/agencies/md-carroll-county-sheriff/wso/2025-03-03/" in entry.xpath(".//a/@href")


def test_the_curve_is_the_atlass_growth(page: Page, atlas: Atlas) -> None:
    told = json.loads(page("/timeline.json"))["curve"]
    growth = atlas.growth().to_dicts()
    assert [(r["month"], r["basis"], r["agreements"]) for r in told] == [
        (r["month"], r["basis"], r["agreements"]) for r in growth
    ]
    assert {r["basis"] for r in told} == {"in-force", "listed"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_statement_on_money_has_amount_basis_and_source(lang: str, page: Page, atlas: Atlas) -> None:
    found = main(page, "/money/", lang)
    rows = [row for kind in atlas.money()["kinds"] for row in kind["rows"]]
    entries = found.xpath('.//ul[contains(@class, "statements")]/li')
    assert [e.get("id") for e in entries] == [r["id"] for r in rows]
    for entry, row in zip(entries, rows, strict=True):
        text = said(entry)
        assert flat(row[f"says_{lang}"]) in text and flat(row[f"basis_{lang}"]) in text
        assert row["amount_usd"] is None or f"${words(lang).num(row['amount_usd'])}" in text
        assert set(row["url"]) <= set(entry.xpath(".//a/@href"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_studies_are_drawn_where_their_figures_share_a_unit(lang: str, page: Page, atlas: Atlas) -> None:
    found, told = main(page, "/studies/", lang), atlas.studies()
    rows = [row for outcome in told["outcomes"] for row in outcome["rows"]]
    units = [row["unit_en"] for row in rows if row["estimate"] is not None]
    drawn = {f"dot-{r['id']}" for r in rows if r["estimate"] is not None and units.count(r["unit_en"]) > 1}
    assert drawn and {svg.get("id") for svg in found.xpath(".//*[@class='dots']")} == drawn
    text = said(found)
    for row in rows:
        assert flat(row[f"measure_{lang}"]) in text and row["study"] in text
        assert set(row["url"]) <= set(found.xpath(".//a/@href"))
    if not any(outcome["pooled"] for outcome in told["outcomes"]):
        assert words(lang).say("studies.heading") in text
        assert words(lang).say("studies.no_figures") in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_can_be_linked_to(lang: str, page: Page) -> None:
    found = main(page, "/glossary/", lang)
    assert found.xpath(".//dl/dt/@id") == list(TERMS)
    assert len({said(dt) for dt in found.xpath(".//dl/dt")}) == len(TERMS)
    terms = [a for path in PATHS if path.startswith("/es/") == (lang == "es") for a in
             tree(page(path)).xpath('//main//a[@class="term"]')]  # fmt: skip
    assert {a.get("href").partition("#")[2] for a in terms} <= set(TERMS) and len(terms) >= 15
    assert all(
        a.get("title") == words(lang).word("glossary_text", a.get("href").partition("#")[2]) for a in terms
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_methods_count_what_the_register_holds(lang: str, page: Page, atlas: Atlas) -> None:
    text, w = said(main(page, "/methods/", lang)), words(lang)
    for number in (
        atlas.lists().height,
        int(atlas.lists()["rows"].sum()),
        atlas.table("agreement").height,
        atlas.table("spell").height,
        atlas.table("testimony").height,
        len(atlas.corrections()["spellings"]),
    ):
        assert w.num(number) in text
    for source in atlas.table("source").to_dicts():
        assert flat(source["title"]) in text
    counted = [
        e for e in atlas.timeline()["events"] if e["kind"] == "count" and "basis" in (e["register"] or {})
    ]
    assert counted and all(flat(e["source"]) in text for e in counted)


def test_about_says_how_to_cite_and_report(page: Page) -> None:
    text = said(main(page, "/about/", "en"))
    assert re.search(
        r"atlas287, version \d+\.\d+\.\d+, with ICE’s list of 30 April 2026\. CC BY 4\.0\.", text
    )
    assert "It takes no side" in text and "It holds no data on people" in text


@pytest.mark.parametrize("path", PATHS)
def test_every_link_of_these_pages_resolves(path: str, client: TestClient) -> None:
    ids: dict[str, set[str]] = {}

    def anchors(address: str) -> set[str]:
        if address not in ids:
            answer = client.get(address)
            assert answer.status_code == 200, address
            ids[address] = set(tree(answer.text).xpath("//@id"))
        return ids[address]

    for href in set(tree(client.get(path).text).xpath("//main//@href | //footer//@href | //nav//@href")):
        parts = urlsplit(urljoin(f"https://atlas.example{path}", href))
        if parts.netloc != "atlas.example":
            assert parts.scheme in ("https", "http")
            continue
        assert find(parts.path) is not None or parts.path.startswith("/static/"), href
        if parts.fragment:
            assert unquote(parts.fragment) in anchors(parts.path), href


@pytest.mark.parametrize("path", PATHS)
def test_pictures_are_told_and_nothing_is_hidden_from_readers_without_scripts(
    path: str, client: TestClient
) -> None:
    page = tree(client.get(path).text)
    for svg in page.xpath("//main//*[local-name()='svg'][@id]"):
        assert svg.xpath("./*[local-name()='title']") and svg.xpath("./*[local-name()='desc']")
    assert not page.xpath("//main//*[@onclick or @hidden]")
