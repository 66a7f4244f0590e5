"""Memoranda tied to their agreements, and held against ICE's list."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from atlas287.registry.memoranda import (
    BY_LINK,
    BY_NAME,
    Linked,
    Register,
    compared,
    link,
    register_in,
    state_of,
)
from atlas287.registry.memoranda_tables import memorandum_checks, memorandum_tables
from atlas287.registry.schema import TABLES
from atlas287.registry.tables import Tables
from atlas287.sources.memoranda.table import TABLE
from tests.registry.story import History, Told, no_verdicts, row, tell, verdicts

SHERIFF = "Example County Sheriff's Office"
FILE = "ExampleCountyFL_JEM_MOA"
READ = {"model": "jem", "agency": SHERIFF, "ice_signed_on": "2025-03-07", "agency_signed_on": "2025-03-04"}


def told(*more: tuple[object, str]) -> Told:
    story: History = {row("FL", SHERIFF, "jem", "2025-03-07", FILE): "xxxx", **dict(more)}  # type: ignore[dict-item]
    return tell(story)


def tied(story: Told, read: dict[str, str], file: str = f"{FILE}.pdf", state: str | None = "FL") -> Linked:
    return link(register_in(story.db, file), file, read, state)


def agreement(story: Told, linked: Linked) -> str | None:
    found = story.ask("SELECT agreement_id FROM agreement WHERE agreement_no = ?", linked.agreement_no)
    return found[0] if found else None


def test_a_memorandum_is_the_agreement_whose_row_links_it() -> None:
    story = told()
    linked = tied(story, {})
    assert (agreement(story, linked), linked.linked_by, linked.doubt) == (
        "fl-example-county-sheriff/jem/2025-03-07",
        BY_LINK,
        None,
    )
    assert linked.address == f"https://www.ice.gov/doclib/287gMOA/{FILE}.pdf"


def test_a_link_that_slipped_to_another_row_ties_nothing_to_it() -> None:
    """Georgia's Department of Public Safety, whose memorandum Gilmer County's row links."""
    slipped = row("GA", "Gilmer County Sheriff's Office", "wso", "2025-03-09", FILE)
    story = told((slipped, "xxxx"))
    assert agreement(story, tied(story, READ)) == "fl-example-county-sheriff/jem/2025-03-07"
    other = {**READ, "model": "wso", "agency": "Gilmer County Sheriff's Office"}
    assert agreement(story, tied(story, other, state="GA")) == "ga-gilmer-county-sheriff/wso/2025-03-09"


def test_without_a_link_agency_model_and_day_tie() -> None:
    story = told((row("FL", SHERIFF, "tfm", "2025-04-01"), "xxxx"))
    linked = tied(story, READ, "scan0001.pdf")
    assert (agreement(story, linked), linked.linked_by) == (
        "fl-example-county-sheriff/jem/2025-03-07",
        BY_NAME,
    )
    assert linked.address is None
    plain = tied(story, {"model": "tfm", "agency": "EXAMPLE COUNTY SHERIFFS OFFICE"}, "scan0002.pdf", None)
    assert agreement(story, plain) == "fl-example-county-sheriff/tfm/2025-04-01"


@pytest.mark.parametrize(
    ("read", "state", "doubt"),
    [
        (READ, "TX", "the agency seems to be in the wrong state: no list has"),
        ({**READ, "agency": "Nowhere Police Department"}, "FL", "no list ever printed an agency"),
        ({"model": "jem"}, "FL", "its agency could not be read"),
        ({**READ, "model": "wso"}, "FL", "0 agreements of fl-example-county-sheriff are of model wso"),
    ],
)
def test_what_fits_nothing_is_tied_to_nothing_and_says_why(
    read: dict[str, str], state: str, doubt: str
) -> None:
    linked = tied(told(), read, "scan0001.pdf", state)
    assert (linked.agreement_no, linked.linked_by) == (None, None)
    assert doubt in str(linked.doubt)


def test_namesakes_of_two_states_are_told_apart_or_left() -> None:
    story = told((row("KY", SHERIFF, "jem", "2025-05-01"), "xxxx"))
    assert agreement(story, tied(story, READ, "s.pdf", "KY")) == "ky-example-county-sheriff/jem/2025-05-01"
    assert "2 agencies are called" in str(tied(story, READ, "s.pdf", None).doubt)


def test_two_agreements_of_one_model_are_told_apart_by_their_day() -> None:
    story = told((row("FL", SHERIFF, "jem", "2020-06-09"), "x..."))
    linked = tied(story, {**READ, "ice_signed_on": "2020-06-09", "agency_signed_on": "2020-05-01"}, "s.pdf")
    assert agreement(story, linked) == "fl-example-county-sheriff/jem/2020-06-09"
    assert "none of its days" in str(
        tied(story, {**READ, "ice_signed_on": "", "agency_signed_on": ""}, "s.pdf").doubt
    )


def test_a_link_to_an_agency_of_another_state_is_doubted() -> None:
    linked = tied(told(), READ, state="TX")
    assert linked.linked_by == BY_LINK
    assert linked.doubt == "filed under Texas, but its agency is in Florida"


def test_list_and_memorandum_are_compared() -> None:
    story = told()
    register: Register = register_in(story.db, f"{FILE}.pdf")
    linked = tied(story, READ)
    said = {**READ, "agency": "EXAMPLE COUNTY SHERIFF’S OFFICE", "model": "wso", "state": None}
    assert compared(register, linked, said, {}) == {
        "model": ("jem", 0),
        "agency": (SHERIFF, 1),
        "state": ("FL", None),
        "ice_signed_on": ("2025-03-07", 1),
    }
    assert compared(register, linked, {}, {"ice_signed_on": "2025-03-08"})["ice_signed_on"] == (
        "2025-03-07",
        0,
    )


@pytest.mark.parametrize(
    ("folder", "state"),
    [("NEW_YORK", "NY"), ("FLORIDA", "FL"), ("fl", "FL"), ("Downloads", None), ("", None)],
)
def test_a_folder_may_be_named_after_a_state(folder: str, state: str | None) -> None:
    assert state_of(folder) == state


def table(path: Path, *documents: tuple[str, str, dict[str, str | None]]) -> Path:
    rows = [
        (
            folder,
            file,
            f"{n:064}",
            1,
            4,
            "typed",
            None,
            None,
            0,
            name,
            value,
            "text layer" if value else "illegible",
            3,
            "",
        )
        for n, (folder, file, fields) in enumerate(documents)
        for name, value in fields.items()
    ]
    pl.DataFrame(rows, schema=TABLE, orient="row").write_parquet(path, metadata={"unread": "[]"})
    return path


def test_a_build_has_a_row_a_memorandum_and_a_row_a_field(tmp_path: Path) -> None:
    story = told()
    path = table(
        tmp_path / "m.parquet",
        ("FLORIDA", f"{FILE}.pdf", {**READ, "agency_signed_on": None}),
        ("TEXAS", "scan.pdf", {**READ, "state": "FL"}),
        ("FLORIDA", "other.pdf", {**READ, "agency": "Nowhere Police Department"}),
    )
    by = verdicts(
        tmp_path / "v", memoranda=[(f"{FILE}.pdf", "agency_signed_on", "2025-03-04", "page 3, read by eye")]
    )
    tables = dict(Tables(story.made).all())
    made = memorandum_tables(path, tables, by)
    names = [c.name for c in TABLES["memorandum"].columns]
    first, second, third = (dict(zip(names, r, strict=True)) for r in made["memorandum"])
    assert (first["file"], first["agency_no"], first["agreement_no"], first["linked_by"]) == (
        f"{FILE}.pdf",
        0,
        0,
        BY_LINK,
    )
    assert second["agreement_no"] is None and "wrong state" in second["doubt"]
    assert third["agreement_no"] is None and "no list ever printed" in third["doubt"]
    fields = {(r[0], r[1]): r[2:] for r in made["memorandum_field"]}
    assert len(fields) == 3 * len(READ) + 1
    assert fields[0, "agency_signed_on"] == (None, "illegible", 3, "", "2025-03-04", None, None)
    assert fields[0, "ice_signed_on"][-2:] == ("2025-03-07", 1)
    (set_aside,) = made["quarantine"]  # what is of another state; the third no list of this record names
    assert set_aside[5] == "memorandum link" and "scan.pdf" in set_aside[6] and set_aside[7]
    unread = '[["TEXAS", "cut.pdf", null, null, "memorandum", "cut.pdf: cut short", "Fetch it."]]'
    pl.read_parquet(path).write_parquet(path, metadata={"unread": unread})
    assert [row[5:7] for row in memorandum_tables(path, tables, by)["quarantine"]][1:] == [
        ("memorandum", "cut.pdf: cut short")
    ]
    checks = {c.name: c for c in memorandum_checks({**tables, **made})}
    assert checks["memoranda"].found == "3; 1, of which 1 by the link on a list"
    assert checks["memoranda: ice_signed_on"].found == "1 of 1"
    assert checks["memoranda: countersigned"].found.startswith("3 days")
    assert checks["memoranda, fields: illegible"].found == "1"


def test_without_memoranda_a_build_says_nothing_of_them(tmp_path: Path) -> None:
    made = memorandum_tables(tmp_path / "none.parquet", {}, no_verdicts())
    assert made == {"memorandum": [], "memorandum_field": [], "quarantine": []}
    assert list(memorandum_checks(made)) == []
