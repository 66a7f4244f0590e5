"""YAML as claims are written in it: plain data, and the line that each part of it stands on.

PyYAML parses; what its rules of 2005 read unexpectedly is read as written instead: ``on`` and
``no`` are words, 04013 is a county and not the number 2059. Nothing but text, numbers, days,
true, false, lists and mappings can be written, so a file can neither run code nor swell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ..errors import EvidenceError

#: No file of claims comes near this; a larger one is something else.
LIMIT = 1_000_000

_TAG = "tag:yaml.org,2002:"

_SCALARS: dict[str, tuple[Callable[[str], Any], str]] = {
    "str": (str, "text"),
    "int": (int, "number"),
    "float": (float, "number"),
    "bool": (lambda text: text.lower() == "true", "yes or no"),
    "null": (lambda _: None, "nothing"),
    "timestamp": (date.fromisoformat, "day (YYYY-MM-DD)"),
}

#: A step from a whole to a part: a key of a mapping or a place in a list.
Path_ = tuple[str | int, ...]
Lines = dict[Path_, int]


class _Loader(yaml.SafeLoader):
    """The safe loader, with the scalars of YAML 1.2 and without aliases."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.get_mark()
            raise yaml.MarkedYAMLError(
                problem="an alias (*name) stands here; write it out", problem_mark=mark
            )
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {}
for _name, _pattern, _first in (
    ("bool", r"true|True|false|False", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
    ("null", r"~|null|", ("~", "n", "")),
    ("timestamp", r"\d{4}-\d{2}-\d{2}", "0123456789"),
):
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(f"^(?:{_pattern})$"), list(_first))


def read_yaml(path: Path) -> tuple[Any, Lines]:
    """The contents of a file as plain data, and the line of each part by its path from the top.

    Raises:
        EvidenceError: the file cannot be read, is too large, is no YAML, or holds what claims
            have no use for (aliases, tags, keys that are not words, a key twice).
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise EvidenceError(
            f"{path}: {error.strerror or error}", remedy="name a file of claims (YAML) that can be read"
        ) from error
    if len(raw) > LIMIT:
        raise EvidenceError(
            f"{path.name}: {len(raw):,} bytes; a file of claims has at most {LIMIT:,}", remedy="part the file"
        )
    try:
        return parse(raw.decode("utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise EvidenceError(f"{path.name}: byte {error.start} is no UTF-8", remedy="save as UTF-8") from error


def parse(text: str, name: str) -> tuple[Any, Lines]:
    """As :func:`read_yaml`, of a text; ``name`` is how errors call it."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        lines: Lines = {}
        return (None if node is None else _plain(node, (), lines, name)), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise EvidenceError(
            f"{name}{where}: this is no YAML: {error.problem or error}",
            remedy="see that colons are followed by a space, lists are indented alike, quotes are closed",
        ) from error
    except yaml.YAMLError as error:
        raise EvidenceError(f"{name}: this is no YAML: {error}", remedy="save it as plain UTF-8") from error
    except RecursionError as error:
        raise EvidenceError(f"{name}: nested too deeply", remedy="write claims as a plain list") from error


def _plain(node: yaml.Node, path: Path_, lines: Lines, name: str) -> Any:
    lines[path] = node.start_mark.line + 1
    at, kind = f"{name}, line {lines[path]}", node.tag.removeprefix(_TAG)
    if isinstance(node, yaml.MappingNode) and kind == "map":
        return dict(_pairs(node, path, lines, name))
    if isinstance(node, yaml.SequenceNode) and kind == "seq":
        return [_plain(item, (*path, i), lines, name) for i, item in enumerate(node.value)]
    if not isinstance(node, yaml.ScalarNode) or kind not in _SCALARS:
        raise EvidenceError(f"{at}: the tag {node.tag} has no meaning here", remedy="leave the tag out")
    text = str(node.value)
    read, what = _SCALARS[kind]
    try:
        return read(text)
    except ValueError as error:
        raise EvidenceError(f"{at}: {text[:40]!r} is no {what}", remedy=f"write a {what}") from error


def _pairs(node: yaml.MappingNode, path: Path_, lines: Lines, name: str) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key, value in node.value:
        at = f"{name}, line {key.start_mark.line + 1}"
        if key.tag != _TAG + "str":
            raise EvidenceError(
                f"{at}: a key must be a word", remedy="write keys as in `atlas287 claims new`"
            )
        if key.value in seen:
            raise EvidenceError(f"{at}: {key.value!r} stands twice", remedy="leave one of the two")
        seen.add(key.value)
        yield key.value, _plain(value, (*path, key.value), lines, name)
        lines[*path, key.value] = key.start_mark.line + 1
