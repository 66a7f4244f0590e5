"""A few pages of every kind: where agreements are, where there are none, where the record is odd."""

from __future__ import annotations

SAMPLES: dict[str, list[str]] = {
    "home": ["/"],
    "map": ["/map/"],
    "embed": ["/embed/md/", "/embed/gu/"],
    "states": ["/states/"],
    "state": ["/states/fl/", "/states/md/", "/states/ca/", "/states/gu/", "/states/as/", "/states/dc/"],
    "state_changes": ["/states/md/changes/", "/states/ca/changes/"],
    "counties": ["/counties/"],
    "county": [
        "/counties/24021/",
        "/counties/12031/",
        "/counties/06037/",
        "/counties/50007/",
        "/counties/69110/",
    ],
    "agencies": ["/agencies/"],
    "agency": [
        "/agencies/md-frederick-county-sheriff/",
        "/agencies/fl-jacksonville-sheriff/",
        "/agencies/ak-department-of-corrections/",
    ],
    "agreement": ["/agencies/md-frederick-county-sheriff/jem/2020-06-09/"],
    "changes": ["/changes/"],
    "between": ["/changes/between/"],
    "month": ["/changes/2025-05/"],
    "lists": ["/lists/"],
    "pending": ["/pending/"],
    "corrections": ["/corrections/"],
    "fact": ["/facts/?id=md-frederick-county-sheriff/jem/2020-06-09%23signed_on"],
    "how": ["/how/"],
    "methods": ["/methods/"],
    "about": ["/about/"],
    "models": ["/models/"],
    "glossary": ["/glossary/"],
    "downloads": ["/downloads/"],
    "dictionary": ["/dictionary/"],
    "search": ["/search/", "/search/?q=frederick"],
}
EVERY = [(name, path) for name, paths in SAMPLES.items() for path in paths]
