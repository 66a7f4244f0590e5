"""What a support model lets an officer do, by template, and how many agreements of it stand today."""

from __future__ import annotations

import sqlite3
from typing import Any

from ...errors import NotFoundError
from ..powers import UNKNOWN, Cell, Source, Template, read_powers, read_steps
from ..text import MODELS, evened
from .newest import newest
from .status import status


def model(db: sqlite3.Connection, name: str) -> dict[str, Any]:
    """A support model's powers under each of its templates, newest first, each with the place that says it.

    Args:
        name: ``jem``, ``tfm``, ``wso``, ``hybrid``, or a full name, in any case.

    Returns:
        ``model``, ``name_en``, ``name_es``, ``said_en``, ``said_es`` (one sentence), ``listed`` (``on``,
        ``agreements``, ``agencies``, ``states``, ``territories`` of the newest list), ``templates``
        (template, since, ended, title, what was read; ``powers``: power, group, label, ``answer`` and
        ``findings``: answer, words, note, source, page, snippet), ``newest_list``. A power that no
        source opened says anything of has the answer ``not documented`` and no findings. The answer of
        a power is that of its first finding.

    Raises:
        NotFoundError: no model goes by that name; it lists those there are.
        NoListError: no list is held.
    """
    table = read_powers()
    key = _key(name)
    about, counted = table.models[key], status(db, model=key)
    return {
        "model": key,
        "name_en": MODELS[key],
        "name_es": about.name_es,
        "said_en": about.said_en,
        "said_es": about.said_es,
        "listed": {k: counted[k] for k in ("on", "agreements", "agencies", "states", "territories")},
        "templates": [_template(t) for t in table.of_model(key)],
        "newest_list": newest(db),
    }


def how_it_works() -> list[dict[str, Any]]:
    """The way from a stop or a booking to ICE custody, step by step.

    Returns:
        for each step ``step``, ``title_en``, ``title_es`` and ``acts``: one for each road (``none``,
        ``wso``, ``jem``, ``tfm``) with who acts, what happens, ``source`` (None: not documented here),
        ``page`` and ``snippet``.
    """
    return [
        {
            "step": s.step,
            "title_en": s.title_en,
            "title_es": s.title_es,
            "acts": [
                {
                    "path": a.path,
                    "who_en": a.who_en,
                    "who_es": a.who_es,
                    "words_en": a.words_en,
                    "words_es": a.words_es,
                    "source": _source(a.source) if a.source else None,
                    "page": a.page,
                    "snippet": a.snippet or None,
                }
                for a in s.acts.values()
            ],
        }
        for s in read_steps()
    ]


def _key(name: str) -> str:
    asked = evened(name)
    for key, about in read_powers().models.items():
        if asked in {evened(n) for n in (key, MODELS[key], about.name_es, *about.also)}:
            return key
    raise NotFoundError(
        f"no support model goes by {name!r}",
        remedy=f"write one of {'; '.join(f'{key} ({full})' for key, full in MODELS.items())}",
    )


def _template(t: Template) -> dict[str, Any]:
    table = read_powers()
    out = []
    for power in table.powers.values():
        found = table.cells.get((t.template, power.power), ())
        out.append(
            {
                "power": power.power,
                "group": power.group,
                "label_en": power.label_en,
                "label_es": power.label_es,
                "answer": found[0].answer if found else UNKNOWN,
                "findings": [_finding(cell) for cell in found],
            }
        )
    return {
        "template": t.template,
        "since": t.since,
        "ended": t.ended or None,
        "title_en": t.title_en,
        "title_es": t.title_es,
        "read_en": t.read_en,
        "read_es": t.read_es,
        "powers": out,
    }


def _finding(cell: Cell) -> dict[str, Any]:
    return {
        "answer": cell.answer,
        "words_en": cell.words_en,
        "words_es": cell.words_es,
        "note_en": cell.note_en or None,
        "note_es": cell.note_es or None,
        "source": _source(cell.source),
        "page": cell.page,
        "snippet": cell.snippet or None,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "source": source.source,
        "kind": source.kind,
        "title": source.title,
        "publisher": source.publisher,
        "dated": source.dated or None,
        "file": source.file or None,
        "address": source.address,
        "read": source.read,
    }
