from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from atlas287 import Atlas
    from atlas287.charts.maps import County


@pytest.fixture(scope="session")
def atlas_day(atlas: Atlas) -> list[County]:
    """Every county as the newest list shades it."""
    from atlas287.charts.maps import County
    from atlas287.charts.shades import shade
    from atlas287.sources.boundaries import Boundaries

    day = atlas.map_on()
    out = []
    for feature in Boundaries().county_shapes():
        own = day["counties"].get(feature["id"], {"jail": False, "step": 0})
        wide = feature["properties"]["state"] in day["wide"]
        out.append(County(feature["id"], shade(own["jail"], own["step"], wide)))
    return out
