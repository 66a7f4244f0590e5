"""ICE's rosters of 2010 to 2017: 33 captures of its fact sheet and one mirror, as first and last sight.

The end of an agency's agreement lies between its last sight and the next capture. The capture of
1 August 2017 is the last there is, and no end. Days of signing are as the rosters print them, so
the renewal of October 2009 is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .printed import Source, Statement, days, rows

SOURCE = Source(
    id="rosters-2010-2017",
    title="Fact sheet: Delegation of Immigration Authority, captures of 2010-10-29 to 2017-08-01",
    publisher="ICE, reduced from archived captures",
    as_of="2017-08-01",
    rank=3,
    full=True,
    file="ice_roster_windows_2010_2017.csv",
    columns=("state", "agency", "signing_dates", "model", "first_roster_seen", "last_roster_seen"),
)
#: One row in which the compiler merged two agencies of one name: how it comes apart. The signings of
#: 2007 and 2008 are each state's by the Inspector General's list; 42 sights in 33 captures leave nine
#: for Utah, which are the first nine, as of every agency last seen on 16 October 2012.
_MERGED = {
    "Washington County Sheriff's Office (source merges AR and UT)": (
        ("ARKANSAS", ("2007-09-26", "2013-07-03", "2016-06-23"), ("2010-10-29", "2017-08-01")),
        ("UTAH", ("2008-09-22",), ("2010-10-29", "2012-10-16")),
    )
}
#: What the compiler added to a name: "(misspelling of Harford)".
_NOTE = re.compile(r" \((?:misspelling|source) [^)]*\)$")
_ADDENDUM = " Addendum"


def read(path: Path) -> Iterator[Statement]:
    """What the file states; where a model changed on the way, it is the last."""
    for number, row in rows(path, SOURCE.columns):
        agency = _NOTE.sub("", row["agency"])
        model = row["model"].rpartition("-> ")[2]
        seen = row["first_roster_seen"], row["last_roster_seen"]
        if agency.endswith(_ADDENDUM):
            who = number, row["state"], agency.removesuffix(_ADDENDUM)
            for day in days(row["signing_dates"]):
                says = "addendum" if day <= seen[1] else "misdated addendum"
                yield Statement(*who, None, says, day)
            yield Statement(*who, model, "seen", *seen)
            continue
        whole = ((row["state"], tuple(days(row["signing_dates"])), seen),)
        for state, signed, window in _MERGED.get(row["agency"], whole):
            for day in signed:
                yield Statement(number, state, agency, None, "signed", day)
            yield Statement(number, state, agency, model, "seen", *window)
