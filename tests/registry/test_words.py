"""States, models and types as ICE printed them, and as it may yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.registry.text import MODELS, STATE_NAMES, STATES, TERRITORIES, evened, tidy
from atlas287.registry.words import agency_type, county_name, model_code, state_code


@pytest.mark.parametrize(
    ("printed", "code", "rule"),
    [
        ("FLORIDA", "FL", "exact"),
        ("Florida ", "FL", "evened"),
        ("fl", "FL", "evened"),
        ("WEST  VIRGINIA", "WV", "exact"),
        ("PENNSLYVANIA", "PA", "spelling"),
        ("UTAHJ", "UT", "spelling"),
        ("MINNESOTTA", "MN", "spelling"),
        ("NORTHERN MARIANA ISLANDS", "MP", "exact"),
        ("Commonwealth of the Northern Mariana Islands", "MP", "evened"),
        ("GUAM", "GU", "exact"),
        ("Virgin Islands", "VI", "evened"),
        ("", None, "blank"),
        ("#N/A", None, "blank"),
        ("ATLANTIS", None, "unknown"),
        ("NORTH DAKOTA", "ND", "exact"),
        ("NOUTH CAROLINA", None, "two readings"),
        ("ARKANSAS", "AR", "exact"),
        ("VIRGINIA", "VA", "exact"),
        ("INDIANA", "IN", "exact"),
        ("XY", None, "unknown"),
    ],
)
def test_states(printed: str, code: str | None, rule: str) -> None:
    assert state_code(printed) == (code, rule)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Jail Enforcement Model", "jem"),
        ("Jail Enforcement Model ", "jem"),
        ("JAIL ENFORCEMENT MODEL (JEM)", "jem"),
        ("Warrant Service Officer", "wso"),
        ("Warrant Services Officer", "wso"),
        ("Warrant Service Oficer", "wso"),
        ("Task Force Model", "tfm"),
        ("Task Force Officer ", "tfm"),
        ("TFO", "tfm"),
        ("Task Force / Detention", "hybrid"),
        ("Joint", "hybrid"),
        ("Tunnel Enforcement Model", None),
        ("Task Force and Warrant", None),
        ("Officer", None),
        ("#N/A", None),
    ],
)
def test_models(printed: str, code: str | None) -> None:
    assert model_code(printed)[0] == code


@pytest.mark.parametrize(
    ("printed", "means"),
    [
        ("County", "County"),
        ("COUNTY ", "County"),
        ("Muncipality ", "Municipality"),
        ("State Agency", "State Agency"),
        ("State", "State Agency"),
        ("#NA", None),
        ("Company", None),
        ("", None),
    ],
)
def test_types(printed: str, means: str | None) -> None:
    assert agency_type(printed)[0] == means


@pytest.mark.parametrize("printed", ["#N/A", "N/A", "", "  ", "#NA", "None", "-"])
def test_a_county_that_is_none(printed: str) -> None:
    assert county_name(printed) is None


def test_a_county_is_evened() -> None:
    assert county_name(" \nSt. Mary’s  County ") == "st. mary's county"


@pytest.mark.parametrize("name", sorted(STATES))
def test_every_state_is_read_by_name_and_code_in_any_case(name: str) -> None:
    code = STATES[name]
    assert {
        state_code(form)[0] for form in (name, name.upper(), name.title(), code, code.lower(), f" {name}  ")
    } == {code}


@given(st.sampled_from(sorted(n for n in STATES if len(n) >= 6)), st.data())
def test_a_misspelt_state_is_that_state_or_nothing(name: str, data: st.DataObject) -> None:
    """One letter left out, doubled or swapped never gives another state."""
    at = data.draw(st.integers(0, len(name) - 2))
    slip = data.draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            ]
        )
    )
    assert state_code(slip.upper())[0] in (STATES[name], None)


@given(st.text(max_size=30))
def test_any_text_is_read_without_fail(printed: str) -> None:
    assert state_code(printed)[0] in {None, *STATE_NAMES}
    assert model_code(printed)[0] in {None, *MODELS}
    assert agency_type(printed)[1]
    assert evened(evened(printed)) == evened(printed)
    assert tidy(tidy(printed)) == tidy(printed)


def test_territories_are_no_states() -> None:
    assert {"AS", "GU", "MP", "PR", "VI"} == TERRITORIES
    assert len(set(STATE_NAMES) - TERRITORIES - {"DC"}) == 50


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sheriff’s  Office ", "SHERIFF'S OFFICE"),
        ("A – B", "a - b"),
        ("“x”", '"X"'),
        ("\nA\t B\xa0", "a b"),
    ],
)
def test_evened_folds_case_space_and_quotes(one: str, other: str) -> None:
    assert evened(one) == evened(other)
