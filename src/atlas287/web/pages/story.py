"""The program's story, its money, and what others found of it."""

from __future__ import annotations

from typing import Any

from ..page import Ask, Data, Page, Rows
from ..words import Words

#: The story's times, which the picture shows on an axis each: the first year of every one, and its name.
ERAS = (("before", "1929"), ("first", "2002"), ("surge", "2025"))
_CURVE = ("month", "basis", "at", "agreements", "uncertain", "states", "territories")


def timeline(ask: Ask) -> Data:
    told = ask.atlas.timeline()
    events = [{"n": n, **event} for n, event in enumerate(told["events"], 1)]
    return {
        "eras": [
            {"era": era, "since": since, "events": [e for e in events if _era(e["start"]) == era]}
            for era, since in ERAS
        ],
        "laws": told["laws"],
        "curve": [{k: row[k] for k in _CURVE} for row in ask.atlas.growth().to_dicts()],
        "agreements": ask.atlas.status()["agreements"],
        "newest_list": told["newest_list"],
    }


def _era(start: str) -> str:
    return next(era for era, since in reversed(ERAS) if start >= since)


def timeline_title(d: Data, w: Words) -> str:
    return w.say("timeline.title")


def timeline_quote(d: Data, w: Words) -> str:
    first = next(row for row in d["curve"] if row["agreements"])
    return w.say(
        "timeline.quote",
        first=w.say("count.agreements", n=first["agreements"]),
        start=w.month(first["month"]),
        n=d["agreements"],
        day=w.day(d["newest_list"]["at"]),
    )


def timeline_rows(d: Data) -> Rows:
    """Events, a row each, without what the register joins to them (that is in the .json twin)."""
    own = ("line", "register", "read")
    return [
        {k: "; ".join(v) if k == "url" else v for k, v in event.items() if k not in own}
        for era in d["eras"]
        for event in era["events"]
    ]


def money(ask: Ask) -> Data:
    return ask.atlas.money()


def money_title(d: Data, w: Words) -> str:
    return w.say("money.title")


def money_quote(d: Data, w: Words) -> str:
    return w.say("money.quote")


def money_rows(d: Data) -> Rows:
    return [_flat(row) for kind in d["kinds"] for row in kind["rows"]]


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    return {k: "; ".join(v) if k == "url" else v for k, v in row.items() if k != "line"}


def studies(ask: Ask) -> Data:
    told = ask.atlas.studies()
    drawn = {figure["id"]: figure for figure in told["figures"]}
    rows = [row for outcome in told["outcomes"] for row in outcome["rows"]]
    return {
        "outcomes": [
            {**outcome, "rows": [{**row, "drawn": drawn.get(row["id"])} for row in outcome["rows"]]}
            for outcome in told["outcomes"]
            if outcome["rows"]
        ],
        "counts": {
            "studies": len({row["study"] for row in rows}),
            "rows": len(rows),
            "figures": len(drawn),
            "intervals": sum(figure["interval"] is not None for figure in drawn.values()),
            "pooled": sum(len(outcome["pooled"]) for outcome in told["outcomes"]),
        },
        "newest_list": told["newest_list"],
    }


def studies_title(d: Data, w: Words) -> str:
    return w.say("studies.title")


def studies_quote(d: Data, w: Words) -> str:
    n = d["counts"]
    return w.say(
        "studies.quote_pooled" if n["pooled"] else "studies.quote",
        studies=n["studies"],
        figures=n["figures"],
        intervals=n["intervals"],
        pooled=n["pooled"],
    )


def studies_rows(d: Data) -> Rows:
    return [
        {k: v for k, v in _flat(row).items() if k != "drawn"}
        for outcome in d["outcomes"]
        for row in outcome["rows"]
    ]


PAGES = (
    Page("timeline", "/timeline/", timeline, "timeline.html", timeline_title, quote=timeline_quote,
         rows=timeline_rows),
    Page("money", "/money/", money, "money.html", money_title, quote=money_quote, rows=money_rows),
    Page("studies", "/studies/", studies, "studies.html", studies_title, quote=studies_quote,
         rows=studies_rows),
)  # fmt: skip
