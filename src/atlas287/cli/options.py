"""What commands share: the types of their arguments, their common options, opening the atlas."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from ..atlas import Atlas
from ..errors import AskedError
from ..registry.questions import asked
from ..registry.text import MODELS as ALL_MODELS

F = TypeVar("F", bound=Callable[..., Any])
MODELS = click.Choice(list(ALL_MODELS))


class _Asked(click.ParamType):  # type: ignore[type-arg]
    """An argument as `asked` reads it, for the command line and for Python alike."""

    read: Callable[[Any], Any]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return type(self).read(value)
        except AskedError as error:
            self.fail(f"{error.message}; {error.remedy}", param, ctx)


class Day(_Asked):
    """A day, YYYY-MM-DD."""

    name = "date"
    read = staticmethod(asked.day)


class State(_Asked):
    """A state or territory, by postal code or name."""

    name = "state"
    read = staticmethod(asked.state)


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


def web_address(_: click.Context, param: click.Parameter, value: str) -> str:
    """What ``--base`` and ``--report`` take, or nothing; only the latter may be a mailbox."""
    mailbox = param.name == "report" and value.startswith("mailto:")
    parts = urlsplit(value)
    if value and not mailbox and not (parts.scheme in ("http", "https") and parts.netloc):
        ways = "https://example.org/atlas" + (" or mailto:who@example.org" if param.name == "report" else "")
        raise click.BadParameter(f"{value!r} is no address on the web; write it like {ways}")
    return value if param.name == "report" else value.rstrip("/")


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
