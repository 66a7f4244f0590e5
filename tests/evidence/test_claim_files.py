"""Files of claims: what is wrong is named by file, line, claim and remedy."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from atlas287 import EvidenceError
from atlas287.evidence.claim_files import parse_claims, read_claims, shipped
from atlas287.evidence.found import Both

GOOD = """\
title: Two claims
source:
  title: A page
  publisher: A paper
  url: https://example.org/a
  published: 2025-05-29
  read: at that address
claims:
  - id: first
    says: There were 628 agreements.
    by: somebody in office
    made: 2025-05-29
    figure: 628
    unit: agreements
    query: {ask: status, on: 2025-05-28, count: agreements}
  - id: second
    says: A sheriff takes part.
    says_es: Un alguacil participa.
    by: somebody in office
    made: 2025-05
    figure: true
    query: {ask: history, agency: md-frederick-county-sheriff, on: 2025-05-28}
"""


def test_a_good_file() -> None:
    file = parse_claims(GOOD, "good.yaml")
    one, two = file.claims
    assert (file.title.en, one.at) == ("Two claims", "good.yaml, line 9, claim first")
    assert (one.figure, one.compare, one.tolerance, one.query) == (628, "equal", 0.0, "status")
    assert one.params == {"on": date(2025, 5, 28), "count": "agreements"}
    assert (one.says.es, two.says.es) == (one.says.en, "Un alguacil participa.")
    assert one.source is two.source


def test_a_claim_may_have_a_source_of_its_own() -> None:
    own = "    source: {title: B, publisher: C, url: 'https://example.org/b', published: 2025, read: there}\n"
    file = parse_claims(GOOD + own, "x.yaml")
    assert [c.source.title for c in file.claims] == ["A page", "B"]


#: What is done to the good file; the line, the claim, what is told, what to do.
BAD: dict[str, tuple[str, str, int, str, str, str]] = {
    "unknown query": (
        "ask: status",
        "ask: statsu",
        15,
        "first",
        "there is no query 'statsu'",
        "write one of status, growth",
    ),
    "no query named": ("ask: status, ", "", 15, "first", "the query names nothing to ask", "`ask:`"),
    "query is text": (
        "{ask: status, on: 2025-05-28, count: agreements}",
        "status",
        15,
        "first",
        "names nothing to ask",
        "`ask:`",
    ),
    "unknown parameter": (
        "count: agreements}",
        "count: agreements, of: all}",
        15,
        "first",
        "has no parameter 'of'",
        "its parameters are on, count",
    ),
    "parameter missing": (
        ", count: agreements}",
        "}",
        15,
        "first",
        "the query status needs count",
        "write `count: …`",
    ),
    "unknown count": (
        "count: agreements",
        "count: sheriffs",
        15,
        "first",
        "'sheriffs' is no count",
        "write one of agreements",
    ),
    "no such day": (
        "on: 2025-05-28, count",
        "on: May, count",
        15,
        "first",
        "'May' is not a day",
        "write YYYY-MM-DD",
    ),
    "no such state": (
        "count: agreements}",
        "count: agreements, state: XX}",
        15,
        "first",
        "'XX' is no state",
        "postal code",
    ),
    "no such model": (
        "count: agreements}",
        "count: agreements, model: jail}",
        15,
        "first",
        "no support model",
        "jem, tfm",
    ),
    "figure is text": (
        "figure: 628",
        "figure: 628 agreements",
        13,
        "first",
        "the figure is text: '628 agreements'",
        "plain digits",
    ),
    "figure with a comma": (
        "figure: 628",
        "figure: 1,770",
        13,
        "first",
        "the figure is text: '1,770'",
        "1770, not 1,770",
    ),
    "figure is quoted": ("figure: 628", "figure: '628'", 13, "first", "the figure is text", "plain digits"),
    "figure is a list": (
        "figure: 628",
        "figure: [6, 2]",
        13,
        "first",
        "a list or a mapping",
        "one figure a claim",
    ),
    "no figure": ("figure: 628", "figure: null", 13, "first", "no figure, and yet a query", "ask: nothing"),
    "figure missing": ("    figure: 628\n", "", 9, "first", "figure is missing", "plain digits"),
    "says missing": (
        "    says: There were 628 agreements.\n",
        "",
        9,
        "first",
        "says is missing",
        "`says: …`",
    ),
    "says is a number": (
        "says: There were 628 agreements.",
        "says: 628",
        10,
        "first",
        "says is 628, which is no text",
        "words",
    ),
    "made is no day": (
        "made: 2025-05-29\n    figure",
        "made: spring\n    figure",
        12,
        "first",
        "made is 'spring'",
        "YYYY-MM-DD",
    ),
    "made is a yes": (
        "made: 2025-05-29\n    figure",
        "made: true\n    figure",
        12,
        "first",
        "made is True",
        "YYYY-MM-DD",
    ),
    "unknown field": (
        "    unit: agreements",
        "    units: agreements",
        14,
        "first",
        "has no field 'units'",
        "its fields are id, by",
    ),
    "a stored verdict": (
        "    unit: agreements",
        "    verdict: matches",
        14,
        "first",
        "has no field 'verdict'",
        "its fields are",
    ),
    "unknown field of the file": (
        "title: Two claims",
        "titel: Two claims",
        1,
        "",
        "has no field 'titel'",
        "its fields are title",
    ),
    "unknown field of the source": (
        "  publisher: A paper",
        "  paper: A paper",
        4,
        "",
        "has no field 'paper'",
        "its fields are title, publisher",
    ),
    "duplicate ids": ("id: second", "id: first", 16, "first", "the id stands on line 9 too", "its own id"),
    "id with blanks": ("id: second", "id: The Second", 16, "The Second", "is no id", "small letters"),
    "negative tolerance": (
        "    unit: agreements",
        "    tolerance: -1",
        14,
        "first",
        "-1 is no tolerance",
        "how far off",
    ),
    "tolerance is text": (
        "    unit: agreements",
        "    tolerance: 5%",
        14,
        "first",
        "'5%' is no tolerance",
        "how far off",
    ),
    "unknown comparison": (
        "    unit: agreements",
        "    compare: about",
        14,
        "first",
        "'about' is no comparison",
        "equal, at_least",
    ),
    "more than yes": (
        "figure: true",
        "figure: true\n    compare: more_than",
        22,
        "second",
        "more_than needs a number",
        "leave compare out",
    ),
    "address that is none": (
        "url: https://example.org/a",
        "url: example.org",
        5,
        "",
        "'example.org' is no address",
        "https://",
    ),
    "address that runs": (
        "url: https://example.org/a",
        "url: javascript:alert(1)",
        5,
        "",
        "is no address",
        "https://",
    ),
    "source without publisher": (
        "  publisher: A paper\n",
        "",
        2,
        "",
        "publisher is missing",
        "`publisher: …`",
    ),
    "nothing, and no needs": (
        "{ask: status, on: 2025-05-28, count: agreements}",
        "{ask: nothing}",
        9,
        "first",
        "needs is missing",
        "what would check it",
    ),
    "claims missing": ("claims:", "claims: []\nrest:", 9, "", "has no field 'rest'", "its fields"),
    "a claim is a word": (
        "claims:\n",
        "claims:\n  - word\n",
        9,
        "number 1",
        "a claim is no mapping",
        "name: value",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_named_by_file_line_claim_and_remedy(fault: str) -> None:
    good, bad, line, claim, what, remedy = BAD[fault]
    assert GOOD.count(good) == 1
    with pytest.raises(EvidenceError) as told:
        parse_claims(GOOD.replace(good, bad), "bad.yaml")
    named = f", claim {claim}" if claim else ""
    assert told.value.message.startswith(f"bad.yaml, line {line}{named}: "), told.value.message
    assert what in told.value.message
    assert remedy in told.value.remedy


def test_without_any_source_a_claim_says_so() -> None:
    text = re.sub(r"source:\n(  .*\n)+", "", GOOD)
    with pytest.raises(EvidenceError, match=r"bad\.yaml, line 3, claim first: no source") as told:
        parse_claims(text, "bad.yaml")
    assert "title, publisher, url, published and read" in told.value.remedy


@pytest.mark.parametrize("text", ["", "just words", "- a list", "title: x", "title: x\nclaims:\n"])
def test_what_is_no_file_of_claims_is_refused(text: str) -> None:
    with pytest.raises(EvidenceError, match=r"^bad\.yaml, line 1|^bad\.yaml, line 2"):
        parse_claims(text, "bad.yaml")


def test_every_file_that_ships_is_in_two_languages_and_says_where_it_was_read() -> None:
    files = [read_claims(path) for path in shipped()]
    assert {f.file for f in files} >= {"the-conversation-2025.yaml", "public-record.yaml"}
    for claim in (c for f in files for c in f.claims):
        for name in ("says", "unit", "needs", "could_be", "note"):
            text: Both | None = getattr(claim, name)
            if text and text.en and name != "unit":
                assert text.es != text.en, f"{claim.at}: {name} has no Spanish"
        assert claim.source.read and claim.source.url.startswith("http")


def test_the_first_file_has_every_figure_of_the_article() -> None:
    file = read_claims(next(p for p in shipped() if p.name == "the-conversation-2025.yaml"))
    numbers = {c.figure for c in file.claims if not isinstance(c.figure, bool)}
    assert numbers == {135, 25, 628, 40, 1_800_000, 60, 1_300_000, 1996, None}
    assert {c.params["agency"] for c in file.claims if c.query == "history"} == {
        "tx-jackson-county-sheriff",
        "md-frederick-county-sheriff",
        "fl-jacksonville-sheriff",
    }


def test_of_the_second_file_at_least_five_are_by_ice_dhs_governors_or_sheriffs() -> None:
    file = read_claims(next(p for p in shipped() if p.name == "public-record.yaml"))
    official = re.compile("ICE|Immigration and Customs|Homeland Security|Governor|Sheriff")
    by = [c for c in file.claims if official.search(c.by) and "reported by" not in c.by]
    assert len(file.claims) >= 10 and len(by) >= 5
    for kind in ("Homeland", "Governor", "Sheriff", "Immigration and"):
        assert any(kind in c.by for c in by), kind


def test_a_claim_is_read_from_disk(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    assert read_claims(tmp_path / "a.yaml").claims[0].file == "a.yaml"
