"""The command line. No logic of its own: it asks the atlas and shows the answer."""

from __future__ import annotations

import importlib
import json
import os
import sqlite3
import sys

import click

from ..errors import AmbiguousError, AtlasError, NoListError, NotFoundError

#: Exit codes beyond 1 (an error) and click's 2 (the command line is wrong).
EXITS: dict[type[AtlasError], int] = {NoListError: 3, AmbiguousError: 4, NotFoundError: 5}

#: Where each command is. A module is imported when one of its commands is asked for.
COMMANDS = {
    **dict.fromkeys(("status", "agencies", "agency", "changes", "growth", "trace", "lists", "check"), "ask"),
    "coverage": "reach",
    "model": "explain",
    **dict.fromkeys(("claims", "timeline", "money", "studies"), "evidence"),
    "memorandum": "read",
    "export": "take",
    "serve": "serve",
    **dict.fromkeys(("build", "add", "overview", "bundle"), "work"),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f".{COMMANDS[name]}", __name__), name)
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="atlas287")
def cli() -> None:
    """An open atlas of the 287(g) program: who signed what, when and where, from ICE's own lists."""


def main() -> None:
    """Run the command line; errors of the package go to stderr with their remedy.

    Exit codes: 1 error, 2 wrong usage, 3 no list is held for that day, 4 several agencies
    fit, 5 nothing goes by that name or id.
    """
    try:
        cli(standalone_mode=False)
        sys.stdout.flush()
    except AtlasError as error:
        _tell(error)
        sys.exit(next((code for kind, code in EXITS.items() if isinstance(error, kind)), 1))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, less) has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except sqlite3.DatabaseError as error:
        _tell(AtlasError(f"the register is damaged: {error}", "run `atlas287 build` to make it anew"))
        sys.exit(1)
    except OSError as error:
        what = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
        _tell(AtlasError(what, "see that the state folder (--home) may be written and its disk has room"))
        sys.exit(1)


def _tell(error: AtlasError) -> None:
    if "--json" in sys.argv:
        told: dict[str, object] = {"error": error.message, "remedy": error.remedy}
        if isinstance(error, AmbiguousError):
            told["candidates"] = error.candidates
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    click.echo(f"atlas287: {error}", err=True)


__all__ = ["cli", "main"]
