"""What ships with the package: every list as printed, the counties there are, the FBI's roster.

``record/`` is a :class:`atlas287.sources.record.Record` as Parquet. ``counties.parquet`` has the
counties of 2017 with their people, ``county_neighbours.parquet`` which of them lie side by side
(both :mod:`atlas287.registry.bundling`), ``counties.topo.json.gz`` their shapes
(:class:`atlas287.sources.boundaries.Boundaries`). ``testimony.parquet`` is what other sources say of
2002 to 2020 (:mod:`atlas287.sources.testimony`). ``fbi_agencies.parquet`` is the FBI's roster of agencies
(:func:`atlas287.registry.roster.pack`). ``memoranda.parquet`` has what was read of ICE's signed
memoranda (:mod:`atlas287.sources.memoranda.table`). All are written by ``atlas287 bundle``.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
RECORD = FOLDER / "record"
COUNTIES = FOLDER / "counties.parquet"
NEIGHBOURS = FOLDER / "county_neighbours.parquet"
BOUNDARIES = FOLDER / "counties.topo.json.gz"
TESTIMONY = FOLDER / "testimony.parquet"
AGENCIES = FOLDER / "fbi_agencies.parquet"
MEMORANDA = FOLDER / "memoranda.parquet"
