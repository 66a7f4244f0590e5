"""Which agreement a signed memorandum is, and whether ICE's list says the same of it.

By the file name that a list links, where one does: of several agreements under one link (links
slip to other rows) the one of the memorandum's own model and agency. Else by agency, model and
day. What fits none, or lies under another state, says so and is tied to nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import unquote

from .names import name_key
from .text import STATE_NAMES, STATES, evened

#: How a memorandum was tied to its agreement.
BY_LINK = "link"
BY_NAME = "agency, model and day"


class Agreement(NamedTuple):
    """What linking asks of an agreement."""

    no: int
    agreement_id: str
    agency_no: int
    model: str
    signed_on: str | None


class Agency(NamedTuple):
    """What linking asks of an agency."""

    no: int
    agency_id: str
    name: str
    state: str


@dataclass(frozen=True)
class Register:
    """What a register knows, as far as linking asks: of a build's rows, or of one that is open."""

    agencies: Mapping[int, Agency]
    agreements: Mapping[int, Agreement]
    #: By agency, every spelling that a list printed.
    spellings: Mapping[int, Sequence[str]]
    #: By file name in small letters: agreements whose rows link it, with how many rows do, and the address.
    links: Mapping[str, tuple[Counter[int], str]]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a memorandum was tied to.

    ``doubt`` says why it is of no agreement, or what speaks against it; ``misfiled``: its agency is in
    another state than the one that it was filed under.
    """

    agency_no: int | None
    agreement_no: int | None
    linked_by: str | None
    doubt: str | None
    address: str | None
    misfiled: bool = False


def file_of(link: str) -> str:
    """The file name at the end of a link, in small letters."""
    return unquote(link.split("?", 1)[0].rsplit("/", 1)[-1]).lower()


def links_to(
    wanted: frozenset[str], printed: Iterable[tuple[int, str]], runs: Iterable[tuple[int | None, int]]
) -> dict[str, tuple[Counter[int], str]]:
    """:attr:`Register.links` to some files.

    Args:
        printed: (printed_no, link) of rows with a link.
        runs: (agreement_no, printed_no) of runs of lists.
    """
    named = {no: (name, link) for no, link in printed if (name := file_of(link)) in wanted}
    found: dict[str, tuple[Counter[int], str]] = {}
    for agreement_no, printed_no in runs:
        if agreement_no is not None and printed_no in named:
            name, link = named[printed_no]
            found.setdefault(name, (Counter(), link))[0][agreement_no] += 1
    return found


def link(register: Register, file: str, fields: Mapping[str, str | None], state: str | None = None) -> Linked:
    """Tie a memorandum to its agreement.

    Args:
        file: the document's file name.
        fields: what was read of it, by name of field (``model``, ``agency``, ``ice_signed_on`` …).
        state: the state it was filed under or is asked for, if one is known.
    """
    linked, address = register.links.get(file.lower(), (Counter(), None))
    model, state = fields.get("model"), state or fields.get("state")
    if linked:
        no = max(
            linked,
            key=lambda n: (
                register.agreements[n].model == model,
                _is_called(register, register.agreements[n].agency_no, fields.get("agency")),
                linked[n],
                -n,
            ),
        )
        own = register.agreements[no]
        doubt = _elsewhere(register.agencies[own.agency_no], state)
        return Linked(own.agency_no, no, BY_LINK, doubt, address, misfiled=doubt is not None)
    return _by_name(register, fields, state)


def _elsewhere(agency: Agency, state: str | None) -> str | None:
    if state is None or agency.state == state:
        return None
    return f"filed under {STATE_NAMES[state]}, but its agency is in {STATE_NAMES[agency.state]}"


def _is_called(register: Register, agency_no: int, name: str | None) -> bool:
    """Whether a list ever printed an agency under a name, typography aside."""
    if not name:
        return False
    state = register.agencies[agency_no].state
    key = name_key(name, state)
    return any(name_key(printed, state) == key for printed in register.spellings.get(agency_no, ()))


def _by_name(register: Register, fields: Mapping[str, str | None], state: str | None) -> Linked:
    name, model = fields.get("agency"), fields.get("model")
    if not name:
        return Linked(None, None, None, "no list links its file name, and its agency could not be read", None)
    called = [agency for agency in register.agencies.values() if _is_called(register, agency.no, name)]
    here = [a for a in called if state is None or a.state == state]
    if len(here) != 1:
        # A namesake elsewhere (there are eight Jackson Counties) proves nothing; its own address does.
        misfiled = not here and fields.get("state") in {a.state for a in called}
        return Linked(None, None, None, _why_not_one(name, state, called, here), None, misfiled)
    own = [a for a in register.agreements.values() if a.agency_no == here[0].no and a.model == model]
    days = {fields.get("ice_signed_on"), fields.get("agency_signed_on")} - {None}
    same_day = [a for a in own if a.signed_on in days]
    chosen = same_day if len(same_day) == 1 else own if len(own) == 1 else []
    if not chosen:
        doubt = f"{len(own)} agreements of {here[0].agency_id} are of model {model or 'unknown'}"
        return Linked(here[0].no, None, None, doubt + (", and none of its days" if own else ""), None)
    return Linked(here[0].no, chosen[0].no, BY_NAME, None, None)


def _why_not_one(name: str, state: str | None, called: Sequence[Agency], here: Sequence[Agency]) -> str:
    if here:
        states = ", ".join(sorted(a.state for a in here))
        return f"{len(here)} agencies are called {name!r}, in {states}: name the state"
    if called:
        others = ", ".join(f"{a.agency_id} in {STATE_NAMES[a.state]}" for a in called)
        none = f"no list has {name!r} in {STATE_NAMES[state or '']}; there is {others}"
        return f"the agency seems to be in the wrong state: {none}"
    where = f" in {STATE_NAMES[state]}" if state else ""
    return f"no list ever printed an agency {name!r}{where}"


def state_of(folder: str) -> str | None:
    """The state that a folder is named after: ``NEW_YORK``, ``fl``."""
    word = evened(folder.replace("_", " "))
    return STATES.get(word) or (word.upper() if word.upper() in STATE_NAMES else None)


def compared(
    register: Register, linked: Linked, fields: Mapping[str, str | None], by_eye: Mapping[str, str]
) -> dict[str, tuple[str | None, int | None]]:
    """By field that ICE's list has too: what the list says, and whether they agree (None: not readable)."""
    if linked.agreement_no is None or linked.agency_no is None:
        return {}
    agreement, agency = register.agreements[linked.agreement_no], register.agencies[linked.agency_no]
    said = {**fields, **by_eye}
    listed = {
        "model": agreement.model,
        "agency": agency.name,
        "state": agency.state,
        "ice_signed_on": agreement.signed_on,
    }
    out: dict[str, tuple[str | None, int | None]] = {}
    for name, theirs in listed.items():
        ours = said.get(name)
        if ours is None or theirs is None:
            out[name] = (theirs, None)
        elif name == "agency":
            out[name] = (theirs, int(_is_called(register, agency.no, ours)))
        else:
            out[name] = (theirs, int(ours == theirs))
    return out


