"""A process that builds and stops at a step: ``worker.py STEP HOME LISTS``.

Once it comes to the step it says so and waits to be killed. STEP is a function of the build.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from atlas287.home import Home
from atlas287.registry import build as building
from atlas287.sources.record import Record

STEPS: dict[str, tuple[Any, str]] = {
    "gather": (building, "_gather"),
    "write register": (building, "write_register"),
    "moves": (building, "moves"),
    "write record": (Record, "write"),
    "switch": (Home, "switch"),
    "tidy": (building, "_tidy"),
}


def stop(*_: object) -> None:
    print("there", flush=True)
    time.sleep(600)


def stop_half_way(record: Record, folder: Path, level: int = 19) -> None:
    """Write one file of a record, and stop."""
    folder.mkdir(parents=True, exist_ok=True)
    record.lists.write_parquet(folder / "lists.parquet")
    stop()


step, home, lists = sys.argv[1:]
owner, name = STEPS[step]
setattr(owner, name, stop_half_way if step == "write record" else stop)
building.build(Home(home), Path(lists))
