"""A picture outside the page: the style sheet's colours written into the marks themselves.

A file that is downloaded, put into a document or drawn to pixels has no style sheet beside it, and
few programs but browsers read one with variables. So rules are looked up here and become attributes.
Read is only what ``charts.css`` uses: classes, tags and descent; a test holds it to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from . import CSS

_SVG = "http://www.w3.org/2000/svg"
#: Properties that are attributes of SVG as well.
_ATTRIBUTES = frozenset(
    "fill fill-opacity stroke stroke-width stroke-dasharray stroke-linejoin stop-color font-size "
    "font-weight paint-order display".split()
)
SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
_FAMILY = f"{SANS}, system-ui, sans-serif"

THEMES = ("light", "dark")


class _Simple(NamedTuple):
    """A tag ("" for any) and classes, all of which an element must have."""

    tag: str
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rule:
    path: tuple[_Simple, ...]  # ancestors from the outside in, the element itself last
    weight: tuple[int, int, int]  # classes, tags, place in the sheet
    values: Mapping[str, str]


@cache
def colours(theme: str = "light") -> dict[str, str]:
    """The palette: custom properties of a theme without their dashes (``jem``, ``cover-4`` …)."""
    roots = [dict(_declared(body)) for body in re.findall(r":root\s*\{([^}]*)\}", _sheet())]
    chosen = roots[0] if theme == "light" else roots[0] | roots[THEMES.index(theme)]
    return {name.removeprefix("--"): value for name, value in chosen.items()}


def plain(svg: str, theme: str = "light", scale: float = 1) -> str:
    """A picture with colours of its own, the same in every program.

    Args:
        scale: pixels to a unit of its view box, by which strokes that keep their width are divided.

    Raises:
        ValueError: it is not SVG.
    """
    ET.register_namespace("", _SVG)
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        raise ValueError(f"not SVG: {error}") from error
    _paint(root, (), _rules(theme), scale)
    root.set("font-family", _FAMILY)
    return ET.tostring(root, encoding="unicode")


def _paint(element: ET.Element, above: tuple[_Simple, ...], rules: tuple[_Rule, ...], scale: float) -> None:
    tag = element.tag.rpartition("}")[2]
    here = (*above, _Simple(tag, frozenset(element.get("class", "").split())))
    values: dict[str, str] = {}
    for rule in rules:
        if _fits(rule.path, here):
            values |= rule.values
    if tag in {"path", "rect", "circle", "line", "text", "stop", "svg", "g"}:
        even = values.get("vector-effect") == "non-scaling-stroke"
        for name, value in values.items():
            if name in _ATTRIBUTES and not (name == "fill" and element.get("fill", "").startswith("url(")):
                element.set(name, _attribute(name, value, scale if even else 1))
        if tag == "text":
            element.set("font-family", _FAMILY)
    for child in element:
        _paint(child, here, rules, scale)


def _attribute(name: str, value: str, scale: float) -> str:
    if name == "stroke-width":
        return f"{float(value.removesuffix('px')) / scale:.3g}"
    return value.removesuffix("px") if name == "font-size" else value


def _fits(path: tuple[_Simple, ...], here: tuple[_Simple, ...]) -> bool:
    """Whether the last of a path is the element, and the others are among what is above it, in order."""
    if not _is(path[-1], here[-1]):
        return False
    at = len(here) - 2
    for simple in reversed(path[:-1]):
        while at >= 0 and not _is(simple, here[at]):
            at -= 1
        if at < 0:
            return False
        at -= 1
    return True


def _is(simple: _Simple, element: _Simple) -> bool:
    return simple.tag in ("", element.tag) and simple.classes <= element.classes


@cache
def _sheet() -> str:
    return re.sub(r"/\*.*?\*/", "", CSS.read_text(encoding="utf-8"), flags=re.S)


@cache
def _rules(theme: str) -> tuple[_Rule, ...]:
    """The rules outside of any @media, in the order in which the later wins."""
    palette = colours(theme)
    found = []
    for place, (selectors, body) in enumerate(_outside_media(_sheet())):
        values = {
            name: re.sub(r"var\(--([\w-]+)\)", lambda m: palette[m[1]], value)
            for name, value in _declared(body)
            if not name.startswith("--")
        }
        for selector in selectors.split(","):
            if re.search(r"[:\[>+~]", selector):
                continue  # what only a page knows: focus, hover, attributes
            path = tuple(_simple(part) for part in selector.split())
            weight = (sum(len(s.classes) for s in path), sum(bool(s.tag) for s in path), place)
            found.append(_Rule(path, weight, values))
    return tuple(sorted(found, key=lambda rule: rule.weight))


def _simple(part: str) -> _Simple:
    tag, *classes = part.split(".")
    return _Simple(tag, frozenset(classes))


def _declared(body: str) -> Iterator[tuple[str, str]]:
    for line in body.split(";"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _outside_media(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and bodies of the rules that are in no block of another."""
    depth, start, head = 0, 0, ""
    for n, char in enumerate(sheet):
        if char == "{":
            if not depth:
                head, start = sheet[start:n].strip(), n + 1
            depth += 1
        elif char == "}":
            depth -= 1
            if not depth:
                if not head.startswith("@"):
                    yield head, sheet[start:n]
                start = n + 1
