"""Which messages the pages use: read from templates and modules, as they are written there."""

from __future__ import annotations

import re
from pathlib import Path

import atlas287.web

WEB = Path(atlas287.web.__file__).parent
_CALL = re.compile(r"\b(t|say|titled|word|group)\(")
_TEXT = re.compile(r'"([^"\n]*)"')


def uses() -> tuple[set[str], set[str]]:
    """The keys, and the beginnings of keys, that are used.

    ``t("key", …)`` and ``say("one" if … else "other", …)`` use keys; ``word("group", …)`` and
    ``say(f"group.{…}")`` any key that begins so.
    """
    keys: set[str] = set()
    begins: set[str] = set()
    for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        for call in _CALL.finditer(text):
            argument = _first_argument(text[call.end() :])
            texts = _TEXT.findall(argument)
            if call[1] in ("word", "group"):
                begins |= {f"{t}." for t in texts[:1]}
                continue
            for found in texts:
                if "{" in found or found.endswith("."):
                    begins.add(found.partition("{")[0])
                elif "." in found or len(texts) == 1:
                    keys.add(found)
    return keys, begins


def _first_argument(text: str) -> str:
    depth, inside = 0, False
    for n, sign in enumerate(text):
        if sign == '"':
            inside = not inside
        elif not inside and sign in "([{":
            depth += 1
        elif not inside and sign in ")]},":
            if depth == 0:
                return text[:n]
            depth -= sign != ","
    return text
