"""Sightings: each receipt of a document, under one name, from one place.

One small JSON file each, named by a digest of what it says. The same sighting added twice has the
same name, so the second time changes nothing; and two processes never write different things
under one name.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from atlas287.archive import files
from atlas287.archive.addresses import is_moment
from atlas287.archive.documents import is_sha256
from atlas287.archive.problems import Problem
from atlas287.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Sighting:
    """One receipt of a document. All fields but `size` and `received` make up its identity."""

    sha256: str
    size: int  #: of the document, in bytes
    folder: str  #: name of the folder it lay in: a hint, never evidence
    file: str  #: its file name
    publisher: str
    address: str | None  #: public address; derived from the file name unless a fetcher gave it
    captured: str | None  #: YYYYMMDDhhmmss, UTC
    received: str = field(compare=False)  #: when it was first added here, ISO, UTC

    @property
    def digest(self) -> str:
        """SHA-256 of the identity: its JSON object in ASCII, keys sorted, no spaces."""
        identity = {
            "address": self.address,
            "captured": self.captured,
            "file": self.file,
            "folder": self.folder,
            "publisher": self.publisher,
            "sha256": self.sha256,
        }
        return hashlib.sha256(json.dumps(identity, separators=(",", ":")).encode("ascii")).hexdigest()


def describe(
    data: bytes, *, folder: str, file: str, publisher: str, address: str | None, captured: str | None
) -> Sighting:
    """The sighting of these bytes, received now.

    Raises ArchiveError if `file` is empty or a path, if a name is not valid text, or if `captured`
    is not 14 digits that the calendar has.
    """
    if not file or "/" in file or "\0" in file:
        raise ArchiveError(f"not a file name: {file!r}", "give the name without its folder")
    for text in (folder, file, publisher, address or ""):
        if not _is_text(text):
            raise ArchiveError(
                f"not valid text: {text!a}", "rename the file or folder in UTF-8 and add it again"
            )
    if captured is not None and not is_moment(captured):
        raise ArchiveError(f"not a moment: {captured!r}", "give it as YYYYMMDDhhmmss in UTC, or leave it out")
    received = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    sha256 = hashlib.sha256(data).hexdigest()
    return Sighting(sha256, len(data), folder, file, publisher, address, captured, received)


class Sightings:
    """A folder of sightings, one ``<digest>.json`` each, read-only."""

    def __init__(self, folder: Path, incoming: Path) -> None:
        self.folder = folder
        self._incoming = incoming

    def put(self, sighting: Sighting) -> files.Outcome:
        """Keep a sighting. Returns whether it is new, known or repaired; raises OSError."""
        digest = sighting.digest
        data = json.dumps(asdict(sighting), ensure_ascii=False, indent=2).encode() + b"\n"

        def sound(present: bytes) -> bool:
            try:
                return _parse(present, digest) == sighting
            except ValueError:
                return False

        return files.put(self._incoming, self.folder / f"{digest}.json", data, sound)

    def get(self, digest: str) -> Sighting:
        """Return the sighting with this digest. Raises OSError or ValueError if there is no sound one."""
        return _parse((self.folder / f"{digest}.json").read_bytes(), digest)

    def read(self) -> tuple[list[Sighting], list[Problem]]:
        """Read all: the sound ones in order, and a problem for each that is not. Hidden files are skipped.

        Raises ArchiveError if the folder is there but cannot be read.
        """
        sightings, problems = [], []
        try:
            paths = sorted(self.folder.iterdir())
        except FileNotFoundError:
            return [], []
        except OSError as error:
            raise ArchiveError(
                f"cannot read {self.folder}: {error.strerror}", "make the folder readable"
            ) from error
        for path in paths:
            if path.name.startswith("."):
                continue
            try:
                sightings.append(_parse(path.read_bytes(), path.name.removesuffix(".json")))
            except (OSError, ValueError) as error:
                what = f"damaged or foreign file among the sightings: {error}"
                remedy = "add the document again under the same name and folder, or move this file elsewhere"
                problems.append(Problem(path, what, remedy))
        # Where these three are equal, the order of the digests stays.
        sightings.sort(key=lambda sighting: (sighting.folder, sighting.file, sighting.sha256))
        return sightings, problems


def _parse(data: bytes, digest: str) -> Sighting:
    """The sighting in a file. Raises ValueError if the file is damaged or has another's name."""
    try:
        said = json.loads(data)
        fields = {name: said[name] for name in Sighting.__slots__}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"not a whole sighting ({type(error).__name__})") from None
    sighting = Sighting(**fields)
    optional = (sighting.address, sighting.captured)
    texts = (sighting.sha256, sighting.folder, sighting.file, sighting.publisher, sighting.received)
    if not (
        type(sighting.size) is int
        and all(isinstance(text, str) for text in texts)
        and all(text is None or isinstance(text, str) for text in optional)
    ):
        raise ValueError("a field has the wrong type")
    if sighting.digest != digest or not is_sha256(sighting.sha256):
        raise ValueError("it is not a sighting of the name it has")
    return sighting


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
