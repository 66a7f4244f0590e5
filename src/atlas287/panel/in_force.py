"""Exposure on basis in-force as tables: what is known, and beside it what may have been (:mod:`past`)."""

from __future__ import annotations

import polars as pl

from .months import by_agency, by_county
from .schema import (
    AGENCY_MONTH_IN_FORCE,
    COUNTY_MONTH_IN_FORCE,
    NATION_DAY_IN_FORCE,
    STATE_DAY_IN_FORCE,
    Panel,
)
from .series import by_day
from .world import World

_HIGH = ("agencies", "jail_counties", "field_counties")


def county_months(known: World, maybe: World) -> pl.DataFrame:
    """Every county in every month: the columns of :data:`schema.COUNTY_MONTH_IN_FORCE`."""
    wide = pl.max_horizontal("statewide_tfm", "statewide_jail")
    high = by_county(maybe).select("fips", "month", may_jail="jail", may_field="field", may_wide=wide)
    frame = (
        by_county(known)
        .join(high, on=["fips", "month"], how="left")
        .with_columns(
            jail_maybe=pl.col("may_jail") > pl.col("jail"),
            field_maybe=pl.col("may_field") > pl.col("field"),
            statewide_maybe=pl.col("may_wide") > wide,
        )
    )
    return _as(COUNTY_MONTH_IN_FORCE, frame)


def agency_months(known: World, maybe: World) -> pl.DataFrame:
    """Every agency with a spell in every month: the columns of :data:`schema.AGENCY_MONTH_IN_FORCE`."""
    models = ("jem", "tfm", "wso", "hybrid")
    mine = by_agency(maybe).select("agency_id", "month", *(pl.col(m).alias(f"may_{m}") for m in models))
    own = by_agency(known).rename({"listed_days": "in_force_days"})
    frame = (
        mine.join(own, on=["agency_id", "month"], how="left")
        .with_columns(maybe=pl.any_horizontal(pl.col(f"may_{m}") > pl.col(m).fill_null(0) for m in models))
        .filter(pl.col("state").is_not_null())
    )
    return _as(AGENCY_MONTH_IN_FORCE, frame)


def days(known: World, maybe: World, by: str = "nation") -> pl.DataFrame:
    """Every day of the nation or of each state: :data:`schema.NATION_DAY_IN_FORCE`, `STATE_DAY_IN_FORCE`."""
    panel = NATION_DAY_IN_FORCE if by == "nation" else STATE_DAY_IN_FORCE
    keys = list(panel.key)
    high = by_day(maybe, by).select(*keys, *(pl.col(c).alias(f"{c}_high") for c in _HIGH))
    return _as(panel, by_day(known, by).join(high, on=keys, how="left"))


def _as(panel: Panel, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col(c).cast(t) for c, t in panel.frame_schema.items()).sort(panel.key)
