"""One server and one browser for all tests here, and pages that are watched for what must not happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

    from atlas287 import Atlas
    from atlas287.web.edition import Edition

    Opens = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def edition(atlas: Atlas) -> Edition:
    """What the served pages tell, asked in this process."""
    from atlas287.web.edition import Edition

    edition = Edition(atlas)
    edition.warm()
    return edition


@pytest.fixture(scope="session")
def served(bundle_home: Path) -> Iterator[str]:
    """The address of the served atlas, of the bundle's register."""
    from tests.browser.server import serving

    with serving(bundle_home) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from tests.browser.chromium import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def opened(browser: Browser, served: str) -> Opens:
    """Gives a page in a profile of its own: ``with opened(viewport=PHONE, color_scheme="dark") as page``.

    What is asked of Playwright's contexts is passed on. When the page is left, nothing may have gone wrong
    on it: no error said on the console (a breach of the policy of content is one), no exception, no request
    that failed or left the site. ``expected``: words of messages that are meant to come.
    """

    @contextmanager
    def open_page(base: str = "", expected: tuple[str, ...] = (), **asked: Any) -> Iterator[Page]:
        base = base or served
        wrong: list[str] = []
        context = browser.new_context(base_url=base, **asked)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda m: wrong.append(_told(m)) if m.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(f"exception: {error}"))
        page.on("requestfailed", lambda r: wrong.append(f"failed: {r.url} {r.failure}"))
        host = urlsplit(base).netloc
        page.on("request", lambda r: wrong.append(f"left: {r.url}") if _left(r.url, host) else None)
        yield page
        context.close()
        # A page that is left while a file is on its way stops that; nothing has gone wrong then.
        wrong = [w for w in wrong if not any(e in w for e in (*expected, "net::ERR_ABORTED"))]
        assert not wrong, wrong

    return open_page


def _told(message: ConsoleMessage) -> str:
    return f"console: {message.text} ({message.location['url']})"


def _left(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host
