"""The command that opens the atlas for the browser."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import AtlasError
from .options import at_home, open_atlas

NEEDS = AtlasError(
    "pages need Starlette, Jinja2, Babel and uvicorn, which the extra `web` brings",
    remedy='pip install "atlas287[web]" (in a checkout: make serve)',
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8287, show_default=True, type=click.IntRange(0, 65535))
@click.option("--base", default="", metavar="URL", help="The public address of the site, if it has one.")
@click.option("--root-path", default="", metavar="PATH", help="The path it stands under, behind a proxy.")
@click.option("--report", default="", metavar="URL", help="Where readers report errors (https: or mailto:).")
@at_home
def serve(host: str, port: int, base: str, root_path: str, report: str, home: Path | None) -> None:
    """Serve the atlas as pages, JSON and downloads; a new build is taken up while it runs."""
    try:
        import uvicorn

        from ..charts.raster import can_draw
        from ..web.app import create_app
        from ..web.site import Site
    except ModuleNotFoundError as error:
        raise NEEDS from error
    atlas = open_atlas(home)
    site = Site(base=base.rstrip("/"), root=root_path.rstrip("/"), report=report)
    app = create_app(atlas, site, draw=can_draw())
    click.echo(f"Atlas287 is at http://{host}:{port}{site.root}/ (Ctrl-C stops it)", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
