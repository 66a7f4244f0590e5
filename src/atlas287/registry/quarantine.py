"""Rows that no rule could place: kept, counted, each with what would help."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .assemble import Assembled
from .schema import Row

#: What is lost for a strict build; other sheets and unknown columns are only noted.
LOST = ("document", "sheet", "row", "unread", "testimony")
_COLUMN = {"state": "state", "model": "support_type"}


def unread_rows(made: Assembled) -> Iterator[Row]:
    """A quarantine row for every listing whose state, model or agency cannot be read."""
    wrong = {r.no: r for r in made.homeless}
    if not wrong:
        return
    source = {row["list_no"]: row for row in made.record.lists.iter_rows(named=True)}
    cells = {
        row["printed_no"]: row
        for row in made.record.printed.iter_rows(named=True)
        if row["printed_no"] in wrong
    }
    for list_no, row, printed_no in made.record.rows.rows():
        reading = wrong.get(printed_no)
        if reading is None:
            continue
        sheet, printed = source[list_no], cells[printed_no]
        where = f"{sheet['file']}, sheet {sheet['sheet']}, row {row}"
        reason, remedy = "no agency is printed", "look at the row in the document"
        if reading.evened:
            field = "state" if reading.state is None else "model"
            text = printed[_COLUMN[field]]
            why = dict(reading.wrong).get(field)
            reason = (
                f"the {field} {text!r} cannot be read: {why}" if text and why else f"no {field} is printed"
            )
            remedy = (
                f"add a row to corrections/words.csv: {field},{text or ''},<what it means>,<what shows it>"
            )
        kept = {k: v for k, v in printed.items() if v is not None and k != "printed_no"}
        yield (
            sheet["sha256"], sheet["folder"], sheet["file"], sheet["sheet"], row, "unread",
            f"{where}: {reason}", remedy, json.dumps(kept, ensure_ascii=False),
        )  # fmt: skip
