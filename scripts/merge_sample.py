"""Draw a sample of the spellings that were tied, for somebody to read: docs/merge-sample.md.

    .venv/bin/python scripts/merge_sample.py

The seed is fixed, so the same register gives the same sample. Only the table between the
two markers is replaced; what a reader found is written by hand below it.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from atlas287 import Atlas

SEED = 287
SIZE = 100
PAGE = Path(__file__).parent.parent / "docs" / "merge-sample.md"
BEGIN, END = "<!-- sample -->", "<!-- end of sample -->"


def main() -> None:
    """Write the sample into the page."""
    db = Atlas.open().db
    merges = db.execute(
        "SELECT m.*, l.at, l.file FROM merge m LEFT JOIN list l USING (list_no) "
        "ORDER BY state, old, new, rule"
    ).fetchall()
    drawn = sorted(random.Random(SEED).sample(range(len(merges)), min(SIZE, len(merges))))
    counts = ", ".join(f"{rule} {n}" for rule, n in sorted(Counter(m["rule"] for m in merges).items()))
    lines = [
        f"{len(drawn)} of {len(merges)} ties, seed {SEED}. By rule: {counts}.",
        "",
        "| # | state | one spelling | the other | rule | evidence | list |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for n, i in enumerate(drawn, 1):
        m = merges[i]
        shown = f"{m['at'][:10]} {m['file']}" if m["file"] else ""
        cells = (m["state"], m["old"], m["new"], m["rule"], m["why"], shown)
        lines.append(f"| {n} | " + " | ".join(str(c).replace("|", "\\|") for c in cells) + " |")
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{chr(10).join(lines)}\n{END}{after}")


if __name__ == "__main__":
    main()