def register_of(
    tables: Mapping[str, Sequence[tuple[Any, ...]]],
    columns: Mapping[str, Sequence[str]],
    files: Iterable[str],
) -> Register:
    """What a build's rows say, before they are written.

    Args:
        columns: by table, its columns in order.
        files: the memoranda's file names.
    """

    def at(table: str, *names: str) -> Iterable[tuple[Any, ...]]:
        return map(itemgetter(*(columns[table].index(name) for name in names)), tables[table])

    linked = ((no, link) for no, link in at("printed", "printed_no", "moa_link") if link)
    return _register(
        at("agency", "agency_no", "agency_id", "name", "state"),
        at("agreement", "agreement_no", "agreement_id", "agency_no", "model", "signed_on"),
        at("agency_name", "agency_no", "printed"),
        links_to(
            frozenset(f.lower() for f in files), linked, at("listing_run", "agreement_no", "printed_no")
        ),
    )


def _register(
    agencies: Iterable[Sequence[Any]],
    agreements: Iterable[Sequence[Any]],
    spellings: Iterable[Sequence[Any]],
    links: Mapping[str, tuple[Counter[int], str]],
) -> Register:
    named: dict[int, list[str]] = defaultdict(list)
    for agency_no, printed in spellings:
        named[agency_no].append(printed)
    return Register(
        {row[0]: Agency(*row) for row in agencies},
        {row[0]: Agreement(*row) for row in agreements},
        named,
        links,
    )


def register_in(db: Any, file: str) -> Register:
    """What an open register says, with the links to one file."""
    linked = db.execute("SELECT printed_no, moa_link FROM printed WHERE moa_link IS NOT NULL")
    return _register(
        db.execute("SELECT agency_no, agency_id, name, state FROM agency"),
        db.execute("SELECT agreement_no, agreement_id, agency_no, model, signed_on FROM agreement"),
        db.execute("SELECT agency_no, printed FROM agency_name"),
        links_to(
            frozenset({file.lower()}),
            ((row[0], row[1]) for row in linked),
            ((row[0], row[1]) for row in db.execute("SELECT agreement_no, printed_no FROM listing_run")),
        ),
    )


def by_document(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    """Rows of the memoranda's table, by (folder, file)."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["folder"], row["file"]].append(row)
    return found
