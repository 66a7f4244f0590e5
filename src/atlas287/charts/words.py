"""What pictures say, in English and Spanish: the few words drawn, numbers and days in the locale.

Whoever draws a picture gives its title and description; these are the words inside. The site's own
catalogue may make a :class:`Words` of its own messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

_EN_MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_ES_MONTHS = tuple("ene feb mar abr may jun jul ago sep oct nov dic".split())


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
SPANISH = Words(
    language="es",
    months=_ES_MONTHS,
    day_form="{d} {m} {y}",
    thousands="\u202f",  # as the academies advise; four digits are joined by :meth:`count`'s caller
    models={
        "jem": "Modelo de Control en la Cárcel (JEM)",
        "tfm": "Modelo de Fuerza de Tarea (TFM)",
        "wso": "Oficial de Servicio de Órdenes (WSO)",
        "hybrid": "Cárcel y fuerza de tarea (híbrido)",
    },
    short={"jem": "Cárcel", "tfm": "Fuerza de tarea", "wso": "Órdenes", "hybrid": "Híbrido"},
    shades={
        "none": "Sin acuerdo en la lista",
        "wide": "Solo una agencia estatal",
        "field": "Campo: fuerza de tarea local",
        "jail": "Cárcel: toda persona fichada",
        "both": "Cárcel y campo",
        "unknown": "No se sabe",
    },
    field_shades={
        "none": "Sin fuerza de tarea local",
        "f1": "Menos del 10 % de los residentes",
        "f2": "10–50 %",
        "f3": "50–90 %",
        "f4": "90 % o más",
        "unknown": "No se sabe cuál",
    },
    reaches={"field": "Fuerza de tarea", "jail": "Cárcel u órdenes", "both": "Ambos"},
    turns={
        date(2012, 12, 31): "Fin de 2012: terminan las fuerzas de tarea",
        date(2025, 1, 20): "20 ene 2025: nuevo gobierno",
    },
    in_force="En vigor, según nuestra lectura de todas las fuentes",
    listed="En la lista de ICE",
    magnified="En su propia escala, hasta el",
    all_years="Acuerdos, todos los años en una escala",
    total="Total:",
)
