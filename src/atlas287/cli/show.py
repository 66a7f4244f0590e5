"""Answers in words, for a terminal."""

from __future__ import annotations

import sqlite3
from typing import Any

from ..registry.text import MODELS, STATE_NAMES
from .dates import day
from .output import table
from .show_past import past

CHANGES = ("listed", "removed", "resigned", "switched", "redated", "renamed")


def age(answer: dict[str, Any]) -> str:
    """The line that every answer ends with."""
    newest = answer["newest_list"]
    line = f"Newest list held: {day(newest['at'])} ({newest['file']}), {newest['age_days']:,} days old."
    if "set_aside" in newest:
        line += f"\nSet aside as old lists under a newer date: {', '.join(newest['set_aside'])}."
    return line


def status(answer: dict[str, Any]) -> str:
    """The state of the program, in a few lines."""
    n = answer["agreements"]
    where = [f"{answer['states']} state{'s' * (answer['states'] != 1)}"]
    if answer["territories"]:
        where.append(f"{answer['territories']} territor{'ies' if answer['territories'] != 1 else 'y'}")
    scope = (
        f" in {STATE_NAMES.get(answer['state'], answer['state'])}"
        if "state" in answer
        else f" in {' and '.join(where)}"
    )
    kind = f" ({MODELS[answer['model']]})" if "model" in answer else ""
    lines = [f"{day(answer['on'])}: {n:,} agreement{'s' * (n != 1)}{kind}{scope}."]
    lines += [
        f"  {count:>6,}  {MODELS.get(model, model)}"
        for model, count in answer["by_model"].items()
        if count or "model" not in answer
    ]
    if answer["basis"] == "listed":
        lines.append(
            f"  {answer['agencies']:,} agencies by name ({answer['agencies_as_printed']:,} as printed, "
            f"{answer['agencies_resolved']:,} once spellings are tied); {answer['rows']:,} rows."
        )
        lines.append(f"Basis: rows of ICE's list of {day(answer['list']['at'])} ({answer['list']['file']}).")
    else:
        lines.append(
            f"  {answer['agencies']:,} agencies; {answer['uncertain']:,} more may have been in force: they "
            "started or ended around that day."
        )
        if answer["undocumented"]:
            lines.append(
                f"  Of {answer['undocumented']:,} no source covers that day, but sources on both sides."
            )
        lines.append("Basis: in force by all sources, from signing on. Signed is not operating.")
    return "\n".join([*lines, age(answer)])


def history(answer: dict[str, Any]) -> str:
    """One agency, from its first signing to its last list."""
    agency = answer["agency"]
    lines = [
        f"{agency['name']}, {STATE_NAMES.get(agency['state'], agency['state'])}   [{agency['agency_id']}]",
        f"Status: {agency['status']}.",
    ]
    lines += _place(answer)
    others = [n["printed"] for n in answer["names"] if n["printed"] != agency["name"]]
    if others:
        lines.append(f"Also printed as: {'; '.join(others)}.")
    lines += past(answer)
    active = [a for a in answer["agreements"] if a["status"] == "active"]
    lines += ["", f"Agreements on ICE's lists: {len(answer['agreements'])}, active: {len(active) or 'none'}."]
    for a in answer["agreements"]:
        model = MODELS.get(a["model"], a["model"])
        lines.append(f"  {model}, signed {day(a['signed_on'])} – {a['status']}   [{a['agreement_id']}]")
        if a["signed_rule"]:
            lines.append(f"      signing day: {a['signed_rule']}")
        for which, word in (("first", "first listed"), ("last", "last listed")):
            e = a["evidence"][which]
            place = f"{e['file']}, {e['sheet']}, row {e['row']}, {e['cell']}"
            lines.append(f"      {word} {day(e['at'])}: {place} “{e['printed']}”")
        if a["ended_between"]:
            last, without = map(day, a["ended_between"])
            lines.append(f"      left the list between {last} and {without}; the lists do not say why")
        lines.append(f"      memorandum: {a['memorandum'] or 'link pending on every list'}")
    if answer["applications"]:
        lines += ["", "Applications:"]
        for p in answer["applications"]:
            model, fate = MODELS.get(p["model"], "model not stated"), p["status"].replace("_", " ")
            if p["became"]:
                fate += f" {p['became']}"
            lines.append(f"  {model}: pending {day(p['first_pending'])} to {day(p['last_pending'])} – {fate}")
    lines += ["", "Events on ICE's lists:"] if answer["events"] else []
    for e in answer["events"]:
        row = f", row {e['row']} of {e['row_is_of']}" if e["row"] else ""
        detail = f": {e['detail']}" if e["detail"] else ""
        sure = "" if e["confirmed"] else " (not yet confirmed by further lists)"
        model = f" {e['model']}" if e["model"] else ""
        lines.append(f"  {day(e['at']):<18} {e['kind']}{model}{detail}{sure}   [{e['list']}{row}]")
    return "\n".join([*lines, "", age(answer)])


