"""Nothing that a list prints becomes markup or a link to run; every answer says what a browser may let in."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from lxml import html
from starlette.testclient import TestClient

from atlas287 import Atlas
from atlas287.web import limits
from atlas287.web.app import create_app
from atlas287.web.render import http_only, report_address
from tests.web.conftest import SCRIPT
from tests.web.samples import EVERY


def paths(hostile: TestClient) -> list[str]:
    """Every page that shows what the hostile lists print."""
    agencies = [a["agency_id"] for a in hostile.get("/agencies.json").json()["agencies"]]
    own = [f"/agencies/{a}/" for a in agencies]
    told = [hostile.get(f"/agencies/{a}.json").json() for a in agencies]
    own += [f"/agencies/{x['agreement_id']}/" for t in told for x in t["agreements"]]
    return [*own, "/", "/map/", "/states/al/", "/states/tx/changes/", "/agencies/", "/changes/", "/lists/",
            "/embed/al/", "/corrections/?fact=%3Cscript%3Ealert(1)%3C/script%3E",
            "/search/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/counties/", "/pending/"]  # fmt: skip


def test_what_lists_print_is_text_and_never_markup(hostile: TestClient) -> None:
    names = {a["name"] for a in hostile.get("/agencies.json").json()["agencies"]}
    assert SCRIPT in names, "the name is kept as printed"
    for start in ("", "/es"):
        for path in paths(hostile):
            answer = hostile.get(start + path)
            assert answer.status_code == 200, path
            page = html.document_fromstring(answer.text)
            for script in page.iter("script"):
                assert script.get("src") or script.get("type") == "application/ld+json"
                if not script.get("src"):
                    json.loads(script.text)
            assert not page.xpath("//main//b | //main//i")
            assert "49 County" not in answer.text
            assert "<script>alert" not in answer.text


def test_only_the_web_becomes_a_link(hostile: TestClient) -> None:
    for path in paths(hostile):
        for href in html.document_fromstring(hostile.get(path).text).xpath("//@href | //@src | //@action"):
            assert not href.lower().startswith(("javascript:", "data:", "vbscript:", "//")), (path, href)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "data:text/html,x",
                "//evil.example", "ftp://x/y", "http:///x", "https:evil", "", None, 7, "http://[bad"],
)  # fmt: skip
def test_other_addresses_are_no_links(address: object) -> None:
    assert http_only(address) is None


def test_addresses_of_the_web_are_links_as_they_stand() -> None:
    assert http_only("https://www.ice.gov/a?b=c#d") == "https://www.ice.gov/a?b=c#d"
    assert http_only("HTTP://www.ice.gov/") == "HTTP://www.ice.gov/"
    assert report_address("mailto:a@example.org") == "mailto:a@example.org"
    assert report_address("javascript:alert(1)") is None


def test_hostile_names_stand_in_feeds_and_descriptions_too(hostile: TestClient) -> None:
    for path in ("/changes.atom", "/states/al.atom", "/es/changes.atom"):
        feed = ElementTree.fromstring(hostile.get(path).text)
        titles = [t.text or "" for t in feed.iter("{http://www.w3.org/2005/Atom}title")]
        assert any(t.startswith("287(g):") for t in titles)
    items = hostile.get("/changes.feed.json").json()["items"]
    assert items and all(i["title"] for i in items)
    for path in ("/sitemap.xml",):
        ElementTree.fromstring(hostile.get(path).text)
    json.loads(hostile.get("/search-index.json").text)


OTHERS = (
    "/nope", "/agencies.json", "/static/css/atlas.css", "/-/health", "/search-index.json", "/data/README.txt",
    "/states/FL/",
)  # fmt: skip


@pytest.mark.parametrize("path", [*(p for _, p in EVERY), *OTHERS])
def test_every_answer_carries_the_policy(path: str, client: TestClient) -> None:
    headers = client.get(path).headers
    policy = dict(p.strip().split(" ", 1) for p in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    framed = path.startswith("/embed/")
    assert policy["frame-ancestors"] == ("*" if framed else "'none'")
    assert headers.get("x-frame-options") == (None if framed else "DENY")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "x-atlas-framed" not in headers and "server" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_atlas_is_only_read(method: str, client: TestClient) -> None:
    for path in ("/", "/agencies/", "/data/agencies.csv", "/-/health"):
        assert client.request(method, path).status_code == 405


def test_head_is_get_without_the_body(client: TestClient) -> None:
    got, head = client.get("/states/"), client.head("/states/")
    assert head.status_code == 200 and head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]


def test_long_questions_are_refused(client: TestClient) -> None:
    assert client.get("/agencies/?q=" + "x" * limits.QUERY).status_code == 414
    assert client.get("/search/?q=" + "x" * 101).status_code == 400
    assert client.get("/search/?q=" + "x" * 100).status_code == 200


def test_searches_and_downloads_are_metered_and_pages_are_not(atlas: Atlas) -> None:
    client = TestClient(create_app(atlas))
    client.app.state.searches = client.app.state.taken = limits.Meter(rate=0.001, burst=3)  # type: ignore[attr-defined]
    answers = [client.get("/search/?q=x") for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert client.get("/agencies.csv").status_code == 429
    assert client.get("/data/README.txt").status_code == 429
    assert client.get("/agencies/md-frederick-county-sheriff/").status_code == 200


def test_a_meter_fills_again_and_tells_readers_apart() -> None:
    meter = limits.Meter(rate=2, burst=2, readers=2)
    assert [meter.wait("a", now=0) for _ in range(3)] == [0, 0, 0.5]
    assert meter.wait("b", now=0) == 0
    assert meter.wait("a", now=0.5) == 0
    assert meter.wait("a", now=0.6) > 0
    # One reader has a whole network of IPv6 addresses.
    assert [meter.wait(f"2001:db8::{n}", now=1) for n in range(3)] == [0, 0, 0.5]


def test_pages_are_packed_and_not_sent_twice(client: TestClient) -> None:
    answer = client.get("/", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 150_000
    again = client.get("/", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    for takes in ("identity", "gzip;q=0", "br, gzip; q=0.0"):
        plain = client.get("/", headers={"accept-encoding": takes})
        assert "content-encoding" not in plain.headers and plain.text == answer.text
    for takes in ("br, GZIP", "gzip;q=0.5", "deflate, gzip; q=1.0"):
        assert client.get("/", headers={"accept-encoding": takes}).headers["content-encoding"] == "gzip"


def test_health_and_version(client: TestClient, atlas: Atlas) -> None:
    health = client.get("/-/health").json()
    assert health["status"] == "ok" and health["newest_list"]["at"] == "2026-04-30T09:00"
    assert client.get("/-/version").json()["digest"] == atlas.current.digest
