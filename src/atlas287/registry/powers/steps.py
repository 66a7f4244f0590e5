"""How it works: from a stop or a booking to ICE custody, step by step, side by side for no agreement and
for the models signed today. Each act names who acts and the place that says so; what no source opened
here says is told as not documented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import reading
from .table import FOLDER, UNKNOWN, Source, needs_place, read_sources

#: The roads a case may take: without an agreement, and under each model that is signed today.
PATHS = ("none", "wso", "jem", "tfm")
COLUMNS = {
    "steps": ("step", "order", "title_en", "title_es"),
    "acts": ("step", "path", "who_en", "who_es", "words_en", "words_es", "source", "page", "snippet"),
}


@dataclass(slots=True, frozen=True)
class Act:
    """What happens at one step on one road."""

    path: str  # one of PATHS
    who_en: str
    who_es: str
    words_en: str
    words_es: str
    source: Source | None  # None: not documented here
    page: int | None
    snippet: str


@dataclass(slots=True, frozen=True)
class Step:
    """One step, with an act for each road."""

    step: str
    title_en: str
    title_es: str
    acts: Mapping[str, Act]  # by path, in the order of PATHS


@cache
def read_steps(folder: Path = FOLDER) -> tuple[Step, ...]:
    """Read and check the steps, in order.

    Raises:
        BuildError: a row is not what it should be; the message names file, line and remedy.
    """
    titles: dict[str, tuple[str, str]] = {}
    for n, (at, row) in enumerate(reading.rows(folder / "steps.csv", COLUMNS["steps"]), 1):
        if row["order"] != str(n):
            reading.refuse(at, f"order is {row['order']!r}", f"number the steps from 1; this is {n}")
        if row["step"] in titles:
            reading.refuse(at, f"step {row['step']!r} stands twice", "keep one of the two rows")
        titles[row["step"]] = (row["title_en"], row["title_es"])
    acts = _acts(folder, titles)
    return tuple(
        Step(step, *title, {path: acts[step, path] for path in PATHS}) for step, title in titles.items()
    )


def _acts(folder: Path, titles: Mapping[str, object]) -> dict[tuple[str, str], Act]:
    sources = read_sources(folder)
    out: dict[tuple[str, str], Act] = {}
    for at, row in reading.rows(folder / "acts.csv", COLUMNS["acts"], blank=("source", "page", "snippet")):
        step, path = row.pop("step"), row["path"]
        reading.one_of(at, "step", step, titles)
        reading.one_of(at, "path", path, PATHS)
        if (step, path) in out:
            reading.refuse(at, f"{step} on the road {path} stands twice", "keep one of the two rows")
        source = None
        if row["source"]:
            reading.one_of(at, "source", row["source"], sources)
            source = sources[row["source"]]
            needs_place(at, source, row["page"], row["snippet"])
        elif row["page"] or row["snippet"]:
            reading.refuse(at, "page and snippet without a source", "name the source")
        elif UNKNOWN not in row["words_en"].lower():
            reading.refuse(at, "says something without a source", f"name the source, or say {UNKNOWN!r}")
        words = {k: row[k] for k in ("path", "who_en", "who_es", "words_en", "words_es")}
        out[step, path] = Act(
            **words,
            source=source,
            page=reading.page(at, row["page"]),
            snippet=reading.snippet(at, row["snippet"]),
        )
    for step in titles:
        if left := [path for path in PATHS if (step, path) not in out]:
            reading.refuse("acts.csv", f"step {step!r} has no row for {', '.join(left)}", "add one for each")
    return out
