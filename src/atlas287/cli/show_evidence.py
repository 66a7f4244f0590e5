"""What others said and found, in words, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from ..registry.text import MODELS, STATE_NAMES
from .dates import day
from .show import age

_WIDTH = 100
_COMPARE = {"at_least": "at least ", "more_than": "more than ", "at_most": "at most "}
_MONTHS = "January February March April May June July August September October November December".split()


def claims(answer: dict[str, Any]) -> str:
    """Every claim with its verdict, and how many of each."""
    parts = [
        "\n\n".join([_filled(file["title"]), *(claim(c) for c in file["claims"])]) for file in answer["files"]
    ]
    counts = answer["verdicts"]
    count = sum(counts.values())
    told = ", ".join(
        f"{n} {word}"
        for n, word in (
            (counts["matches"], "match"),
            (counts["differs"], "differ" if counts["differs"] != 1 else "differs"),
            (counts["not checkable here"], "not checkable here"),
        )
    )
    return "\n\n".join([*parts, f"{count} claim{'s' * (count != 1)}: {told}.\n{age(answer)}"])


def claim(c: dict[str, Any]) -> str:
    """One claim: what it says, who said it, what was found and what proves it."""
    lines = [f"{c['verdict'].upper()}  [{c['claim_id']}]", _filled(c["says"], "  ")]
    source = c["source"]
    lines.append(
        _filled(
            f"{c['by']}, {when(c['made'])}: {source['title']} ({source['publisher']}). {source['url']}", "  "
        )
    )
    published = f"{_COMPARE.get(c['compare'], '')}{figure(c['figure'])}"
    if c["verdict"] == "not checkable here":
        told = (
            "a statement without a figure"
            if c["figure"] is None
            else f"published {published} {c['unit']}".strip()
        )
        lines.append(_filled(f"{told}; {c['why']}", "  "))
        lines.append(_filled(f"needed: {c['needs']}", "  "))
    else:
        found = figure(c["found"])
        if c["found_high"] is not None and c["found_high"] != c["found"]:
            found += f" to {figure(c['found_high'])}"
        lines.append(_filled(f"published {published}, found {found}: {c['how']}", "  "))
        lines += [_filled(f"it could have arisen so: {reading}", "  ") for reading in c["could_be"]]
        lines += [_filled(f"proof: {line}", "  ") for line in map(proof, c["evidence"])]
    if c["note"]:
        lines.append(_filled(f"note: {c['note']}", "  "))
    return "\n".join(lines)


def claim_row(c: dict[str, Any]) -> dict[str, Any]:
    """One claim as a row of a table."""
    kept = (
        "claim_id",
        "says",
        "by",
        "made",
        "figure",
        "unit",
        "verdict",
        "found",
        "found_high",
        "how",
        "why",
        "needs",
    )
    return {
        **{k: c[k] for k in kept},
        "source": c["source"]["url"],
        "proof": [proof(e) for e in c["evidence"]],
        "could_be": c["could_be"],
    }


def proof(e: dict[str, Any]) -> str:
    """A cell, or the rows of a list, in one line."""
    if "row_count" in e:
        rows = _rows(e["rows"]) if e["rows"] else f"{e['row_count']:,} rows"
        first = f" (first: {e['first']['cell']} “{e['first']['printed'].strip()}”)" if e["first"] else ""
        return f"{e['file']}, {e['sheet']}, {rows}{first}"
    cell = f", {e['cell']}" if e.get("cell") else ""
    sheet = f", {e['sheet']}" if e.get("sheet") else ""
    printed = f" “{e['printed'].strip()}”" if e.get("printed") else ""
    return f"{e['file']}{sheet}, row {e['row']}{cell}{printed}"


def _rows(ranges: str) -> str:
    parts = ranges.split(", ")
    shown = ", ".join(parts[:6])
    return f"rows {shown}" + (f" and {len(parts) - 6} stretches more" if len(parts) > 6 else "")


def figure(value: Any) -> str:
    """A figure as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value) if isinstance(value, int) and 1900 <= value <= 2100 else f"{value:,}"
    return day(value) if value else "–"


def when(partial: str | None, end: str | None = None) -> str:
    """A year, month or day in words; a stretch of time with its end."""
    if not partial:
        return "undated"
    told = (
        day(partial)
        if len(partial) == 10
        else f"{_MONTHS[int(partial[5:]) - 1]} {partial[:4]}"
        if len(partial) == 7
        else partial
    )
    return f"{told} to {when(end)}" if end else told


