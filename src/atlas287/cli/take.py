"""The commands that write whole files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .options import at_home, open_atlas, web_address
from .serve import NEEDS

FORMATS = ("csv", "parquet", "excel", "stata")


@click.group()
def export() -> None:
    """Write whole files to take away."""


@export.command("data")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format", "formats", type=click.Choice(FORMATS), multiple=True, default=FORMATS,
    help="Only this format; may be given again (default: all).",
)  # fmt: skip
@at_home
def data(folder: Path, formats: tuple[str, ...], home: Path | None) -> None:
    """Every table as CSV, Parquet, Excel and Stata files, with dictionary, citation and checksums."""
    atlas = open_atlas(home)
    say = (lambda name: click.echo(f"  {name}", err=True)) if sys.stderr.isatty() else (lambda _: None)
    files = atlas.export_data(folder, formats=dict.fromkeys(formats), progress=say)
    size = sum(path.stat().st_size for path in files)
    click.echo(f"{len(files)} files, {size / 1e6:,.1f} MB, in {folder}; {files[-1].name} has their sums.")


@export.command("site")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--base", default="", metavar="URL", callback=web_address,
    help="The address that the folder will be found under.",
)  # fmt: skip
@click.option(
    "--report", default="", metavar="URL", callback=web_address,
    help="Where readers report errors (https: or mailto:).",
)  # fmt: skip
@click.option("--processes", type=click.IntRange(1), help="How many work at once (default: all there are).")
@at_home
def site(folder: Path, base: str, report: str, processes: int | None, home: Path | None) -> None:
    """The atlas as a static site: every page in English and Spanish, for any file host or sub-path."""
    try:
        from ..web.export import export_site
        from ..web.site import Site
    except ModuleNotFoundError as error:
        raise NEEDS from error
    atlas = open_atlas(home)
    shown = sys.stderr.isatty()

    def say(done: int, of: int) -> None:
        if shown:
            click.echo(f"\r  {done:,} of {of:,} pages", nl=done == of, err=True)

    about = Site(base=base, static=True, report=report)
    made = export_site(atlas, folder, about, processes, progress=say)
    click.echo(f"{made.pages:,} pages, {made.files:,} files, {made.size / 1e6:,.0f} MB, in {folder}.")
