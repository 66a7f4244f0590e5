"""Links as the publisher meant them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.sources.ice_lists.unwrap import has_mailbox, is_address, scrub, unwrap

PDF = "https://www.ice.gov/doclib/287gMOA/x.pdf"
SAFE = (
    "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib%2F287gMOA%2Fx.pdf"
    "&data=05%7C02%7CJohn.Doe%40ice.dhs.gov%7Cabc&sdata=xyz%3D&reserved=0"
)


@pytest.mark.parametrize(
    ("target", "url", "rules"),
    [
        (PDF, PDF, None),
        (f"  {PDF} ", PDF, None),
        ("http://www.ice.gov/x", "http://www.ice.gov/x", None),
        (SAFE, PDF, "safelinks"),
        (SAFE.replace("https://gcc02.s", "https://nam.S"), PDF, "safelinks"),
        (f"chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/{PDF}", PDF, "viewer"),
        (f"chrome-extension://efaid/viewer.html?file={PDF}", PDF, "viewer"),
        ("chrome-extension://efaid/https%3A%2F%2Fwww.ice.gov%2Fx.pdf", "https://www.ice.gov/x.pdf", "viewer"),
        ("chrome-extension://efaid/https:/www.ice.gov/x.pdf", "https://www.ice.gov/x.pdf", "viewer,slash"),
        (f"chrome-extension://efaid/{SAFE}", PDF, "viewer,safelinks"),
        (f"https://web.archive.org/web/20210113002027/{PDF}", PDF, "wayback"),
        (f"https://web.archive.org/web/20210113002027id_/{PDF}", PDF, "wayback"),
        (f"http://web.archive.org/web/{{capture}}/{PDF}", PDF, "wayback"),
        (f"https://web.archive.org/web/2021/{SAFE}", PDF, "wayback,safelinks"),
        ("https:/www.ice.gov/x.pdf", "https://www.ice.gov/x.pdf", "slash"),
        ("https:www.ice.gov/x.pdf", "https://www.ice.gov/x.pdf", "slash"),
        ("mailto:john.doe@ice.dhs.gov", None, "dropped"),
        ("javascript:alert(1)", None, "dropped"),
        ("file:///C:/Users/jdoe/x.pdf", None, "dropped"),
        ("../x.pdf", None, "dropped"),
        ("", None, "dropped"),
        ("https://john.doe@ice.dhs.gov/x", None, "dropped"),
        ("https://www.ice.gov/?to=john.doe%40ice.dhs.gov", None, "dropped"),
        ("https://www.ice.gov/?to=john.doe%2540ice%252Edhs%252Egov", None, "dropped"),
        ("https://gcc02.safelinks.protection.outlook.com/?data=abc", None, "dropped"),
        ("https://x.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)", None, "safelinks,dropped"),
        ("https://[broken/x", "https://[broken/x", None),
        (PDF + "?" + "a" * 5_000, None, "dropped"),
    ],
)
def test_unwrap(target: str, url: str | None, rules: str | None) -> None:
    assert unwrap(target) == (url, rules)


def test_safelinks_within_safelinks() -> None:
    from urllib.parse import quote

    twice = f"https://gcc02.safelinks.protection.outlook.com/?url={quote(SAFE, safe='')}&data=x"
    assert unwrap(twice) == (PDF, "safelinks,safelinks")


@given(st.text(max_size=200))
def test_only_web_addresses_come_out_and_no_mailbox(text: str) -> None:
    for target in (
        text,
        f"https://www.ice.gov/{text}",
        f"https:/{text}",
        f"https://web.archive.org/web/1/{text}",
    ):
        url, rules = unwrap(target)
        assert (url is None) == (rules is not None and rules.endswith("dropped"))
        assert url is None or (url.lower().startswith(("http://", "https://")) and not has_mailbox(url))
    assert not has_mailbox(scrub(text))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("ask john.o'doe+x@ice.dhs.gov.", "ask {mailbox}."),
        ("data=05|02|John.Doe%40ice.dhs.gov|abc", "data=05|02|{mailbox}|abc"),
        ("paid @ 40 an hour, 3.40", "paid @ 40 an hour, 3.40"),
        ("287(g)", "287(g)"),
    ],
)
def test_scrub(text: str, clean: str) -> None:
    assert scrub(text) == clean


def test_scrub_is_linear() -> None:
    before = time.perf_counter()
    for hostile in (
        "@" + "a" * 200_000,
        "a@" * 100_000,
        "a." * 100_000 + "%40",
        "a@b" + ".c" * 100_000 + "!",
    ):
        scrub(hostile)
    assert time.perf_counter() - before < 2


def test_an_address_is_the_whole_text() -> None:
    assert is_address(f" {PDF}\n")
    assert is_address("chrome-extension://x/y")
    assert not is_address(f"see {PDF} there")
    assert not is_address("link")
