"""The atlas as an object: frames and dictionaries, from one door."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas287 import AmbiguousError, AskedError, Atlas, NoListError, NotFoundError
from atlas287.registry.schema import TABLES


def test_days_are_dates_or_text(atlas: Atlas) -> None:
    assert atlas.status(date(2025, 5, 28)) == atlas.status("2025-05-28")
    assert atlas.changes(date(2025, 1, 20), "2025-05-28") == atlas.changes("2025-01-20", date(2025, 5, 28))


@pytest.mark.parametrize("basis", ["listed", "in-force"])
def test_the_parts_of_a_status_add_up(atlas: Atlas, basis: str) -> None:
    for day in ("2021-06-30", "2025-02-28", "2026-04-30"):
        whole = atlas.status(day, basis)
        assert sum(whole["by_model"].values()) == whole["agreements"]
        models = [atlas.status(day, basis, model=m) for m in ("jem", "tfm", "wso")]
        assert sum(part["agreements"] for part in models) == whole["agreements"]
        states = [s for (s,) in atlas.db.execute("SELECT DISTINCT state FROM agency")]
        by_state = [atlas.status(day, basis, state=s) for s in states]
        assert sum(part["agreements"] for part in by_state) == whole["agreements"]
        assert (
            sum(part["states"] + part["territories"] for part in by_state)
            == whole["states"] + whole["territories"]
        )


def test_in_force_begins_with_the_signing_and_ends_with_the_last_list(atlas: Atlas) -> None:
    """Frederick's agreement, signed on 9 June 2020, left between 13 and 17 February 2026."""

    def counted(day: str) -> tuple[int, int]:
        said = [
            atlas.status(day, "in-force", state="MD", model="jem"),
            atlas.status(day, "in-force", state="MD"),
        ]
        return said[0]["agreements"], said[0]["uncertain"]

    before, _ = counted("2026-02-13")
    agreements, uncertain = counted("2026-02-15")
    assert (agreements, uncertain > 0) == (before - 1, True), "between the two lists nobody knows"
    assert counted("2026-02-18")[0] < before


def test_tables_come_as_frames(atlas: Atlas) -> None:
    assert isinstance(atlas.agencies(), pl.DataFrame)
    assert atlas.agencies(state="MD")["state"].unique().to_list() == ["MD"]
    assert atlas.growth("state")["newest"].sum() == 1770
    assert atlas.lists().height == 1252
    assert set(atlas.checks()["result"]) == {"pass", "info"}
    for name in TABLES:
        assert atlas.table(name).height == atlas.db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]


def test_an_unknown_table_names_those_there_are(atlas: Atlas) -> None:
    with pytest.raises(NotFoundError, match="no table 'nothing'") as told:
        atlas.table("nothing")
    assert "agreement" in told.value.remedy


def test_listings_of_one_list_and_of_all(atlas: Atlas) -> None:
    newest = atlas.lists(kind="participating").sort("at")[-1]
    rows = atlas.listings(newest["list_id"].item())
    assert rows.height == newest["rows"].item() == 1770
    assert rows["file"].unique().to_list() == newest["file"].to_list()
    assert rows["row"].to_list() == sorted(rows["row"].to_list())
    with pytest.raises(NotFoundError, match="no list goes by the id"):
        atlas.listings("nothing")


def test_a_capture_s_own_moment_stands_in_its_links(atlas: Atlas) -> None:
    """The record marks it once for all; a listing shows the cell as printed."""
    listed = atlas.listings("participating/2021-01-13T00:20/ParticipatingEntities-20210113002027.xlsx")
    assert listed["moa"].str.contains("20210113002027").any()
    assert not listed["moa"].str.contains("capture", literal=True).any()


@pytest.mark.parametrize(
    ("question", "asked", "remedy"),
    [
        ("status", {"basis": "signed"}, "listed, in-force"),
        ("status", {"state": "Q"}, "postal code"),
        ("status", {"model": "Task Force"}, "tfm"),
        ("status", {"on": "28 May 2025"}, "YYYY-MM-DD"),
        ("history", {"name_or_id": "Frederick County", "state": "Atlantis"}, "postal code"),
        ("changes", {"start": "2025-01-01", "end": "2025-13-01"}, "YYYY-MM-DD"),
        ("changes", {"start": "2025-01-01", "end": "2025-12-01", "state": "USA"}, "postal code"),
        ("agencies", {"status": "gone"}, "removed"),
        ("agencies", {"model": "all"}, "jem"),
        ("lists", {"kind": "signed"}, "pending"),
        ("growth", {"by": "year"}, "month"),
        ("coverage", {"state": "ZZ"}, "postal code"),
    ],
)
def test_a_word_that_means_nothing_is_refused_and_never_counted_as_zero(
    atlas: Atlas, question: str, asked: dict[str, Any], remedy: str
) -> None:
    with pytest.raises(AskedError, match=remedy):
        getattr(atlas, question)(**asked)


def test_a_state_goes_by_its_code_or_name_in_any_case(atlas: Atlas) -> None:
    florida = atlas.status("2025-05-28", state="FL")
    assert florida["agreements"] > 200
    assert atlas.status("2025-05-28", state="fl") == atlas.status("2025-05-28", state="Florida") == florida
    assert atlas.agencies(state="florida").equals(atlas.agencies(state="FL"))
    assert atlas.coverage("2025-05-28", "florida") == atlas.coverage("2025-05-28", "FL")


def test_what_cannot_be_answered_is_said(atlas: Atlas) -> None:
    with pytest.raises(AmbiguousError) as several:
        atlas.history("Frederick County")
    assert "md-frederick-county-sheriff" in several.value.message
    with pytest.raises(NotFoundError):
        atlas.history("md-frederick-county-sheriff", state="VA")
    with pytest.raises(NotFoundError):
        atlas.trace("md-frederick-county-sheriff/jem/1999-01-01")
    with pytest.raises(NoListError):
        atlas.changes("2020-01-01", "2025-01-01")


def test_the_door_states_what_is_public() -> None:
    import atlas287

    for name in atlas287.__all__:
        assert hasattr(atlas287, name)


def test_opening_needs_no_right_to_write(own_home: Path) -> None:
    """A home on a read-only disk can be asked, once it is built."""
    paths = [own_home, own_home / "builds"]
    for path in paths:
        path.chmod(0o555)
    try:
        assert Atlas.open(own_home).status()["agreements"] == 1770
    finally:
        for path in paths:
            path.chmod(0o755)


def test_every_event_and_agreement_can_be_traced(atlas: Atlas) -> None:
    """A sample of every kind of event, and all agreements that were re-dated or came back."""
    events = atlas.table("event")
    for kind in events["kind"].unique():
        own = events.filter(kind=kind)
        for event in own.sample(min(6, own.height), seed=287).to_dicts():
            said = atlas.trace(event["event_id"])
            assert said["says"].startswith(kind)
            assert said["evidence"], event["event_id"]
            lists = {c["list_id"] for c in said["evidence"]}
            assert all(c["sha256"] and c["row"] for c in said["evidence"])
            assert lists
