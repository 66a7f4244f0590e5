"""Feeds of changes: all, by state, by agency, in both languages."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from atlas287 import Atlas
from atlas287.web.edition import Edition
from atlas287.web.feeds import atom, json_feed
from atlas287.web.pages import BY_NAME
from atlas287.web.render import View
from atlas287.web.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = {"/changes": {}, "/states/md": {"state": "MD"}, "/agencies/md-frederick-county-sheriff": {
    "agency_id": "md-frederick-county-sheriff", "first_list": True}}  # fmt: skip


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_tells_the_latest_events(path: str, client: TestClient, atlas: Atlas) -> None:
    wanted = [e["event_id"] for e in atlas.events(**FEEDS[path], limit=100)]
    for start in ("", "/es"):
        feed = ElementTree.fromstring(client.get(f"{start}{path}.atom").text)
        assert [feed.find(f"{ATOM}{tag}") is not None for tag in ("id", "title", "updated", "author")] == [
            True
        ] * 4
        entries = feed.findall(f"{ATOM}entry")
        ids = [(e.findtext(f"{ATOM}id") or "").partition(":/events/")[2] for e in entries]
        assert ids == [w.replace(" ", "%20") for w in wanted]
        for entry in entries:
            link = entry.find(f"{ATOM}link")
            assert link is not None and link.get("href", "").startswith(
                f"https://atlas.example{start}/agencies/"
            )
        told = client.get(f"{start}{path}.feed.json").json()
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert [i["_atlas287"]["event_id"] for i in told["items"]] == wanted
        assert told["feed_url"] == f"https://atlas.example{start}{path}.feed.json"


def test_a_departure_is_told_without_a_reason(client: TestClient) -> None:
    item = client.get("/agencies/md-frederick-county-sheriff.feed.json").json()["items"][0]
    assert item["title"] == (
        "Frederick County Sheriff's Office, Maryland, left ICE’s list (Jail Enforcement Model); "
        "the lists do not say why."
    )
    assert item["date_published"] == "2026-02-17T16:00:00Z"


def test_a_feed_that_does_not_know_its_site_tells_where_it_is_from_where_it_stands(edition: Edition) -> None:
    """A feed's reader may hold it under any path: an address from the root would lead out of the site."""
    view = View(BY_NAME["state"], {"code": "md"}, "en", Site(static=True), edition)
    assert json.loads(json_feed(view, [], {"state": "MD"}))["feed_url"] == "md.feed.json"
    assert '<link rel="self" href="md.atom"/>' in atom(view, [], {"state": "MD"})
