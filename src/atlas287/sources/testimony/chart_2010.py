"""The chart of 8 May 2010, from documents released under the FOIA: both memorandum days, withdrawals.

"withdrew" and "in negotiations" stand where the day of the new memorandum would.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .printed import Source, Statement, days, rows

SOURCE = Source(
    id="chart-2010",
    title="Chart of 287(g) agreements from FOIA documents",
    publisher="ina287.org",
    as_of="2010-05-08",
    rank=4,
    full=False,  # it names those that withdrew, and who stands is for the reader to tell
    file="foia_chart_2010-05-08_with_withdrawals.csv",
    columns=("state", "agency", "type", "signed_former_moa", "signed_new_moa", "as_of"),
)
_NONE = "n/a"


def read(path: Path) -> Iterator[Statement]:
    """What the file states; its type is that of May 2010, not of the days of signing."""
    for number, row in rows(path, SOURCE.columns):
        who, kind, new = (number, row["state"], row["agency"]), row["type"], row["signed_new_moa"]
        for day in days(row["signed_former_moa"]):
            if day != _NONE:
                yield Statement(*who, None, "signed", day)
        if new.startswith("withdrew"):
            yield Statement(*who, kind, "withdrew", row["as_of"])
        elif new.startswith("in negotiations"):
            yield Statement(*who, kind, "negotiating", row["as_of"])
        else:
            for day in days(new):
                yield Statement(*who, None, "signed", day)
            yield Statement(*who, kind, "stood", row["as_of"])
