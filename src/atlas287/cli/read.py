"""The command that reads memoranda."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..registry.text import MODELS
from .options import State, answers, at_home, open_atlas
from .output import emit

#: What to call a field before its value, where its own name does not do.
_WAY = {"text layer": "", "text layer and ocr": ", confirmed by OCR", "ocr": ", by OCR"}


@click.command()
@click.argument("what", metavar="FILE|AGENCY")
@click.option("--state", type=State(), help="The state of the agency; of a file, where it should be from.")
@answers
@at_home
def memorandum(what: str, state: str | None, home: Path | None, form: str | None) -> None:
    """A signed memorandum: what it says, page by page, and where ICE's list says otherwise.

    FILE is a PDF, read now (needs the extra memoranda; scans need Tesseract). AGENCY is an id, a spelling
    that a list printed, or words that fit one: what was read of its memoranda.
    """
    answer = open_atlas(home).memorandum(what, state)
    rows = [
        {"file": m["file"], "agreement_id": m["agreement_id"], **f}
        for m in answer["memoranda"]
        for f in m["fields"]
    ]
    emit(answer, form, lambda: _text(answer), rows)


def _text(answer: dict[str, Any]) -> str:
    from . import show

    agency = answer["agency"]
    head = (
        f"{agency['name']}, {agency['state']}   [{agency['agency_id']}]" if agency else "Tied to no agency."
    )
    lines = [head]
    for m in answer["memoranda"]:
        lines += ["", *_memorandum(m)]
    for problem in answer.get("problems", ()):
        lines.append(f"  not read: {problem['reason']}\n      remedy: {problem['remedy']}")
    if not answer["memoranda"]:
        lines.append("No memorandum of it was read.")
    for a in answer["not_read"]:
        lines.append(f"Not read: {a['agreement_id']}: {a['memorandum'] or 'no list links its memorandum'}")
    return "\n".join([*lines, "", show.age(answer)] if answer["newest_list"] else lines)


def _memorandum(m: dict[str, Any]) -> list[str]:
    lines = [f"{m['file']}, {m['pages']} pages, {m['text']}, sha256 {m['sha256'][:16]}…"]
    if m["agreement_id"]:
        model, day = MODELS[m["model"]], m["signed_on"] or "no day"
        lines.append(
            f"  is {m['agreement_id']} (tied by {m['linked_by']}): {model}, SIGNED {day} on ICE's list"
        )
    if m["doubt"]:
        lines.append(f"  in doubt: {m['doubt']}")
    if m["address"]:
        lines.append(f"  {m['address']} ({m['address_is']})")
    for d in m["disagreements"]:
        lines.append(
            f"  disagrees: {d['field']}: the memorandum says {d['memorandum']}, ICE's list {d['listed']}"
        )
    lines.append("")
    unread: dict[str, list[str]] = {}
    for f in m["fields"]:
        if f["value"] is None:
            eye = f" (by eye: {f['by_eye']})" if f["by_eye"] else ""
            unread.setdefault(f["how"], []).append(f["field"] + eye)
            continue
        lines.append(f"  {f['field']}: {f['value']}   [page {f['page']}{_WAY[f['how']]}]")
        lines.append(f"      “{f['snippet']}”")
    return lines + [f"  {how}: {', '.join(names)}" for how, names in unread.items()]
