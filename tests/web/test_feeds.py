"""Feeds of changes: all, by state, by agency, in both languages."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from atlas287 import Atlas

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
