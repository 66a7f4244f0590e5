"""A page described for machines: schema.org/Dataset, so that search engines for data find it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .page import twin
from .site import VERSION

if TYPE_CHECKING:
    from .render import View

_TYPES = {"json": "application/json", "csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def described(view: View, title: str, quote: str | None, newest: Mapping[str, Any]) -> dict[str, Any]:
    """The page's data as a schema.org Dataset; addresses are absolute where the site knows its own."""
    site, here = view.site, view.here

    def to(path: str) -> str:
        return site.address(path) if site.base else view.to(path)

    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        # schema.org wants 50 characters at least; a title alone is often shorter.
        "description": quote or f"{title}. Atlas287: ICE's 287(g) agreements, from ICE's own lists.",
        "url": to(here),
        "inLanguage": view.lang,
        "version": f"{VERSION}, {view.edition.build_id}",
        "dateModified": newest["at"][:10],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "the atlas287 authors"},
        "isBasedOn": "https://www.ice.gov/identify-and-arrest/287g",
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": to(twin(here, form))}
            for form, media in _TYPES.items()
            if form in view.page.forms
        ],
    }
