"""The classes that counties are shaded by, and what they mean: the same in pages, pictures and the slider.

Three maps. ``exposure`` tells jail and field apart; ``jail`` and ``field`` show one of them alone.
The classes of each are steps of one sequential scale, from a neutral for none; what is not known is
hatched. ``static/js/map.js`` shades by the same rules (a test holds them to each other).
"""

from __future__ import annotations

#: By map, its shades from least to most; what is not known comes last.
SHADES = {
    "exposure": ("none", "wide", "field", "jail", "both"),
    "jail": ("none", "jail"),
    "field": ("none", "f1", "f2", "f3", "f4", "unknown"),
}
ALL = ("none", "wide", "field", "jail", "both", "f1", "f2", "f3", "f4", "unknown")


def shade(jail: bool, step: int, wide: bool = False, map: str = "exposure") -> str:
    """A county's shade.

    Args:
        jail: its arrests are booked under a jail or warrant agreement.
        step: of the field map (:func:`panel.mapping.step_of`): 0 if no local agency has a task-force
            agreement, 1 to 4 by the share of residents policed, 5 if that is not known.
        wide: a statewide agency reaches it: a task-force agreement of the state, or a state that runs
            the jails and has signed.
    """
    if map == "jail":
        return "jail" if jail else "none"
    if map == "field":
        return SHADES["field"][step]
    if jail and step:
        return "both"
    return "jail" if jail else "field" if step else "wide" if wide else "none"
