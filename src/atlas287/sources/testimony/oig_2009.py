"""The Inspector General's list of 28 October 2009: who had signed the new memorandum, whose was pending.

DHS OIG, The Performance of 287(g) Agreements (OIG-10-63, March 2010), Appendix E, transcribed.
A day beside "pending" is that of the memorandum before.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .printed import Source, Statement, rows

SOURCE = Source(
    id="oig-2009",
    title="The Performance of 287(g) Agreements (OIG-10-63), Appendix E",
    publisher="DHS Office of Inspector General",
    as_of="2009-10-28",
    rank=1,
    full=True,
    file="oig_2009_agreements.csv",
    columns=("state", "agency", "model", "signed_on", "status"),
)


def read(path: Path) -> Iterator[Statement]:
    """What the file states."""
    for number, row in rows(path, SOURCE.columns):
        who = (number, row["state"], row["agency"])
        if row["signed_on"]:
            # The model is that of October 2009, not of the day it was signed.
            yield Statement(*who, None, "signed", row["signed_on"])
        yield Statement(
            *who, row["model"], "pending" if row["status"] == "pending" else "stood", SOURCE.as_of
        )
