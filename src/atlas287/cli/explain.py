"""The command that tells what a support model lets an officer do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .options import answers, at_home, open_atlas
from .output import emit


@click.command()
@click.argument("name")
@answers
@at_home
def model(name: str, home: Path | None, form: str | None) -> None:
    """What a support model lets an officer do, by template, with sources: NAME is jem, tfm, wso, hybrid or
    a full name."""
    from . import show_model as show

    answer = open_atlas(home).model(name)
    emit(answer, form, lambda: show.model(answer), _rows(answer))


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """One row a finding; a power that nothing says anything of has a row of its own."""
    out = []
    for t in answer["templates"]:
        for p in t["powers"]:
            same = {"model": answer["model"], "template": t["template"], "since": t["since"]}
            for found in p["findings"] or [{"answer": p["answer"]}]:
                source = found.get("source", {})
                out.append(
                    {
                        **same,
                        "power": p["power"],
                        "label": p["label_en"],
                        "answer": found["answer"],
                        "words": found.get("words_en"),
                        "words_es": found.get("words_es"),
                        "source": source.get("title"),
                        "dated": source.get("dated"),
                        "page": found.get("page"),
                        "snippet": found.get("snippet"),
                        "address": source.get("address"),
                    }
                )
    return out
