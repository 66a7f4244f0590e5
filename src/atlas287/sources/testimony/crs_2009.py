"""The Congressional Research Service's list of February 2009.

CRS report RL32270, Enforcing Immigration Law: The Role of State and Local Law Enforcement
(11 March 2009), Appendix A, transcribed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .printed import Source, Statement, rows

SOURCE = Source(
    id="crs-2009",
    title="Enforcing Immigration Law: The Role of State and Local Law Enforcement (RL32270), Appendix A",
    publisher="Congressional Research Service",
    as_of="2009-02-01",
    rank=2,
    full=True,
    file="crs_rl32270_2009_appendix_a.csv",
    columns=("as_of", "state", "agency", "model", "signed_on"),
)


def read(path: Path) -> Iterator[Statement]:
    """What the file states."""
    for number, row in rows(path, SOURCE.columns):
        who = (number, row["state"], row["agency"])
        yield Statement(*who, None, "signed", row["signed_on"])  # the model is that of February 2009
        yield Statement(*who, row["model"], "stood", row["as_of"])
