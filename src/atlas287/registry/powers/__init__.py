"""The powers table: what each support model lets an officer do, and how a case goes under it.

``sources.csv`` lists what was read; ``models``, ``templates`` and ``powers`` name what is asked;
``cells`` answers; ``steps`` and ``acts`` tell the way from a stop or a booking to ICE custody. English
and Spanish stand side by side; snippets stay as printed.
"""

from .steps import PATHS, Act, Step, read_steps
from .table import ANSWERS, UNKNOWN, Cell, Model, Power, Powers, Source, Template, read_powers

__all__ = [
    "ANSWERS",
    "PATHS",
    "UNKNOWN",
    "Act",
    "Cell",
    "Model",
    "Power",
    "Powers",
    "Source",
    "Step",
    "Template",
    "read_powers",
    "read_steps",
]