def _place(answer: dict[str, Any]) -> list[str]:
    """Who and where an agency is, each with how it was found."""
    agency, placing = answer["agency"], answer["placing"]
    lines = []
    if agency["level"]:
        of = f", {agency['municipality']}" if agency["municipality"] else ""
        lines.append(f"Level: {agency['level']}{of} ({placing['level_why']}).")
    told = [f"{c['county']} {c['fips']} ({c['how']})" for c in placing["counties"]]
    if told:
        lines.append(f"Counties: {'; '.join(told)}.")
    for o in placing["oris"]:
        when = "ORI" if o["current"] else f"ORI until {o['year']}"
        by = f"{o['roster_name']}, {o['roster_type']}" if o["roster_type"] else o["roster_name"]
        lines.append(f"{when}: {o['ori']} ({by}; {o['how']}, {o['sure']}).")
    if agency["population"] is not None:
        officers = f", with {agency['officers']:,} officers" if agency["officers"] is not None else ""
        lines.append(f"Polices {agency['population']:,} residents{officers}, by the FBI's roster.")
    return lines + [f"In doubt: {d['about']} {d['result']}: {d['why']}." for d in placing["doubts"]]


def changes(answer: dict[str, Any]) -> str:
    """What moved between two lists."""
    lines = [answer["sentence"], f"Shown by {answer['from']['file']} and {answer['to']['file']}."]
    for kind in CHANGES:
        rows = answer[kind]
        if not rows:
            continue
        lines += ["", f"{kind} ({len(rows):,})"]
        lines += [f"  {r['state']}  {_change(kind, r)}" for r in rows]
    return "\n".join([*lines, "", age(answer)])


def _change(kind: str, r: dict[str, Any]) -> str:
    if kind == "renamed":
        return f"{' / '.join(r['was_printed'])} → {' / '.join(r['is_printed'])}"
    more = ""
    if kind == "resigned":
        more = f" (before: {r['was']})"
    elif kind == "switched":
        more = f" (from {r['was_model']})"
    elif kind == "redated":
        more = f" (printed {r['was_printed']} → {r['is_printed']})"
    return f"{r['name']}, {r['model']}, signed {r['signed_on'] or 'on no day printed'}{more}"


def trace(answer: dict[str, Any]) -> str:
    """A fact and the cells that show it."""
    lines = [answer["says"], ""]
    for e in answer["evidence"]:
        if "cell" not in e:
            lines += [f"  {k}: {v}" for k, v in e.items() if v is not None]
            continue
        shows = f"{e['shows']}: " if "shows" in e else ""
        place = f"{e['file']}, {e['sheet']}, row {e['row']}"
        lines.append(f"  {shows}{place}: {e['cell']} ({e['column']}) “{e['printed']}”")
        lines.append(f"      document sha256 {e['sha256']}, publisher: {e['publisher']}")
        lines.append(
            f"      original: {e['address'] or 'no public address known'}"
            + (f" ({e['address_is']})" if e["address_is"] else "")
        )
    return "\n".join([*lines, "", age(answer)])


def checks(rows: list[dict[str, Any]], db: sqlite3.Connection | None = None) -> str:
    """The QA table; with the register it is of, its newest list too."""
    shown = [(c["result"], c["name"], c["expected"] or "", c["found"], c["what"]) for c in rows]
    failed = sum(c["result"] == "fail" for c in rows)
    held = sum(c["result"] == "pass" for c in rows)
    lines = table(shown, ("", "check", "expected", "found", "what"))
    told = f"{lines}\n\n{held} checks hold, {failed} fail."
    return f"{told}\n{newest_line(db)}" if db else told