def timeline(answer: dict[str, Any]) -> str:
    """The story, an event a paragraph."""
    out = []
    for e in answer["events"]:
        where = f" [{STATE_NAMES[e['state']]}]" if e["state"] else ""
        lines = [f"{when(e['start'], e['end'])}: {e['title_en']}{where}", _filled(e["says_en"], "  ")]
        if e["low"] is not None:
            lines.append(_filled(f"disputed: {e['low']:,} to {e['high']:,} {e['unit_en']}", "  "))
        if e["figure"] is not None:
            lines.append(f"  {e['figure']:,} {e['unit_en']}")
        lines += [_filled(line, "  ") for line in _joined(e)]
        lines.append(_filled(f"{e['source']}. {' '.join(e['url'])}", "  "))
        out.append("\n".join(lines))
    return "\n\n".join([*out, age(answer)])


def _joined(e: dict[str, Any]) -> Iterator[str]:
    r = e["register"]
    if r is None:
        return
    if e["kind"] in ("mandate", "ban"):
        yield (
            f"on the lists, of the state's agreements: {r['signed_before']:,} signed before that day, "
            f"{r['signed_since']:,} since"
        )
        if e["kind"] == "ban" and r["listed_at"]:
            yield (
                f"on the list of {day(r['listed_at']['at'])} stood {r['listed_at']['agreements']:,}; "
                f"{r['left_since']:,} have left since, {r['still_listed']:,} stand; the lists do not say why"
            )
            for gone in r["left"]:
                last, without = map(day, gone["left_between"])
                told = f"on {last}" if last == without else f"between {last} and {without}"
                yield f"left {told}: {gone['agreement_id']}"
    elif r.get("basis") == "in-force":
        more = f", {r['uncertain']:,} more uncertain" if r["uncertain"] else ""
        yield f"in force by all sources: {r['agreements']:,} agreements in {r['states']} states{more}"
    elif "earliest_on_lists" in r:
        first = r["earliest_on_lists"]
        model = MODELS[e["model"]]
        signed = day(first["signed_on"])
        yield f"on the lists: the earliest {model} is {first['agreement_id']}, signed {signed}"
    else:
        told = f"{r['agreements']:,} agreements in {r['states']} states"
        yield f"on the list of {day(r['at'])} ({r['file']}): {told}"


def money(answer: dict[str, Any]) -> str:
    """Who pays, by what says so."""
    out = []
    for kind in answer["kinds"]:
        lines = [kind["title"]]
        for row in kind["rows"]:
            amount = f"${row['amount_usd']:,} {row['unit_en']}: " if row["amount_usd"] is not None else ""
            who = (
                f"{row['payer_en']} to {row['payee_en']}"
                if row["payer_en"] != "the county"
                else row["payee_en"]
            )
            lines.append(_filled(f"{when(row['start'], row['end'])}, {who}: {amount}{row['says_en']}", "  "))
            page = f", page {row['page']}" if row["page"] else ""
            lines.append(
                _filled(f"basis: {row['basis_en']}. {row['source']}{page}. {' '.join(row['url'])}", "    ")
            )
        out.append("\n".join(lines))
    return "\n\n".join([*out, f"Totals: {answer['totals']}.\n{age(answer)}"])


def studies(answer: dict[str, Any]) -> str:
    """What others found, by outcome."""
    out = []
    for outcome in answer["outcomes"]:
        lines = [outcome["title"]]
        for r in outcome["rows"]:
            year = f" {r['year']}" if r["year"] else ""
            lines.append(
                _filled(f"{r['study']}{year} ({r['program']}; {r['place_en']}): {_finding(r)}", "  ")
            )
            lines.append(
                _filled(f"{r['design_en']}. {r['title']}, {r['page']}. {' '.join(r['url'])}", "    ")
            )
        for p in outcome["pooled"]:
            told = f"{p['estimate']:,.2f} ({p['low']:,.2f} to {p['high']:,.2f}) {p['unit']}, {p['measure']}"
            lines.append(_filled(f"pooled: {told}; {p['method']}; {', '.join(p['studies'])}", "  "))
        if outcome["why_not"]:
            lines.append(_filled(f"{outcome['why_not']}.", "  "))
        out.append("\n".join(lines))
    return "\n\n".join([*out, age(answer)])


def _finding(r: dict[str, Any]) -> str:
    words = {"rise": "a rise", "fall": "a fall", "none": "no effect found", "level": ""}[r["direction"]]
    if r["estimate"] is None:
        return f"{r['measure_en']}: {words}; no figure in the part read"
    interval = f" ({r['low']:,} to {r['high']:,})" if r["low"] is not None else ""
    error = f" (standard error {r['standard_error']:,})" if r["standard_error"] is not None else ""
    return f"{r['measure_en']}: {r['estimate']:,}{interval}{error} {r['unit_en']}"


def _filled(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
