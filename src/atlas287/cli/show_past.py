"""What all sources say of an agency, in words, for a terminal."""

from __future__ import annotations

from typing import Any

from ..registry.text import MODELS
from .dates import day


def past(answer: dict[str, Any]) -> list[str]:
    """Lines on an agency's spells, signings, and where sources contradict each other."""
    lines: list[str] = []
    if answer["spells"]:
        lines += ["", "In force, by all sources:"]
        for s in answer["spells"]:
            lines += _spell(s)
    if answer["signings"]:
        lines += ["", "Signed:"]
        for s in answer["signings"]:
            other = f"; others say {s['other_days']}" if s["other_days"] else ""
            model = f" {MODELS[s['model']]}," if s["model"] else ""
            lines.append(f"  {day(s['signed_on'])}:{model} by {', '.join(s['sources'])}{other}")
    if answer["testimony"]:
        lines += ["", "Sources other than ICE's lists:"]
        for t in answer["testimony"]:
            lines.append(f"  {t['says']}   [{t['source']}, row {t['row']}: “{t['printed']}”]")
    for d in answer["disagreements"]:
        lines.append(
            f"  in dispute, {d['about']}: {d['one']} / {d['other']}; taken: {d['taken']}. {d['why']}."
        )
    return lines


def _spell(s: dict[str, Any]) -> list[str]:
    begun = _between(s["start_from"], s["start_to"])
    if s["end_to"] is None:
        until = "stands on the newest list"
    else:
        until = f"until {_between(s['end_from'], s['end_to'])}"
        until += f", ended by {s['ended_by']}" if s["ended_by"] else ""
        until += "" if s["ended"] else " (not sure: too few lists have followed)"
    lines = [f"  {MODELS[s['model']]}: from {begun}, {until}", f"      start: {s['start_why']}"]
    if s["end_why"]:
        source = f" [{s['ended_source']}]" if s["ended_source"] else ""
        lines.append(f"      end: {s['end_why']}{source}")
    if len(s["signed_days"]) > 1 or (s["switched_from"] and s["signed_days"]):
        again = s["signed_days"] if s["switched_from"] else s["signed_days"][1:]
        lines.append(f"      renewed: {', '.join(map(day, again))}")
    return [*lines, f"      continuity: {s['continuity']}"]


def _between(first: str | None, last: str) -> str:
    """A day, or the range in which it lies."""
    if first is None:
        return f"{day(last)} at the latest"
    return day(last) if first == last else f"between {day(first)} and {day(last)}"
