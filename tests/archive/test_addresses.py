from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.archive import Origin, origin

TRANSCRIBER = "RelevantResearch (transcription of ICE's page)"
DOCLIB = "https://www.ice.gov/doclib/about/offices/ero/287g/"
WEB = "https://web.archive.org/web/"


@pytest.mark.parametrize(
    ("file", "publisher", "captured", "address"),
    [
        (
            "ParticipatingEntities-20210113002027.xlsx",
            TRANSCRIBER,
            "20210113002027",
            WEB + "20210113002027/https://www.ice.gov/identify-and-arrest/287g",
        ),
        (
            "participatingAgencies-20250606010203.xlsx",
            "ice",
            "20250606010203",
            WEB + "20250606010203/" + DOCLIB + "participatingAgencies.xlsx",
        ),
        (
            "pendingAgencies-20240229235959.xls",  # the address is of the file at ICE, always an .xlsx
            "ice",
            "20240229235959",
            WEB + "20240229235959/" + DOCLIB + "pendingAgencies.xlsx",
        ),
        (
            "participatingAgencies04302026am.xlsx",
            "ice",
            None,
            DOCLIB + "participatingAgencies04302026am.xlsx",
        ),
        ("pendingAgencies.xlsx", "ice", None, DOCLIB + "pendingAgencies.xlsx"),
        ("pendingAgencies1pm copy.xlsx", "ice", None, DOCLIB + "pendingAgencies1pm%20copy.xlsx"),
        ("pendingAgencies?#/ñ.xlsx", "ice", None, DOCLIB + "pendingAgencies%3F%23%2F%C3%B1.xlsx"),
        # Fourteen digits, but no moment: 2025 is no leap year, there is no hour 24, no second 60.
        ("ParticipatingEntities-20250229000000.xlsx", TRANSCRIBER, None, None),
        ("participatingAgencies-20250101240000.xlsx", "ice", None, None),
        ("pendingAgencies-20250101000060.xlsx", "ice", None, None),
        ("pendingAgencies-00000101000000.xlsx", "ice", None, None),
        # Thirteen and fifteen digits, and digits that are not 0-9, are just ICE's own name.
        (
            "pendingAgencies-2025010100000.xlsx",
            "ice",
            None,
            DOCLIB + "pendingAgencies-2025010100000.xlsx",
        ),
        (
            "pendingAgencies-202501010000000.xlsx",
            "ice",
            None,
            DOCLIB + "pendingAgencies-202501010000000.xlsx",
        ),
        (
            "pendingAgencies-2025010100000٣.xlsx",
            "ice",
            None,
            DOCLIB + "pendingAgencies-2025010100000%D9%A3.xlsx",
        ),
        ("ParticipatingEntities.xlsx", "unknown", None, None),
        ("ParticipatingEntities-20210113002027", "unknown", None, None),
        ("old-participatingAgencies-20250606010203.xlsx", "unknown", None, None),
        ("Memorandum.pdf", "unknown", None, None),
        ("", "unknown", None, None),
    ],
)
def test_origin(file: str, publisher: str, captured: str | None, address: str | None) -> None:
    assert origin(file) == Origin(publisher=publisher, address=address, captured=captured)


@given(
    st.sampled_from(["", "ParticipatingEntities-", "participatingAgencies-", "pendingAgencies"]),
    st.from_regex(r"[0-9]{14}", fullmatch=True) | st.text(max_size=20),
    st.sampled_from(["", ".xlsx", "\n.xlsx"]),
)
def test_every_name_has_an_origin_and_every_address_is_plain(stem: str, middle: str, end: str) -> None:
    address = origin(stem + middle + end).address
    assert address is None or (address.isascii() and address.isprintable() and " " not in address)
