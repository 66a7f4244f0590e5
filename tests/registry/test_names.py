"""Agency names: what the key folds, and what it must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.registry.names import (
    kind_of,
    likeness,
    longer_form,
    misspelt,
    name_key,
    place_of,
    slug,
    stem,
    tellers,
)


@pytest.mark.parametrize(
    ("state", "spellings"),
    [
        (
            "FL",
            [
                "Walton County Sheriff's Office",
                "Walton County Sheriff’s Office ",
                "WALTON COUNTY SHERIFFS OFFICE",
                "Walton County Sheriff's Department",
                "Walton Co. Sheriff",
                "Walton County Sheriffs Dept.",
                "Walton Counry Sheriff's Office",
                "Walton County  Sheriff`s Office",
                "Walton County SO",
            ],
        ),
        (
            "FL",
            [f"{n} Police {d}" for n in ("Miami", "City of Miami") for d in ("Department", "Dept.")]
            + ["Miami PD"],
        ),
        ("AK", ["Alaska Department of Corrections", "Department of Corrections"]),
        ("FL", ["St. Lucie County Sheriff's Office", "Saint Lucie County Sheriff's Office"]),
        (
            "FL",
            [f"Gulf County {b}" for b in ("BOCC", "Board of County Commissioners", "Board of Commissioners")],
        ),
        ("LA", [f"Arnaudville Police Department{s}" for s in ("", ", LA", ", Louisiana")]),
        (
            "PA",
            [
                f"Unity {n}"
                for n in ("TWP Constable", "Township Constable's Office", "Township Constables Office")
            ],
        ),
        ("FL", ["Fish & Wildlife Commission", "Fish and Wildlife Commission"]),
        ("TX", ["Foo County Sheriff's Office (Addendum)", "Foo County Sheriff's Office"]),
    ],
)
def test_typographic_variants_agree(state: str, spellings: list[str]) -> None:
    assert len({name_key(s, state) for s in spellings}) == 1, {s: name_key(s, state) for s in spellings}


@pytest.mark.parametrize(
    ("state", "one", "other"),
    [
        ("PA", "Foo Borough Police Department", "Foo Township Police Department"),
        ("TX", "Haskell Police Department", "Haskell County Sheriff's Office"),
        ("FL", "Gulf County Board of County Commissioners", "Gulf County Sheriff's Office"),
        ("TX", "Bell County Sheriff's Office", "Lee County Sheriff's Office"),
        ("FL", "University of Florida Police Department", "University of West Florida Police Department"),
        ("TX", "Polk County Constable Precinct 1", "Polk County Constable Precinct 2"),
        ("FL", "Gulf County Jail", "Gulf County Sheriff's Office"),
        ("FL", "State Attorney, Eighth Judicial Circuit", "State Attorney, Eighteenth Judicial Circuit"),
        ("LA", "Lafourche Parish Sheriff's Office", "Lafourche County Sheriff's Office"),
        ("FL", "Arnaudville Police Department, LA", "Arnaudville Police Department"),  # another state's
        ("TX", "Country Club Police Department", "County Club Police Department"),
    ],
)
def test_what_tells_bodies_apart_stays_in_the_key(state: str, one: str, other: str) -> None:
    assert name_key(one, state) != name_key(other, state)


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Walton County Sheriff's Office", "sheriff"),
        ("Foo County Sherrif's Office", "sheriff"),
        ("Miami Police Department", "police"),
        ("Bedford Department of Public Safety", "police"),
        ("Gulf County BOCC", "board"),
        ("Foo University Board of Trustees", "board"),
        ("Cambria County Prison", "jail"),
        ("Albemarle District Jail", "jail"),
        ("Louisiana State Police", "state police"),
        ("Wyoming Highway Patrol", "state police"),
        ("Polk County Constable District 4", "constable"),
        ("Office of the Attorney General", "attorney"),
        ("West Virginia National Guard", "guard"),
        ("City Marshal", "marshal"),
        ("Department of Lottery Services", "other"),
    ],
)
def test_kinds(printed: str, kind: str) -> None:
    assert kind_of(name_key(printed, "ZZ")) == kind


def test_place_and_stem() -> None:
    key = name_key("St. Mary's County Sheriff's Office", "MD")
    assert place_of(key) == "saint marys county"
    assert stem(key) == "saint marys"
    assert place_of("miami police") is None
    assert stem("county sheriff") == "county sheriff", "a key of common words alone stands for itself"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("macro island police", "marco island police", True),
        ("lampass county sheriff", "lampasas county sheriff", True),
        ("lakeland police", "lake land police", True),
        ("indian shores police", "indian river shores police", False),
        ("port saint joe police", "port saint lucie police", False),
        ("melbourne police", "melbourne beach police", False),
    ],
)
def test_a_word_more_is_no_misspelling(one: str, other: str, same: bool) -> None:
    assert (misspelt(one, other) and likeness(one, other) >= 80) == same
    assert misspelt(one, other) == misspelt(other, one)


@pytest.mark.parametrize(
    ("one", "other", "longer"),
    [
        ("highway state patrol", "wyoming state highway patrol", True),
        ("marion police", "marion police office", True),
        ("melbourne police", "melbourne beach police", False),
        ("bradford police", "bradford township police", False),
        ("constable precinct 1", "constable precinct", False),
    ],
)
def test_a_longer_form_adds_nothing_that_tells(one: str, other: str, longer: bool) -> None:
    assert longer_form(one, other, "WY") == longer_form(other, one, "WY") == longer


def test_tellers() -> None:
    assert tellers("university of west florida police") == ("west",)
    assert tellers("state attorney twenty first circuit 4th district") == ("4th", "first")
    assert tellers("miami police") == ()


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@given(names, st.sampled_from(["FL", "TX", "PA", "MP"]))
def test_case_quotes_and_space_never_matter(name: str, state: str) -> None:
    key = name_key(name, state)
    assert name_key(f"  {name} ", state) == key
    assert name_key(name.replace("'", "’"), state) == key
    assert name_key(name.replace(" ", "\xa0 "), state) == key


@given(names)
def test_a_slug_is_fit_for_an_address(name: str) -> None:
    made = slug(name_key(name, "FL"))
    assert made == slug(made)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-") and not made.endswith("-")
