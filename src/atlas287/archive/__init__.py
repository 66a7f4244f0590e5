"""The archive: documents kept by their content, and every sighting of each of them.

Standard library only, so that asking for the state of things stays quick.
"""

from __future__ import annotations

from atlas287.archive.addresses import Origin, origin
from atlas287.archive.intake import AddResult, Failure
from atlas287.archive.problems import Problem
from atlas287.archive.sightings import Sighting
from atlas287.archive.store import Archive

__all__ = ["AddResult", "Archive", "Failure", "Origin", "Problem", "Sighting", "origin"]
