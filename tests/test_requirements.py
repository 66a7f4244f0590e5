"""The pins in requirements/ agree with pyproject.toml and with each other (`make lock` makes them)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPO = Path(__file__).resolve().parents[1]
FILES = ("core", "charts", "effects", "export", "memoranda", "web", "build", "dev", "lock")


def text(name: str) -> str:
    return (REPO / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> set[Requirement]:
    return {Requirement(line.rstrip(" \\")) for line in re.findall(r"^[a-z0-9].*", text(name), re.MULTILINE)}


def asked() -> dict[str, list[Requirement]]:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]

    def of(group: str) -> list[str]:
        return [
            r
            for item in groups[group]
            for r in ([item] if isinstance(item, str) else of(item["include-group"]))
        ]

    core = project["project"]["dependencies"]
    extras = project["project"]["optional-dependencies"]
    wanted = {
        "core": core, **{extra: core + rows for extra, rows in extras.items()},
        "build": of("build"), "dev": core + of("dev"), "lock": of("lock"),
    }  # fmt: skip
    return {name: [Requirement(r) for r in rows] for name, rows in wanted.items()}


@pytest.mark.parametrize("name", FILES)
def test_what_pyproject_asks_for_is_pinned_within_its_range(name: str) -> None:
    pinned = {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins(name)}
    for wanted in asked()[name]:
        version = pinned.get(canonicalize_name(wanted.name))
        assert version and version in wanted.specifier, f"{wanted}: pinned at {version}; run make lock"


@pytest.mark.parametrize("name", ["core", "charts", "effects", "export", "memoranda", "web", "build"])
def test_one_environment_satisfies_the_small_files_and_dev(name: str) -> None:
    # By version: a pin that the small file needs on some platforms alone may be for all in dev.txt.
    small, dev = ({(pin.name, str(pin.specifier)) for pin in pins(of)} for of in (name, "dev"))
    assert small <= dev


@pytest.mark.parametrize("name", FILES)
def test_every_pin_is_hashed_and_names_no_host(name: str) -> None:
    for block in re.split(r"^(?=[a-z0-9])", text(name), flags=re.MULTILINE)[1:]:
        assert re.match(r"\S+==\S+ ", block) and "--hash=sha256:" in block
    assert not re.search(r"://|^-|--(extra-)?index|--find-links", text(name), re.MULTILINE)
