"""What ships with the package: every list as printed, and the counties there are.

``record/`` is a :class:`atlas287.sources.record.Record` as Parquet; ``counties.parquet`` is
the Census Bureau's list of counties; ``fbi_agencies.parquet`` is the FBI's roster of agencies
(:func:`atlas287.registry.roster.pack`). All are written by ``atlas287 bundle``.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
RECORD = FOLDER / "record"
COUNTIES = FOLDER / "counties.parquet"
AGENCIES = FOLDER / "fbi_agencies.parquet"
