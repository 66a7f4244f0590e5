"""What a page is: an address, the plain data that it tells, a template that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..atlas import Atlas
    from .edition import Edition
    from .words import Words

Params = Mapping[str, str]
Data = dict[str, Any]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page is asked for: of which build, which of its kind, and how it is to be cut.

    ``query`` holds only what the page says it takes (:attr:`Page.takes`).
    """

    edition: Edition
    params: Params = field(default_factory=dict)
    query: Params = field(default_factory=dict)

    @property
    def atlas(self) -> Atlas:
        return self.edition.atlas


class Elsewhere(Exception):  # noqa: N818 - an answer and no error
    """The answer to a question is another page: its address, without language."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def once(_: Edition) -> Iterable[Params]:
    """The pages of a kind of which there is one."""
    return ({},)


@dataclass(frozen=True)
class Page:
    """A kind of page.

    Attributes:
        name: what templates link to it by.
        path: its address, with ``{parameters}``; ends in a slash.
        data: what it tells, as plain data ready for JSON; raises NotFoundError if there is no
            such thing.
        template: shows the data.
        each: the parameters of every page of this kind, for export and the sitemap.
        title, quote: its title, and one sentence to quote, from its data in a language ("": none).
        rows: its main table, for the .csv twin, and the .parquet one of pages of which there is one.
        feed: its events, newest first, for the .atom twin and the JSON feed.
        former: addresses that such a page once had, or that people might write, and the address now.
        takes: the query parameters that it understands, with the longest value of each.
        limited: whether asking is metered (:mod:`.limits`).
        live: only served, never exported (its answers cannot be listed).
        frame: may stand in a frame on other sites.
        hidden: not for search engines.
    """

    name: str
    path: str
    data: Callable[[Ask], Data]
    template: str
    title: Callable[[Data, Words], str]
    each: Callable[[Edition], Iterable[Params]] = once
    quote: Callable[[Data, Words], str] | None = None
    rows: Callable[[Data], Rows] | None = None
    feed: Callable[[Data], Rows] | None = None
    former: Callable[[Edition], Mapping[str, str]] | None = None
    takes: Mapping[str, int] = field(default_factory=dict)
    limited: bool = False
    live: bool = False
    frame: bool = False
    hidden: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches its address without language and ending: ``/agencies/{agency_id}``."""
        path = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[A-Za-z0-9_-]{1,120})", re.escape(self.path.rstrip("/")))
        return re.compile(path)

    def address(self, params: Params) -> str:
        """The address of one page of this kind, without language."""
        return self.path.format(**params)

    @property
    def forms(self) -> tuple[str, ...]:
        """The endings of its twins."""
        return (
            "json",
            *(("csv",) if self.rows else ()),
            *(("parquet",) if self.rows and "{" not in self.path else ()),
            *(("atom", "feed.json") if self.feed else ()),
        )


#: Every ending that a twin may have, the longest first.
FORMS = ("feed.json", "parquet", "atom", "json", "csv")


def twin(path: str, form: str) -> str:
    """The address of a page's twin: ``/agencies/`` as ``/agencies.json``, ``/`` as ``/index.json``."""
    return f"{path.rstrip('/') or '/index'}.{form}" if path != "/es/" else f"/es/index.{form}"
