"""The links of a written site: which of them lead to nothing."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Page(HTMLParser):
    """Collects where a page links to, and the anchors it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value:
                continue
            if name in ("href", "src", "action", "data-index") or (name == "data-days" and tag == "figure"):
                self.links.add(value)
            elif name == "id":
                self.anchors.add(value)
            elif name == "content" and value.startswith("0; url="):
                self.links.add(value.removeprefix("0; url="))


def read(path: Path) -> tuple[set[str], set[str]]:
    """The links of a page, and its anchors."""
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page.links, page.anchors


def dead_links(folder: Path, names: Collection[str]) -> Iterator[str]:
    """Every internal link that leads to no file of the site, or to no anchor of its page.

    Args:
        folder: a written site.
        names: its files, from its root; more than are there, if only a part of it was written. Anchors are
            looked for on pages that are there.
    """
    known = set(names)
    seen: dict[str, set[str]] = {}

    def has(anchor: str, name: str) -> bool:
        if not anchor or not (folder / name).is_file():
            return True
        if name not in seen:
            seen[name] = read(folder / name)[1]
        return unquote(anchor) in seen[name]

    for name in sorted(n for n in known if n.endswith(".html") and (folder / n).is_file()):
        links, seen[name] = read(folder / name)
        for link in sorted(links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            to = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            to = name if not parts.path else to
            if link.startswith("/") or to.startswith("..") or to not in known:
                yield f"{name}: {link}"
            elif to.endswith(".html") and not has(parts.fragment, to):
                yield f"{name}: {link} (no such anchor)"
