"""Events in words."""

from __future__ import annotations

from typing import Any

from .words import words


def sentence(event: dict[str, Any], lang: str) -> str:
    """An event in a sentence: what happened to whom, by which lists."""
    w = words(lang)
    what = w.say(
        "event_sentence." + (event["kind"] if f"event_sentence.{event['kind']}" in w.messages else "other"),
        agency=event["name"],
        state=w.state(event["state"]),
        model=w.model(event["model"]) if event["model"] else "",
        detail=event["detail"] or "",
        kind=event["kind"],
    )
    return what + ("" if event["confirmed"] else f" {w.say('event_unconfirmed')}")
