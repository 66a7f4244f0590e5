"""What several pages tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...registry.text import TERRITORIES
from ..edition import Edition


def where(edition: Edition) -> dict[str, Any]:
    """The states and territories with an agreement on the newest list: ``states`` (their
    number), ``territories`` (their codes)."""
    found = {s["state"] for s in edition.states.values() if s["agreements"]}
    return {"states": len(found - TERRITORIES), "territories": sorted(found & TERRITORIES)}


def named(edition: Edition, agency_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Agencies as links need them."""
    keys = ("agency_id", "name", "state", "models")
    return [{k: edition.agencies[a][k] for k in keys} for a in agency_ids]
