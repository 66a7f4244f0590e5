"""ICE's own memoranda: what ships was read from them, and is read again the same."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas287 import Atlas, bundle
from atlas287.sources.memoranda import FIELDS, read_memorandum
from atlas287.sources.memoranda.private import is_clean


@pytest.fixture(scope="module")
def shipped() -> pl.DataFrame:
    return pl.read_parquet(bundle.MEMORANDA)


@pytest.fixture
def memoranda(data: Path) -> Path:
    folder = data / "moa"
    if not folder.is_dir():
        pytest.skip("needs data: no folder moa in it")
    return folder


def test_what_ships_has_every_field_of_41_memoranda_once(shipped: pl.DataFrame) -> None:
    documents = shipped.group_by("file").agg(pl.col("field"))
    assert documents.height == 41
    assert all(
        names == list(FIELDS)
        for names in shipped.group_by("file", maintain_order=True).agg("field")["field"].to_list()
    )
    assert shipped.filter(pl.col("value").is_not_null() & pl.col("page").is_null()).height == 0
    assert shipped.filter(pl.col("value").is_not_null() & pl.col("snippet").is_null()).height == 0
    ways = {"text layer", "ocr", "text layer and ocr"}
    assert set(shipped.filter(pl.col("value").is_not_null())["how"]) == ways
    assert set(shipped.filter(pl.col("value").is_null())["how"]) == {"illegible", "not found"}


def test_nothing_private_ships(shipped: pl.DataFrame) -> None:
    for column in ("value", "snippet"):
        for text in shipped[column].drop_nulls():
            assert is_clean(text), text
            assert not re.search(r"\w ?@ ?\w|\.(?:com|org|gov|net|edu|us)\b", text), text
    for *_, reason, remedy in json.loads(pl.read_parquet_metadata(bundle.MEMORANDA)["unread"]):
        assert is_clean(reason) and is_clean(remedy)


def test_what_is_illegible_is_counted(shipped: pl.DataFrame, atlas: Atlas) -> None:
    unread = json.loads(pl.read_parquet_metadata(bundle.MEMORANDA)["unread"])
    illegible = shipped.filter(how="illegible")
    assert sum(row[4] == "memorandum field" for row in unread) == illegible.height
    found = atlas.checks().filter(name="memoranda, fields: illegible")["found"].item()
    assert int(found) == illegible.height
    assert (
        atlas.db.execute("SELECT count(*) FROM quarantine WHERE what LIKE 'memorandum%'").fetchone()[0] == 0
    )


def test_every_memorandum_is_tied_to_its_agreement(atlas: Atlas) -> None:
    tied = atlas.table("memorandum")
    assert tied.filter(pl.col("agreement_no").is_null()).height == 0
    assert tied["agreement_no"].n_unique() == 41
    georgia = tied.filter(file="georgiaDeptPublicSafety_TFM_MOA_03.10.25.pdf")["agreement_no"].item()
    agreement = atlas.table("agreement").filter(agreement_no=georgia)["agreement_id"].item()
    assert (
        agreement == "ga-department-of-public-safety/tfm/2025-03-10"
    )  # and not Gilmer County's, whose link slipped


def test_signed_on_the_list_is_the_day_of_ice_s_own_signature(atlas: Atlas) -> None:
    """Three memoranda of March 2025 bear a day beside the list's; in all others it is the same day."""
    checks = {c["name"]: c["found"] for c in atlas.checks().to_dicts()}
    assert checks["memoranda: ice_signed_on"] == "38 of 41"
    assert checks["memoranda: model"] == "41 of 41"
    assert checks["memoranda: countersigned"].endswith("1 to 151")  # days; ICE never signs first


def test_what_a_person_read_stands_only_where_no_program_could(atlas: Atlas) -> None:
    eyed = atlas.table("memorandum_field").filter(pl.col("by_eye").is_not_null())
    assert eyed.height == 50
    assert set(eyed["how"]) == {"illegible"}


@pytest.mark.needs("data")
def test_what_ships_is_of_these_very_files(memoranda: Path, shipped: pl.DataFrame) -> None:
    files = {p.name: p for p in memoranda.rglob("*.pdf")}
    for folder, file, sha256 in shipped.select("folder", "file", "sha256").unique().iter_rows():
        assert hashlib.sha256(files[file].read_bytes()).hexdigest() == sha256
        assert files[file].parent.name == folder


@pytest.mark.needs("data", "ocr")
@pytest.mark.parametrize(
    "file",
    [
        "FLORIDA/EustisPoliceDeptFL_TFM_MOA_03.26.2025.pdf",  # typed
        "FLORIDA/287gWSO_BayCoFl2019-10-15.pdf",  # a scan with a text layer
        "TEXAS/SchleicherCoTX_WSO_MOA_03.26.2025.pdf",  # a scan without
    ],
)
def test_a_memorandum_is_read_again_as_it_was(memoranda: Path, shipped: pl.DataFrame, file: str) -> None:
    """Another version of Tesseract may read a letter differently; days and terms must not move."""
    found = read_memorandum(memoranda / file)
    before = {r["field"]: r for r in shipped.filter(file=found.file).to_dicts()}
    moved: dict[str, Any] = {
        f.name: (f.value, before[f.name]["value"]) for f in found.fields if f.value != before[f.name]["value"]
    }
    assert {n: v for n, v in moved.items() if not n.endswith(("signatory", "title"))} == {}
    assert len(moved) <= 2


@pytest.mark.needs("data")
def test_a_scan_without_ocr_is_marked_as_scanned(memoranda: Path) -> None:
    found = read_memorandum(memoranda / "TEXAS" / "KinneyCoTX_TFM_MOA_03.19.2025.pdf", tesseract=False)
    assert (found.text, found.scanned, found.pages) == ("scanned", 14, 14)
    assert {(f.value, f.how) for f in found.fields} == {(None, "scanned")}
    assert "no OCR is installed" in found.problems[0].reason
