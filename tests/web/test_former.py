"""Addresses that once were, or that people write, lead to the address now."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from atlas287 import Atlas
from atlas287.web.edition import Edition
from atlas287.web.pages import BY_NAME, find


@pytest.mark.parametrize(
    ("asked", "now"),
    [
        ("/agencies", "/agencies/"),
        ("/agencies/md-frederick-county-sheriff", "/agencies/md-frederick-county-sheriff/"),
        ("/agencies/index.html", "/agencies/"),
        ("/index.html", "/"),
        ("/es/states/fl/index.html", "/es/states/fl/"),
        ("/es", "/es/"),
        ("/states/FL/", "/states/fl/"),
        ("/states/florida/", "/states/fl/"),
        ("/es/states/new-york/", "/es/states/ny/"),
        ("/states/new-york.json", "/states/ny.json"),
        ("/counties/46113/", "/counties/46102/"),
        ("/counties/51515.json", "/counties/51019.json"),
        ("/agencies/?state=FL".replace("/?", "?"), "/agencies/?state=FL"),
    ],
)
def test_an_address_leads_to_the_one_now(asked: str, now: str, client: TestClient) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (301, now)
    assert client.get(now).status_code == 200


def test_every_former_id_leads_to_a_page(client: TestClient, atlas: Atlas, edition: Edition) -> None:
    old_ids = [r[0] for r in atlas.db.execute("SELECT old_id FROM redirect")]
    led = {}
    for name in ("agency", "agreement"):
        former = BY_NAME[name].former
        assert former is not None
        led |= former(edition)
    assert {f"/agencies/{old}/" for old in old_ids} == led.keys()
    for old, now in list(led.items())[::10]:
        answer = client.get(old)
        assert (answer.status_code, answer.headers["location"]) == (301, now)
    for now in led.values():
        found = find(now)
        assert found is not None and found.page.name in ("agency", "agreement")


def test_the_readers_state_leads_to_its_page(client: TestClient) -> None:
    answer = client.get("/es/states/?state=MD")
    assert (answer.status_code, answer.headers["location"]) == (303, "/es/states/md/")
    assert client.get("/states.json?state=MD").headers["location"] == "/states/md.json"
    assert client.get("/states.parquet?state=MD").headers["location"] == "/states/md/"


def test_no_redirect_leaves_the_site(client: TestClient) -> None:
    for path in ("//evil.example", "//evil.example/", "/%2f%2fevil.example/", "/agencies//evil.example"):
        location = client.get(path).headers.get("location", "/")
        assert not location.startswith("//") and "://" not in location
