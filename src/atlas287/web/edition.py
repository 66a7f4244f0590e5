"""One build, and what every page of it needs: worked out once, before the build is shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from ..atlas import Atlas
from ..panel.finding import Entry, plain
from .files import Files
from .words import LANGUAGES, words

if TYPE_CHECKING:
    from .images import Gallery

Row = dict[str, Any]


class Edition:
    """The atlas of one build. It never changes; another build is another edition."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas.pinned()
        self.reach = self.atlas.reach()
        self.files = Files(self.atlas)
        self.gallery: Gallery | None = None  # set by whoever serves it
        self.newest: Row = self.atlas.status()["newest_list"]

    @property
    def build_id(self) -> str:
        return self.atlas.current.build_id

    @property
    def at(self) -> str:
        """The day of the newest list."""
        return str(self.newest["at"])[:10]

    @cached_property
    def agencies(self) -> dict[str, Row]:
        """Every agency by id: :func:`registry.questions.agencies.agencies`."""
        return {a["agency_id"]: a for a in self.atlas.agencies().to_dicts()}

    @cached_property
    def courses(self) -> dict[str, Row]:
        """From when to when each agency took part: :func:`registry.questions.courses.courses`."""
        return self.atlas.courses()

    @cached_property
    def of_county(self) -> dict[str, list[Row]]:
        """By county, the agencies that serve it and were ever listed, or applied."""
        by: dict[str, list[Row]] = defaultdict(list)
        for agency in self.agencies.values():
            for fips in agency["county_fips"]:
                by[fips].append(agency)
        return by

    @cached_property
    def counties(self) -> dict[str, Row]:
        """Every county by FIPS, on the newest list: :meth:`panel.reach.Reach.counties`."""
        return {c["fips"]: c for c in self.reach.counties()}

    @cached_property
    def states(self) -> dict[str, Row]:
        """Every state and territory by code: :meth:`panel.reach.Reach.states`."""
        return {s["state"]: s for s in self.reach.states()}

    @cached_property
    def entries(self) -> list[Entry]:
        """What search finds: :attr:`panel.reach.Reach.entries`, states by their names in every language."""
        return [
            replace(e, spellings=(*e.spellings, *(plain(words(lang).state(e.id)) for lang in LANGUAGES)))
            if e.kind == "state"
            else e
            for e in self.reach.entries
        ]

    @cached_property
    def record(self) -> dict[str, str]:
        """The days of the ``first`` and ``last`` list of participating agencies."""
        days = self.atlas.lists("participating").filter(~pl.col("stale"))["at"].str.slice(0, 10)
        return {"first": str(days.min()), "last": str(days.max())}

    @cached_property
    def map(self) -> Row:
        """What the map shows on the newest list: :func:`panel.mapping.map_on`."""
        return self.atlas.map_on()

    @cached_property
    def agreements(self) -> dict[str, str]:
        """The agency of every agreement, by id."""
        rows = self.atlas.table("agreement").select("agreement_id").to_series()
        return {own: own.partition("/")[0] for own in rows}

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Former ids of agencies and agreements."""
        return self.atlas.redirects()

    @cached_property
    def tables(self) -> list[Row]:
        """The tables of the data set: :meth:`atlas.Atlas.dictionary`."""
        return self.atlas.dictionary()

    def warm(self) -> None:
        """Work out now what the first reader would have to wait for."""
        _ = self.agencies, self.of_county, self.counties, self.states, self.agreements, self.redirects
        _ = self.map, self.courses, self.entries, self.reach.times("01001")
