"""What is asked of every county, state and name at once agrees with what is asked of one."""

from __future__ import annotations

from datetime import date

from atlas287 import Atlas
from atlas287.panel.finding import Entry, search


def test_counties_at_once_are_the_counties_one_by_one(atlas: Atlas) -> None:
    rows = atlas.reach().counties()
    assert [r["fips"] for r in rows] == sorted(r["fips"] for r in rows) and len(rows) == 3233
    for row in rows[::400]:
        one = atlas.coverage(county=row["fips"])
        assert {k: row[k] for k in ("jail", "field", "field_low", "field_high", "doubt")} == {
            k: one["figures"][k] for k in ("jail", "field", "field_low", "field_high", "doubt")
        }
        assert row["agencies"] == len({a["agency_id"] for a in one["agreements"]})
        assert atlas.reach().county(row["fips"]) == one
    assert sum(r["jail"] for r in rows) == atlas.coverage()["jail"]["counties"]


def test_counties_of_another_day_are_of_that_day(atlas: Atlas) -> None:
    rows = atlas.reach().counties(on=date(2025, 5, 28))
    assert sum(r["jail"] for r in rows) == atlas.coverage("2025-05-28")["jail"]["counties"] == 290


def test_states_at_once_add_up_to_the_nation(atlas: Atlas) -> None:
    rows = atlas.reach().states()
    assert sum(r["agreements"] for r in rows) == atlas.status()["agreements"]
    assert sum(r["jail_counties"] for r in rows) == atlas.coverage()["jail"]["counties"]
    none = next(r for r in rows if r["state"] == "CA")
    assert none["agreements"] == 0 and none["statewide"] == []


def test_levels_are_counted_in_one_order(atlas: Atlas) -> None:
    """Whatever order a process keeps its sets in: equals go by name."""
    for state in ("AZ", "SD", "UT", "FL"):
        counted = list(atlas.reach().coverage(state=state)["by_agency_level"].items())
        assert counted == sorted(counted, key=lambda one: (-one[1], one[0]))
        assert len(counted) > 1


def test_a_countys_times_are_the_exposure_by_month(atlas: Atlas) -> None:
    """Frederick County was under a jail agreement from the first list to that before 17 February 2026."""
    (only,) = atlas.reach().times("24021")
    assert (only["first_day"], only["last_day"]) == ("2021-01-13", "2026-02-16")
    assert only["jail_models"] == "jem" and not only["field"] and not only["until_newest"]
    assert atlas.reach().times("06037") == []


def test_former_codes_lead_to_counties_that_there_are(atlas: Atlas) -> None:
    former = atlas.reach().former()
    assert former["46113"] == "46102" and "24021" not in former
    assert set(former.values()) <= atlas.reach().world.counties.keys()


def entry(name: str, state: str = "TX", kind: str = "agency", active: bool = True) -> Entry:
    return Entry(kind, name, name, state, (name.casefold(),), active)


def test_search_ranks_names_that_are_just_the_words_first() -> None:
    among = [entry("Harrison County"), entry("Harris County"), entry("North Harris Police"), entry("Harris")]
    assert [h["id"] for h in search(among, "harris")] == [
        "Harris", "Harris County", "North Harris Police", "Harrison County"
    ]  # fmt: skip


def test_a_word_may_name_the_state_but_not_all_of_them() -> None:
    among = [entry("Clay County", "FL"), entry("Clay County", "TX"), entry("Austin Police", "TX")]
    assert [h["state"] for h in search(among, "clay fl")] == ["FL"]
    assert [h["state"] for h in search(among, "clay florida")] == ["FL"]
    assert search(among, "tx") == []
    assert search(among, "  ") == search(among, "🦄") == []
