"""Exposure, outcomes and enforcement on a common grid of units and periods."""
