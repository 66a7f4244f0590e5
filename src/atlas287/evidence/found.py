"""What a query came to: a figure with its proof, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

#: What a claim may say: a number, a day, or that something is so.
Figure = int | float | bool | date


class Both(NamedTuple):
    """A text of ours in English and Spanish."""

    en: str
    es: str


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that the atlas gives.

    Attributes:
        value: the figure; where it is a range, its lower end.
        high: the upper end of a range, else None.
        how: what was counted, where, on which basis.
        proof: the cells or lists that show it, each with list, row and address.
        could_be: how another figure than ``value`` could have arisen, as far as the lists show.
    """

    value: Figure
    how: Both
    proof: tuple[dict[str, Any], ...]
    high: Figure | None = None
    could_be: tuple[Both, ...] = field(default=())


class UncheckableError(Exception):
    """The atlas has nothing that could check this; caught where the verdict is reached.

    Attributes:
        why: what is missing.
        needs: what would be needed.
    """

    def __init__(self, why: Both, needs: Both) -> None:
        super().__init__(why.en)
        self.why, self.needs = why, needs


def spanish_day(day: str) -> str:
    """``2025-05-28T16:00`` as ``28 de mayo de 2025``."""
    found = date.fromisoformat(day[:10])
    months = (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
    )
    return f"{found.day} de {months[found.month - 1]} de {found.year}"


def english_day(day: str) -> str:
    """``2025-05-28T16:00`` as ``28 May 2025``."""
    found = date.fromisoformat(day[:10])
    return f"{found.day} {found:%B %Y}"
