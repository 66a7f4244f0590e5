"""A process that adds files to an archive once it is told to: ``worker.py ARCHIVE PATH...``.

Says "ready", waits for a line, adds, and says what that came to, as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from atlas287.archive import Archive

print("ready", flush=True)
sys.stdin.readline()
print(json.dumps(asdict(Archive(Path(sys.argv[1])).add_paths(sys.argv[2:]))))
