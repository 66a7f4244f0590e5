"""What pictures say: the few words drawn in them, and how numbers and days are written.

Whoever draws a picture gives its title and description; these are the words inside. They are English;
the site makes a :class:`Words` for each of its languages from its own catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

_EN_MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; English unless told.

    Attributes:
        models, shades, field_shades, reaches: what classes are called in keys and labels.
        turns: by day, what happened then that a time axis marks.
        day_form: a day from ``d``, ``m`` (the month's short name) and ``y``.
    """

    language: str = "en"
    months: tuple[str, ...] = _EN_MONTHS
    day_form: str = "{m} {d}, {y}"
    thousands: str = ","
    models: dict[str, str] = field(
        default_factory=lambda: {
            "jem": "Jail Enforcement Model",
            "tfm": "Task Force Model",
            "wso": "Warrant Service Officer",
            "hybrid": "Jail and Task Force (hybrid)",
        }
    )
    short: dict[str, str] = field(
        default_factory=lambda: {
            "jem": "Jail",
            "tfm": "Task force",
            "wso": "Warrant service",
            "hybrid": "Hybrid",
        }
    )
    shades: dict[str, str] = field(
        default_factory=lambda: {
            "none": "No agreement on the list",
            "wide": "Only a statewide agency",
            "field": "Field: a local agency’s task force",
            "jail": "Jail: everyone booked",
            "both": "Jail and field",
            "unknown": "Not known",
        }
    )
    field_shades: dict[str, str] = field(
        default_factory=lambda: {
            "none": "No local task force",
            "f1": "Under 10% of residents",
            "f2": "10–50%",
            "f3": "50–90%",
            "f4": "90% or more",
            "unknown": "Not known which",
        }
    )
    reaches: dict[str, str] = field(
        default_factory=lambda: {
            "field": "Task force",
            "jail": "Jail or warrant service",
            "both": "Both",
        }
    )
    turns: dict[date, str] = field(
        default_factory=lambda: {
            date(2012, 12, 31): "End of 2012: task forces end",
            date(2025, 1, 20): "Jan 20, 2025: new administration",
        }
    )
    #: Of growth: the two bases, and what parts them.
    in_force: str = "In force, our reading of all sources"
    listed: str = "Listed by ICE"
    magnified: str = "On a scale of its own, to"
    all_years: str = "Agreements, all years on one scale"
    total: str = "All:"

    def day(self, on: date) -> str:
        return self.day_form.format(d=on.day, m=self.months[on.month - 1], y=on.year)

    def month(self, on: date) -> str:
        return f"{self.months[on.month - 1]} {on.year}"

    def count(self, value: int) -> str:
        return f"{value:,}".replace(",", self.thousands)


ENGLISH = Words()
