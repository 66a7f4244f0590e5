"""An open atlas of the 287(g) program: who signed what, when and where, from ICE's own lists.

:class:`Atlas` is the door. Importing this package imports nothing heavy.
"""

from .atlas import Atlas
from .errors import (
    AmbiguousError,
    ArchiveError,
    AskedError,
    AtlasError,
    BuildError,
    DocumentError,
    EvidenceError,
    NoListError,
    NotFoundError,
)

__all__ = [
    "AmbiguousError",
    "ArchiveError",
    "AskedError",
    "Atlas",
    "AtlasError",
    "BuildError",
    "DocumentError",
    "EvidenceError",
    "NoListError",
    "NotFoundError",
]
