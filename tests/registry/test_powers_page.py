"""docs/powers.md is what its script writes."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from tests.conftest import REPO

SCRIPT = REPO / "scripts" / "powers_page.py"


def script() -> ModuleType:
    if not SCRIPT.is_file():
        pytest.skip(f"no {SCRIPT}: scripts do not ship with the source distribution")
    spec = importlib.util.spec_from_file_location("powers_page", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    made = script()
    assert made.PAGE.read_text(encoding="utf-8") == made.page(), "run scripts/powers_page.py"


def test_every_line_of_a_table_has_as_many_cells_as_its_head() -> None:
    width = None
    for line in script().page().splitlines():
        if not line.startswith("|"):
            width = None
            continue
        cells = line.replace("\\|", "").count("|") - 1
        assert width in (None, cells), line
        width = cells
