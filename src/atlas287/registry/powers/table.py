"""What each support model lets an officer do, by template, each finding with the place that says it.

A *template* is one wording of the memorandum for one model (ICE rewrote them in October 2009, 2013, 2019,
2020 and 2025). A *cell* answers one power for one template from one source; several cells may answer the
same power. What no source opened here says has no row, and is told as not documented: nothing is filled
from memory. A template whose memorandum was read whole leaves no power out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..text import MODELS
from . import reading

FOLDER = Path(__file__).parent

#: What a cell may answer: for a power that is given or not, and for a term that is set or not.
ANSWERS = {"authority": ("yes", "limited", "no", "silent"), "term": ("stated", "silent")}
#: What no source opened here says; never written into a row.
UNKNOWN = "not documented"

KINDS = ("memorandum", "law", "regulation", "report", "release", "press")
#: How a source was read: a memorandum whole, by its text layer or, where it is scanned, as picture beside
#: its OCR; stored public text, of which the whole passage or only the opening was to be had.
READ = ("text", "eye", "stored", "opening")
WHOLE = ("text", "eye")


@dataclass(slots=True, frozen=True)
class Source:
    """A document that cells point to."""

    source: str
    kind: str  # one of KINDS
    title: str
    publisher: str
    dated: str  # a day, month or year; empty where the text read does not say
    file: str  # within the folder of memoranda, or empty
    address: str
    read: str  # one of READ


@dataclass(slots=True, frozen=True)
class Model:
    """A support model as pages name it."""

    model: str  # a key of text.MODELS
    name_es: str
    also: tuple[str, ...]  # other names it is asked for by
    said_en: str
    said_es: str


@dataclass(slots=True, frozen=True)
class Template:
    """One wording of a model's memorandum."""

    template: str
    model: str
    since: str  # a day, month or year
    ended: str  # the same, or empty
    title_en: str
    title_es: str
    read_en: str  # what was read of it
    read_es: str


@dataclass(slots=True, frozen=True)
class Power:
    """A question that every template is asked."""

    power: str
    group: str  # a key of ANSWERS
    label_en: str
    label_es: str


@dataclass(slots=True, frozen=True)
class Cell:
    """What one source says of one power under one template."""

    template: str
    power: str
    answer: str
    words_en: str
    words_es: str
    note_en: str
    note_es: str
    source: Source
    page: int | None  # of the PDF, counted from 1
    snippet: str  # as printed; empty where a memorandum read whole is silent


@dataclass(slots=True, frozen=True)
class Powers:
    """The whole table, in the order of its files (templates: newest first within a model)."""

    models: Mapping[str, Model]
    templates: Mapping[str, Template]
    powers: Mapping[str, Power]
    sources: Mapping[str, Source]
    cells: Mapping[tuple[str, str], tuple[Cell, ...]]  # (template, power) -> what says it

    def of_model(self, model: str) -> list[Template]:
        """A model's templates, newest first."""
        return [t for t in self.templates.values() if t.model == model]


COLUMNS = {
    "sources": ("source", "kind", "title", "publisher", "dated", "file", "address", "read"),
    "models": ("model", "name_es", "also", "said_en", "said_es"),
    "templates": ("template", "model", "since", "ended", "title_en", "title_es", "read_en", "read_es"),
    "powers": ("power", "group", "label_en", "label_es"),
    "cells": (
        "template",
        "power",
        "answer",
        "words_en",
        "words_es",
        "note_en",
        "note_es",
        "source",
        "page",
        "snippet",
    ),
}


@cache
def read_powers(folder: Path = FOLDER) -> Powers:
    """Read and check the table.

    Raises:
        BuildError: a row is not what it should be; the message names file, line and remedy.
    """
    sources = read_sources(folder)
    models = _models(folder / "models.csv")
    powers = _powers(folder / "powers.csv")
    templates = _templates(folder / "templates.csv")
    cells = _cells(folder / "cells.csv", templates, powers, sources)
    _leave_nothing_out(templates, powers, cells)
    return Powers(models, templates, powers, sources, cells)


def read_sources(folder: Path = FOLDER) -> dict[str, Source]:
    """The documents that cells and steps point to; raises as :func:`read_powers`."""
    out: dict[str, Source] = {}
    for at, row in reading.rows(folder / "sources.csv", COLUMNS["sources"], blank=("dated", "file")):
        _once(at, "source", row["source"], out)
        reading.one_of(at, "kind", row["kind"], KINDS)
        reading.one_of(at, "read", row["read"], READ)
        if row["dated"]:
            reading.in_part(at, "dated", row["dated"])
        if bool(row["file"]) != (row["read"] in WHOLE):
            reading.refuse(
                at,
                "a file is named where a memorandum was read whole, and nowhere else",
                "give file and read `text` or `eye`, or address and read `stored` or `opening`",
            )
        if not row["address"].startswith(("https://", "http://")):
            reading.refuse(at, f"address {row['address']!r} cannot be opened", "write an http(s) address")
        out[row["source"]] = Source(**row)
    return out


