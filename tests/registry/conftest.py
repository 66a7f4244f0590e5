from __future__ import annotations

from pathlib import Path

import pytest

from atlas287.home import Home
from tests.listmaker import small_folder


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder of four small lists."""
    return small_folder(tmp_path / "lists")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A state folder with nothing in it."""
    return Home(tmp_path / "state")
