"""Albers' equal-area conic projection on the sphere.

Source: J. P. Snyder, "Map Projections: A Working Manual" (USGS Professional Paper 1395, 1987), p. 100.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Albers:
    """A projection of longitude and latitude in degrees to x (east) and y (south), in radii of the earth.

    Args:
        meridian, latitude: the point that becomes 0, 0.
        south, north: the parallels without distortion.
    """

    meridian: float
    latitude: float
    south: float
    north: float

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        a, b = math.radians(self.south), math.radians(self.north)
        n = (math.sin(a) + math.sin(b)) / 2
        c = math.cos(a) ** 2 + 2 * n * math.sin(a)
        turn = (longitude - self.meridian + 180) % 360 - 180  # the Aleutians go on beyond 180 degrees
        angle = n * math.radians(turn)
        here = math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n
        there = math.sqrt(c - 2 * n * math.sin(math.radians(self.latitude))) / n
        return here * math.sin(angle), here * math.cos(angle) - there


#: The states between Canada and Mexico, as the Census Bureau and the Geological Survey draw them.
CONTIGUOUS = Albers(-96, 37.5, 29.5, 45.5)
ALASKA = Albers(-154, 50, 55, 65)
HAWAII = Albers(-157, 13, 8, 18)
PUERTO_RICO = Albers(-66.4, 18.2, 8, 18)


def around(west: float, south: float, east: float, north: float) -> Albers:
    """The projection for one state, from its bounds: upright, true at a sixth from its edges."""
    sixth = (north - south) / 6
    low, high = south + sixth, north - sixth
    if abs(low + high) < 1e-6:  # across the equator alike, the cone would be a cylinder
        high += 1e-3
    return Albers((west + east) / 2, (south + north) / 2, low, high)
