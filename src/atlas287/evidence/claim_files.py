"""Files of claims: what a public statement says, who made it, where it stands, what checks it.

A file holds ``title``, ``source`` (which its claims share unless one has its own) and ``claims``.
The verdict is never in the file: :mod:`checking` works it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from ..errors import AskedError, EvidenceError
from .found import Both, Figure
from .queries import QUERIES
from .rows import partial_day
from .yaml_text import Lines, parse, read_yaml

FOLDER = Path(__file__).with_name("claims")

#: How a figure is held against what is found.
COMPARE = ("equal", "at_least", "more_than", "at_most")

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
URL = re.compile(r"https?://[^\s<>\"]+")

#: Fields whose texts are ours, so that each may have its Spanish beside it.
_OURS = ("says", "unit", "needs", "could_be", "note")
_FILE = ("title", "title_es", "source", "claims")
_SOURCE = ("title", "publisher", "url", "published", "read")
_CLAIM = (
    *("id", "by", "made", "figure", "compare", "tolerance", "query", "source"),
    *(f"{name}{es}" for name in _OURS for es in ("", "_es")),
)
_NEEDED = ("id", "says", "by", "made", "figure", "query")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim was published, and where its words were read."""

    title: str
    publisher: str
    url: str
    published: str
    read: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A public statement with a figure.

    Attributes:
        says: the statement in our words.
        by: who made it: a person in office, or a body.
        made: when, as finely as known (YYYY, YYYY-MM or YYYY-MM-DD).
        figure: None for a statement without one.
        compare: one of :data:`COMPARE`.
        query: the name of a query, and ``params`` as read.
        could_be: its author's reading of how the figure could have arisen, if it differs.
        needs: what would check it, where nothing here can.
    """

    file: str
    id: str
    line: int
    says: Both
    by: str
    made: str
    figure: Figure | None
    unit: Both
    compare: str
    tolerance: float
    query: str
    params: dict[str, Any]
    source: Source
    needs: Both | None
    could_be: Both | None
    note: Both | None

    @property
    def at(self) -> str:
        """How an error names it."""
        return f"{self.file}, line {self.line}, claim {self.id}"


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """A file of claims, in order."""

    file: str
    title: Both
    claims: tuple[Claim, ...]


def shipped() -> list[Path]:
    """The files that ship, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def read_claims(path: Path) -> ClaimFile:
    """The claims of a file.

    Raises:
        EvidenceError: the file, or a claim in it, says what cannot be; the message names file,
            line and claim, the remedy what to write.
    """
    return _file(path.name, *read_yaml(path))


def parse_claims(text: str, name: str) -> ClaimFile:
    """As :func:`read_claims`, of a text; ``name`` is how errors call it."""
    return _file(name, *parse(text, name))


def _file(name: str, data: Any, lines: Lines) -> ClaimFile:
    reader = _Reader(name, lines)
    top = reader.mapping(data, (), _FILE, "the file")
    title = Both(reader.text(top, (), "title"), str(top.get("title_es") or top.get("title")))
    shared = reader.source(top["source"], ("source",)) if "source" in top else None
    listed = top.get("claims")
    if not isinstance(listed, list) or not listed:
        reader.refuse(
            ("claims",), "no claims stand here", "write `claims:` and under it a list, each with its id"
        )
    claims = [reader.claim(raw, i, shared) for i, raw in enumerate(listed)]
    first: dict[str, Claim] = {}
    for claim in claims:
        if claim.id in first:
            raise EvidenceError(
                f"{claim.at}: the id stands on line {first[claim.id].line} too",
                remedy="give each claim its own id",
            )
        first[claim.id] = claim
    return ClaimFile(name, title, tuple(claims))