def _models(path: Path) -> dict[str, Model]:
    out: dict[str, Model] = {}
    for at, row in reading.rows(path, COLUMNS["models"], blank=("also",)):
        reading.one_of(at, "model", row["model"], MODELS)
        _once(at, "model", row["model"], out)
        also = tuple(name.strip() for name in row["also"].split("|") if name.strip())
        out[row["model"]] = Model(row["model"], row["name_es"], also, row["said_en"], row["said_es"])
    _all_there(path.name, "model", MODELS, out)
    return out


def _powers(path: Path) -> dict[str, Power]:
    out: dict[str, Power] = {}
    for at, row in reading.rows(path, COLUMNS["powers"]):
        _once(at, "power", row["power"], out)
        reading.one_of(at, "group", row["group"], ANSWERS)
        out[row["power"]] = Power(**row)
    return out


def _templates(path: Path) -> dict[str, Template]:
    out: dict[str, Template] = {}
    for at, row in reading.rows(path, COLUMNS["templates"], blank=("ended",)):
        _once(at, "template", row["template"], out)
        reading.one_of(at, "model", row["model"], MODELS)
        reading.in_part(at, "since", row["since"])
        if row["ended"]:
            reading.in_part(at, "ended", row["ended"])
        out[row["template"]] = Template(**row)
    _all_there(path.name, "model", MODELS, {t.model for t in out.values()})
    return dict(sorted(out.items(), key=lambda item: item[1].since, reverse=True))


def _cells(
    path: Path,
    templates: Mapping[str, Template],
    powers: Mapping[str, Power],
    sources: Mapping[str, Source],
) -> dict[tuple[str, str], tuple[Cell, ...]]:
    out: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    seen: dict[tuple[str, ...], str] = {}
    for at, row in reading.rows(path, COLUMNS["cells"], blank=("note_en", "note_es", "page", "snippet")):
        reading.one_of(at, "template", row["template"], templates)
        reading.one_of(at, "power", row["power"], powers)
        if row["answer"] == UNKNOWN:
            reading.refuse(at, "what is not documented has no row", "leave the row out; it is told so")
        reading.one_of(at, "answer", row["answer"], ANSWERS[powers[row["power"]].group])
        reading.one_of(at, "source", row["source"], sources)
        reading.both_or_neither(at, row, "note_en", "note_es")
        key = (row["template"], row["power"], row["snippet"])
        if key in seen:
            reading.refuse(at, f"says again what {seen[key]} says", "keep one of the two rows")
        seen[key] = at
        out[key[:2]].append(_cell(at, row, sources[row["source"]]))
    return {key: tuple(cells) for key, cells in out.items()}


def _cell(at: str, row: dict[str, str], source: Source) -> Cell:
    if row["answer"] == "silent":
        if source.read not in WHOLE or row["page"] or row["snippet"]:
            reading.refuse(
                at,
                "only a memorandum read whole can be silent, and silence has no page",
                "leave the row out, or leave page and snippet empty",
            )
    else:
        needs_place(at, source, row["page"], row["snippet"])
    fields = {
        k: row[k] for k in ("template", "power", "answer", "words_en", "words_es", "note_en", "note_es")
    }
    return Cell(
        **fields,
        source=source,
        page=reading.page(at, row["page"]),
        snippet=reading.snippet(at, row["snippet"]),
    )


def needs_place(at: str, source: Source, page: str, snippet: str) -> None:
    """Refuse a row without the words that say it, or with a page where there are none."""
    if not snippet:
        reading.refuse(at, "snippet is empty", "copy the words of the source that say it")
    if bool(page) != bool(source.file):
        reading.refuse(
            at,
            f"page is {'empty' if source.file else 'filled'}",
            "a memorandum's file has pages; other sources here have none",
        )


def _leave_nothing_out(
    templates: Iterable[str], powers: Iterable[str], cells: Mapping[tuple[str, str], tuple[Cell, ...]]
) -> None:
    whole = {t for (t, _), found in cells.items() if any(c.source.read in WHOLE for c in found)}
    for template in templates:
        if template in whole and (left := [p for p in powers if (template, p) not in cells]):
            reading.refuse(
                "cells.csv",
                f"{template} was read whole and says nothing of {', '.join(left)}",
                "add a row for each; where the memorandum does not say, answer `silent`",
            )


def _once(at: str, what: str, name: str, seen: Mapping[str, object]) -> None:
    if name in seen:
        reading.refuse(at, f"{what} {name!r} stands twice", "keep one of the two rows")


def _all_there(file: str, what: str, wanted: Iterable[str], there: Iterable[str]) -> None:
    if missing := [name for name in wanted if name not in set(there)]:
        reading.refuse(file, f"there is no row for {what} {', '.join(missing)}", "add one")
