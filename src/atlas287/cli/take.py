"""The commands that write whole files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .options import at_home, open_atlas

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
