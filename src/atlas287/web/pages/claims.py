"""What was said in public, held against the record: every claim with its verdict, and a page each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any
from weakref import WeakKeyDictionary

from ...errors import NotFoundError
from ..edition import Edition
from ..page import Ask, Data, Page, Params, Rows
from ..words import Words

#: What of a claim the index tells.
_SHORT = (
    "claim_id", "says", "says_es", "by", "made", "figure", "unit", "unit_es", "compare", "verdict",
    "verdict_es", "found", "found_high",
)  # fmt: skip
_kept: WeakKeyDictionary[Edition, dict[str, Any]] = WeakKeyDictionary()


def checked(edition: Edition) -> dict[str, Any]:
    """Every claim that ships, checked once an edition: it takes most of a second."""
    if edition not in _kept:
        _kept[edition] = edition.atlas.claims()
    return _kept[edition]


def claims(ask: Ask) -> Data:
    found = checked(ask.edition)
    told = [{**{k: c[k] for k in _SHORT}, "file": f["file"]} for f in found["files"] for c in f["claims"]]
    return {
        "verdicts": [
            {"verdict": verdict, "n": n, "claims": [c for c in told if c["verdict"] == verdict]}
            for verdict, n in found["verdicts"].items()
        ],
        "files": [
            {
                **{k: f[k] for k in ("file", "title", "title_es")},
                "verdicts": {v: sum(c["verdict"] == v for c in f["claims"]) for v in found["verdicts"]},
            }
            for f in found["files"]
        ],
        "newest_list": ask.edition.newest,
    }


def claims_title(d: Data, w: Words) -> str:
    return w.say("claims.title")


def claims_quote(d: Data, w: Words) -> str:
    return w.say("claims.quote", day=w.day(d["newest_list"]["at"]), **_counts(d))


def _counts(d: Data) -> dict[str, int]:
    numbers = {v["verdict"]: v["n"] for v in d["verdicts"]}
    return {
        "n": sum(numbers.values()),
        "right": numbers["matches"],
        "wrong": numbers["differs"],
        "open": numbers["not checkable here"],
    }


def claims_rows(d: Data) -> Rows:
    """Figures as text: they are numbers, days and yes or no."""
    return [
        {k: _text(v) if k in ("figure", "found", "found_high") else v for k, v in claim.items()}
        for verdict in d["verdicts"]
        for claim in verdict["claims"]
    ]


def _text(figure: Any) -> str | None:
    return None if figure is None else str(figure).lower() if isinstance(figure, bool) else str(figure)


def each_claim(edition: Edition) -> Iterable[Params]:
    return [_params(c["claim_id"]) for f in checked(edition)["files"] for c in f["claims"]]


def _params(claim_id: str) -> Params:
    file, _, claim = claim_id.partition("/")
    return {"file": file, "claim": claim}


def claim(ask: Ask) -> Data:
    asked = f"{ask.params['file']}/{ask.params['claim']}"
    found = checked(ask.edition)
    for file in found["files"]:
        if PurePosixPath(file["file"]).stem == ask.params["file"]:
            for n, own in enumerate(file["claims"]):
                if own["claim_id"] == asked:
                    beside = [
                        file["claims"][m] if 0 <= m < len(file["claims"]) else None for m in (n - 1, n + 1)
                    ]
                    return {
                        **own,
                        "file": {k: file[k] for k in ("file", "title", "title_es")},
                        "agency": _agency(ask.edition, own["query"].get("agency")),
                        "agreements": _agreements(ask.edition, own["evidence"]),
                        "before": _short(beside[0]),
                        "after": _short(beside[1]),
                        "newest_list": ask.edition.newest,
                    }
    raise NotFoundError(f"no claim goes by the id {asked!r}", remedy="see the list of claims")


def _agency(edition: Edition, agency_id: str | None) -> dict[str, Any] | None:
    """The agency that a claim is about, as links need it."""
    agency = edition.agencies.get(agency_id or "")
    return {k: agency[k] for k in ("agency_id", "name", "state")} if agency else None


def _agreements(edition: Edition, evidence: Rows) -> list[str]:
    """The agreements whose cells prove it, that have a page."""
    shown = [str(e.get("shows", "")).partition("#")[0] for e in evidence]
    return [own for own in dict.fromkeys(shown) if own in edition.agreements]


def _short(other: dict[str, Any] | None) -> dict[str, Any] | None:
    return {k: other[k] for k in ("claim_id", "says", "says_es")} if other else None


def claim_title(d: Data, w: Words) -> str:
    return w.say("claim_page.title", says=d["says"] if w.lang == "en" else d["says_es"])


def claim_quote(d: Data, w: Words) -> str:
    says = (d["says"] if w.lang == "en" else d["says_es"]).rstrip(".")
    given = {"says": says, "by": d["by"], "made": w.when(d["made"])}
    if d["verdict"] == "not checkable here":
        return w.say("claim_page.quote_open", **given)
    found = shown(d, "found", w)
    if d["verdict"] == "matches":
        return w.say("claim_page.quote_matches", found=found, **given)
    return w.say("claim_page.quote_differs", found=found, figure=shown(d, "figure", w), **given)


def shown(d: Data, which: str, w: Words) -> str:
    """The published figure, or the one found, in words."""
    return figure(
        d[which],
        d["unit"] if w.lang == "en" else d["unit_es"],
        w,
        d["found_high"] if which == "found" else None,
    )


def figure(value: Any, unit: str, w: Words, high: Any = None) -> str:
    """A figure with its unit: a number, a range, a day, or yes or no."""
    if value is None:
        return w.say("claims.no_figure")
    if isinstance(value, bool):
        return w.say("claims.so" if value else "claims.not_so")
    if isinstance(value, str):
        return w.when(value)
    if unit in ("year", "año"):
        return str(value)
    number = (
        w.num(value) if high in (None, value) else w.say("claims.range", low=w.num(value), high=w.num(high))
    )
    return f"{number} {unit}".strip()


PAGES = (
    Page("claims", "/claims/", claims, "claims.html", claims_title, quote=claims_quote, rows=claims_rows),
    Page("claim", "/claims/{file}/{claim}/", claim, "claim.html", claim_title, each=each_claim,
         quote=claim_quote),
)  # fmt: skip
