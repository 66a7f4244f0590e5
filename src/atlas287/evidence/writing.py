"""Writing a claim into a file, new or old, so that what was there stays as it was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from ..errors import EvidenceError
from ..home import write_whole
from .claim_files import Claim, parse_claims

_TITLE = "Claims"


class _Dumper(yaml.SafeDumper):
    """Writes ``on:`` plainly, as the claims that ship have it."""


_BOOL = "tag:yaml.org,2002:bool"
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != _BOOL]
    for first, rules in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Dumper.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF"))


def add_claim(path: Path, claim: dict[str, Any]) -> Claim:
    """Add a claim to the end of a file, which is made if there is none.

    Args:
        claim: its fields, as a claims file has them.

    Raises:
        EvidenceError: the claim says what cannot be, its id stands there already, or the file
            is not one that can be added to; the file is then left as it was.
    """
    before = ""
    if path.exists():
        try:
            before = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise EvidenceError(f"{path} cannot be read: {error}", remedy="name another file") from error
        known = {c.id for c in parse_claims(before, path.name).claims}
    else:
        known = set()
    written = yaml.dump([claim], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    block = "".join(f"  {line}" if line.strip() else line for line in written.splitlines(keepends=True))
    head = before if before.endswith("\n") or not before else before + "\n"
    text = f"{head}\n{block}" if before else f"title: {_TITLE}\nclaims:\n{block}"
    read = parse_claims(text, path.name)  # before anything is written
    if len(read.claims) != len(known) + 1:
        raise EvidenceError(
            f"{path.name}: the claim would not end up among the others",
            remedy="let `claims:` be the last part of the file, its entries indented by two spaces",
        )
    write_whole(path, text.encode())
    return read.claims[-1]
