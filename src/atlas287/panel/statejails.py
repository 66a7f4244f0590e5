"""States and territories whose own department of corrections runs the jails.

Evidence: general knowledge of how these jurisdictions are organised, no document in the record.
There, a jail or warrant agreement of the state's department reaches the arrested and not the
sentenced alone. It is told apart and added to no county's jail figure.
"""

from __future__ import annotations

from collections.abc import Iterable

from .figures import JAIL_MODELS
from .world import STATE, Stint

#: By postal code, who runs the jails.
STATE_RUN = {
    "AK": "Department of Corrections",
    "CT": "Department of Correction",
    "DE": "Department of Correction",
    "HI": "Department of Corrections and Rehabilitation",
    "MP": "Department of Corrections",
    "RI": "Department of Corrections",
    "VT": "Department of Corrections",
    "WV": "Division of Corrections and Rehabilitation",
}
#: What ``doubt`` says of a county there while the state has a jail or warrant agreement.
RUNS_JAILS = "the state runs the jails and has signed, so arrests are booked into its custody; not in jail"


def booking_states(standing: Iterable[Stint]) -> list[str]:
    """The states that run their jails and have a jail or warrant agreement among these."""
    return sorted(
        {
            s.agency.state
            for s in standing
            if s.agency.level == STATE and s.model in JAIL_MODELS and s.agency.state in STATE_RUN
        }
    )
