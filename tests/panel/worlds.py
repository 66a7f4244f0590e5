"""Small worlds to compute exposure in: a few counties, agencies and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from atlas287.panel.figures import policed_by_county
from atlas287.panel.world import Agency, County, Ruling, Stint, World

ONE, TWO = "48001", "48003"
DAY_ONE = date(2025, 3, 30)


def county(fips: str = ONE, population: int | None = 1000, hispanic: int | None = None) -> County:
    return County(fips, "TX", f"County {fips}", population, hispanic)


def agency(
    name: str,
    level: str = "Municipal",
    kind: str = "police",
    at: Sequence[str] = (ONE,),
    population: int | None = None,
    town: str | None = None,
) -> Agency:
    return Agency(f"tx-{name}", name, "TX", level, kind, tuple(at), population, town)


def sheriff(at: str = ONE, population: int | None = None, name: str | None = None) -> Agency:
    return agency(name or f"sheriff-{at}", "County", "sheriff", (at,), population)


def world(
    stints: Iterable[tuple[Agency, str, int, int]],
    counties: Iterable[County] = (),
    days: Sequence[date] | int = 4,
    others: Iterable[Agency] = (),
) -> World:
    """A world of daily lists (or lists of these days).

    Args:
        stints: agency, model, first and last list.
        others: agencies of known population that signed nothing.
    """
    when = [DAY_ONE + timedelta(days=n) for n in range(days)] if isinstance(days, int) else days
    rulings = [Ruling(day, f"{day}T09:00", f"list{day}.xlsx", n) for n, day in enumerate(when)]
    told = [Stint(*s) for s in stints]
    own = {c.fips: c for c in counties or (county(), county(TWO))}
    known = policed_by_county(
        {s.agency for s in told} | set(others), {f: c.population for f, c in own.items()}
    )
    return World(rulings, own, told, known)


_LEVELS = st.sampled_from(
    [
        ("County", "sheriff"), ("County", "jail"), ("Municipal", "police"), ("Municipal", "marshal"),
        ("Campus", "police"), ("Regional", "jail"), ("Regional", "police"),
        ("Constable District", "constable"),
        ("State", "state police"), ("State", "jail"),
    ]
)  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Any world of up to three counties, eight agencies and six lists."""
    fips = [f"4800{n}" for n in range(1, draw(st.integers(1, 3)) + 1)]
    counties = [county(f, draw(st.none() | st.integers(1, 2000))) for f in fips]
    agencies = []
    for n in range(draw(st.integers(1, 8))):
        level, kind = draw(_LEVELS)
        at = () if level == "State" else tuple(draw(st.permutations(fips)))[: draw(st.integers(0, 2))]
        people = draw(st.none() | st.integers(1, 1500)) if level != "State" else None
        town = draw(st.sampled_from([None, "Foo", "Bar"])) if level == "Municipal" else None
        agencies.append(agency(f"a{n}", level, kind, at, people, town))
    lists = draw(st.integers(1, 6))
    gaps = draw(st.lists(st.integers(1, 45), min_size=lists - 1, max_size=lists - 1))
    days = [DAY_ONE]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    stints = []
    for one in agencies:
        for model in draw(st.sets(st.sampled_from(["jem", "tfm", "wso", "hybrid"]), min_size=1, max_size=3)):
            first = draw(st.integers(0, lists - 1))
            stints.append((one, model, first, draw(st.integers(first, lists - 1))))
    return world(sorted(stints), counties, days, others=agencies)
