"""A SELECT of somebody else's on the register: read-only, one statement, bounded.

The register is opened anew and read-only; SQLite's authorizer lets a statement read tables and
call functions and nothing else, so that none can write, attach a file, set a pragma or load code;
a statement is stopped after a number of steps, and its text and its values are bounded.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from ..errors import EvidenceError
from ..registry.register import opened_again

#: Steps of SQLite's machine (in thousands) after which a statement is stopped: about two seconds.
STEPS = 50_000

#: At most so many rows are read of a statement's answer.
ROWS = 1_000

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
#: Functions that reach beyond the register, or make one answer unlike the next.
_REFUSED = {"load_extension", "random", "randomblob", "readfile", "writefile", "edit"}
_LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 10_000,
    sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 10,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}


def select(db: sqlite3.Connection, statement: str, values: Mapping[str, Any]) -> list[sqlite3.Row]:
    """The rows that a SELECT gives.

    Args:
        db: a register; it is opened a second time for the statement.
        values: what ``:name`` stands for in the statement.

    Raises:
        EvidenceError: it is no SELECT, names a table or column there is none of, would do
            anything but read, takes too long or gives more than :data:`ROWS` rows.
    """
    with closing(opened_again(db)) as own:
        for limit, most in _LIMITS.items():
            own.setlimit(limit, most)
        own.set_authorizer(_authorize)
        ticks = iter(range(STEPS))
        own.set_progress_handler(lambda: next(ticks, None) is None, 1_000)
        try:
            rows = list(_some(own.execute(statement, dict(values))))
        except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
            raise _told(error, own) from error
    if len(rows) > ROWS:
        raise EvidenceError(f"the SELECT gives more than {ROWS:,} rows", remedy="count or narrow them in SQL")
    return rows


def _some(cursor: sqlite3.Cursor) -> Iterator[sqlite3.Row]:
    if cursor.description is None:
        raise EvidenceError("the statement gives no rows", remedy="write one SELECT")
    yield from cursor.fetchmany(ROWS + 1)


def _authorize(action: int, one: str | None, two: str | None, base: str | None, view: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (two or "").lower() in _REFUSED else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _told(error: Exception, db: sqlite3.Connection) -> EvidenceError:
    said = str(error)
    db.set_authorizer(None)
    db.set_progress_handler(None, 0)
    if "not authorized" in said or "prohibited" in said or "readonly" in said:
        return EvidenceError(
            f"the statement may not do that: {said}",
            remedy="write one SELECT; the register is only read here",
        )
    if "interrupted" in said:
        return EvidenceError("the SELECT takes too long and was stopped", remedy="narrow it, or count less")
    if "no such table" in said:
        names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        return EvidenceError(said, remedy=f"the register's tables are {', '.join(sorted(names))}")
    if found := re.search(r"no such column: (?:(\w+)\.)?(\w+)", said):
        return EvidenceError(said, remedy=f"see which columns there are: {_tables_with(db, found[2])}")
    if "binding" in said:
        return EvidenceError(said, remedy="give `on: YYYY-MM-DD`; :list and :day stand for its list and day")
    if "one statement at a time" in said or "multiple" in said:
        return EvidenceError("several statements stand here", remedy="write one SELECT, without a semicolon")
    return EvidenceError(f"SQLite refuses the statement: {said}", remedy="try it on the register's file")


def _tables_with(db: sqlite3.Connection, column: str) -> str:
    """Tables with a column of that name, or a pointer to where columns are declared."""
    names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    with_it = [n for n in names if column in {r["name"] for r in db.execute(f"PRAGMA table_info({n})")}]
    return f"{column} stands in {', '.join(with_it)}" if with_it else "`registry/schema.py` declares them"
