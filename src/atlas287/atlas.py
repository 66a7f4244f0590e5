"""The atlas: the one object people hold. It opens a register and passes questions on.

    >>> from atlas287 import Atlas
    >>> atlas = Atlas.open()
    >>> atlas.status("2025-05-28")["agreements"]
    628

Answers that are tables come as polars frames, answers about one thing as dictionaries.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import NotFoundError
from .home import Current, Home
from .registry.freshness import is_fresh
from .registry.questions import asked
from .registry.register import is_register, read_register

if TYPE_CHECKING:
    import polars as pl

    from .archive import AddResult
    from .registry.build import Built

Day = date | str


T = TypeVar("T")


def _if_any(read: Callable[[Any], T], value: Any) -> T | None:
    """An argument that may be left out, read as `asked` does."""
    return None if value is None else read(value)


class Atlas:
    """The register in use, opened read-only; it follows when another build becomes current."""

    def __init__(self, home: Home, current: Current) -> None:
        self.home = home
        self._current = current
        self._db = read_register(home.register(current.build_id))

    @classmethod
    def open(
        cls,
        home: Path | str | None = None,
        progress: Callable[[int], object] | None = None,
        say: Callable[[str], object] = lambda _: None,
    ) -> Atlas:
        """Open the atlas; with no build, or one that is no longer fresh, build first.

        Args:
            home: the state folder; by default ``ATLAS287_HOME`` or the user's data folder.
            progress, say: called with documents read so far, and with what is being done.

        Raises:
            BuildError: the register has to be built anew and a check fails.
        """
        place = Home(home)
        current = place.current()
        if (
            current is None
            or not is_fresh(place, current)
            or not is_register(place.register(current.build_id))
        ):
            from .registry.build import refresh

            say(
                "The record or the rules have changed: building the register anew."
                if current
                else "Building the register."
            )
            current = refresh(place, progress)
        return cls(place, current)

    @staticmethod
    def build(
        lists: Path | None = None,
        home: Path | str | None = None,
        strict: bool = False,
        progress: Callable[[int], object] | None = None,
    ) -> Built:
        """Build the register from the bundle, or from a folder of lists; see :func:`registry.build.build`."""
        from .registry.build import build

        return build(Home(home), lists, strict, progress)

    @staticmethod
    def add(paths: Sequence[Path], home: Path | str | None = None) -> AddResult:
        """Add files and folders to the archive; the next question takes them up."""
        from .archive import Archive

        place = Home(home)
        added = Archive(place.archive).add_paths(paths)
        current = place.current()
        if added.repaired and current:  # sightings are watched, not the documents themselves
            place.switch(replace(current, watched=""))
        return added

    @property
    def db(self) -> sqlite3.Connection:
        """The register as SQLite, read-only: the current build, even if it has just been replaced."""
        current = self.home.current()
        if current and current.build_id != self._current.build_id:
            self._db.close()
            self._current, self._db = current, read_register(self.home.register(current.build_id))
        return self._db

    # Questions. Each question's own module says what it returns and raises; a day, state or model
    # that there is none of is an AskedError.

    def status(
        self, on: Day | None = None, basis: str = "listed", state: str | None = None, model: str | None = None
    ) -> dict[str, Any]:
        """How many agreements, of whom, where, on a day: :func:`registry.questions.status.status`."""
        from .registry.questions.status import status

        asked.one_of(basis, "basis", asked.BASES)
        return status(
            self.db, _if_any(asked.day, on), basis, _if_any(asked.state, state), _if_any(asked.model, model)
        )

    def history(self, name_or_id: str, state: str | None = None) -> dict[str, Any]:
        """One agency's whole listed history: :func:`registry.questions.history.history`."""
        from .registry.questions.history import history

        return history(self.db, name_or_id, _if_any(asked.state, state))

    def changes(self, start: Day, end: Day, state: str | None = None) -> dict[str, Any]:
        """What the list gained and lost between two days: :func:`registry.questions.changes.changes`."""
        from .registry.questions.changes import changes

        return changes(self.db, asked.day(start), asked.day(end), _if_any(asked.state, state))

    def trace(self, fact_id: str) -> dict[str, Any]:
        """The cells that show a fact: :func:`registry.questions.trace.trace`.

        ``<list_id>#<row>`` gives every cell of one row of one list.
        """
        from .registry.questions.trace import trace

        answer = trace(self.db, fact_id)
        thing, _, row = fact_id.partition("#")
        if row.isdigit() and self.db.execute("SELECT 1 FROM list WHERE list_id = ?", (thing,)).fetchone():
            answer["evidence"] += self._row(thing, int(row))
        return answer

    def memorandum(self, file_or_agency: Path | str, state: str | None = None) -> dict[str, Any]:
        """What a signed memorandum says: a PDF's, read now
        (:func:`registry.memorandum_file.memorandum_file`), or an agency's, as it was read
        (:func:`registry.questions.memorandum.memorandum`)."""
        code, path = _if_any(asked.state, state), Path(file_or_agency)
        if path.suffix.lower() == ".pdf" or path.is_file():
            from .registry.memorandum_file import memorandum_file

            return memorandum_file(self.db, path, code)
        from .registry.questions.memorandum import memorandum

        return memorandum(self.db, str(file_or_agency), code)

    def agencies(
        self, state: str | None = None, status: str | None = None, model: str | None = None
    ) -> pl.DataFrame:
        """Every agency, one row each: :func:`registry.questions.agencies.agencies`."""
        from .registry.questions.agencies import agencies

        if status is not None:
            asked.one_of(status, "status", asked.STATUSES)
        return _frame(agencies(self.db, _if_any(asked.state, state), status, _if_any(asked.model, model)))

    def lists(self, kind: str | None = None) -> pl.DataFrame:
        """Every list in order, one row each: :func:`registry.questions.lists.lists`."""
        from .registry.questions.lists import lists

        if kind is not None:
            asked.one_of(kind, "kind of list", asked.KINDS)
        return _frame(lists(self.db, kind))

    def growth(self, by: str = "month") -> pl.DataFrame:
        """The program's growth on ICE's lists: :func:`registry.questions.growth.growth`."""
        from .registry.questions.growth import growth

        return _frame(growth(self.db, asked.one_of(by, "table of growth", asked.GROWTH)))

    def coverage(
        self, on: Day | None = None, state: str | None = None, county: str | None = None
    ) -> dict[str, Any]:
        """Whom agreements reach on a day: :func:`panel.exposure.coverage`."""
        from .panel.exposure import coverage

        return coverage(self.db, _if_any(asked.day, on), _if_any(asked.state, state), county)

    def exposure(self, by: str = "nation", every: str | None = None) -> pl.DataFrame:
        """Exposure by ``nation`` or ``state`` and day, ``county`` or ``agency`` and month:
        :func:`panel.exposure.exposure`."""
        from .panel.exposure import exposure

        return exposure(self.db, by, every or ("day" if by in ("nation", "state") else "month"))

    def export_data(self, folder: Path, **options: Any) -> list[Path]:
        """Write the data set to a folder: :func:`publish.dataset.export_data`."""
        from .publish.dataset import export_data

        return export_data(self.db, folder, **options)

    def checks(self) -> pl.DataFrame:
        """The QA table of the build: :func:`registry.questions.quality.checks`."""
        from .registry.questions.quality import checks

        return _frame([{k: v for k, v in c.items() if k != "rows"} for c in checks(self.db)])

    def table(self, name: str) -> pl.DataFrame:
        """A table of the register as it stands (``agreement``, ``event`` …); see :mod:`registry.schema`.

        Raises:
            NotFoundError: there is no such table.
        """
        from .registry.schema import TABLES

        if name not in TABLES:
            raise NotFoundError(
                f"the register has no table {name!r}", remedy=f"its tables are {', '.join(TABLES)}"
            )
        return _frame([dict(r) for r in self.db.execute(f"SELECT * FROM {name}")])

    def listings(self, list_id: str | None = None) -> pl.DataFrame:
        """Rows of lists as printed, cell for cell: of one list, or of all (384,782 rows).

        Raises:
            NotFoundError: no list goes by that id.
        """
        import polars as pl

        from .registry.build import read_record

        record = read_record(self.home, self._current)
        if list_id is None:
            return record.listings()
        key = ("folder", "file", "sheet", "sha256")
        row = self.db.execute(f"SELECT {', '.join(key)} FROM list WHERE list_id = ?", (list_id,)).fetchone()
        if row is None:
            raise NotFoundError(f"no list goes by the id {list_id!r}", remedy="see `atlas287 lists --json`")
        return record.listings(record.lists.filter(*(pl.col(k) == row[k] for k in key)))

    def _row(self, list_id: str, row: int) -> list[dict[str, Any]]:
        import polars as pl

        found = self.listings(list_id).filter(pl.col("row") == row).to_dicts()
        if not found:
            raise NotFoundError(
                f"{list_id} has no row {row}", remedy="rows are numbered as a spreadsheet shows them"
            )
        return found


def _frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)
