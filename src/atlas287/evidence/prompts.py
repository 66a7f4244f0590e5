"""How answers at a prompt are read: as a file of claims would be, or refused with a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from ..errors import EvidenceError
from .claim_files import ID, URL
from .found import Figure
from .queries import Param
from .rows import partial_day
from .yaml_text import parse


def id_from(says: str) -> str:
    """An id made of the first words of a statement."""
    return "-".join(re.findall(r"[a-z0-9]+", says.lower())[:6]) or "claim"


def an_id(text: str) -> str:
    """An id; raises EvidenceError."""
    if not ID.fullmatch(text):
        raise EvidenceError(f"{text!r} is no id", remedy="small letters and digits, hyphens between")
    return text


def an_address(text: str) -> str:
    """A public address; raises EvidenceError."""
    if not URL.fullmatch(text):
        raise EvidenceError(
            f"{text!r} is no address", remedy="write one that begins with https:// or http://"
        )
    return text


def a_day(text: str) -> str | date:
    """A year, month or day, as a file has it; raises EvidenceError."""
    try:
        partial = partial_day(text)
    except ValueError as error:
        raise EvidenceError(
            f"{text!r} is not a day", remedy="write YYYY-MM-DD, or YYYY-MM, or YYYY"
        ) from error
    return date.fromisoformat(partial) if len(partial) == 10 else partial


def a_figure(text: str) -> Figure | None:
    """A figure, or nothing for a statement without one; raises EvidenceError."""
    value, _ = parse(text, "the figure")
    if isinstance(value, (str, list, dict)):
        raise EvidenceError(
            f"{text!r} is no figure", remedy="write plain digits, a day, true, false, or null"
        )
    figure: Figure | None = value
    return figure


def a_value(param: Param) -> Callable[[str], Any]:
    """How a parameter's answer is read: as a file would, and as the query wants it; the answer is
    given back as it would stand in the file."""

    def read(text: str) -> Any:
        if not text and not param.needed:
            return ""
        value = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text
        param.read(value)
        return value

    return read
