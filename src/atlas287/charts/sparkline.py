"""A sparkline: how one number went, as small as a word, from zero; gaps are gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .svg import element, number, picture

WIDTH, HEIGHT = 120, 28


def sparkline(
    points: Sequence[tuple[date, int | None]], *, title: str, desc: str, id: str = "sparkline"
) -> str:
    """Numbers by day, None where nothing is known until the next; each holds until the next day given.

    Raises:
        ValueError: there is no number, or the days are not in order.
    """
    days = [day for day, _ in points]
    known = [value for _, value in points if value is not None]
    if not known or days != sorted(days):
        raise ValueError("a sparkline needs numbers in order of days")
    first, span = days[0], max(1, (days[-1] - days[0]).days)
    most = max(1, *known)

    def x(day: date) -> str:
        return number(round(2 + (WIDTH - 7) * (day - first).days / span, 1))

    def y(value: int) -> str:
        return number(round(HEIGHT - 3 - (HEIGHT - 7) * value / most, 1))

    line, on = "", False
    for day, value in points:
        if value is None:
            line += f"H{x(day)}" if on else ""
        else:
            line += f"H{x(day)}V{y(value)}" if on else f"M{x(day)} {y(value)}"
        on = value is not None
    body = [
        element("path", d=f"M2 {HEIGHT - 2.5}H{WIDTH - 5}", class_="zero"),
        element("path", d=line, class_="curve"),
    ]
    if points[-1][1] is not None:
        end = {"cx": float(x(days[-1])), "cy": float(y(points[-1][1])), "r": 2.5}
        body.append(element("circle", class_="last", **end))
    return picture(
        body,
        title=title,
        desc=desc,
        id=id,
        class_="sparkline",
        box=(WIDTH, HEIGHT),
        width=WIDTH,
        height=HEIGHT,
    )
