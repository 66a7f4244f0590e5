"""`atlas287 memorandum`, as a person uses it: of an agency, of a file, of a bad file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas287 import Atlas, DocumentError, NotFoundError
from atlas287.sources.memoranda import FIELDS
from tests.sources.memoranda.pdfmaker import memorandum, pdf, written


def test_of_an_agency_every_field_with_page_words_and_way(atlas: Atlas, run: Callable[..., Any]) -> None:
    said = run("memorandum", "Eustis", "--state", "FL", "--json", home=atlas.home.root)
    assert said.code == 0
    (one,) = said.json["memoranda"]
    assert one["agreement_id"] == "fl-eustis-police/tfm/2025-04-02"
    assert one["linked_by"] == "link"
    assert [f["field"] for f in one["fields"]] == list(FIELDS)
    fields = {f["field"]: f for f in one["fields"]}
    assert fields["agency_signed_on"]["value"] == "2025-03-25"
    assert fields["agency_stamped_on"]["value"] == "2025-03-26"
    assert fields["ice_signed_on"] | {"snippet": ""} == {
        "field": "ice_signed_on", "value": "2025-04-02", "how": "text layer", "page": 9,
        "snippet": "", "by_eye": None, "listed": "2025-04-02", "agrees": True,
    }  # fmt: skip
    assert one["disagreements"] == []
    assert said.json == {
        **said.json,
        "agency": {k: said.json["agency"][k] for k in ("agency_id", "name", "state")},
    }


def test_text_names_the_page_and_what_could_not_be_read(atlas: Atlas, run: Callable[..., Any]) -> None:
    said = run("memorandum", "Orlando", home=atlas.home.root)
    assert said.code == 0
    assert "OrlandoPoliceDeptFL_TFM_MOA_03.20.2025.pdf, 14 pages, scanned" in said.out
    assert "disagrees: ice_signed_on: the memorandum says 2025-03-25, ICE's list 2025-03-26" in said.out
    assert "ice_signed_on: 2025-03-25   [page 9" in said.out
    assert "illegible: agency_signed_on (by eye: 2025-03-20)" in said.out
    assert "Newest list held" in said.out


def test_csv_has_a_row_a_field(atlas: Atlas, run: Callable[..., Any]) -> None:
    rows = run("memorandum", "fl-jackson-county-sheriff", "--csv", home=atlas.home.root).csv
    assert len(rows) == len(FIELDS)
    assert {r["agreement_id"] for r in rows} == {"fl-jackson-county-sheriff/tfm/2025-02-26"}


def test_of_an_agency_without_one_it_says_so(atlas: Atlas, run: Callable[..., Any]) -> None:
    said = run("memorandum", "tx-lubbock-county-sheriff", home=atlas.home.root)
    if said.code == 5:  # another agency, should a list rename this one
        pytest.skip("no such agency on the lists held")
    assert "No memorandum of it was read." in said.out


def test_what_is_no_agency_and_no_file_is_not_found(atlas: Atlas, run: Callable[..., Any]) -> None:
    assert run("memorandum", "Nowhere in Particular", home=atlas.home.root).code == 5
    with pytest.raises(NotFoundError):
        atlas.memorandum("Nowhere in Particular")


def test_of_a_file_never_seen(atlas: Atlas, tmp_path: Path, run: Callable[..., Any]) -> None:
    """A memorandum of Eustis under another name: tied by agency, model and day."""
    pages = memorandum(
        agency="Eustis Police Department", model="tfm", agency_day="March 25, 2025", ice_day="April 2, 2025"
    )
    path = written(tmp_path / "downloads", pdf(pages), "scan0001.pdf")
    said = run("memorandum", path, "--json", home=atlas.home.root)
    assert said.code == 0
    (one,) = said.json["memoranda"]
    assert (one["agreement_id"], one["linked_by"]) == (
        "fl-eustis-police/tfm/2025-04-02",
        "agency, model and day",
    )
    assert said.json["problems"] == []
    assert {f["field"] for f in one["fields"] if f["agrees"]} >= {"model", "agency", "ice_signed_on"}


def test_of_a_file_that_disagrees_with_the_list(atlas: Atlas, tmp_path: Path) -> None:
    pages = memorandum(agency="Eustis Police Department", model="jem", ice_day="April 3, 2025")
    path = written(tmp_path, pdf(pages), "EustisPoliceDeptFL_TFM_MOA_03.26.2025.pdf")
    (one,) = atlas.memorandum(path)["memoranda"]
    assert one["linked_by"] == "link"
    assert one["disagreements"] == [
        {"field": "model", "memorandum": "jem", "listed": "tfm"},
        {"field": "ice_signed_on", "memorandum": "2025-04-03", "listed": "2025-04-02"},
    ]


def test_an_agency_in_the_wrong_state_is_said_and_tied_to_nothing(
    atlas: Atlas, tmp_path: Path, run: Callable[..., Any]
) -> None:
    path = written(
        tmp_path / "TEXAS", pdf(memorandum(agency="Eustis Police Department", model="tfm")), "x.pdf"
    )
    said = run("memorandum", path, home=atlas.home.root)
    assert said.code == 0
    assert "Tied to no agency." in said.out
    assert (
        "in the wrong state: no list has 'Eustis Police Department' in Texas; there is fl-eustis-police"
        in said.out
    )
    asked = run("memorandum", path, "--state", "FL", "--json", home=atlas.home.root)
    assert asked.json["agency"]["agency_id"] == "fl-eustis-police"


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "is empty"), (b"<html><body>404</body></html>", "a web page")]
)
def test_a_bad_file_fails_with_reason_and_remedy(
    atlas: Atlas, tmp_path: Path, run: Callable[..., Any], data: bytes, reason: str
) -> None:
    path = written(tmp_path, data, "bad.pdf")
    said = run("memorandum", path, "--json", home=atlas.home.root)
    assert said.code == 1
    assert reason in said.json["error"]
    assert said.json["remedy"]
    assert "remedy" in said.err
    with pytest.raises(DocumentError):
        atlas.memorandum(path)


def test_a_file_that_is_not_there_is_told_as_a_file(atlas: Atlas, run: Callable[..., Any]) -> None:
    said = run("memorandum", "nothere.pdf", home=atlas.home.root)
    assert said.code == 1
    assert "nothere.pdf: No such file" in said.err
