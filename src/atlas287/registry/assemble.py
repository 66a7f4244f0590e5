"""From a record to agencies, agreements, events and applications: the rules, in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from ..sources.record import Record
from ..sources.testimony import SCHEMA
from . import ids
from .agreements import Agreement, agreements_of
from .applications import Application, applications_of
from .dating import Dated
from .events import Event, events_of
from .identify import identify
from .past import Past, past_of
from .reading import Reading, read_printed
from .sequence import Ordered, moment, order_lists, sequence
from .testimony import Testimony, testify
from .ties import Body, Identified
from .units import Restated, Unit, settle
from .verdicts import Verdicts

#: The names that together print this share of a link's rows own it; the rest are rows that
#: ICE's links slipped to.
OWNED = 0.9


@dataclass(slots=True)
class Assembled:
    """Everything derived from a record, before it is written."""

    record: Record
    readings: list[Reading]
    dated: list[Dated]  # every list, in order of kind and instant, stale ones among them
    on: Ordered  # participating lists
    pending: Ordered
    units: list[Unit]
    unit_of: dict[int, Unit]  # by printed_no
    restated: list[Restated]
    homeless: list[Reading]  # printed rows that have no state or model
    identified: Identified
    agreements: list[Agreement]
    applications: list[Application]
    events: list[Event]
    agency_id: list[str]
    agreement_id: list[str]
    redirects: list[tuple[str, str, str]]
    statements: int  # of other sources, read or not
    testimony: Testimony
    past: Past

    @property
    def bodies(self) -> list[Body]:
        return self.identified.bodies


def assemble(
    record: Record,
    verdicts: Verdicts,
    real_county: Callable[[str, str | None], bool],
    statements: pl.DataFrame | None = None,
) -> Assembled:
    """Derive the register's contents; the same record and statements give the same contents.

    Args:
        statements: what other sources say, as :func:`atlas287.sources.testimony.read_folder` reads it.
    """
    statements = pl.DataFrame(schema=SCHEMA) if statements is None else statements
    readings = read_printed(record, verdicts.words, _last_year(record))
    dated = order_lists(record, readings, verdicts)
    on, pending = (sequence(kind, record, dated) for kind in ("participating", "pending"))
    units, unit_of, restated, homeless = settle(readings, on.on, pending.on, verdicts, real_county)
    found = identify(units, on.on, pending.on, on.times, pending.times, verdicts, real_county)
    owners = _link_owners(units, on)
    agreements: list[Agreement] = []
    applications: list[Application] = []
    events: list[Event] = []
    for body in found.bodies:
        own = agreements_of(body, on.on, on.times, owners, _date_verdicts(body, verdicts))
        agreements += own
        applications += applications_of(body, own, on.times, pending.times, pending.documents)
        events += events_of(body, own, on.documents)
    events.sort(key=lambda e: e.at)
    testimony = testify(statements, found.bodies, verdicts.testimony, real_county)
    found.bodies += testimony.bodies
    units += [u for body in testimony.bodies for u in body.units]
    past = past_of(
        found.bodies, by_agency(agreements), testimony, on, [moment(at) for at in on.times], verdicts
    )
    agency_id = ids.agency_ids(found.bodies, verdicts.ids, on.times, pending.times)
    by_body = {id(body): own for body, own in zip(found.bodies, agency_id, strict=True)}
    agreement_id = ids.agreement_ids(agreements, lambda b: by_body[id(b)])
    leads = ids.redirects(
        found.bodies, agency_id, agreements, agreement_id, lambda b: by_body[id(b)], restated
    )
    return Assembled(
        record, readings, dated, on, pending, units, unit_of, restated, homeless, found,
        agreements, applications, events, agency_id, agreement_id, leads, statements.height, testimony, past,
    )  # fmt: skip


def by_agency(agreements: Sequence[Agreement]) -> dict[int, list[Agreement]]:
    """Agreements by agency (``id`` of its body)."""
    by: dict[int, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        by[id(agreement.body)].append(agreement)
    return by


def _last_year(record: Record) -> int:
    """The last year that any file name or stamp of the record speaks of; dates beyond are slips."""
    years = [int(c[:4]) for c in record.lists["captured"].drop_nulls()]
    years += [d.year for d in record.lists["saved_at"].drop_nulls()]
    years += [
        int(m) for m in record.lists["file"].str.extract(r"(20[0-9]{2})(?:am|mid|pm|\.|_| |$)").drop_nulls()
    ]
    return max(years, default=2026)


def _link_owners(units: Sequence[Unit], on: Ordered) -> dict[str, frozenset[int]]:
    """By memorandum link, the units (by ``id``) whose memorandum it is."""
    rows: dict[str, Counter[int]] = {}
    for unit in units:
        for reading in unit.readings:
            if reading.link and on.on.get(reading.no):
                rows.setdefault(reading.link, Counter())[id(unit)] += on.on[reading.no].bit_count()
    owners = {}
    for link, counts in rows.items():
        needed, own = OWNED * counts.total(), []
        for unit_id, n in sorted(counts.items(), key=lambda c: -c[1]):
            if needed <= 0:
                break
            own.append(unit_id)
            needed -= n
        owners[link] = frozenset(own)
    return owners


def _date_verdicts(body: Body, verdicts: Verdicts) -> dict[tuple[str, date], date]:
    keys = {(u.state, u.key) for u in body.units}
    return {
        (model, printed): means
        for (state, key, model, printed), means in verdicts.dates.items()
        if (state, key) in keys
    }
