"""One check of a build: a promise that holds or fails, or a report of what a reader should know."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .schema import Row

#: At most so many failing rows are kept with a check.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a build."""

    name: str
    what: str
    expected: str
    found: str
    result: str
    rows: tuple[Any, ...] = ()

    def row(self) -> Row:
        return (
            self.name,
            self.what,
            self.expected,
            self.found,
            self.result,
            json.dumps(self.rows[:SHOWN], default=str),
        )


def promise(name: str, what: str, expected: Any, found: Any, wrong: Iterable[Any] = ()) -> Check:
    """A check that passes if ``found`` is what is expected and nothing is wrong."""
    rows = tuple(wrong)
    good = expected == found and not rows
    return Check(name, what, str(expected), str(found), "pass" if good else "fail", rows)


def report(name: str, what: str, found: Any, rows: Iterable[Any] = ()) -> Check:
    """What was found, for a reader to know."""
    return Check(name, what, "", str(found), "info", tuple(rows))
