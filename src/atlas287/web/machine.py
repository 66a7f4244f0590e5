"""What is served and written for machines alone: the sitemap, robots.txt, the index of search."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from .edition import Edition
from .page import Params
from .pages import PAGES
from .site import Site
from .words import LANGUAGES, words

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
    """What search as you type reads, once: states, agencies by their name now, and counties.

    ``endings``: what names end in most, the number of which stands for them after ``~``. ``states``: their
    names by language and code. ``agencies``: by state, ``+`` (on the newest list) or ``-``, the
    name and, after a tab, the id if it is not the one that the name gives (:func:`plain_id`).
    ``counties``: by the first two digits of their codes, the other three and the name.
    """
    agencies: dict[str, list[str]] = {}
    for a in edition.agencies.values():
        own = "" if a["agency_id"] == plain_id(a["state"], a["name"]) else f"\t{a['agency_id']}"
        mark = "+" if a["status"] == "active" else "-"
        agencies.setdefault(a["state"], []).append(f"{mark}{_shortened(a['name'])}{own}")
    counties: dict[str, list[str]] = {}
    for fips, c in edition.counties.items():
        counties.setdefault(fips[:2], []).append(fips[2:] + _shortened(c["name"]))
    index = {
        "build": edition.build_id,
        "endings": ENDINGS,
        "states": {lang: {code: words(lang).state(code) for code in edition.states} for lang in LANGUAGES},
        "codes": {c["fips"][:2]: c["state"] for c in edition.counties.values()},
        "agencies": agencies,
        "counties": counties,
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n"


#: What names of agencies and counties end in most: the longest first, so that the longest fits.
ENDINGS = (
    " County Sheriff's Office", " Borough Police Department", " Police Department", " Sheriff's Office",
    " Department of Corrections", " Municipio", " Borough", " Parish", " County", " city",
)  # fmt: skip
_END = re.compile(r"-(office|department)$")


def plain_id(state: str, name: str) -> str:
    """The id that most agencies have by their name now; ``static/js/search.js`` has the same rule."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'s", "").replace("'", "")).strip("-")
    return f"{state.lower()}-{_END.sub('', plain)}"


def _shortened(name: str) -> str:
    for n, ending in enumerate(ENDINGS):
        if name.endswith(ending):
            return f"{name.removesuffix(ending)}~{n}"
    return name
