"""One measured step in a process of its own; prints the seconds it took, imports left out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine

from atlas287 import Atlas
from atlas287.home import Home
from atlas287.registry.build import refresh


def read(lists: str) -> None:
    """U: every cell of every workbook, in one thread."""
    for path in Path(lists).rglob("*.xlsx"):
        book = python_calamine.CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def build(home: str, lists: str | None = None) -> None:
    """A full build, from the bundle or from workbooks."""
    Atlas.build(Path(lists) if lists else None, home)


def add(home: str, path: str) -> None:
    """Take up one new list: into the archive, and into the register."""
    Atlas.add([Path(path)], home)
    refresh(Home(home))


STEPS: dict[str, Callable[..., None]] = {"read": read, "build": build, "add": add}

if __name__ == "__main__":
    began = time.perf_counter()
    STEPS[sys.argv[1]](*sys.argv[2:])
    print(time.perf_counter() - began)
