"""What commands share: the types of their arguments, their common options, opening the atlas."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from ..atlas import Atlas

F = TypeVar("F", bound=Callable[..., Any])
MODELS = click.Choice(["jem", "tfm", "wso", "hybrid"])


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write YYYY-MM-DD", param, ctx)


class State(click.ParamType):  # type: ignore[type-arg]
    """A state or territory, by postal code or name."""

    name = "state"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from ..registry.text import STATE_NAMES, STATES, evened

        code: str = STATES.get(evened(value), str(value).strip().upper())
        if code not in STATE_NAMES:
            self.fail(f"{value!r} is no state or territory; write its postal code, such as FL", param, ctx)
        return code


def answers(command: F) -> F:
    """--json and --csv, which every question takes."""
    command = click.option("--csv", "form", flag_value="csv", help="Answer as CSV.")(command)
    return as_json(command)


def as_json(command: F) -> F:
    """--json."""
    return click.option("--json", "form", flag_value="json", help="Answer as JSON.")(command)


def at_home(command: F) -> F:
    """--home."""
    home = click.option(
        "--home", type=click.Path(path_type=Path), help="State folder (default: $ATLAS287_HOME)."
    )
    return home(command)


def open_atlas(home: Path | None) -> Atlas:
    """Open the atlas; a build that this takes is announced, and shows its progress."""
    return Atlas.open(home, progress=progress(), say=lambda text: click.echo(text, err=True))


def progress() -> Callable[[int], None] | None:
    """A counter on a terminal; silence in a pipe."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int) -> None:
        click.echo(f"\r  {done:,} documents read", nl=False, err=True)

    return tell
