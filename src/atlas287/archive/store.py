"""The archive as a whole: adding, reading and checking."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from atlas287.archive import files, intake
from atlas287.archive.addresses import ICE, origin
from atlas287.archive.documents import Documents
from atlas287.archive.intake import AddResult
from atlas287.archive.problems import Problem
from atlas287.archive.sightings import Sighting, Sightings, describe
from atlas287.errors import ArchiveError


class Archive:
    """Documents by content, and each sighting of them, under one folder.

    ``documents/ab/abcdef…`` holds bytes, ``sightings/<digest>.json`` tells where each came from, and
    ``incoming/`` what is being written. Append-only: nothing is deleted, and only a file that is
    damaged is replaced, by the one it should have been. Any number of processes may add and read at
    once. A document is safe on the disk before its sighting is written, so a sighting never points
    at missing bytes, whenever the process is killed.

    Making an `Archive` touches nothing; an absent folder is an empty archive.
    """

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self._incoming = self.root / "incoming"
        self._documents = Documents(self.root / "documents", self._incoming)
        self._sightings = Sightings(self.root / "sightings", self._incoming)
        self._tidied = False

    def add(
        self,
        path_or_bytes: bytes | str | os.PathLike[str],
        *,
        folder: str,
        file: str,
        captured: str | None = None,
        publisher: str = ICE,
        address: str | None = None,
    ) -> Sighting:
        """Keep one document, seen under this name and place; what is known already changes nothing.

        `captured` is ``YYYYMMDDhhmmss`` in UTC. Returns the sighting as kept, with the time it was first
        received. Raises ArchiveError if the file cannot be read, is no plain file or too large, if a
        name or moment is not valid, or if the archive cannot be written.
        """
        if isinstance(path_or_bytes, bytes):
            intake.check_size(len(path_or_bytes), file)
            data = path_or_bytes
        else:
            data = intake.load(Path(path_or_bytes))
        sighting = describe(
            data, folder=folder, file=file, publisher=publisher, address=address, captured=captured
        )
        with self._writing():
            self._put(data, sighting)
            return self._sightings.get(sighting.digest)

    def add_paths(
        self, paths: Iterable[str | os.PathLike[str]], progress: Callable[[int, int], None] | None = None
    ) -> AddResult:
        """Keep these files and all files below these folders; see `AddResult` for what is returned.

        Publisher, address and capture time follow from each file's name (`origin`), and its folder's
        name is kept as a hint. Hidden, lock and temporary files are left out. A file that cannot be
        read is a failure and the others go on. `progress`, if given, is called with the number of
        files done and of all, after each.

        Raises ArchiveError if the archive cannot be written; what was added before that stays.
        """
        found = intake.find(map(Path, paths), self.root)
        failures = found.failures
        new_documents = new_sightings = already_known = repaired = 0
        for done, path in enumerate(found.files, 1):
            try:
                data = intake.load(path)
                came = origin(path.name)
                sighting = describe(
                    data,
                    folder=path.parent.name,
                    file=path.name,
                    publisher=came.publisher,
                    address=came.address,
                    captured=came.captured,
                )
            except ArchiveError as error:
                failures.append(intake.failure(path, error))
            else:
                with self._writing():
                    document, seen = self._put(data, sighting)
                new_documents += document == "new"
                if seen == "new":
                    new_sightings += 1
                elif "repaired" in (document, seen):
                    repaired += 1
                else:
                    already_known += 1
            if progress is not None:
                progress(done, len(found.files))
        return AddResult(
            new_documents, new_sightings, already_known, repaired, found.left_out, tuple(failures)
        )

    def sightings(self) -> list[Sighting]:
        """Return every sound sighting, by folder, file name and hash; `problems` has the others.

        Raises ArchiveError if the folder of sightings is there but cannot be read.
        """
        return self._sightings.read()[0]

    def problems(self) -> list[Problem]:
        """Return a problem for each file that `sightings` skips; raises as `sightings` does."""
        return self._sightings.read()[1]

    def verify(self) -> list[Problem]:
        """Read the whole archive and return all that is wrong with it: nothing, if all is well.

        Beyond `problems`: documents that are damaged, foreign, or missing though a sighting tells of
        them. Raises as `sightings` does.
        """
        sightings, problems = self._sightings.read()
        expected = [(sighting.sha256, sighting.size) for sighting in sightings]
        return problems + list(self._documents.problems(expected))

    def document_path(self, sha256: str) -> Path:
        """Return the file that holds a document, there or not; raises ArchiveError if given no SHA-256."""
        return self._documents.path(sha256)

    def read(self, sha256: str) -> bytes:
        """Return a document's bytes, checked against its hash.

        Raises NotFoundError if there is no such document, ArchiveError if it is damaged or unreadable.
        """
        return self._documents.read(sha256)

    def _put(self, data: bytes, sighting: Sighting) -> tuple[files.Outcome, files.Outcome]:
        """Keep the document, then the sighting; what each of them was. Raises OSError."""
        if not self._tidied:
            files.tidy(self._incoming)
            self._tidied = True
        document = self._documents.put(data, sighting.sha256)
        return document, self._sightings.put(sighting)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ArchiveError(
                f"cannot write to the archive in {self.root}: {error.strerror or error}",
                "see that the disk has room and the folder may be written, then add the files again",
            ) from error
