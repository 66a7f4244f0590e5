"""What is served and written for machines alone: the sitemap, robots.txt, the index of search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape

from .edition import Edition
from .page import Params
from .pages import PAGES
from .site import Site
from .words import LANGUAGES

ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
INDEX = "search-index.json"
MAP_DAYS = "map-days.json"


def addresses(edition: Edition) -> Iterator[tuple[str, Params]]:
    """Every page that a written site has: its name and parameters."""
    for page in PAGES:
        if not page.live:
            for params in page.each(edition):
                yield page.name, params


def sitemap(edition: Edition, site: Site) -> str:
    """Every page in every language (sitemaps.org). Addresses must be absolute there: without the
    site's own, they begin with a slash, and the file is only a list."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for page in PAGES:
        if page.live or page.hidden:
            continue
        for params in page.each(edition):
            for start in LANGUAGES.values():
                address = escape(site.address(start + page.address(params)))
                lines.append(f"<url><loc>{address}</loc><lastmod>{edition.at}</lastmod></url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots(site: Site) -> str:
    """Everything may be read; searches lead nowhere."""
    lines = ["User-agent: *", *(f"Disallow: {start}/search/" for start in LANGUAGES.values())]
    if site.base:
        lines.append(f"Sitemap: {site.base}/{SITEMAP}")
    return "\n".join([*lines, ""])


def map_days(edition: Edition) -> str:
    """Every day of the record, for the slider of the map: :func:`panel.mapping.map_days`."""
    return json.dumps(edition.atlas.map_days(), separators=(",", ":")) + "\n"


def search_index(edition: Edition) -> str:
    """What search as you type reads, once: states, agencies and counties, packed by state.

    ``words``: words that names are made of, the commonest first. ``states``: by postal code, a list
    of agencies and one of counties; a name is the numbers of its words, in base 36.
    """
    return json.dumps(_packed(edition), ensure_ascii=False, separators=(",", ":")) + "\n"


def _packed(edition: Edition) -> dict[str, object]:
    return {}
