from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from atlas287 import Atlas
    from atlas287.charts.maps import County


@pytest.fixture(scope="session")
def atlas_day(atlas: Atlas) -> list[County]:
    """Every county as the newest list shades it."""
    from atlas287.charts.maps import shaded

    day = atlas.map_on()
    codes = {fips: int(c["jail"]) + 2 * c["step"] for fips, c in day["counties"].items()}
    return shaded(codes, day["wide"])
