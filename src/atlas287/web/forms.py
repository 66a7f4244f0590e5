"""A page in each of its forms: HTML, JSON, CSV, Parquet, Atom, JSON Feed."""

from __future__ import annotations

from ..publish.rows import csv_bytes, parquet_bytes
from . import feeds
from .page import Data
from .render import View, as_json, html, settled

#: The media type of each form.
TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "parquet": "application/vnd.apache.parquet",
    "atom": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
#: Forms that differ from language to language; the others are data, the same in all.
IN_WORDS = frozenset({"html", "atom", "feed.json"})
#: Forms that are metered as downloads.
DOWNLOADS = frozenset({"csv", "parquet"})


def write(view: View, data: Data, form: str) -> bytes:
    """One page in one form. The same build and address give the same bytes on a written site."""
    page = view.page
    if form == "html":
        return html(view, settled(data, view.site)).encode()
    if form == "json":
        return as_json(view, data).encode()
    if form in DOWNLOADS:
        assert page.rows is not None, "find() knows a page's forms"
        rows = page.rows(data)
        return csv_bytes(rows) if form == "csv" else parquet_bytes(rows)
    assert page.feed is not None, "find() knows a page's forms"
    make = feeds.atom if form == "atom" else feeds.json_feed
    return make(view, page.feed(data), data).encode()
