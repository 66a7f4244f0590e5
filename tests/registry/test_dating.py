"""Which list a file is and which instant it speaks for, from name, stamps and contents together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.registry.dating import Dated, Sheet, date_lists

START = date(2025, 9, 1)


def sheet(file: str, units: Sequence[int] = (), **more: Any) -> Sheet:
    """A list of these agencies; what it prints last was signed long ago unless told."""
    facts: dict[str, Any] = {
        "list_no": more.pop("no", abs(hash(file)) % 100_000),
        "file": file,
        "folder": "participating",
        "sha256": file,
        "captured": None,
        "saved_at": None,
        "has_signed": True,
        "rows": len(units),
        "last_signed": date(2025, 1, 1),
        "content": hash(tuple(units)),
        "units": frozenset(units),
    }
    return Sheet(**{**facts, **more})


def name(day: date, part: str = "am", kind: str = "participating") -> str:
    return f"{kind}Agencies{day:%m%d%Y}{part}.xlsx"


def daily(days: int, grow: int = 20) -> list[Sheet]:
    """Lists of consecutive days, each with some agencies more than the one before."""
    return [sheet(name(START + timedelta(days=n)), range(100 + grow * n)) for n in range(days)]


def dated(sheets: Sequence[Sheet], **verdicts: tuple[str, datetime]) -> dict[str, Dated]:
    return {d.sheet.file: d for d in date_lists(sheets, verdicts)}


def test_a_capture_says_its_moment() -> None:
    found = dated([sheet("participatingAgencies-20250917114233.xlsx", captured="20250917114233")])
    (one,) = found.values()
    assert (one.at, one.decided_by) == (datetime(2025, 9, 17, 11, 42, 33), "capture")


@pytest.mark.parametrize(("part", "hour"), [("am", 9), ("mid", 12), ("pm", 16), ("", 12)])
def test_a_name_says_its_day_and_part(part: str, hour: int) -> None:
    (one,) = dated([sheet(name(START, part))]).values()
    assert (one.at, one.decided_by) == (datetime(2025, 9, 1, hour), "file_name")


@pytest.mark.parametrize(("has_signed", "kind"), [(True, "participating"), (False, "pending")])
@pytest.mark.parametrize("named", ["participating", "pending"])
def test_the_contents_say_the_kind(has_signed: bool, kind: str, named: str) -> None:
    """A name may be the other list's, as on 22 September 2025."""
    (one,) = dated([sheet(name(START, kind=named), has_signed=has_signed)]).values()
    assert one.kind == kind


# Names that the contents contradict ---------------------------------------------------------------


def test_a_list_cannot_print_signings_of_its_own_future() -> None:
    """A name a year too early, as of January 2026."""
    lists = [
        *daily(3),
        sheet("participatingAgencies09042024am.xlsx", range(160), last_signed=date(2025, 9, 3)),
    ]
    one = dated(lists)["participatingAgencies09042024am.xlsx"]
    assert (one.at, one.decided_by) == (datetime(2025, 9, 4, 9), "contents")
    assert "2025-09-03" in one.reason and "2024-09-04" in one.reason


@pytest.mark.parametrize("saved", [datetime(2025, 9, 2, 15), datetime(2025, 8, 29, 15)])
def test_a_list_cannot_have_been_saved_after_its_day(saved: datetime) -> None:
    file = "participatingAgencies08022025pm.xlsx"
    lists = [*daily(3), sheet(file, range(130), saved_at=saved)]
    one = dated(lists)[file]
    assert (one.at, one.decided_by) == (datetime(2025, 9, 2, 16), "contents")


def test_a_save_that_no_edit_of_the_name_explains_lets_it_stand() -> None:
    """A transcriber saves years later; that says nothing of the name."""
    (one,) = dated([sheet(name(START), saved_at=datetime(2027, 4, 17))]).values()
    assert (one.at.date(), one.decided_by) == (START, "file_name")


def test_a_digit_too_many() -> None:
    file = "participatingAgencies090022025am.xlsx"
    one = dated([*daily(4), sheet(file, range(125))])[file]
    assert (one.at, one.decided_by) == (datetime(2025, 9, 2, 9), "contents")


def test_a_list_among_strangers_goes_where_it_fits() -> None:
    """Nothing but the neighbours speaks against the month in the name."""
    october = [sheet(name(START + timedelta(days=30 + n)), range(900 + 20 * n)) for n in range(4)]
    file = "participatingAgencies10032025am.xlsx"
    lists = [*daily(6), *(s for s in october if s.file != file), sheet(file, range(140))]
    one = dated(lists)[file]
    assert (one.at, one.decided_by) == (datetime(2025, 9, 3, 9), "contents")


def test_a_great_change_alone_moves_nothing() -> None:
    """ICE may add or drop many at once: no edit of the name fits better."""
    lists = daily(6)
    lists[3] = sheet(lists[3].file, range(1000))
    assert all(d.decided_by == "file_name" for d in dated(lists).values())
    assert [d.at.date() for d in date_lists(lists, {})] == [START + timedelta(days=n) for n in range(6)]


def test_the_other_kinds_list_of_that_name_goes_along() -> None:
    days = [START + timedelta(days=n) for n in range(3)]
    pending = [sheet(name(d, kind="pending"), range(9), has_signed=False, last_signed=None) for d in days]
    lists = [
        *daily(3),
        *pending,
        sheet("participatingAgencies09042024am.xlsx", range(160), last_signed=date(2025, 9, 3)),
        sheet("pendingAgencies09042024am.xlsx", range(9), has_signed=False, last_signed=None),
    ]
    one = dated(lists)["pendingAgencies09042024am.xlsx"]
    assert (one.at, one.decided_by, one.kind) == (datetime(2025, 9, 4, 9), "contents", "pending")
    assert "published with it" in one.reason


