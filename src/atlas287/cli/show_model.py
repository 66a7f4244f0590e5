"""A support model in words, for a terminal."""

from __future__ import annotations

from textwrap import fill
from typing import Any

from .dates import day
from .show import age

WIDTH = 100


def model(answer: dict[str, Any]) -> str:
    """What a model lets an officer do, newest template first; sources numbered within a template."""
    n, newest = answer["listed"]["agreements"], answer["newest_list"]
    count = f"{n:,} agreement{'s' * (n != 1)}" if n else "No agreement"
    lines = [
        f"{answer['name_en']}   [{answer['model']}]",
        _wrapped(answer["said_en"]),
        f"{count} of this model on ICE's list of {day(newest['at'])} ({newest['file']}).",
    ]
    for t in answer["templates"]:
        lines += ["", *_template(t)]
    return "\n".join([*lines, "", age(answer)])


def _template(t: dict[str, Any]) -> list[str]:
    ended = f"; not renewed after {t['ended']}" if t["ended"] else ""
    lines = [f"{t['title_en']} (since {t['since']}{ended})", _wrapped(t["read_en"], "  ")]
    numbers: dict[str, int] = {}
    sources = []
    for p in t["powers"]:
        for n, found in enumerate(p["findings"]):
            source = found["source"]
            if source["source"] not in numbers:
                numbers[source["source"]] = len(numbers) + 1
                sources.append(source)
            label = "and" if n else p["label_en"]
            place = _place(found, numbers[source["source"]])
            note = f" {found['note_en']}" if found["note_en"] else ""
            lines.append(_wrapped(f"{label}: {found['words_en']} {place}{note}", "  ", "      "))
    unknown = [p["label_en"] for p in t["powers"] if not p["findings"]]
    if unknown:
        lines.append(_wrapped(f"Not documented here: {'; '.join(unknown)}.", "  ", "      "))
    for number, source in enumerate(sources, 1):
        dated = f", {source['dated']}" if source["dated"] else ""
        opening = " (opening alone read)" if source["read"] == "opening" else ""
        lines.append(_wrapped(f"[{number}] {source['title']}{dated}{opening}", "    ", "        "))
        lines.append(f"        {source['address']}")
    return lines


def _place(found: dict[str, Any], number: int) -> str:
    page = f" page {found['page']}" if found["page"] else ""
    said = f" “{found['snippet']}”" if found["snippet"] else ""
    return f"[{number}{page}{said}]"


def _wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
