"""Ids by the rule of another project."""

from __future__ import annotations

import pytest

from atlas287 import Atlas
from atlas287.publish.deportationdata import agency_id, agreement_id


def test_the_example_of_the_rule() -> None:
    theirs = "NC-alamance-county-sheriff-office"
    assert agency_id("NC", "Alamance County Sheriff's Office") == theirs
    assert (
        agreement_id("NC", "Alamance County Sheriff's Office", "jem", "2007-01-10")
        == f"{theirs}#JEM#2007-01-10"
    )


@pytest.mark.parametrize(
    ("state", "name", "theirs"),
    [
        ("NC", "Alamance County Sheriff’s Office", "NC-alamance-county-sheriff-office"),
        ("NC", "Alamance County Sheriffs' Department", "NC-alamance-county-sheriff-office"),
        ("TX", "Montgomery County Constable Pct. 4", "TX-montgomery-county-constable-precinct-4"),
        ("LA", "St. Tammany Parish Sheriff's Office", "LA-saint-tammany-parish-sheriff-office"),
        ("FL", "City of Miami Police Dept.", "FL-miami-police-department"),
        ("FL", "Florida Department of Corrections", "FL-department-of-correction"),
        (
            "FL",
            "Florida Fish & Wildlife Conservation Commission",
            "FL-fish-and-wildlife-conservation-commission",
        ),
        ("TX", "Texas City Police Department", "TX-texas-city-police-department"),
    ],
)
def test_the_common_words(state: str, name: str, theirs: str) -> None:
    assert agency_id(state, name) == theirs


def test_no_day_no_id() -> None:
    assert agreement_id("NC", "Foo Police", "tfm", None) is None
    assert agreement_id("NC", "Foo Police", "hybrid", "2008-01-02") == "NC-foo-police#JTF#2008-01-02"


def test_theirs_are_hardly_ever_shared_by_two_agreements(atlas: Atlas) -> None:
    agreements = atlas.table("agreement").join(atlas.table("agency"), on="agency_no", suffix="_of_agency")
    ids = [agreement_id(*row) for row in agreements.select("state", "name", "model", "signed_on").iter_rows()]
    assert len(set(ids)) >= len(ids) - 5
