"""ICE's own archive of memoranda, its dated entries, as indexed on 20 April 2026.

The name of a memorandum's file often tells the support model, and a day that is not always the index's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .printed import Source, Statement, rows

SOURCE = Source(
    id="ice-archive",
    title="287(g) archive of memoranda of agreement, index of 2026-04-20, dated entries",
    publisher="ICE",
    as_of="2020-12-31",
    rank=5,
    full=False,
    file="ice_archive_index_dated_2026-04-20.csv",
    columns=("state", "agency", "signed_on", "moa_file"),
)
_MODEL = re.compile(r"287g_?(JEM|WSO|TFM)", re.IGNORECASE)
_ADDENDUM = " (Addendum)"
_DAY = (
    re.compile(r"(?P<y>20\d\d)[-_](?P<m>\d{1,2})[-_](?P<d>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<y>20\d\d)"),
    re.compile(r"_(?P<m>\d\d)(?P<d>\d\d)(?P<y>20\d\d)"),
)


def read(path: Path) -> Iterator[Statement]:
    """What the file states."""
    for number, row in rows(path, SOURCE.columns):
        file = row["moa_file"]
        model = found[1] if (found := _MODEL.match(file)) else None
        who = (number, row["state"], row["agency"].removesuffix(_ADDENDUM), model)
        if row["agency"].endswith(_ADDENDUM):
            yield Statement(*who, "addendum", row["signed_on"])
            continue
        yield Statement(*who, "signed", row["signed_on"])
        if (day := day_in(file)) and day != row["signed_on"]:
            yield Statement(*who, "signed (file name)", day)


def day_in(file: str) -> str | None:
    """The day that a file's name bears, as YYYY-MM-DD."""
    found = next((m for pattern in _DAY if (m := pattern.search(file))), None)
    return f"{found['y']}-{int(found['m']):02}-{int(found['d']):02}" if found else None
