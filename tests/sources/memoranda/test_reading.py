"""Memoranda made on the fly: every field with its page, its words and how it was read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from atlas287.sources.memoranda import FIELDS, Memorandum, read_folder, read_memorandum
from atlas287.sources.memoranda.fields import WAYS
from tests.sources.memoranda.pdfmaker import OPEN, Put, memorandum, pdf, scanned, written


def read(folder: Path, **more: Any) -> Memorandum:
    return read_memorandum(written(folder / "FLORIDA", pdf(memorandum(**more))), tesseract=False)


def test_a_typed_memorandum_gives_every_field(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.text, found.pages, found.ocr, found.problems) == ("typed", 4, None, [])
    assert [f.name for f in found.fields] == list(FIELDS)
    said = {f.name: (f.value, f.page) for f in found.fields if f.value is not None}
    assert said == {
        "model": ("jem", 1),
        "agency": ("Example County Sheriff's Office", 1),
        "state": ("FL", 4),
        "revised": ("2025-02-15", 1),
        "agency_signed_on": ("2025-03-04", 3),
        "agency_signatory": ("Jane Q. Example", 3),
        "agency_title": ("Sheriff", 3),
        "ice_signed_on": ("2025-03-07", 3),
        "ice_signatory": ("Terry M. Sample", 3),
        "ice_title": ("Acting Director", 3),
        "pays_personnel": ("agency", 2),
        "pays_training_travel": ("ICE", 2),
        "pays_instructors": ("ICE", 2),
        "pays_it": ("ICE", 2),
        "pays_supplies": ("agency", 2),
        "pays_interpreters": ("agency", 2),
        "bears_liability": ("agency", 2),
        "complaint_notice": ("48 hours", 2),
        "complaint_outcome": ("30 days", 2),
        "complaint_to": ("ICE Office of Professional Responsibility", 2),
        "term": ("open-ended", 2),
        "termination_by_agency": ("in writing to ICE's local Field Office", 2),
        "termination_by_ice": ("90-day notice", 2),
        "termination_published": ("on ICE's website 90 days before", 2),
        "suspension": ("ICE at once, pending investigation of serious misconduct or violations", 2),
    }
    assert {f.how for f in found.fields} == {"text layer", "not found"}
    assert set(WAYS) >= {f.how for f in found.fields}


def test_a_snippet_is_what_stands_on_its_page(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found["agency_signed_on"].snippet == "March 4, 2025"
    assert found["pays_instructors"].snippet == "ICE will provide instructors and training materials."
    assert str(found["complaint_notice"].snippet).endswith(
        "within 48 hours of the LEA receiving notice of the complaint."
    )


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        ({"hours": 24}, "complaint_notice", "24 hours"),
        ({"days": 60}, "termination_by_ice", "60-day notice"),
        ({"travel": "The LEA will cover the costs of LEA personnel's travel affiliated with the training."},
         "pays_training_travel", "agency"),
        ({"runs": "This MOA becomes effective upon signature and will remain in effect for three (3) years."},
         "term", "3 years"),
        ({"runs": "This MOA becomes effective upon signature and will remain in effect until June 30, 2027."},
         "term", "until 2027-06-30"),
        ({"runs": f"{OPEN} ICE reserves the right to conduct an internal review of the MOA every two years."},
         "review", "every 2 years"),
        ({"model": "tfm"}, "model", "tfm"),
        ({"model": "wso"}, "model", "wso"),
        ({"agency": "Example Police Department"}, "agency", "Example Police Department"),
        ({"agency_day": "3/4/25"}, "agency_signed_on", "2025-03-04"),
        ({"address": "Anytown, KY 40201"}, "state", "KY"),
    ],
)  # fmt: skip
def test_what_a_memorandum_says_is_read_and_not_supplied(
    tmp_path: Path, more: dict[str, Any], field: str, value: str
) -> None:
    assert read(tmp_path, **more)[field].value == value


@pytest.mark.parametrize("day", ["3- I4 2o25", "June 31, 2025", "3/4/25 or 3/5/25", ""])
def test_a_day_that_cannot_be_read_is_illegible_and_counted(tmp_path: Path, day: str) -> None:
    found = read(tmp_path, agency_day=day)
    one = found["agency_signed_on"]
    assert (one.value, one.how, one.page) == (None, "illegible", 3)
    (problem,) = found.problems
    assert "agency_signed_on" in problem.reason
    assert "by eye" in problem.remedy
    assert found["ice_signed_on"].value == "2025-03-07"


def test_nothing_private_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "FLORIDA"
    written(folder, pdf(memorandum()))
    table = read_folder(tmp_path, tesseract=False).table()
    kept = " ".join(str(cell) for row in table.rows() for cell in row)
    for private in (
        "John Private",
        "555-0199",
        "john.private",
        "555-0123",
        "ICEOPRIntake",
        "@",
        "555-4242",
        "Main Street",
    ):
        assert private not in kept, private
    assert "[mailbox]" in kept


def test_a_long_dossier_page_order_does_not_matter_to_signatures(tmp_path: Path) -> None:
    """The columns may stand the other way round, as before 2025, and without labels."""
    pages = memorandum()
    law = [p for p in pages[2] if p.top < 190]
    block = [
        (60, 200, "Date: OCT 15 2019"), (320, 200, "Date: June 3, 2019"),
        (60, 250, "Pat S. Sample"), (320, 250, "Robin Example"),
        (60, 262, "Acting Executive Associate Director"), (320, 262, "Sheriff, Example County"),
        (60, 274, "Enforcement and Removal Operations"),
        (60, 286, "U.S. Immigration and Customs Enforcement"),
    ]  # fmt: skip
    pages[2] = [*law, *(Put(*one) for one in block)]
    found = read_memorandum(written(tmp_path, pdf(pages)), tesseract=False)
    said = {f.name: f.value for f in found.fields}
    assert (said["ice_signed_on"], said["agency_signed_on"]) == ("2019-10-15", "2019-06-03")
    assert (said["ice_signatory"], said["agency_signatory"]) == ("Pat S. Sample", "Robin Example")
    assert (said["ice_title"], said["agency_title"]) == (
        "Acting Executive Associate Director",
        "Sheriff, Example County",
    )


def test_a_scan_without_ocr_says_so_and_guesses_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, scanned(pdf(memorandum()), dpi=60))
    found = read_memorandum(path, tesseract=False)
    assert (found.text, found.scanned) == ("scanned", 4)
    assert {(f.value, f.how) for f in found.fields} == {(None, "scanned")}
    (problem,) = found.problems
    assert "scanned" in problem.reason and "no OCR is installed" in problem.reason
    assert "apt-get install tesseract-ocr" in problem.remedy


@pytest.mark.needs("ocr")
def test_a_scan_is_read_by_ocr(tmp_path: Path) -> None:
    typed = read(tmp_path / "typed")
    found = read_memorandum(written(tmp_path, scanned(pdf(memorandum()))))
    assert found.text == "scanned"
    assert found.ocr and found.ocr.startswith("tesseract")
    wrong = {
        f.name: (f.value, typed[f.name].value)
        for f in found.fields
        if f.value != typed[f.name].value and f.how != "illegible"
    }
    assert not wrong
    assert {f.how for f in found.fields if f.value is not None} == {"ocr"}
    assert sum(f.value is not None for f in found.fields) >= 22


def test_a_folder_is_read_whole_and_bad_files_are_counted(tmp_path: Path) -> None:
    written(tmp_path / "FLORIDA", pdf(memorandum()), "good.pdf")
    written(tmp_path / "FLORIDA", b"", "empty.pdf")
    written(tmp_path / "TEXAS", b"<html>gone</html>", "page.PDF")
    written(tmp_path / "TEXAS", b"no pdf", "notes.txt")
    done = read_folder(tmp_path, tesseract=False)
    assert [(m.folder, m.file) for m in done.memoranda] == [("FLORIDA", "good.pdf")]
    assert [(row[0], row[1], row[4]) for row in done.unread] == [
        ("FLORIDA", "empty.pdf", "memorandum"),
        ("TEXAS", "page.PDF", "memorandum"),
    ]
    assert all(reason and remedy for *_, reason, remedy in done.unread)
    assert done.table().height == len(FIELDS)
