"""The command that asks whom agreements reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ..registry.questions.asked import BASES
from .options import Day, State, answers, at_home, open_atlas
from .output import emit


@click.command()
@click.option("--on", type=Day(), help="The day (default: the newest list's).")
@click.option("--state", type=State())
@click.option("--county", metavar="FIPS", help="Who covers one county.")
@click.option("--daily", is_flag=True, help="Every day since the first list (in-force: 2002), or to --on.")
@click.option("--basis", type=click.Choice(BASES), default="listed", show_default=True, help="Of --daily.")
@answers
@at_home
def coverage(
    on: date | None,
    state: str | None,
    county: str | None,
    daily: bool,
    basis: str,
    home: Path | None,
    form: str | None,
) -> None:
    """Whom the agreements on ICE's list reach on a day: jails, the field, statewide; never added up."""
    from . import show_coverage as show

    if county and (state or daily):
        raise click.UsageError("--county goes with --on alone")
    if basis != "listed" and not daily:
        raise click.UsageError("--basis in-force goes with --daily")
    atlas = open_atlas(home)
    if daily:
        from ..registry.questions.in_force import known_on
        from ..registry.questions.newest import list_on, newest

        list_on(atlas.db, on if basis == "listed" else None)
        if on and basis == "in-force":
            known_on(atlas.db, on.isoformat())
        series = atlas.exposure("state" if state else "nation", basis=basis)
        kept = [
            row
            for row in series.iter_rows(named=True)
            if (on is None or row["day"] <= on) and state in (None, row.get("state"))
        ]
        emit(kept, form, lambda: show.daily(kept, newest(atlas.db), state, basis))
        return
    answer = atlas.coverage(on, state, county)
    if county:
        emit(answer, form, lambda: show.county(answer), [*answer["agreements"], *answer["statewide"]])
        return
    emit(answer, form, lambda: show.coverage(answer), _rows(answer))


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures as a table: one row a figure, and one each by model and by level."""
    same = {"on": answer["on"], "state": answer.get("state"), "source": answer["list"]["file"]}
    out = []
    for figure in ("jail", "field"):
        told = answer[figure]
        parts = {k: v for k, v in told.items() if not isinstance(v, dict)}
        out.append({**same, "figure": figure, "of": "all", "which": None, **parts})
        for of in ("by_model", "by_level"):
            out += [
                {**same, "figure": figure, "of": of[3:], "which": name, **part}
                for name, part in told[of].items()
            ]
    for what, told in answer["statewide"].items():
        out.append({**same, "figure": "statewide", "of": "all", "which": what, **told})
    return out
