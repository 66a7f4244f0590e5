"""Write docs/powers.md from the powers table.

    .venv/bin/python scripts/powers_page.py

A test holds that the page is what this writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from atlas287.registry.powers import UNKNOWN, Cell, Powers, Source, Template, read_powers, read_steps
from atlas287.registry.text import MODELS

PAGE = Path(__file__).parent.parent / "docs" / "powers.md"
ROADS = {"none": "No agreement", "wso": MODELS["wso"], "jem": MODELS["jem"], "tfm": MODELS["tfm"]}
READ = {
    "text": "whole, by its text layer",
    "eye": "whole; scanned, read as picture beside its OCR",
    "stored": "the whole passage, as stored public text",
    "opening": "the opening alone, as stored public text",
}
HEAD = """\
# What officers may do

Written by `scripts/powers_page.py` from `src/atlas287/registry/powers/`; mend the rows there, not this page.

What each support model lets an officer do, under each template of its memorandum, and how a case goes from a
stop or a booking to ICE custody. Every answer has the place that says it: the memorandum itself wherever one
was read (file, page, words as printed), otherwise a law, report or release that could be opened, named as it
was read. What nothing opened here says is *not documented*; nothing is filled from memory. A memorandum says
what ICE delegates; it does not say what state law allows, or what is done in practice.

*Limited* means yes, within the limits that the words name. *Silent*: the memorandum was read whole and does
not say.
"""


def page() -> str:
    """The whole page."""
    table = read_powers()
    parts = [HEAD, *_at_a_glance(table)]
    for model in table.models:
        parts += _model(table, model)
    return "\n".join([*parts, *_steps(), *_sources(table)]) + "\n"


def _at_a_glance(table: Powers) -> Iterator[str]:
    templates = [t.template for model in table.models for t in table.of_model(model)]
    yield "## At a glance\n"
    yield _table(
        ["", *(f"`{t}`" for t in templates)],
        [
            [p.label_en, *(_answer(table, t, p.power) for t in templates)]
            for p in table.powers.values()
            if p.group == "authority"
        ],
    )


def _answer(table: Powers, template: str, power: str) -> str:
    found = table.cells.get((template, power))
    return found[0].answer if found else "–"


def _model(table: Powers, model: str) -> Iterator[str]:
    about = table.models[model]
    yield f"## {MODELS[model]} (`{model}`)\n\n{about.said_en}\n"
    for t in table.of_model(model):
        yield _template(table, t)


def _template(table: Powers, t: Template) -> str:
    ended = f"; not renewed after {t.ended}" if t.ended else ""
    rows = [
        [
            p.label_en if n == 0 else "",
            cell.answer,
            _words(cell),
            _place(cell.source, cell.page),
            _quoted(cell.snippet),
        ]
        for p in table.powers.values()
        for n, cell in enumerate(table.cells.get((t.template, p.power), ()))
    ]
    unknown = [p.label_en for p in table.powers.values() if (t.template, p.power) not in table.cells]
    lines = [f"### {t.title_en} (`{t.template}`)\n", f"Since {t.since}{ended}. {t.read_en}\n"]
    lines.append(_table(["", "answer", "in words", "source", "as printed"], rows))
    if unknown:
        lines.append(f"{UNKNOWN.capitalize()} here: {'; '.join(unknown)}.\n")
    return "\n".join(lines)


def _steps() -> Iterator[str]:
    yield "## How it works, step by step\n"
    yield "From a stop or a booking to ICE custody, without an agreement and under each model signed today.\n"
    for n, step in enumerate(read_steps(), 1):
        yield f"### {n}. {step.title_en}\n"
        yield _table(
            ["", "who", "what", "source", "as printed"],
            [
                [
                    ROADS[act.path],
                    act.who_en,
                    act.words_en,
                    _place(act.source, act.page) if act.source else "–",
                    _quoted(act.snippet),
                ]
                for act in step.acts.values()
            ],
        )


def _sources(table: Powers) -> Iterator[str]:
    yield "## Sources\n"
    yield _table(
        ["", "kind", "title", "publisher", "dated", "read", "address"],
        [
            [f"`{s.source}`", s.kind, s.title, s.publisher, s.dated or "–", READ[s.read], f"<{s.address}>"]
            for s in table.sources.values()
        ],
    )


def _words(cell: Cell) -> str:
    return f"{cell.words_en} *{cell.note_en}*" if cell.note_en else cell.words_en


def _place(source: Source, page: int | None) -> str:
    return f"`{source.source}`" + (f", page {page}" if page else "")


def _quoted(snippet: str) -> str:
    return f"“{snippet}”" if snippet else "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
