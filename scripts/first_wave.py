"""Write docs/first-wave.md: the years before ICE's lists beside the sources' counts and a published coding.

    .venv/bin/python scripts/first_wave.py DATA

DATA holds ``history/`` and ``evidence/`` as their publishers' tables were transcribed. The study's table may
not ship, so its differences from ours do: src/atlas287/publish/first_wave_codings.csv, with its hash.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from atlas287 import Atlas
from atlas287.publish.first_wave import CODINGS, DAYS, Difference, beside, differences
from atlas287.registry.questions.in_force import UNSETTLED, counted, stretches
from atlas287.registry.text import MODELS
from atlas287.sources.east_2023 import read_county_spells

REPO = Path(__file__).parent.parent
PAGE = REPO / "docs" / "first-wave.md"
STUDY = "history/east_et_al_2023_county_spells.csv"
#: The day taken where a total is of a month, and what a total of models is called there.
AS_OF = {"2009-mid": "2009-06-30", "2009-02": "2009-02-01", "2009-06": "2009-06-15", "2012-08": "2012-08-15",
         "2017-01": "2017-01-15", "2020-09": "2020-09-15"}  # fmt: skip


def main() -> None:
    """Write page and table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    page, codings = made(Atlas.open().db, Path(sys.argv[1]))
    PAGE.write_text(page, encoding="utf-8")
    CODINGS.write_text(codings, encoding="utf-8")
    print(
        f"{PAGE.relative_to(REPO)}; {codings.count(chr(10)) - 1} differences in {CODINGS.relative_to(REPO)}"
    )


def made(db: sqlite3.Connection, data: Path) -> tuple[str, str]:
    """The page and the table, as text."""
    found = list(differences(db, read_county_spells(data / STUDY)))
    digest = hashlib.sha256((data / STUDY).read_bytes()).hexdigest()
    page = [*_head(), *_days(db), *_totals(db, data), *_codings(found, digest), *_disputes(db)]
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([Difference._fields, *found])
    return "\n".join(page) + "\n", table.getvalue()


def _head() -> Iterator[str]:
    yield "# The years before ICE's lists\n"
    yield (
        "Written by `scripts/first_wave.py`. Ours is basis `in-force`: spells over all sources "
        "(`atlas287 status --basis in-force --on DAY`).\n"
    )


def _days(db: sqlite3.Connection) -> Iterator[str]:
    yield "## Three days on which a source names everybody\n"
    for day in DAYS:
        b = beside(db, day)
        models = ", ".join(f"{n} {MODELS.get(m, m)}" for m, n in b.ours["by_model"].items() if n)
        pending = f" and {b.pending} whose new memorandum was pending" if b.pending else ""
        yield f"### {day}\n"
        yield (
            f"{b.title} names {b.theirs} agencies as taking part{pending}. Ours: {b.ours['agreements']} "
            f"agreements ({models}) in {b.ours['states']} states; {b.ours['uncertain']} more uncertain.\n"
        )
        yield from (f"- ours alone: `{agency}`: {why}." for agency, why in b.only_ours)
        yield from (f"- theirs alone: `{agency}`: {why}." for agency, why in b.only_theirs)
        if not b.only_ours and not b.only_theirs:
            yield "The same agencies on both."
        yield ""


def _totals(db: sqlite3.Connection, data: Path) -> Iterator[str]:
    yield "## Official totals beside ours\n"
    yield (
        "| as of | official | states | jail / task force / both "
        "| ours | uncertain | states | jail / task force / both / unsettled | source |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    spells = stretches(db)
    with (data / "evidence/program_totals_benchmarks.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = AS_OF.get(row["as_of"], row["as_of"])
            ours = counted(spells, day)
            theirs = " / ".join(row[k] or "–" for k in ("detention_or_jem", "task_force", "joint_or_hybrid"))
            split = " / ".join(str(ours["by_model"].get(m, 0)) for m in ("jem", "tfm", "hybrid", UNSETTLED))
            source = row["source"].split(" via ")[0]
            note = f" ({row['note']})" if row["note"] else ""
            cells = (
                row["as_of"], f"{row['agreements']}{note}", row["states"] or "–", theirs, ours["agreements"],
                ours["uncertain"], ours["states"], split, source,
            )  # fmt: skip
            yield f"| {' | '.join(map(str, cells))} |"
    yield (
        "\n“Unsettled” are agencies known to take part while their jail and task-force agreement went over "
        "into a jail one, on a day no source gives; “uncertain” ones started or ended around the day.\n"
    )


def _codings(found: list[Difference], digest: str) -> Iterator[str]:
    yield "## A published coding of the first wave beside ours\n"
    yield (
        "East et al. (2023), county spells of 2005 to 2015, coded by first whole month; the table (sha256 "
        f"`{digest[:16]}…`) is theirs and does not ship. Ours, coded the same way, differs in "
        f"{len(found)} places; everywhere else start, end and task force agree. The rows are also in "
        "`atlas287 export data` (`first_wave_codings`).\n"
    )
    yield "| county | about | theirs | ours | agencies | why ours |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for d in found:
        agencies = d.agencies.replace(";", ", ")
        yield f"| {d.fips} {d.county} | {d.about} | {d.theirs} | {d.ours} | {agencies} | {d.reason} |"
    yield ""


def _disputes(db: sqlite3.Connection) -> Iterator[str]:
    yield "## Where sources contradict each other\n"
    yield "| agency | about | followed | says otherwise | why |"
    yield "| --- | --- | --- | --- | --- |"
    for agency, about, one, other, why in db.execute(
        "SELECT agency_id, about, one, other, why FROM disagreement JOIN agency USING (agency_no) "
        "ORDER BY 1, 2, 4"
    ):
        yield f"| `{agency}` | {about} | {one} | {other} | {why} |"


if __name__ == "__main__":
    main()
