"""Verdicts on claims, worked out each time they are asked for."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import AtlasError, EvidenceError, NotFoundError
from ..registry.questions.newest import newest, with_newest
from .answers import Asking
from .claim_files import Claim, ClaimFile, read_claims, shipped
from .found import Both, Figure, Found, UncheckableError
from .proof import Listings
from .queries import QUERIES

#: The three verdicts, with their Spanish.
VERDICTS = {
    "matches": "coincide",
    "differs": "difiere",
    "not checkable here": "no se puede comprobar aquí",
}
#: Why a claim that ships cannot be checked on a register built from other lists than those that ship.
_NOT_HELD = (
    Both(
        "none of the lists that this register holds names what the claim is about",
        "ninguna de las listas de este registro nombra aquello de lo que trata la afirmación",
    ),
    Both("the lists that ship with the program", "las listas que vienen con el programa"),
)
_NOT_KNOWN = Both(
    "how the published figure arose is not known; the lists show no count that gives it",
    "no se sabe de dónde salió la cifra publicada; ninguna cuenta de las listas la da",
)


def check_claims(
    db: sqlite3.Connection, files: Collection[Path] | None = None, listings: Listings | None = None
) -> dict[str, Any]:
    """Every claim of some files with its verdict.

    Args:
        files: files of claims; None: those that ship.
        listings: gives the rows of a list as printed, so that proofs can name rows.

    Returns:
        ``files``: for each ``file``, ``title``, ``title_es`` and ``claims`` (see :func:`check`);
        ``verdicts``: how many of each; ``newest_list``.

    Raises:
        EvidenceError: a file, a claim or its query says what cannot be.
    """
    read = [read_claims(path) for path in (shipped() if files is None else files)]
    checked: list[dict[str, Any]] = [
        {
            "file": file.file,
            "title": file.title.en,
            "title_es": file.title.es,
            "claims": [check(db, claim, listings, files is None) for claim in file.claims],
        }
        for file in read
    ]
    counts = Counter(claim["verdict"] for file in checked for claim in file["claims"])
    return {
        "files": checked,
        "verdicts": {verdict: counts[verdict] for verdict in VERDICTS},
        "newest_list": newest(db),
    }


def index() -> list[dict[str, Any]]:
    """Every claim that ships, without asking the register: ``claim_id``, ``file``, ``says``,
    ``says_es``, ``by``, ``made``, ``figure``, ``query``."""
    files: list[ClaimFile] = [read_claims(path) for path in shipped()]
    return [
        {
            "claim_id": _id(claim),
            "file": claim.file,
            "says": claim.says.en,
            "says_es": claim.says.es,
            "by": claim.by,
            "made": claim.made,
            "figure": _plain(claim.figure),
            "query": claim.query,
        }
        for file in files
        for claim in file.claims
    ]


def check_one(db: sqlite3.Connection, claim_id: str, listings: Listings | None = None) -> dict[str, Any]:
    """One claim that ships, by its id, as :func:`check` gives it, with ``newest_list``.

    Raises:
        NotFoundError: no claim goes by that id.
    """
    stem, _, own = claim_id.partition("/")
    for path in shipped():
        if path.stem == stem:
            for claim in read_claims(path).claims:
                if claim.id == own:
                    return with_newest(db, check(db, claim, listings, True))
    raise NotFoundError(f"no claim goes by the id {claim_id!r}", remedy="see `atlas287 claims check`")


def check(
    db: sqlite3.Connection, claim: Claim, listings: Listings | None = None, ships: bool = False
) -> dict[str, Any]:
    """One claim with its verdict.

    Args:
        ships: the claim is one of ours, so what it names is in the lists that ship: where this
            register does not hold it, it was built from others, and the claim cannot be checked here.

    Returns:
        ``claim_id``, ``says``, ``says_es``, ``by``, ``made``, ``figure``, ``unit``, ``compare``,
        ``tolerance``, ``source``, ``query``; ``verdict``, ``verdict_es``; ``found`` and
        ``found_high`` (a range), ``how``, ``evidence`` (cells and lists); if it differs
        ``could_be``, if it cannot be checked ``why`` and ``needs``; ``note``. Texts of ours have
        ``…_es`` beside them.

    Raises:
        EvidenceError: the query cannot be asked as it stands.
    """
    told: dict[str, Any] = {
        "claim_id": _id(claim),
        "says": claim.says.en,
        "says_es": claim.says.es,
        "by": claim.by,
        "made": claim.made,
        "figure": _plain(claim.figure),
        "unit": claim.unit.en,
        "unit_es": claim.unit.es,
        "compare": claim.compare,
        "tolerance": claim.tolerance,
        "source": asdict(claim.source),
        "query": {"ask": claim.query, **{k: _plain(v) for k, v in claim.params.items()}},
        **_pair("note", claim.note),
    }
    asking = Asking(db, claim.figure, listings, claim.needs)
    try:
        found = QUERIES[claim.query].ask(asking, claim.params)
    except UncheckableError as error:
        return {**told, **_open(error.why, claim.needs or error.needs)}
    except AtlasError as error:
        if ships and isinstance(error, NotFoundError):
            return {**told, **_open(*_NOT_HELD)}
        raise EvidenceError(f"{claim.at}: {error.message}", remedy=error.remedy) from error
    _refuse_other_kind(claim, found)
    right = _agrees(claim, found)
    differing = () if right else (*((claim.could_be,) if claim.could_be else ()), *found.could_be)
    return {
        **told,
        **_verdict("matches" if right else "differs"),
        "found": _plain(found.value),
        "found_high": _plain(found.high),
        **_pair("how", found.how),
        "evidence": list(found.proof),
        "could_be": [r.en for r in differing] or ([] if right else [_NOT_KNOWN.en]),
        "could_be_es": [r.es for r in differing] or ([] if right else [_NOT_KNOWN.es]),
        **_pair("why", None),
        **_pair("needs", None),
    }


def _agrees(claim: Claim, found: Found) -> bool:
    figure, low = claim.figure, found.value
    if isinstance(figure, (bool, date)) or isinstance(low, (bool, date)) or figure is None:
        return figure == low
    high = low if found.high is None or isinstance(found.high, date) else found.high
    give = claim.tolerance
    match claim.compare:
        case "at_least":
            return high >= figure - give
        case "more_than":
            return high > figure - give
        case "at_most":
            return low <= figure + give
    return low - give <= figure <= high + give


def _refuse_other_kind(claim: Claim, found: Found) -> None:
    """A number cannot be held against a day, nor either against true or false."""

    def kind(figure: Figure | None) -> str:
        if isinstance(figure, bool):
            return "true or false"
        return "a day" if isinstance(figure, date) else "a number"

    said, gives = kind(claim.figure), kind(found.value)
    if said != gives:
        raise EvidenceError(
            f"{claim.at}: the figure is {said}, and the query {claim.query} gives {gives}",
            remedy=f"write {gives}, or ask something else",
        )


def _id(claim: Claim) -> str:
    return f"{Path(claim.file).stem}/{claim.id}"


def _verdict(verdict: str) -> dict[str, str]:
    return {"verdict": verdict, "verdict_es": VERDICTS[verdict]}


def _open(why: Both, needs: Both) -> dict[str, Any]:
    """The verdict on what cannot be checked."""
    return {
        **_verdict("not checkable here"),
        **_nothing_found(),
        **_pair("why", why),
        **_pair("needs", needs),
    }


def _pair(name: str, text: Both | None) -> dict[str, str | None]:
    return {name: text.en if text else None, f"{name}_es": text.es if text else None}


def _nothing_found() -> dict[str, Any]:
    return {
        "found": None, "found_high": None, "how": None, "how_es": None,
        "evidence": [], "could_be": [], "could_be_es": [],
    }  # fmt: skip


def _plain(figure: Any) -> Any:
    return figure.isoformat() if isinstance(figure, date) else figure
