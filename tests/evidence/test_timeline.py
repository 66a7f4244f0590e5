"""The story, joined to the register of the bundle."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from atlas287 import Atlas
from atlas287.evidence.laws import joined, of_register
from atlas287.evidence.timeline import picture, timeline
from atlas287.registry.register import read_register


@pytest.fixture(scope="module")
def events(atlas: Atlas) -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in atlas.timeline()["events"]}


def test_it_goes_from_the_1930s_to_now_in_order(events: dict[str, dict[str, Any]]) -> None:
    starts = [e["start"] for e in events.values()]
    assert starts == sorted(starts) and starts[0] == "1929" and starts[-1] >= "2026"
    assert {
        "repatriation-1930s", "campaign-1954", "iirira-1996", "first-agreement-florida", "count-2007-09",
        "secure-communities", "task-forces-end", "wso-begins", "order-2025-01",
        "mandate-fl-2025", "ban-md-2026",
    } <= events.keys()  # fmt: skip
    assert {e["precision"] for e in events.values()} == {"year", "month", "day"}


def test_what_scholars_dispute_has_a_range_and_no_middle(events: dict[str, dict[str, Any]]) -> None:
    for entry in ("repatriation-1930s", "repatriation-1930s-citizens", "campaign-1954"):
        assert events[entry]["figure"] is None
        assert events[entry]["low"] < events[entry]["high"]


def test_agreements_that_left_after_marylands_ban(events: dict[str, dict[str, Any]]) -> None:
    told = events["ban-md-2026"]["register"]
    assert told["listed_at"] == {"at": "2026-02-13T09:00", "agreements": 9}
    assert (told["left_since"], told["still_listed"]) == (7, 2)
    frederick = [r for r in told["left"] if r["agreement_id"].startswith("md-frederick")]
    assert frederick == [
        {
            "agreement_id": "md-frederick-county-sheriff/jem/2020-06-09",
            "left_between": ["2026-02-13T09:00", "2026-02-17T16:00"],
        }
    ]


def test_in_virginia_state_agencies_left_and_sheriffs_stayed(events: dict[str, dict[str, Any]]) -> None:
    told = events["ban-va-2026"]["register"]
    assert told["left_since"] + told["still_listed"] == told["listed_at"]["agreements"] == 32
    assert "va-department-of-state-police/tfm/2025-02-28" in {r["agreement_id"] for r in told["left"]}
    assert not any("sheriff" in r["agreement_id"] for r in told["left"])


def test_agreements_before_and_since_a_mandate_add_up_to_the_states(
    atlas: Atlas, events: dict[str, dict[str, Any]]
) -> None:
    for event in events.values():
        if event["kind"] == "mandate":
            told = event["register"]
            whole = atlas.db.execute(
                "SELECT count(*) FROM agreement JOIN agency USING (agency_no) WHERE state = ?",
                (event["state"],),
            ).fetchone()[0]
            assert told["signed_before"] + told["signed_since"] + told["unsigned"] == whole > 0


def test_an_end_bounds_what_came_since(atlas: Atlas) -> None:
    day = date(2025, 2, 13)
    whole, part = joined(atlas.db, "FL", "mandate", day), joined(atlas.db, "FL", "mandate", day, "2025-03-01")
    assert 0 < part["signed_since"] < whole["signed_since"]


def test_laws_of_the_register_are_joined_once_it_has_them(atlas: Atlas, tmp_path: Path) -> None:
    assert atlas.timeline()["laws"] == of_register(atlas.db) == []
    path = tmp_path / "register.sqlite"
    with closing(sqlite3.connect(path)) as own:
        atlas.db.backup(own)
        own.execute("CREATE TABLE state_law (state, direction, instrument, enacted, ended, checked, source)")
        own.executemany(
            "INSERT INTO state_law VALUES (?, ?, ?, ?, NULL, ?, 'https://example.org/')",
            [
                ("MD", "ban", "told by an event already", "2026-02-17", 1),
                ("MD", "ban", "another day", "2026-01-01", 1),
                ("VA", "ban", "nobody read its day", "2026-02-04", 0),
                ("GA", "mandate", "a month is no day", "2024-05", 1),
                ("CO", "restrict", "neither for nor against", "2025-01-01", 1),
            ],
        )
        own.commit()
    with closing(read_register(path)) as db:
        (law,) = timeline(db)["laws"]
    assert (law["instrument"], law["register"]["listed_at"]["agreements"]) == ("another day", 8)


def test_a_ban_of_before_the_lists_says_that_nothing_is_known(events: dict[str, dict[str, Any]]) -> None:
    told = events["ban-wa-2019"]["register"]
    assert told["listed_at"] is None and told["left_since"] is None and told["still_listed"] is None


def test_a_model_shows_its_earliest_agreement_and_a_day_its_list(events: dict[str, dict[str, Any]]) -> None:
    first = events["wso-begins"]["register"]["earliest_on_lists"]
    assert first["agreement_id"] == "fl-pinellas-county-sheriff/wso/2019-04-24"
    assert events["order-2025-01"]["register"]["agreements"] == 135
    told = events["count-2010-08"]["register"]
    assert (told["basis"], told["agreements"], told["uncertain"]) == ("in-force", 70, 1)


def test_the_picture_has_the_curve_with_its_gaps(atlas: Atlas) -> None:
    drawn = picture(atlas.db)
    months = [p["month"] for p in drawn["curve"]]
    assert (months[0], months[-1], drawn["curve"][-1]["agreements"]) == ("2002-07", "2026-04", 1770)
    assert len(months) == 286
    assert all(a < b for a, b in itertools.pairwise(months))
    assert {e["id"] for e in drawn["events"]} == {e["id"] for e in atlas.timeline()["events"]}
    assert {p["basis"] for p in drawn["curve"] if p["month"] < "2021-01"} == {"in-force"}
