"""The pictures of the story and of studies: what their pages' data say, as the charts take it."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from ..charts import dots, timeline
from ..charts.words import Words as DrawnWords
from .page import Data
from .words import Words


def story(d: Data, own: Words, drawn: DrawnWords, title: str, desc: str) -> str:
    """The timeline's events over the curve of agreements, a panel for each era."""
    newest = date.fromisoformat(d["newest_list"]["at"][:10])
    firsts = [date(int(era["since"]), 1, 1) for era in d["eras"]]
    lasts = [*(date(day.year - 1, 12, 31) for day in firsts[1:]), newest]
    curve: dict[str, list[tuple[date, int | None]]] = defaultdict(list)
    for row in d["curve"]:
        at = date.fromisoformat(row["at"][:10]) if row["at"] else _last(row["month"])
        curve[row["basis"]].append((min(at, newest), row["agreements"]))
    return timeline.both(
        [_event(e, own) for era in d["eras"] for e in era["events"]],
        [timeline.Stretch(basis, tuple(points)) for basis, points in curve.items()],
        [timeline.Span(a, b) for a, b in zip(firsts, lasts, strict=True)],
        groups={group: own.word("event_group", group) for group in timeline.GROUPS},
        title=title, desc=desc, words=drawn,
    )  # fmt: skip


def _event(e: Mapping[str, Any], own: Words) -> timeline.Event:
    title = e[f"title_{own.lang}"]
    group = e["kind"] if e["kind"] in timeline.GROUPS else "federal"
    counted = e["figure"] if group == "count" else None
    label = own.state(e["state"]) if group in ("mandate", "ban") else own.num(counted) if counted else title
    until = e["end"] or (e["start"] if len(e["start"]) < 10 else None)
    return timeline.Event(
        e["n"], _first(e["start"]), group, label,
        own.say("timeline.mark", n=e["n"], when=own.when(e["start"], e["end"]), title=title),
        f"#{e['id']}", _last(until) if until else None, int(counted) if counted else None,
    )  # fmt: skip


def _first(at: str) -> date:
    return date.fromisoformat(f"{at}-01-01"[:10])


def _last(at: str) -> date:
    """The last day of a year, a month or a day."""
    if len(at) == 10:
        return date.fromisoformat(at)
    year, month = int(at[:4]), int(at[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])


def strips(d: Data, own: Words) -> dict[str, str]:
    """Every study's figure on the axis of its unit, by the row's id; none where it is alone in its unit,
    for a single dot on an axis of its own says no more than its number."""
    by_unit: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for outcome in d["outcomes"]:
        for row in outcome["rows"]:
            if row["drawn"]:
                by_unit[row["unit_en"]].append(row)
    out = {}
    for rows in by_unit.values():
        if len(rows) < 2:
            continue
        values = [r["drawn"][k] for r in rows for k in ("estimate", "low", "high")]
        scale = dots.Scale.over(v for v in values if v is not None)
        for row in rows:
            drawn = row["drawn"]
            said = own.say("studies.figure", n=own.num(drawn["estimate"]), unit=row[f"unit_{own.lang}"])
            out[row["id"]] = dots.strip(
                scale, drawn["estimate"], drawn["low"], drawn["high"],
                labels=[own.num(tick) for tick in scale.ticks],
                title=f"{row['study']}: {row[f'measure_{own.lang}']}", desc=said, id=f"dot-{row['id']}",
            )  # fmt: skip
    return out
