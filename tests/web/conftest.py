"""The served atlas, of the bundle's register and of a hostile one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from atlas287 import Atlas
from atlas287.web.app import create_app
from atlas287.web.edition import Edition
from atlas287.web.limits import Meter
from atlas287.web.site import Site
from tests.listmaker import HEADER, Link, put, workbook

BASE = "https://atlas.example"
#: What somebody might put into a cell of a list, or a name that merely looks like it.
SCRIPT = "<script>alert(1)</script> Police Department"
QUOTES = "\"Quote\" & 'Sons' <b>Town</b> Police Department"


@pytest.fixture(scope="session")
def edition(atlas: Atlas) -> Edition:
    edition = Edition(atlas)
    edition.warm()
    return edition


@pytest.fixture(scope="session")
def client(atlas: Atlas) -> TestClient:
    """A reader of the bundle's atlas who follows no redirect, and may ask as often as tests do."""
    app = create_app(atlas, Site(base=BASE))
    app.state.taken = app.state.searches = Meter(1e6, 1_000_000)
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A reader of an atlas built from lists whose names, counties and links mean harm."""
    root = tmp_path_factory.mktemp("hostile")
    agencies = [
        ("ALABAMA", SCRIPT, "Municipality", "<i>Etowah</i> County", "Task Force Model"),
        ("ALABAMA", QUOTES, "Municipality", "{{ 7 * 7 }} County", "Task Force Model"),
        ("TEXAS", "Jackson County Sheriff's Office", "County", "Jackson County", "Jail Enforcement Model"),
        ("TEXAS", '=HYPERLINK("http://x") Police Department', "Municipality", "Bell", "Task Force Model"),
    ]
    links = [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example/x",
    ]
    signed = date(2026, 5, 4)
    for day in ("05112026am", "05122026am"):
        rows = [
            [*agency, signed, Link("MOA", link), None] for agency, link in zip(agencies, links, strict=True)
        ]
        if day == "05122026am":
            rows = rows[:3]
        put(root / "lists" / "participating" / f"participatingAgencies{day}.xlsx", workbook([HEADER, *rows]))
    home = root / "home"
    Atlas.build(root / "lists", home)
    return TestClient(create_app(Atlas.open(home)), follow_redirects=False)


@pytest.fixture(scope="session")
def page(client: TestClient) -> Callable[[str], str]:
    """The text of a page that is there."""

    def get(path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    return get


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    return tmp_path / "lists"
