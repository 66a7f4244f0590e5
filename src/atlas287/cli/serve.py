"""The command that opens the atlas for the browser."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path

import click

from ..errors import AtlasError
from .options import at_home, open_atlas, web_address

NEEDS = AtlasError(
    "pages need Starlette, Jinja2, Babel and uvicorn, which the extra `web` brings",
    remedy='pip install "atlas287[web]" (in a checkout: make serve)',
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8287, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--base", default="", metavar="URL", callback=web_address,
    help="The public address of the site, if it has one.",
)  # fmt: skip
@click.option("--root-path", default="", metavar="PATH", help="The path it stands under, behind a proxy.")
@click.option(
    "--report", default="", metavar="URL", callback=web_address,
    help="Where readers report errors (https: or mailto:).",
)  # fmt: skip
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
    root = f"/{root_path.strip('/')}".rstrip("/")
    with listening(host, port) as at:
        app = create_app(open_atlas(home), Site(base=base, root=root, report=report), draw=can_draw())
        where = f"[{host}]" if ":" in host else host
        click.echo(f"Atlas287 is at http://{where}:{at.getsockname()[1]}{root}/ (Ctrl-C stops it)", err=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
        with contextlib.suppress(KeyboardInterrupt):  # raised anew once the last reader has been answered
            server.run(sockets=[at])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; taken before the atlas is opened, so that a refusal comes at once.

    Raises:
        AtlasError: the port is in use, or the address is none of this machine's.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        why = str(error.strerror or error).partition(" (while")[0]  # Python adds the address, told already
        raise AtlasError(
            f"nothing can listen at {host}, port {port}: {why}",
            remedy="name another port (--port) or another address (--host)",
        ) from error
