"""Draw a sample of the matches with the FBI's roster, for somebody to read, and list what has no
match: docs/match-sample.md.

    .venv/bin/python scripts/match_sample.py

The seed is fixed, so the same register gives the same sample. Only what stands between the
markers is replaced; what a reader found is written by hand below.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from atlas287 import Atlas

SEED = 287
SIZE = 200
PAGE = Path(__file__).parent.parent / "docs" / "match-sample.md"
MATCHES = """
SELECT a.agency_id, a.name, a.state, a.county, o.ori, o.year, o.roster_name, o.roster_type, o.how, o.sure,
       o.why, (SELECT group_concat(p.county, ', ') FROM place p WHERE p.agency_no = a.agency_no) AS serves
FROM ori o JOIN agency a USING (agency_no) WHERE o.current = 1 ORDER BY a.agency_id
"""
MISSING = """
SELECT a.name, a.state, a.county, d.kind, d.result, d.why FROM doubt d JOIN agency a USING (agency_no)
WHERE d.about = 'ori' AND a.status = 'active' AND a.level != 'State' ORDER BY d.kind, d.result, a.agency_id
"""


def main() -> None:
    """Write the sample and the list into the page."""
    db = Atlas.open().db
    page = PAGE.read_text()
    for mark, lines in (("sample", _sample(db)), ("missing", _missing(db))):
        before, _, rest = page.partition(f"<!-- {mark} -->")
        _, _, after = rest.partition(f"<!-- end of {mark} -->")
        text = "\n".join(lines)
        page = f"{before}<!-- {mark} -->\n{text}\n<!-- end of {mark} -->{after}"
    PAGE.write_text(page)


def _sample(db: sqlite3.Connection) -> Iterable[str]:
    matches = db.execute(MATCHES).fetchall()
    by_lot = sorted(range(len(matches)), key=lambda n: _lot(matches[n]["agency_id"]))
    drawn = sorted(by_lot[:SIZE])
    counts = Counter(f"{m['how']} ({m['sure']})" for m in matches)
    yield (
        f"{len(drawn)} of {len(matches):,} matches, seed {SEED}. By way: "
        + ", ".join(f"{way} {n:,}" for way, n in sorted(counts.items()))
        + "."
    )
    head = "#,state,ICE prints,its COUNTY,the roster prints,type,year,ORI,county served,how"
    yield from _table(
        head.split(","),
        (
            (n, m["state"], m["name"], m["county"], m["roster_name"], m["roster_type"], m["year"], m["ori"],
             m["serves"], m["how"] if m["how"] == "exact" else f"{m['how']}: {m['why']}")
            for n, m in ((n, matches[i]) for n, i in enumerate(drawn, 1))
        ),
    )  # fmt: skip


def _lot(agency_id: str) -> str:
    """An agency's place in the draw: its own, so that one match more or fewer moves one row."""
    return hashlib.sha256(f"{SEED} {agency_id}".encode()).hexdigest()


def _missing(db: sqlite3.Connection) -> Iterable[str]:
    rows = db.execute(MISSING).fetchall()
    counts = Counter(f"{r['kind']} {r['result']}" for r in rows)
    yield (
        f"{len(rows)} active agencies below state level: "
        + ", ".join(f"{kind} {n}" for kind, n in sorted(counts.items()))
        + "."
    )
    yield from _table(
        ("kind", "result", "state", "ICE prints", "its COUNTY", "what is known"),
        ((r["kind"], r["result"], r["state"], r["name"], r["county"], r["why"]) for r in rows),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield "| " + " | ".join("" if c is None else str(c).replace("|", "\\|") for c in row) + " |"


if __name__ == "__main__":
    main()
