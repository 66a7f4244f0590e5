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
    from .panel.reach import Reach
    from .registry.build import Built

Day = date | str


T = TypeVar("T")


def _if_any(read: Callable[[Any], T], value: Any) -> T | None:
    """An argument that may be left out, read as `asked` does."""
    return None if value is None else read(value)


class Atlas:
    """The register in use, opened read-only; it follows when another build becomes current.

    Args:
        follow: False keeps to this build, whatever becomes current (a page must not change halfway).
    """

    def __init__(self, home: Home, current: Current, follow: bool = True) -> None:
        self.home = home
        self._current = current
        self._follow = follow
        self._db = read_register(home.register(current.build_id))
        self._reach: tuple[str, Reach] | None = None

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
        testimony: Path | None = None,
    ) -> Built:
        """Build the register from the bundle, or from a folder of lists; see :func:`registry.build.build`."""
        from .registry.build import build

        return build(Home(home), lists, strict, progress, testimony)

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
        current = self.home.current() if self._follow else None
        if current and current.build_id != self._current.build_id:
            self._db.close()
            self._current, self._db = current, read_register(self.home.register(current.build_id))
        return self._db

    def pinned(self) -> Atlas:
        """The same build in an atlas of its own, which stays with it."""
        return Atlas(self.home, self._current, follow=False)

    @property
    def current(self) -> Current:
        """The build that was last asked."""
        return self._current

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

    def events(self, **which: Any) -> list[dict[str, Any]]:
        """What the list gained, lost and changed, newest first: :func:`registry.questions.events.events`."""
        from .registry.questions.events import events

        return events(self.db, **which)

    def event_months(self) -> list[dict[str, Any]]:
        """How many events each month has: :func:`registry.questions.events.months`."""
        from .registry.questions.events import months

        return months(self.db)

    def courses(self) -> dict[str, dict[str, Any]]:
        """From when to when each agency took part: :func:`registry.questions.courses.courses`."""
        from .registry.questions.courses import courses

        return courses(self.db)

    def applications(self, state: str | None = None, status: str | None = None) -> list[dict[str, Any]]:
        """Who stood on the pending lists: :func:`registry.questions.applications.applications`."""
        from .registry.questions.applications import applications

        return applications(self.db, _if_any(asked.state, state), status)

    def corrections(self) -> dict[str, list[dict[str, Any]]]:
        """What was set right of the lists: :func:`registry.questions.corrections.corrections`."""
        from .registry.questions.corrections import corrections

        return corrections(self.db)

    def redirects(self) -> dict[str, str]:
        """Former ids: :func:`registry.questions.corrections.redirects`."""
        from .registry.questions.corrections import redirects

        return redirects(self.db)

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

    def growth(self, by: str = "month", basis: str | None = None) -> pl.DataFrame:
        """The program's growth since 2002: :func:`registry.questions.growth.growth`."""
        from .registry.questions.growth import growth

        asked.one_of(by, "table of growth", asked.GROWTH)
        if basis is not None:
            asked.one_of(basis, "basis", asked.BASES)
        return _frame(growth(self.db, by, basis))

    def model(self, name: str) -> dict[str, Any]:
        """What a support model lets an officer do, with sources: :func:`registry.questions.model.model`."""
        from .registry.questions.model import model

        return model(self.db, name)

    def how_it_works(self) -> list[dict[str, Any]]:
        """From a stop or a booking to ICE custody: :func:`registry.questions.model.how_it_works`."""
        from .registry.questions.model import how_it_works

        return how_it_works()

    def coverage(
        self, on: Day | None = None, state: str | None = None, county: str | None = None
    ) -> dict[str, Any]:
        """Whom agreements reach on a day: :func:`panel.exposure.coverage`."""
        from .panel.exposure import coverage

        return coverage(self.db, _if_any(asked.day, on), _if_any(asked.state, state), county)

    def reach(self) -> Reach:
        """Whom agreements reach, for those who ask often: read once a build, :class:`panel.reach.Reach`."""
        from .panel.reach import Reach

        db, build_id = self.db, self._current.build_id
        if self._reach is None or self._reach[0] != build_id:
            self._reach = build_id, Reach(db)
        return self._reach[1]

    def exposure(self, by: str = "nation", every: str | None = None, basis: str = "listed") -> pl.DataFrame:
        """Exposure by ``nation`` or ``state`` and day, ``county`` or ``agency`` and month:
        :func:`panel.exposure.exposure`."""
        from .panel.exposure import exposure

        asked.one_of(basis, "basis", asked.BASES)
        return exposure(self.db, by, every or ("day" if by in ("nation", "state") else "month"), basis)

    def claims(self, file: Path | str | None = None) -> dict[str, Any]:
        """Public claims with their verdicts, of a file or of those that ship:
        :func:`evidence.checking.check_claims`."""
        from .evidence.checking import check_claims

        return check_claims(self.db, None if file is None else [Path(file)], self.listings)

    def claim(self, claim_id: str) -> dict[str, Any]:
        """One claim that ships, with its verdict: :func:`evidence.checking.check_one`."""
        from .evidence.checking import check_one

        return check_one(self.db, claim_id, self.listings)

    def timeline(self) -> dict[str, Any]:
        """The program's story, joined to the register: :func:`evidence.timeline.timeline`."""
        from .evidence.timeline import timeline

        return timeline(self.db)

    def money(self) -> dict[str, Any]:
        """Who pays, statement by statement: :func:`evidence.money.money`."""
        from .evidence.money import money

        return money(self.db)

    def studies(self) -> dict[str, Any]:
        """What others found, by outcome: :func:`evidence.studies.studies`."""
        from .evidence.studies import studies

        return studies(self.db)

    def map_on(self, on: Day | None = None) -> dict[str, Any]:
        """The map's counties and agencies on a day: :func:`panel.mapping.map_on`."""
        from .panel.mapping import map_on

        return map_on(self.db, _if_any(asked.day, on))

    def map_days(self) -> dict[str, Any]:
        """The map of every day of the record, for the slider: :func:`panel.mapping.map_days`."""
        from .panel.mapping import map_days

        return map_days(self.db)

    def dictionary(self) -> list[dict[str, Any]]:
        """The tables of the data set: ``name``, ``row`` (what one is), ``key``, ``rows`` (how many),
        ``columns`` (name, type, unit, says)."""
        from .publish.tables import tables

        return [
            {
                "name": t.name,
                "row": t.row,
                "key": list(t.key),
                "rows": t.frame.height,
                "columns": [
                    {"name": c.name, "type": c.type, "unit": c.unit, "says": c.says} for c in t.columns
                ],
            }
            for t in tables(self.db)
        ]

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