class _Reader:
    """Reads the parts of one file, and says where what is wrong stands."""

    def __init__(self, name: str, lines: Lines) -> None:
        self.name, self.lines, self.claim_id = name, lines, ""

    def refuse(self, path: tuple[str | int, ...], what: str, remedy: str) -> NoReturn:
        while path and path not in self.lines:
            path = path[:-1]
        at = f"{self.name}, line {self.lines.get(path, 1)}"
        raise EvidenceError(
            f"{at}{f', claim {self.claim_id}' if self.claim_id else ''}: {what}", remedy=remedy
        )

    def mapping(
        self, data: Any, path: tuple[str | int, ...], known: Collection[str], what: str
    ) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.refuse(path, f"{what} is no mapping", f"write lines of `name: value`: {', '.join(known)}")
        for key in data:
            if key not in known:
                self.refuse(
                    (*path, key), f"{what} has no field {key!r}", f"its fields are {', '.join(known)}"
                )
        return data

    def text(self, data: dict[str, Any], path: tuple[str | int, ...], key: str) -> str:
        value = data.get(key)
        if value is None or value == "":
            self.refuse((*path, key), f"{key} is missing", f"write `{key}: …`")
        if not isinstance(value, str):
            self.refuse(
                (*path, key), f"{key} is {value!r}, which is no text", "write words, in quotes if need be"
            )
        return " ".join(value.split())

    def both(self, data: dict[str, Any], path: tuple[str | int, ...], key: str) -> Both | None:
        if key not in data and f"{key}_es" not in data:
            return None
        en = self.text(data, path, key)
        return Both(en, self.text(data, path, f"{key}_es") if f"{key}_es" in data else en)

    def day(self, data: dict[str, Any], path: tuple[str | int, ...], key: str) -> str:
        value = data.get(key)
        try:
            if isinstance(value, bool) or value is None:
                raise ValueError(value)
            return partial_day(str(value))
        except ValueError:
            said = "is missing" if value is None else f"is {value!r}, which is not a day"
            self.refuse(
                (*path, key), f"{key} {said}", "write YYYY-MM-DD, or YYYY-MM or YYYY if no more is known"
            )

    def source(self, data: Any, path: tuple[str | int, ...]) -> Source:
        told = self.mapping(data, path, _SOURCE, "the source")
        url = self.text(told, path, "url")
        if not URL.fullmatch(url):
            self.refuse(
                (*path, "url"), f"{url!r} is no address", "write one that begins with https:// or http://"
            )
        return Source(
            self.text(told, path, "title"),
            self.text(told, path, "publisher"),
            url,
            self.day(told, path, "published"),
            self.text(told, path, "read"),
        )

    def claim(self, data: Any, i: int, shared: Source | None) -> Claim:
        path: tuple[str | int, ...] = ("claims", i)
        self.claim_id = (
            str(data.get("id") or f"number {i + 1}") if isinstance(data, dict) else f"number {i + 1}"
        )
        raw = self.mapping(data, path, _CLAIM, "a claim")
        for key in _NEEDED:
            if key not in raw:
                self.refuse(path, f"{key} is missing", f"write `{key}: …`{_HINTS.get(key, '')}")
        if not ID.fullmatch(self.text(raw, path, "id")):
            self.refuse((*path, "id"), f"{raw['id']!r} is no id", "small letters and digits, hyphens between")
        if "source" not in raw and shared is None:
            self.refuse(path, "no source", "write `source:` with title, publisher, url, published and read")
        name, params = self.query(raw["query"], (*path, "query"))
        figure = self.figure(raw, path, name)
        needs = self.both(raw, path, "needs")
        if name == "nothing" and needs is None:
            self.refuse(path, "nothing checks it, and needs is missing", "say in `needs` what would check it")
        claim = Claim(
            file=self.name,
            id=raw["id"],
            line=self.lines[path],
            says=self.both(raw, path, "says") or Both("", ""),
            by=self.text(raw, path, "by"),
            made=self.day(raw, path, "made"),
            figure=figure,
            unit=self.both(raw, path, "unit") or Both("", ""),
            compare=self.compare(raw, path, figure),
            tolerance=self.tolerance(raw, path, figure),
            query=name,
            params=params,
            source=self.source(raw["source"], (*path, "source")) if "source" in raw else shared,  # type: ignore[arg-type]
            needs=needs,
            could_be=self.both(raw, path, "could_be"),
            note=self.both(raw, path, "note"),
        )
        self.claim_id = ""
        return claim

    def figure(self, raw: dict[str, Any], path: tuple[str | int, ...], query: str) -> Figure | None:
        figure = raw["figure"]
        if isinstance(figure, str):
            self.refuse(
                (*path, "figure"),
                f"the figure is text: {figure!r}",
                "write plain digits (1770, not 1,770; 609, not 609%), a day (2025-05-28), true or false",
            )
        if figure is None and query != "nothing":
            self.refuse(
                (*path, "figure"), "no figure, and yet a query", "write the figure, or `ask: nothing`"
            )
        if figure is not None and not isinstance(figure, (bool, int, float, date)):
            self.refuse((*path, "figure"), "the figure is a list or a mapping", "write one figure a claim")
        return figure

    def compare(self, raw: dict[str, Any], path: tuple[str | int, ...], figure: Figure | None) -> str:
        said = raw.get("compare", "equal")
        if said not in COMPARE:
            self.refuse(
                (*path, "compare"), f"{said!r} is no comparison", f"write one of {', '.join(COMPARE)}"
            )
        if said != "equal" and (isinstance(figure, bool) or not isinstance(figure, (int, float))):
            self.refuse((*path, "compare"), f"{said} needs a number", "leave compare out")
        return str(said)

    def tolerance(self, raw: dict[str, Any], path: tuple[str | int, ...], figure: Figure | None) -> float:
        said = raw.get("tolerance", 0)
        if isinstance(said, bool) or not isinstance(said, (int, float)) or said < 0:
            self.refuse(
                (*path, "tolerance"), f"{said!r} is no tolerance", "write how far off it may be, such as 0.5"
            )
        if said and (isinstance(figure, bool) or not isinstance(figure, (int, float))):
            self.refuse((*path, "tolerance"), "only a number can be off by some", "leave tolerance out")
        return float(said)

    def query(self, data: Any, path: tuple[str | int, ...]) -> tuple[str, dict[str, Any]]:
        if not isinstance(data, dict) or "ask" not in data:
            self.refuse(
                path, "the query names nothing to ask", f"write `ask:` and one of {', '.join(QUERIES)}"
            )
        name = data["ask"]
        if name not in QUERIES:
            self.refuse((*path, "ask"), f"there is no query {name!r}", f"write one of {', '.join(QUERIES)}")
        params = QUERIES[name].params
        read: dict[str, Any] = {}
        for key, value in data.items():
            if key == "ask":
                continue
            if key not in params:
                self.refuse(
                    (*path, key),
                    f"the query {name} has no parameter {key!r}",
                    f"its parameters are {', '.join(params) or 'none'}",
                )
            read[key] = self.param(params[key].read, value, (*path, key))
        for key, param in params.items():
            if param.needed and key not in read:
                self.refuse(path, f"the query {name} needs {key}", f"write `{key}: …` ({param.says})")
        return name, read

    def param(self, read: Callable[[Any], Any], value: Any, path: tuple[str | int, ...]) -> Any:
        try:
            return read(value)
        except AskedError as error:
            self.refuse(path, error.message, error.remedy)


_HINTS = {
    "figure": " (plain digits, a day, true or false; `figure: null` for a statement without one)",
    "query": " with `ask:` and what it takes",
    "made": " (YYYY-MM-DD)",
    "by": " (a person in office, or a body)",
}
