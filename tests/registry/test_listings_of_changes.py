"""Events, applications and corrections as pages and feeds ask for them."""

from __future__ import annotations

from atlas287 import Atlas


def test_events_are_of_the_days_asked_for_newest_first(atlas: Atlas) -> None:
    april = atlas.events(since="2026-04-01", until="2026-05-01")
    days = [e["at"] for e in april]
    assert days == sorted(days, reverse=True) and days[-1] >= "2026-04-01"
    answer = atlas.changes("2026-03-31", "2026-04-30")
    assert sum(e["delta"] for e in april) == answer["after"] - answer["before"]


def test_events_of_a_state_and_of_an_agency(atlas: Atlas) -> None:
    assert {e["state"] for e in atlas.events(state="MD")} == {"MD"}
    own = atlas.events(agency_id="md-frederick-county-sheriff")
    assert [e["kind"] for e in own] == ["removed"], "what stood on the first list held did not come with it"
    whole = atlas.events(agency_id="md-frederick-county-sheriff", first_list=True)
    assert [e["event_id"] for e in reversed(whole)] == [
        e["event_id"] for e in atlas.history("md-frederick-county-sheriff")["events"]
    ]
    assert len(atlas.events(limit=7)) == 7


def test_months_count_the_events_of_each(atlas: Atlas) -> None:
    months = {m["month"]: m for m in atlas.event_months()}
    for month in ("2025-05", "2026-04"):
        own = atlas.events(since=month, until=f"{month}~")
        assert months[month]["events"] == len(own)
        assert months[month]["listed"] == sum(e["delta"] > 0 for e in own)


def test_applications_are_all_there_and_lead_to_agreements(atlas: Atlas) -> None:
    rows = atlas.applications()
    assert len(rows) == atlas.table("application").height
    known = set(atlas.table("agreement")["agreement_id"])
    assert all((a["became"] in known) == (a["status"] == "became") for a in rows)
    assert {a["status"] for a in atlas.applications(status="gone")} == {"gone"}


def test_corrections_are_all_there(atlas: Atlas) -> None:
    found = atlas.corrections()
    assert {k: len(v) for k, v in found.items()} == {
        "spellings": atlas.table("merge").height,
        "days": atlas.table("redating").height,
        "words": atlas.table("restated").height,
    }
    assert len(atlas.redirects()) == atlas.table("redirect").height
