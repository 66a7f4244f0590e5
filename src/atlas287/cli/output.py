"""Answers as text, JSON or CSV."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click


def emit(
    answer: Any, form: str | None, text: Callable[[], str], rows: Sequence[dict[str, Any]] | None = None
) -> None:
    """Print an answer.

    Args:
        form: ``json``, ``csv``, or None for text.
        text: gives what a person reads; asked for only if it is wanted.
        rows: the answer as a table, where CSV needs another shape than JSON.
    """
    if form == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
    elif form == "csv":
        _csv(rows if rows is not None else answer if isinstance(answer, list) else [answer])
    else:
        click.echo(text())


def _csv(rows: Sequence[dict[str, Any]]) -> None:
    from ..publish.rows import write_csv

    write_csv(rows, sys.stdout)


def table(rows: Iterable[Sequence[Any]], head: Sequence[str]) -> str:
    """Columns side by side; numbers to the right."""
    cells = [[_cell(c) for c in row] for row in rows]
    columns = list(zip(head, *cells, strict=True))
    width = [max(map(len, column)) for column in columns]
    right = [bool(cells) and all(_number(c) for c in column[1:]) for column in columns]
    return "\n".join(
        "  ".join(
            c.rjust(w) if r else c.ljust(w) for c, w, r in zip(line, width, right, strict=True)
        ).rstrip()
        for line in [list(head), *cells]
    )


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _number(cell: str) -> bool:
    return cell in ("", "–") or cell.replace(",", "").lstrip("-").isdigit()
