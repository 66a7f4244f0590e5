"""The FBI's roster as matching asks it: by state, group and key, and by county.

The bundle keeps the roster with each name's group, key and form worked out already
(:mod:`roster_keys`), so a build normalizes no name of it, and looks only at states with
agencies.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from ..sources.fbi_agencies import AgencyRoster
from .places import Counties
from .roster_keys import Key, roster_key
from .schema import Row

#: What separates counties in the bundle's one cell.
_AND = "|"


class Listed(NamedTuple):
    """One agency of the roster."""

    ori: str
    name: str
    state: str
    counties: tuple[str, ...]  # FIPS
    type: str | None
    population: int | None
    officers: int | None
    year: int | None
    group: str
    key: str
    form: str

    @property
    def printed(self) -> str:
        """Its name without the gap or colon that its end may have."""
        return self.name.strip().rstrip(":,").rstrip()


#: Where a row stands within its state: group and key, a character between that no name has.
_GAP, _AFTER_GAP = "\x1f", "\x20"
_SLOT = pl.concat_str("group", "key", separator=_GAP)


def pack(agencies: pl.DataFrame) -> pl.DataFrame:
    """A roster as it is looked up: by state, each name with its group, key and form."""
    keys = [roster_key(*row) for row in agencies.select("name", "type", "state").iter_rows()]
    worked_out = {part: [getattr(key, part) for key in keys] for part in Key._fields}
    packed = agencies.with_columns(
        pl.col("counties").list.join(_AND), *(pl.Series(c, v, pl.String) for c, v in worked_out.items())
    )
    return packed.select(Listed._fields).sort("state", "group", "key", "ori")


def write_roster(roster: AgencyRoster, path: Path) -> None:
    """Write a roster for the bundle; what it was read from and what was set aside go into the
    file's own notes."""
    notes = {
        **roster.source,
        "earlier": str(roster.earlier),
        "quarantine": json.dumps(roster.quarantine.rows(), ensure_ascii=False),
    }
    pack(roster.agencies).write_parquet(path, compression="zstd", compression_level=19, metadata=notes)


class Roster:
    """A roster to look agencies up in; :func:`pack` gives its table."""

    def __init__(
        self, table: pl.DataFrame, counties: Counties, notes: Mapping[str, str] | None = None
    ) -> None:
        self._table = table
        self._counties = counties
        self._states: dict[str, State] = {}
        self._state_of: list[str] = table["state"].to_list()
        self._slots: list[str] = table.select(_SLOT).to_series().to_list()
        self.notes = notes or {}

    @classmethod
    def read(cls, path: Path, counties: Counties) -> Roster:
        """Open the bundle's roster."""
        return cls(pl.read_parquet(path), counties, pl.read_parquet_metadata(path))

    def state(self, code: str) -> State:
        """The agencies of one state."""
        if code not in self._states:
            first, after = bisect_left(self._state_of, code), bisect_right(self._state_of, code)
            rows = self._table.slice(first, after - first)
            self._states[code] = State(rows, self._slots[first:after], self._counties)
        return self._states[code]

    def nowhere(self) -> list[tuple[str, str, int]]:
        """(state, county as printed, agencies) where the state has no one county of that name."""
        printed = self._table.select("state", pl.col("counties").str.split(_AND)).explode("counties")
        counted = printed.drop_nulls().filter(pl.col("counties") != "").group_by("state", "counties").len()
        rows = counted.sort("state", "counties").iter_rows()
        return [(state, name, n) for state, name, n in rows if not self._counties.fips(state, name)]

    def quarantine_rows(self) -> Iterator[Row]:
        """What was set aside when the roster was read, as rows of the table ``quarantine``."""
        for file, row, what, reason, remedy, cells in json.loads(self.notes.get("quarantine", "[]")):
            yield self.notes.get("sha256"), "", file, None, row, what, reason, remedy, cells


class State:
    """The roster of one state: rows in order of group and key, found by bisection."""

    def __init__(self, table: pl.DataFrame, slots: list[str], counties: Counties) -> None:
        self._table = table
        self._slots = slots
        self._counties = counties
        self._asked: dict[str, list[Listed]] = {}
        self._keys: dict[str, list[str]] = {}

    def called(self, group: str, key: str) -> list[Listed]:
        """Agencies of a group under a key."""
        slot = f"{group}{_GAP}{key}"
        if slot not in self._asked:
            first = bisect_left(self._slots, slot)
            last = bisect_right(self._slots, slot, first)
            self._asked[slot] = [self._listed(self._table.row(n)) for n in range(first, last)]
        return self._asked[slot]

    def _listed(self, row: tuple[Any, ...]) -> Listed:
        ori, name, state, counties, *rest = row
        found = [self._counties.fips(state, county) for county in counties.split(_AND)] if counties else []
        return Listed(ori, name, state, tuple(fips for fips in found if fips), *rest)

    def keys(self, group: str) -> list[str]:
        """The keys of a group, one an agency."""
        if group not in self._keys:
            first = bisect_left(self._slots, f"{group}{_GAP}")
            last = bisect_left(self._slots, f"{group}{_AFTER_GAP}", first)
            self._keys[group] = [slot[len(group) + 1 :] for slot in self._slots[first:last]]
        return self._keys[group]

    def group(self, group: str) -> list[Listed]:
        """Every agency of a group."""
        return [one for key in dict.fromkeys(self.keys(group)) for one in self.called(group, key)]

    @cached_property
    def sheriffs(self) -> dict[str, list[Listed]]:
        """By county, its sheriff's rows."""
        by_county: dict[str, list[Listed]] = defaultdict(list)
        for one in self.group("sheriff"):
            for fips in one.counties:
                by_county[fips].append(one)
        return by_county

    def holding(self, ori: str) -> Listed | None:
        """The agency that holds an ORI."""
        oris = self._table["ori"].to_list()
        return self._listed(self._table.row(oris.index(ori))) if ori in oris else None