# Names without a day ------------------------------------------------------------------------------


def test_no_day_but_the_bytes_of_another() -> None:
    lists = daily(3)
    one = dated(
        [
            *lists,
            sheet("pendingAgencies.xlsx", lists[1].units, sha256=lists[1].sha256, content=lists[1].content),
        ]
    )
    assert one["pendingAgencies.xlsx"].at == datetime(2025, 9, 2, 9)


def test_no_day_but_a_save_stamp() -> None:
    one = dated([*daily(3), sheet("list.xlsx", range(7), saved_at=datetime(2025, 9, 2, 7, 30))])["list.xlsx"]
    assert (one.at, one.decided_by) == (datetime(2025, 9, 2, 7, 30), "contents")


def test_no_day_and_no_stamp_stands_beside_the_likest() -> None:
    one = dated([*daily(5), sheet("list.xlsx", range(121))])["list.xlsx"]
    assert one.at == datetime(2025, 9, 2, 9)
    assert "most like" in one.reason


def test_a_lone_list_without_a_day_speaks_for_its_last_signing() -> None:
    (one,) = dated([sheet("list.xlsx", range(3), last_signed=date(2025, 3, 4))]).values()
    assert one.at.date() == date(2025, 3, 4)


def test_a_verdict_settles_kind_and_instant() -> None:
    at = datetime(2025, 9, 9, 8)
    one = dated(daily(3), **{name(START): ("pending", at)})[name(START)]
    assert (one.kind, one.at, one.decided_by) == ("pending", at, "verdict")


# Order, repeats and stale lists -------------------------------------------------------------------


def test_lists_of_one_instant_go_by_their_save() -> None:
    lists = [
        sheet(name(START, "pm2"), saved_at=datetime(2025, 9, 1, 15)),
        sheet(name(START, "pm"), saved_at=datetime(2025, 9, 1, 17)),
        sheet(name(START, "am"), saved_at=datetime(2025, 9, 1, 8)),
        sheet(name(START, "pm copy")),
    ]
    assert [d.sheet.file for d in date_lists(lists, {})] == [
        name(START, p) for p in ("am", "pm2", "pm", "pm copy")
    ]


def changing(*contents: int, days: int = 10) -> list[Dated]:
    """Lists of a hundred agencies and some more, ``days`` apart."""
    on = [START + timedelta(days=days * n) for n in range(len(contents))]
    saved = [datetime(d.year, d.month, d.day) for d in on]  # so that no other day is thought of
    return date_lists(
        [sheet(name(d), range(100 + c), saved_at=s) for d, s, c in zip(on, saved, contents, strict=True)], {}
    )


@pytest.mark.parametrize(
    ("contents", "repeats", "stale"),
    [
        ((0, 120, 140), "...", "..."),
        ((0, 0, 0), ".rr", "..."),  # the same list again
        ((0, 120, 140, 160, 120, 160), "....rr", "....s."),  # an old list under a new day
        ((0, 120, 140, 160, 120, 120, 180), "....rr.", "....ss."),
        ((0, 120, 140, 120, 140), "...rr", "....."),  # a change taken back, and made again
        ((0, 101, 102, 103, 101), "....r", "....."),  # too little is taken back to tell
    ],
)
def test_repeats_and_stale_lists(contents: tuple[int, ...], repeats: str, stale: str) -> None:
    found = changing(*contents)
    assert "".join(".r"[d.repeats is not None] for d in found) == repeats
    assert "".join(".s"[d.stale] for d in found) == stale


def test_what_stood_a_few_days_ago_is_no_old_list() -> None:
    found = changing(0, 120, 140, 160, 120, 160, days=1)
    assert not any(d.stale for d in found)


def test_an_empty_list_repeats_nothing() -> None:
    lists = [sheet(name(START + timedelta(days=n)), range(40) if n % 2 else ()) for n in range(6)]
    assert not any(d.stale for d in date_lists(lists, {}))


# Properties ---------------------------------------------------------------------------------------

names = st.sampled_from(
    [name(START + timedelta(days=n), part) for n in range(5) for part in ("am", "pm")]
    + [
        "pendingAgencies.xlsx",
        "participatingAgencies09032024am.xlsx",
        "participatingAgencies090022025am.xlsx",
    ]
)
sheets = st.lists(
    st.builds(
        sheet,
        names,
        st.sets(st.integers(0, 40)).map(sorted),
        no=st.integers(0, 10_000),
        sha256=st.sampled_from("abcdef"),
        has_signed=st.booleans(),
        last_signed=st.one_of(st.none(), st.dates(date(2025, 8, 25), date(2025, 9, 9))),
        saved_at=st.one_of(st.none(), st.datetimes(datetime(2025, 8, 30), datetime(2025, 9, 9))),
    ),
    max_size=9,
    unique_by=lambda s: s.list_no,
)


@given(sheets, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(some: list[Sheet], rng: random.Random) -> None:
    shuffled = rng.sample(some, len(some))
    told = [
        [
            (d.sheet.file, d.sheet.sha256, d.at, d.kind, d.decided_by, d.reason, d.stale)
            for d in date_lists(order, {})
        ]
        for order in (some, shuffled)
    ]
    assert told[0] == told[1]


@given(sheets)
def test_every_list_is_dated_once_and_in_order(some: list[Sheet]) -> None:
    found = date_lists(some, {})
    assert sorted(d.sheet.list_no for d in found) == sorted(s.list_no for s in some)
    for kind in ("participating", "pending"):
        instants = [d.at for d in found if d.kind == kind]
        assert instants == sorted(instants)
    assert all(d.reason for d in found)
