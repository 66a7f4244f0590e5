"""The first page: the number today, the map, growth, what changed."""

from __future__ import annotations

from datetime import date, timedelta

from ..page import Ask, Data, Page, Rows
from ..words import Words
from . import shared

#: A day that the growth is told from: the change of administration before the program's second wave.
TURN = "2025-01-20"
#: The month after the last of the first wave's task forces.
TASK_FORCES_END = "2013-01"


def data(ask: Ask) -> Data:
    atlas, edition = ask.atlas, ask.edition
    status = atlas.status()
    first, newest = date.fromisoformat(edition.record["first"]), date.fromisoformat(edition.at)
    lately = atlas.changes(max(first, newest - timedelta(days=30)), newest)
    turn = max(edition.record["first"], TURN)
    reached = edition.reach.coverage()
    months = atlas.growth("month").to_dicts()
    return {
        **status,
        "where": shared.where(edition),
        "at_turn": {"on": turn, "agreements": atlas.status(turn)["agreements"]},
        "reached": {
            k: reached[k] for k in ("population", "vintage", "counties", "jail", "field", "statewide")
        },
        "lately": {
            "from": lately["from"],
            "to": lately["to"],
            "before": lately["before"],
            "after": lately["after"],
            **{k: len(lately[k]) for k in ("listed", "removed", "resigned", "switched")},
        },
        "waves": _waves(months),
        "growth": months,
        "growth_by_model": [
            {**by_model, "uncertain": month["uncertain"]}
            for by_model, month in zip(atlas.growth("model").to_dicts(), months, strict=True)
        ],
        "states": list(edition.states.values()),
        "statewide": shared.named(
            edition, sorted({a for s in edition.states.values() for a in s["statewide"]})
        ),
        "events": atlas.events(limit=12),
    }


def _waves(months: Rows) -> Data | None:
    """The first month with an agreement, the height of the first wave and what was left after it;
    None where the register knows of no years before the lists."""
    before = [m for m in months if m["basis"] == "in-force"]
    wave = [m for m in before if m["month"] < TASK_FORCES_END]
    after = [m for m in before if m["month"] >= TASK_FORCES_END]
    if not wave or not after:
        return None
    keys = ("month", "agreements")
    return {
        name: {k: m[k] for k in keys}
        for name, m in (
            ("first", wave[0]),
            ("height", max(wave, key=lambda m: m["agreements"])),
            ("left", min(after, key=lambda m: m["agreements"])),
        )
    }


def title(d: Data, w: Words) -> str:
    return w.say("home.title")


def quote(d: Data, w: Words) -> str:
    return w.say(
        "home.quote",
        agreements=w.say("count.agreements", n=d["agreements"]),
        where=w.places(d["where"]),
        day=w.day(d["list"]["at"]),
    )


def rows(d: Data) -> Rows:
    return list(d["growth"])


PAGES = (Page("home", "/", data, "home.html", title, quote=quote, rows=rows),)
