"""One build, and what every page of it needs: worked out once, before the build is shown."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ..atlas import Atlas
from .files import Files

Row = dict[str, Any]


class Edition:
    """The atlas of one build. It never changes; another build is another edition."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas.pinned()
        self.reach = self.atlas.reach()
        self.files = Files(self.atlas)
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
    def counties(self) -> dict[str, Row]:
        """Every county by FIPS, on the newest list: :meth:`panel.reach.Reach.counties`."""
        return {c["fips"]: c for c in self.reach.counties()}

    @cached_property
    def redirects(self) -> dict[str, str]:
        return self.atlas.redirects()

    def warm(self) -> None:
        """Work out now what the first reader would have to wait for."""
        _ = self.agencies, self.counties, self.redirects
