"""What every picture must be, and reading paths as points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


def parsed(svg: str) -> ET.Element:
    """A picture as XML, once it is all that a picture must be."""
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    title, desc = list(root)[:2]
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text and desc.text
    elements = list(root.iter())
    ids = [e.get("id") for e in elements if e.get("id")]
    assert len(ids) == len(set(ids)), "an id is there twice"
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= set(ids)
    for e in elements:
        assert e.tag.removeprefix(SVG) not in ("style", "script", "foreignObject", "image"), e.tag
        for name, value in e.attrib.items():
            assert name != "style" and not name.startswith("on"), name
            if found := re.match(r"url\(#(.+)\)", value):
                assert found[1] in ids, value
            assert name in ("fill", "stop-opacity") or name not in PAINT, name
    # What is in an image cannot be reached; what can be reached is in a group.
    has_links = any(e.tag == f"{SVG}a" for e in elements)
    assert root.get("role") == ("group" if has_links else "img")
    return root


#: Attributes that would colour: only a pattern may, for a style sheet of its own file cannot name it.
PAINT = {"stroke", "fill", "stop-color", "color", "opacity", "fill-opacity", "font-size", "font-family"}


def points(d: str) -> Iterator[tuple[float, float]]:
    """The points of a path of ours, arcs by their ends."""
    x = y = 0.0
    start = (0.0, 0.0)
    for command, rest in re.findall(r"([MLHVZAmlhvza])([^MLHVZAmlhvza]*)", d):
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        relative = command.islower()
        kind = command.upper()
        size = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}[kind]
        if kind == "Z":
            x, y = start
            continue
        assert len(numbers) % size == 0 and numbers, d[:80]
        for n in range(0, len(numbers), size):
            own = numbers[n : n + size]
            dx, dy = {"H": (own[0], 0.0), "V": (0.0, own[0])}.get(
                kind, (own[-2], own[-1]) if size > 1 else (0, 0)
            )
            if relative:
                x, y = x + dx, y + dy
            else:
                x = own[0] if kind == "H" else x if kind == "V" else own[-2]
                y = own[0] if kind == "V" else y if kind == "H" else own[-1]
            if kind == "M" and n == 0:
                start = (x, y)
            yield x, y


def rings(d: str) -> list[list[tuple[float, float]]]:
    return [list(points("M" + part)) for part in d.split("M")[1:]]


def area(ring: list[tuple[float, float]]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def inside(root: ET.Element, margin: float = 0.0) -> None:
    """Every coordinate lies in the view box; per cents lie between 0 and 100."""
    box = root.get("viewBox")
    width, height = map(float, box.split()[2:]) if box else (100.0, float(root.get("height", "")))
    for e in root.iter():
        if e.tag == f"{SVG}path" and e.get("d") and box:
            for x, y in points(e.get("d", "")):
                assert -margin <= x <= width + margin and -margin <= y <= height + margin, (x, y, e.attrib)
        for name, most in (("x", width), ("x1", width), ("x2", width), ("cx", width)):
            if (value := e.get(name)) is not None:
                assert box or value.endswith("%") or value == "0", value
                assert -margin <= float(value.rstrip("%")) <= most + margin, (name, value)
        for name in ("y", "y1", "y2", "cy"):
            if (value := e.get(name)) is not None:
                assert -margin <= float(value) <= height + margin, (name, value)
        if not box and (value := e.get("width", "")).endswith("%") and e is not root:
            assert float(e.get("x", "0").rstrip("%")) + float(value.rstrip("%")) <= 100.01
