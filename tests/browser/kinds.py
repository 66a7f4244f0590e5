"""A page of every kind that there is, so that a kind added later is looked at as well."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from atlas287.web.edition import Edition
from atlas287.web.pages import BY_NAME, PAGES
from atlas287.web.words import LANGUAGES

KINDS = tuple(page.name for page in PAGES)
#: Of kinds with many pages, one that shows much; of others the first will do.
TELLING: Mapping[str, Mapping[str, str]] = {
    "state": {"code": "fl"},
    "state_changes": {"code": "md"},
    "embed": {"code": "md"},
    "county": {"fips": "24021"},
    "agency": {"agency_id": "md-frederick-county-sheriff"},
    "agreement": {"agency_id": "md-frederick-county-sheriff", "model": "jem", "day": "2020-06-09"},
    "month": {"month": "2025-05"},
}
FACT = "md-frederick-county-sheriff/jem/2020-06-09#signed_on"
ASKED = {"fact": f"?id={quote(FACT, safe='/')}", "search": "?q=frederick"}
#: What the telling ones do not show: no agreement, none any more, no county, nothing there.
ODD = {
    "a state without agreements": "/states/or/",
    "a territory without a shape": "/states/gu/",
    "a county that nothing reaches": "/counties/06037/",
    "a statewide agency": "/agencies/fl-florida-highway-patrol/",
    "nothing found": "/search/?q=zzzz",
    "nothing there": "/agencies/xx-nobody/",
}


def address(edition: Edition, kind: str, lang: str = "en") -> str:
    """The address of a page of a kind."""
    page = BY_NAME[kind]
    params = TELLING.get(kind) or next(iter(page.each(edition)))
    return LANGUAGES[lang] + page.address(params) + ASKED.get(kind, "")
