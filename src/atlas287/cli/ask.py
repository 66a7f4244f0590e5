"""The commands that ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..errors import NotFoundError
from ..registry.questions.asked import BASES, GROWTH, KINDS, STATUSES
from .options import MODELS, Day, State, answers, at_home, open_atlas
from .output import emit


@click.command()
@click.option("--on", type=Day(), help="The day (default: the newest list's).")
@click.option("--basis", type=click.Choice(BASES), default="listed", show_default=True)
@click.option("--state", type=State())
@click.option("--model", type=MODELS)
@answers
@at_home
def status(
    on: date | None, basis: str, state: str | None, model: str | None, home: Path | None, form: str | None
) -> None:
    """How many agreements, of whom, where, on a day."""
    answer = open_atlas(home).status(on, basis, state, model)

    def text() -> str:
        from . import show

        return show.status(answer)

    emit(answer, form, text)


@click.command()
@click.option("--state", type=State())
@click.option("--status", type=click.Choice(STATUSES))
@click.option("--model", type=MODELS, help="Only agencies with an active agreement of this model.")
@answers
@at_home
def agencies(
    state: str | None, status: str | None, model: str | None, home: Path | None, form: str | None
) -> None:
    """Every agency that a list, or a source of before the lists, names."""
    from ..registry.questions.agencies import agencies as ask
    from . import show

    atlas = open_atlas(home)
    rows = ask(atlas.db, state, status, model)
    emit(rows, form, lambda: show.agencies(rows, atlas.db))


@click.command()
@click.argument("name")
@click.option("--state", type=State())
@answers
@at_home
def agency(name: str, state: str | None, home: Path | None, form: str | None) -> None:
    """One agency's history: NAME is its id, any spelling a list printed, or words that fit one."""
    from . import show

    answer = open_atlas(home).history(name, state)
    # An agency that no list ever printed has spells alone.
    emit(answer, form, lambda: show.history(answer), answer["agreements"] or answer["spells"])


@click.command()
@click.argument("start", type=Day())
@click.argument("end", type=Day())
@click.option("--state", type=State())
@answers
@at_home
def changes(start: date, end: date, state: str | None, home: Path | None, form: str | None) -> None:
    """What the list gained and lost between the days START and END."""
    from . import show

    answer = open_atlas(home).changes(start, end, state)
    rows = [{"change": kind, **row} for kind in show.CHANGES for row in answer[kind]]
    emit(answer, form, lambda: show.changes(answer), rows)


@click.command()
@click.option("--by", type=click.Choice(GROWTH), default="month", show_default=True)
@click.option("--basis", type=click.Choice(BASES), help="One basis alone [default: in-force, then listed].")
@answers
@at_home
def growth(by: str, basis: str | None, home: Path | None, form: str | None) -> None:
    """How the program grew: in force by all sources from 2002, then on ICE's lists."""
    from ..registry.questions.growth import growth as ask
    from .show_growth import growth as show_growth

    if by == "state" and basis == "in-force":
        raise click.UsageError("--by state is on basis listed")
    atlas = open_atlas(home)
    rows = ask(atlas.db, by, basis)
    emit(rows, form, lambda: show_growth(rows, by, atlas.db))


@click.command()
@click.argument("fact_id")
@answers
@at_home
def trace(fact_id: str, home: Path | None, form: str | None) -> None:
    """From a fact to the cells that show it: FACT_ID is an id of an agreement, event, agency or list.

    AGREEMENT#signed_on (or #first_listed …) asks for one of its facts; LIST#214 for one row of a list.
    """
    from . import show

    answer = open_atlas(home).trace(fact_id)
    emit(answer, form, lambda: show.trace(answer), answer["evidence"])


@click.command()
@click.option("--kind", type=click.Choice(KINDS))
@answers
@at_home
def lists(kind: str | None, home: Path | None, form: str | None) -> None:
    """Every list held, in order, with the instant it speaks for and how that was decided."""
    from ..registry.questions.lists import lists as ask
    from . import show

    db = open_atlas(home).db
    rows = ask(db, kind)
    emit(rows, form, lambda: show.lists(rows, db))


@click.command()
@click.option("--failing", is_flag=True, help="Only checks that fail.")
@click.option("--rows", "of", metavar="CHECK", help="The rows of one check.")
@click.option("--quarantine", is_flag=True, help="What could not be read, with reason and remedy.")
@click.option("--candidates", is_flag=True, help="Spellings that may be one agency's, undecided.")
@answers
@at_home
def check(
    failing: bool, of: str | None, quarantine: bool, candidates: bool, home: Path | None, form: str | None
) -> None:
    """The QA table of the build in use."""
    from ..registry.questions import quality
    from . import show

    db = open_atlas(home).db
    if quarantine or candidates:
        rows = quality.quarantine(db) if quarantine else quality.candidates(db)
        emit(rows, form, lambda: show.quarantine(rows) if quarantine else show.candidates(rows))
        return
    found = [c for c in quality.checks(db) if not failing or c["result"] == "fail"]
    if of is None:
        emit(found, form, lambda: show.checks(found, db))
        return
    named = [c for c in found if c["name"] == of]
    if not named:
        raise NotFoundError(f"no check is called {of!r}", remedy="see `atlas287 check`")
    emit(named[0], form, lambda: "\n".join(map(str, named[0]["rows"])))
