"""The program's growth, as a chart and a table for a terminal."""

from __future__ import annotations

import sqlite3
from typing import Any

from .output import table
from .show import newest_line

#: Columns of the chart between the two bases, so that nobody reads one curve.
BREAK = 2
_LEFT_OUT = ("file",)


def growth(rows: list[dict[str, Any]], by: str, db: sqlite3.Connection) -> str:
    """Growth as a table; by month, under a chart. Before the lists, a year is told by its December."""
    chart = f"{growth_chart(rows)}\n\n" if by == "month" else ""
    shown = [r for r in rows if r.get("basis") != "in-force" or r["month"].endswith("-12")]
    if not any(r.get("basis") == "listed" for r in rows):
        shown = rows
    heads = [h for h in rows[0] if h not in _LEFT_OUT]
    return f"{chart}{table([[r[h] for h in heads] for r in shown], heads)}\n\n{newest_line(db)}"


def growth_chart(rows: list[dict[str, Any]]) -> str:
    """Agreements by quarter, one column each: in force by all sources, a break, then on ICE's lists. A
    quarter without a list is a gap."""
    import plotext

    bars = [r for r in rows if int(r["month"][5:]) % 3 == 0 or r is rows[-1]]
    before = sum(r["basis"] == "in-force" for r in bars)
    gap = BREAK if 0 < before < len(bars) else 0
    places = [n + gap * (n >= before) for n in range(len(bars))]
    heights = [r["agreements"] or 0 for r in bars]
    years = [(p, r["month"][:4]) for p, r in zip(places, bars, strict=True) if r["month"].endswith("-03")]
    years = [y for y in years if int(y[1]) % 4 == 1] or years
    bases = ["in force, all sources"] * bool(before) + ["on ICE's list"] * (before < len(bars))
    figure = plotext.figure
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(len(bars) + gap + 7, 16)
    figure.title(f"Agreements at each quarter's end: {' | '.join(bases)}")
    figure.draw(figure.bar(places, heights, width=1, lines=False))
    figure.ruler("x").ticks([p for p, _ in years], [y for _, y in years])
    top = max(heights)
    step = next((s for s in (1, 5, 20, 50, 100, 250, 500, 1000) if top <= 5 * s), 2000)
    marks = list(range(0, top + 1, step))
    figure.ruler("y").lim(0, top)
    figure.ruler("y").ticks(marks, [f"{m:,}" for m in marks])
    return "\n".join(line.rstrip() for line in str(plotext.uncolorize(str(figure.build()))).splitlines())
