"""Write small pictures of main pages, as a browser shows them, into docs/screens/.

    .venv/bin/python -m scripts.screens [FOLDER]

Needs a Chromium and the developer's environment. Pictures are WebP of 60 kB at most, so that a checkout
stays small; a picture that will not come under that at a fair quality fails the run.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image

from atlas287 import Atlas
from tests.browser.chromium import DESKTOP, PHONE, chromium
from tests.browser.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).parent.parent / "docs" / "screens"
MOST = 60_000
#: Pixels: a desk's picture is shown smaller than it is, as a README shows it.
WIDEST = 900


class Screen(NamedTuple):
    """A picture: its name, the page, on what, and the day that the map's slider is moved to."""

    name: str
    path: str
    size: Any = DESKTOP
    scheme: str = "light"
    day: int | None = None
    to: str = ""


SCREENS = (
    Screen("home", "/"),
    Screen("home-phone", "/", PHONE),
    Screen("home-spanish-dark", "/es/", DESKTOP, "dark"),
    Screen("map", "/map/", to="figure"),
    Screen("map-2025-05-28", "/map/", DESKTOP, "dark", 1596, "figure"),
    Screen("growth", "/", to="#growth"),
    Screen("state", "/states/fl/", to="figure"),
    Screen("agency", "/agencies/md-frederick-county-sheriff/"),
    Screen("agency-phone-dark", "/agencies/md-frederick-county-sheriff/", PHONE, "dark"),
    Screen("evidence", "/agencies/md-frederick-county-sheriff/jem/2020-06-09/"),
    Screen("county", "/counties/51107/"),
    Screen("how-it-works", "/how/"),
    Screen("changes-phone", "/changes/", PHONE),
)


def main(folder: Path) -> None:
    """Write every picture and say what it weighs."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        Atlas.build(home=home)
        with serving(home) as address, chromium() as browser:
            for screen in SCREENS:
                context = browser.new_context(
                    base_url=address,
                    viewport=screen.size,
                    color_scheme=screen.scheme,
                    reduced_motion="reduce",
                )
                page = context.new_page()
                shown(page, screen)
                body = packed(page.screenshot(), screen.name)
                context.close()
                (folder / f"{screen.name}.webp").write_bytes(body)
                print(f"{len(body):>7,}  {screen.name}.webp  {screen.path}")


def shown(page: Page, screen: Screen) -> None:
    """Bring a page to what its picture is to show."""
    page.goto(screen.path, wait_until="networkidle")
    if screen.day is not None:
        page.get_by_role("slider").fill(str(screen.day))
    if screen.to:
        page.locator(f"main {screen.to}").first.evaluate("(part) => part.scrollIntoView({ block: 'start' })")


def packed(png: bytes, name: str) -> bytes:
    """A picture as WebP, at the best quality that is small enough."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.thumbnail((WIDEST, WIDEST))
    for quality in (90, 80, 70, 60):
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST:
            return out.getvalue()
    raise SystemExit(f"{name} takes more than {MOST:,} bytes at any fair quality")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
