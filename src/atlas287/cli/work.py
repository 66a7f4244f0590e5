"""The commands that build the register, add to the record, and show it all at a glance."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..atlas import Atlas
from . import show
from .options import as_json, at_home, open_atlas, progress
from .output import emit


@click.command()
@click.option(
    "--lists", type=click.Path(path_type=Path), help="Build from this folder of lists, not from the bundle."
)
@click.option(
    "--testimony", type=click.Path(path_type=Path), help="Read other sources from this folder instead."
)
@click.option("--strict", is_flag=True, help="Fail if anything was quarantined.")
@as_json
@at_home
def build(
    lists: Path | None, testimony: Path | None, strict: bool, home: Path | None, form: str | None
) -> None:
    """Build the register anew, check it, and say what moved against the build before."""
    built = Atlas.build(lists, home, strict, progress(), testimony)
    answer = {
        "build_id": built.current.build_id,
        "checks": [
            {"name": c.name, "what": c.what, "expected": c.expected, "found": c.found, "result": c.result}
            for c in built.checks
        ],
        "moves": [
            {"table": m.table, "added": m.added, "gone": m.gone, "changed": m.changed} for m in built.moves
        ],
        "quarantined": built.quarantined,
    }
    emit(answer, form, lambda: show.built(answer))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--build/--no-build",
    "then_build",
    default=True,
    help="Take up what is new at once, or with the next question.",
)
@as_json
@at_home
def add(paths: tuple[Path, ...], then_build: bool, home: Path | None, form: str | None) -> None:
    """Add files and folders to the archive. Adding the same sighting twice changes nothing."""
    added = Atlas.add(paths, home)
    answer: dict[str, Any] = {
        "new_documents": added.new_documents,
        "new_sightings": added.new_sightings,
        "already_known": added.already_known,
        "repaired": added.repaired,
        "left_out": added.left_out,
        "failures": [{"path": str(f.path), "reason": f.reason, "remedy": f.remedy} for f in added.failures],
    }
    if then_build and (added.new_sightings or added.repaired):
        from ..registry.questions.newest import newest_or_none
        from ..registry.questions.quality import quarantine

        atlas = open_atlas(home)
        answer["newest_list"] = newest_or_none(atlas.db)
        answer["quarantined"] = [q for q in quarantine(atlas.db) if q["what"] in ("document", "sheet")]
    emit(answer, form, lambda: show.added(answer))
    if added.failures:
        sys.exit(1)


@click.command()
@at_home
def overview(home: Path | None) -> None:
    """The state of the program at a glance, and what to ask next."""
    from ..registry.questions.growth import growth
    from .show_growth import growth_chart

    atlas = open_atlas(home)
    answer = atlas.status()
    now = date.fromisoformat(answer["on"])
    click.echo(show.status(answer))
    click.echo(f"\n{growth_chart(growth(atlas.db))}\n")
    click.echo(atlas.changes(now.replace(day=1), now)["sentence"])
    click.echo(
        "\nAsk next:\n"
        "  .venv/bin/atlas287 status --on 2025-05-28 --state FL\n"
        '  .venv/bin/atlas287 agency "Frederick County" --state MD\n'
        f"  .venv/bin/atlas287 changes 2025-01-20 {now}\n"
        "  .venv/bin/atlas287 trace md-frederick-county-sheriff/jem/2020-06-09\n"
        "  .venv/bin/atlas287 --help"
    )


@click.command()
@click.option("--lists", type=click.Path(path_type=Path, exists=True), help="Folder of ICE's lists.")
@click.option(
    "--counties",
    type=click.Path(path_type=Path, exists=True),
    help="The Census Bureau's county_adjacency.txt; goes with --acs.",
)
@click.option(
    "--acs",
    type=click.Path(path_type=Path, exists=True),
    help="County estimates of the American Community Survey (acs2017_county_data.csv); goes with --counties.",
)
@click.option(
    "--testimony", type=click.Path(path_type=Path), help="Folder of the sources that speak before the lists."
)
@click.option(
    "--boundaries",
    type=click.Path(path_type=Path, exists=True),
    help="counties-10m.json of npm's us-atlas@3 (`make boundaries` fetches it).",
)
@click.option(
    "--agencies",
    type=click.Path(path_type=Path, exists=True),
    help="The FBI's roster: a CSV of Law Enforcement Employees, or the Crime Data Explorer's JSON.",
)
@click.option(
    "--memoranda",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of ICE's signed memoranda (PDF), a folder a state; needs the extra memoranda and Tesseract.",
)
def bundle(
    lists: Path | None,
    counties: Path | None,
    acs: Path | None,
    boundaries: Path | None,
    testimony: Path | None,
    agencies: Path | None,
    memoranda: Path | None,
) -> None:
    """Write what ships with the package anew, from the sources' own files (for maintainers)."""
    from ..registry.bundling import write_bundle

    more = {"acs": acs, "boundaries": boundaries, "testimony": testimony, "memoranda": memoranda}
    for name, size in write_bundle(lists, counties, agencies, click.echo, **more, progress=progress()):
        click.echo(f"{size:>10,}  {name}")
