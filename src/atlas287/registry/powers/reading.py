"""Tables that people wrote: rows of CSV files, each checked, each fault told with file, line and remedy.

Standard library only: these files are read when a question is asked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NoReturn

from ...errors import BuildError

#: A snippet is what somebody needs to find the place, not the passage.
LONGEST_SNIPPET = 300

_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def rows(
    path: Path, columns: tuple[str, ...], blank: Collection[str] = ()
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of a file, and where it stands (``cells.csv, line 12``).

    Args:
        columns: the header, in order.
        blank: columns whose cells may be empty.

    Raises:
        BuildError: the file is missing, has another header, or a row has too many or too few
            cells or an empty one.
    """
    if not path.is_file():
        raise BuildError(f"{path.name} is missing", remedy=f"put it into {path.parent}")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            if tuple(reader.fieldnames or ()) != columns:
                raise BuildError(
                    f"{path.name} has another header than it should",
                    remedy=f"its first line is: {','.join(columns)}",
                )
            for row in reader:
                yield _checked(f"{path.name}, line {reader.line_num}", row, blank)
        except csv.Error as error:
            refuse(f"{path.name}, line {reader.reader.line_num}", str(error), "see how it is quoted")


def _checked(at: str, row: dict[str, str], blank: Collection[str]) -> tuple[str, dict[str, str]]:
    if None in row or None in row.values():
        many = "more" if None in row else "fewer"
        refuse(at, f"the row has {many} cells than the header", "quote cells that hold a comma")
    cells = {column: cell.strip() for column, cell in row.items()}
    for column, cell in cells.items():
        if not cell and column not in blank:
            refuse(at, f"{column} is empty", "fill it; what no source says is left out as a row")
    return at, cells


def refuse(at: str, what: str, remedy: str) -> NoReturn:
    """Raise the error for one row."""
    raise BuildError(f"{at}: {what}", remedy=remedy)


def one_of(at: str, column: str, said: str, known: Collection[str]) -> None:
    """Refuse a cell that says none of the known words."""
    if said not in known:
        refuse(at, f"{column} {said!r} is not known", f"write one of {', '.join(known)}")


def in_part(at: str, column: str, said: str) -> None:
    """Refuse a cell that is no day, month or year."""
    if not _DAY.fullmatch(said):
        refuse(at, f"{column} {said!r} is no date", "write YYYY-MM-DD, or as much of it as is known")


def both_or_neither(at: str, row: dict[str, str], *columns: str) -> None:
    """Refuse a row that fills some of these columns and not the others."""
    if len({bool(row[column]) for column in columns}) > 1:
        refuse(at, f"{' and '.join(columns)} go together", "fill all of them or none")


def page(at: str, said: str) -> int | None:
    """A page of a PDF, counted from 1; None for an empty cell."""
    if said and not (said.isascii() and said.isdigit() and int(said) > 0):
        refuse(at, f"page {said!r} is no page", "write the page of the PDF, counted from 1")
    return int(said) if said else None


def snippet(at: str, said: str) -> str:
    """A snippet, if it is short."""
    if len(said) > LONGEST_SNIPPET:
        refuse(
            at,
            f"the snippet has {len(said)} characters",
            f"keep the words that say it, {LONGEST_SNIPPET} at most",
        )
    return said
