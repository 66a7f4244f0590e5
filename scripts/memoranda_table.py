"""Write every field read from the memoranda into one table: docs/memoranda.md.

    .venv/bin/python scripts/memoranda_table.py

The same register gives the same page. What a reader found of ten of them by eye is docs/memoranda-check.md.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from atlas287 import Atlas
from atlas287.sources.memoranda import FIELDS

PAGE = Path(__file__).parent.parent / "docs" / "memoranda.md"
#: So much of a snippet is shown; the register has all of it.
SHOWN = 110
MEMORANDA = """
SELECT m.*, a.agreement_id, a.signed_on FROM memorandum m LEFT JOIN agreement a USING (agreement_no)
ORDER BY memorandum_no
"""
#: Fields beside which the first table has a column.
HEAD = ("model", "agency", "agency_signed_on", "ice_signed_on")


def main() -> None:
    """Write the page."""
    db = Atlas.open().db
    PAGE.write_text("\n".join(_page(db)) + "\n")


def _page(db: sqlite3.Connection) -> Iterable[str]:
    memoranda = db.execute(MEMORANDA).fetchall()
    fields = db.execute("SELECT * FROM memorandum_field ORDER BY rowid").fetchall()
    hows = Counter(f["how"] for f in fields)
    yield "# Every field read from the memoranda"
    yield ""
    yield (
        "Written by `scripts/memoranda_table.py` from the register; not by hand. "
        f"{len(memoranda)} memoranda, {len(fields):,} fields: "
        + ", ".join(f"{how} {n:,}" for how, n in hows.most_common())
        + ". *By eye* is what a person read on a picture of the page where no program could "
        "(`corrections/memoranda.csv`). ICE's list is compared on model, agency, state and the day of its "
        "own signature. How right this is: [memoranda-check.md](memoranda-check.md)."
    )
    yield ""
    yield "## Which memoranda"
    yield from _table(
        ("#", "file", "pages", "text", "model", "agency as written", "agency signed", "ICE signed",
         "SIGNED on the list", "agreement"),
        (_head(m, fields) for m in memoranda),
    )  # fmt: skip
    yield ""
    yield "## What the fields say"
    yield from _table(("field", "says"), FIELDS.items())
    yield ""
    yield "## Where ICE's list says otherwise"
    yield from _table(
        ("#", "field", "memorandum", "list"),
        (
            (f["memorandum_no"] + 1, f["field"], f["by_eye"] or f["value"], f["listed"])
            for f in fields
            if f["agrees"] == 0
        ),
    )
    yield ""
    yield "## Every field"
    yield from _table(
        ("#", "field", "value", "by eye", "how", "page", "words"),
        (
            (
                f["memorandum_no"] + 1,
                f["field"],
                f["value"],
                f["by_eye"],
                f["how"],
                f["page"],
                _shown(f["snippet"]),
            )
            for f in fields
            if f["how"] != "not found"
        ),
    )
    yield ""
    yield f"Fields not found in a memorandum ({hows['not found']:,}) have no row here; the register has one."


def _head(m: sqlite3.Row, fields: Sequence[sqlite3.Row]) -> Sequence[object]:
    own = {f["field"]: f for f in fields if f["memorandum_no"] == m["memorandum_no"]}
    said = []
    for name in HEAD:
        one = own[name]
        said.append(one["value"] or (f"{one['by_eye']} (by eye)" if one["by_eye"] else one["how"]))
    return (
        m["memorandum_no"] + 1,
        m["file"],
        m["pages"],
        m["text"],
        *said,
        m["signed_on"],
        m["agreement_id"],
    )


def _shown(snippet: str | None) -> str:
    text = snippet or ""
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]} …"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield "| " + " | ".join("" if c is None else _cell(str(c)) for c in row) + " |"


def _cell(text: str) -> str:
    for mark in ("\\", "|", "*", "`", "<", "[", "~"):
        text = text.replace(mark, f"\\{mark}")
    return text


if __name__ == "__main__":
    main()
