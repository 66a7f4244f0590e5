"""What is wrong in an archive, in words a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One damaged, missing or foreign file of an archive: where, what is wrong, and what to do."""

    path: Path
    what: str
    remedy: str
