"""Whether the current build still is what its record, rules and code would give.

Imports nothing heavy: it runs before every answer.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from ..home import Current, Home, watch

_PACKAGE = Path(__file__).parent.parent


@cache
def code_version() -> str:
    """What the rules are: a digest of the code that reads and derives, the verdicts and the bundle."""
    seen = hashlib.sha256()
    for folder in ("registry", "sources", "bundle"):
        for path in sorted((_PACKAGE / folder).rglob("*")):
            if path.suffix in (".py", ".csv", ".parquet"):
                seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def watched(home: Home, *folders: str | None) -> str:
    """What the archive and the folders that a build was made from look like now."""
    return watch(home.archive / "sightings", *(Path(folder) for folder in folders if folder))


def is_fresh(home: Home, current: Current) -> bool:
    """Whether nothing has changed since ``current`` was built.

    A folder that is gone leaves the build made from it as it stands.
    """
    folders = current.lists, current.testimony
    gone = any(folder is not None and not Path(folder).is_dir() for folder in folders)
    return current.code == code_version() and (gone or current.watched == watched(home, *folders))
