"""Writing SVG: escaped, without styles or scripts, with a title and a description."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What XML 1.0 cannot hold, escaped or not.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
#: What may be linked to: pages of ours, and documents of others.
_LINK = re.compile(r"(?:https?://|[/?#.]|[\w-]+(?:[/?#.]|$))", re.ASCII)


def text(value: object) -> str:
    """Any value as text that is safe between tags and in an attribute."""
    return _NO_XML.sub("\ufffd", str(value)).translate(_ESCAPES)


def attributes(values: dict[str, object]) -> str:
    """Attributes, those that are None or "" left out; ``class_`` is class, ``_`` stands for ``-``."""
    shown = ((k.rstrip("_").replace("_", "-"), v) for k, v in values.items() if v is not None and v != "")
    return "".join(f' {name}="{number(v) if isinstance(v, float) else text(v)}"' for name, v in shown)


def element(tag: str, *children: str, **values: object) -> str:
    """An element; its children are markup already."""
    inside = "".join(children)
    return f"<{tag}{attributes(values)}>{inside}</{tag}>" if inside else f"<{tag}{attributes(values)}/>"


def number(value: float) -> str:
    """A coordinate in as few characters as two decimals need."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0.", "-.") if value else "0"


def link(href: str | None, *children: str, **values: object) -> str:
    """Markup as a link; as it is, where there is no address or one that is not of the web."""
    if not href or not _LINK.match(href) or href.startswith("//"):
        return "".join(children)
    return element("a", *children, href=href, **values)


def picture(
    body: Iterable[str],
    *,
    title: str,
    desc: str,
    id: str,
    class_: str,
    box: tuple[float, float] | None,
    height: float | None = None,
    **values: object,
) -> str:
    """A whole SVG: ``title`` and ``desc`` are what a screen reader says of it.

    Args:
        id: unlike any other on the page; ids inside begin with it.
        box: its view box, from 0 0; None for a picture as wide as its place and ``height`` pixels high,
            in which positions across are percentages.

    A picture with links in it is a group: what is inside an image cannot be reached.
    """
    inside = "".join(body)

    whole: dict[str, object] = {"xmlns": "http://www.w3.org/2000/svg", "id": id, "class_": class_}
    if box:
        whole["viewBox"] = f"0 0 {number(box[0])} {number(box[1])}"
    else:
        whole |= {"width": "100%", "height": height}
    whole |= {"role": "group" if "<a " in inside else "img"}
    whole |= {"aria_labelledby": f"{id}-title", "aria_describedby": f"{id}-desc"}
    return element(
        "svg",
        element("title", text(title), id=f"{id}-title"),
        element("desc", text(desc), id=f"{id}-desc"),
        inside,
        **whole,
        **values,
    )


def hatch(id: str, size: float = 6, class_: str = "hatch") -> str:
    """A pattern of slanting lines, for what is not known."""
    line = element("path", d=f"M0 {number(size)}L{number(size)} 0", class_=f"{class_}-line")
    ground = element("rect", width=size, height=size, class_=f"{class_}-ground")
    inner = f"{ground}{line}"
    pattern = element(
        "pattern", inner, id=id, width=size, height=size, patternUnits="userSpaceOnUse", class_=class_
    )
    return element("defs", pattern)
