"""Debian's Chromium, driven by Playwright: for tests, and for what looks at pages besides them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import browser_found

PHONE = {"width": 360, "height": 800}
DESKTOP = {"width": 1280, "height": 900}
#: The browser asks nobody but the site: no updates, no sync, no component of its own.
ARGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window, of the system's own; nothing is downloaded.

    Raises:
        RuntimeError: there is no Chromium on the PATH.
    """
    found = browser_found()
    if found is None:
        raise RuntimeError("no Chromium on the PATH; scripts/system-packages.sh installs Debian's")
    # Chromium refuses to sandbox itself as root, which is what containers run as.
    args = [*ARGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=args)
        yield browser
        browser.close()