def agencies(rows: list[dict[str, Any]], db: sqlite3.Connection) -> str:
    """Agencies, a line each."""
    shown = [
        (r["agency_id"], r["name"], r["state"], r["status"], ",".join(r["models"]), day(r["last_listed"]))
        for r in rows
    ]
    lines = table(shown, ("id", "agency", "", "status", "models", "last listed"))
    return f"{lines}\n\n{len(rows):,} agencies.\n{newest_line(db)}"


def lists(rows: list[dict[str, Any]], db: sqlite3.Connection) -> str:
    """Lists, a line each, and how many rows they hold in all."""
    shown = [
        (
            r["at"], r["kind"], r["file"], r["decided_by"], r["rows"], r["states"], r["agencies"],
            "stale" if r["stale"] else "repeats" if r["repeats"] else "",
        )
        for r in rows
    ]  # fmt: skip
    head = ("speaks for", "kind", "file", "decided by", "rows", "states", "agencies", "")
    sums = "; ".join(
        f"{sum(r['rows'] for r in of):,} rows in {len(of):,} {kind} lists"
        for kind in ("participating", "pending")
        if (of := [r for r in rows if r["kind"] == kind])
    )
    total = f"{len(rows):,} lists, {sum(r['rows'] for r in rows):,} rows: {sums}."
    return f"{table(shown, head)}\n\n{total}\n{newest_line(db)}"


def quarantine(rows: list[dict[str, Any]]) -> str:
    """What could not be read, with reason and remedy."""
    told = [f"{r['what']}: {r['reason']}\n    remedy: {r['remedy']}" for r in rows]
    return "\n".join([*told, f"{len(rows):,} in all."])


def candidates(rows: list[dict[str, Any]]) -> str:
    """Spellings that nobody has decided on."""
    head = ("state", "one", "other", "why")
    return (
        table([[r[h] for h in head] for r in rows], head)
        if rows
        else "No candidates: rules and verdicts decide all."
    )


def built(answer: dict[str, Any]) -> str:
    """A build: its checks, what it quarantined, what moved."""
    lines = [checks(answer["checks"])]
    if answer["quarantined"]:
        lines.append(
            f"{answer['quarantined']} documents, sheets or rows are quarantined: "
            "see `atlas287 check --quarantine`."
        )
    moved = [m for m in answer["moves"] if m["added"] or m["gone"] or m["changed"]]
    for move in moved:
        counts = ", ".join(f"{len(move[kind])} {kind}" for kind in ("added", "gone", "changed"))
        lines.append(f"{move['table']}: {counts}")
        for kind, mark in (("added", "+"), ("gone", "-"), ("changed", "~")):
            lines += [f"  {mark} {name}" for name in move[kind][:10]]
            if len(move[kind]) > 10:
                lines.append(f"  … {len(move[kind]) - 10} more {kind}")
    if answer["moves"] and not moved:
        lines.append("Nothing moved against the build before.")
    return "\n".join(lines)


def added(answer: dict[str, Any]) -> str:
    """What was added to the archive, and what came of it."""
    lines = [
        f"{answer['new_sightings']:,} new sightings ({answer['new_documents']:,} new documents), "
        f"{answer['already_known']:,} already known, {answer['left_out']:,} left out."
    ]
    if answer["repaired"]:
        lines.append(f"{answer['repaired']:,} damaged in the archive and whole again.")
    lines += [
        f"  not added: {f['path']}: {f['reason']}\n    remedy: {f['remedy']}" for f in answer["failures"]
    ]
    lines += [
        f"  quarantined: {q['reason']}\n    remedy: {q['remedy']}" for q in answer.get("quarantined", ())
    ]
    if answer.get("newest_list"):
        lines.append(age(answer))
    return "\n".join(lines)


def newest_line(db: sqlite3.Connection) -> str:
    """The line on the newest list, for answers that are tables."""
    from ..registry.questions.newest import newest_or_none

    newest = newest_or_none(db)
    return age({"newest_list": newest}) if newest else "No participating list is held."
