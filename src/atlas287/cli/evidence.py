"""The commands on what others said and found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import AtlasError
from .options import answers, at_home, open_atlas
from .output import emit

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def claims() -> None:
    """Public statements, held against the lists."""


@claims.command("check")
@click.argument("file", required=False, type=_FILE)
@answers
@at_home
def check(file: Path | None, home: Path | None, form: str | None) -> None:
    """Every claim of FILE (default: those that ship) with its verdict, the figure found and its proof."""
    from . import show_evidence as show

    answer = open_atlas(home).claims(file)
    rows = [{"file": f["file"], **show.claim_row(c)} for f in answer["files"] for c in f["claims"]]
    emit(answer, form, lambda: show.claims(answer), rows)


@claims.command("new")
@click.argument("file", default="claims.yaml", type=_FILE)
@at_home
def new(file: Path, home: Path | None) -> None:
    """Ask for one claim, write it to FILE (default: claims.yaml), and check it."""
    from ..evidence.writing import add_claim
    from . import show_evidence as show

    written = add_claim(file, _asked_for())
    click.echo(f"\n{written.id} is written to {file}.\n")
    checked = open_atlas(home).claims(file)
    (told,) = (c for f in checked["files"] for c in f["claims"] if c["claim_id"].endswith(f"/{written.id}"))
    click.echo(show.claim(told))


def _asked_for() -> dict[str, Any]:
    """A claim as somebody at the prompt gives it; each answer is held to what the field may say."""
    from ..evidence import prompts
    from ..evidence.queries import QUERIES

    says = click.prompt("What is claimed, in your own words")
    claim: dict[str, Any] = {
        "id": click.prompt(
            "A short id for it", default=prompts.id_from(says), value_proc=_held(prompts.an_id)
        ),
        "says": says,
        "by": click.prompt("Who made it (a person in office, or a body)"),
        "made": click.prompt("When (YYYY-MM-DD, or YYYY-MM, or YYYY)", value_proc=_held(prompts.a_day)),
        "figure": click.prompt(
            "The figure (plain digits, a day, true or false)", value_proc=_held(prompts.a_figure)
        ),
    }
    if unit := click.prompt("Of what (agreements, states, percent …)", default="", show_default=False):
        claim["unit"] = unit
    click.echo("What checks it?")
    for name, query in QUERIES.items():
        click.echo(f"  {name:<12}{query.says}")
    name = click.prompt("Query", type=click.Choice(list(QUERIES)), show_choices=False)
    claim["query"] = {"ask": name}
    for key, param in QUERIES[name].params.items():
        told = f"  {key}: {param.says}"
        if param.needed:
            claim["query"][key] = click.prompt(told, value_proc=_held(prompts.a_value(param)))
        elif given := click.prompt(
            f"{told} (Enter: leave out)",
            default="",
            show_default=False,
            value_proc=_held(prompts.a_value(param)),
        ):
            claim["query"][key] = given
    if name == "nothing":
        claim["needs"] = click.prompt("What would be needed to check it")
    claim["source"] = {
        "title": click.prompt("Title of what it stands in"),
        "publisher": click.prompt("Publisher"),
        "url": click.prompt("Address", value_proc=_held(prompts.an_address)),
        "published": click.prompt(
            "Published (YYYY-MM-DD)", default=str(claim["made"]), value_proc=_held(prompts.a_day)
        ),
        "read": click.prompt("Where you read it", default="at that address"),
    }
    return claim


def _held(read: Any) -> Any:
    """A value_proc of click's: an answer that a reader of ours refuses is asked for again."""

    def held(answer: str) -> Any:
        try:
            return read(answer)
        except AtlasError as error:
            raise click.BadParameter(f"{error.message}; {error.remedy}") from error

    return held


@click.command()
@answers
@at_home
def timeline(home: Path | None, form: str | None) -> None:
    """The program's story, event by event, joined to what the lists hold."""
    from . import show_evidence as show

    answer = open_atlas(home).timeline()
    emit(answer, form, lambda: show.timeline(answer), answer["events"])


@click.command()
@answers
@at_home
def money(home: Path | None, form: str | None) -> None:
    """Who pays: memoranda, ICE, states, and what counties published of their costs."""
    from . import show_evidence as show

    answer = open_atlas(home).money()
    emit(answer, form, lambda: show.money(answer), [row for kind in answer["kinds"] for row in kind["rows"]])


@click.command()
@answers
@at_home
def studies(home: Path | None, form: str | None) -> None:
    """What others found, by outcome, and whether their figures can be put together."""
    from . import show_evidence as show

    answer = open_atlas(home).studies()
    rows = [row for outcome in answer["outcomes"] for row in outcome["rows"]]
    emit(answer, form, lambda: show.studies(answer), rows)
