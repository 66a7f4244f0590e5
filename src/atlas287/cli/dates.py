"""Dates as they are read."""

from __future__ import annotations

from datetime import date


def day(at: str | None) -> str:
    """``2025-05-28T16:00`` as ``28 May 2025``."""
    if not at:
        return "–"
    found = date.fromisoformat(at[:10])
    return f"{found.day} {found:%B %Y}"
