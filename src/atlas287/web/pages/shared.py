"""What several pages tell."""

from __future__ import annotations

from typing import Any

from ...registry.text import TERRITORIES
from ..page import Ask


def where(ask: Ask) -> dict[str, Any]:
    """The states and territories with an agreement on the newest list: ``states`` (their
    number), ``territories`` (their codes)."""
    found = [s["state"] for s in ask.atlas.growth("state").to_dicts() if s["newest"]]
    return {
        "states": len(set(found) - TERRITORIES),
        "territories": sorted(set(found) & TERRITORIES),
    }
