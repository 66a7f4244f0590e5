"""The register's tables, filled from what was assembled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from . import list_tables, spans
from .agreements import Agreement
from .applications import Application
from .assemble import Assembled
from .events import DELTA, is_confirmed
from .past import disagreements, spell_rows
from .placement import Placed, doubt_rows, ori_rows, place_rows
from .places import Counties
from .schema import Row
from .sequence import Ordered, moment
from .signings import signing_rows
from .testimony import source_rows, testimony_rows
from .text import commonest, evened, tidy
from .ties import Body


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


class Tables:
    """Rows for every table of :mod:`schema`, in the order of its columns."""

    def __init__(
        self, made: Assembled, placed: Sequence[Placed] = (), counties: Counties | None = None
    ) -> None:
        self.made = made
        self.placed = placed
        self.counties = counties or Counties([])
        self.list_no = {id(d): n for n, d in enumerate(made.dated)}
        self.agency_no = {id(b): n for n, b in enumerate(made.bodies)}
        self.agreement_no = {id(a): n for n, a in enumerate(made.agreements)}
        self.application_no = {id(a): n for n, a in enumerate(made.applications)}
        self.numbers = {
            kind: [self.list_no[id(d)] for d in part.lists] for kind, part in self._kinds().items()
        }
        self.moments = {kind: [moment(at) for at in part.times] for kind, part in self._kinds().items()}
        self.of_body: Mapping[int, list[Agreement]] = _grouped(made.agreements)
        self.applications_of: Mapping[int, list[Application]] = _grouped(made.applications)

    def _kinds(self) -> dict[str, Ordered]:
        return {"participating": self.made.on, "pending": self.made.pending}

    def all(self) -> Iterator[tuple[str, list[Row]]]:
        """Every table's name and rows."""
        yield "list", list(list_tables.lists(self.made, self.moments))
        yield "printed", self.made.record.printed.rows()
        yield "listing_run", list(self.runs())
        yield "agency", [self.agency(b) for b in self.made.bodies]
        yield "agency_name", list(self.names())
        yield "ori", list(ori_rows(self.placed))
        yield "place", list(place_rows(self.placed, self.counties))
        yield "doubt", list(doubt_rows(self.placed))
        yield "agreement", [self.agreement(a) for a in self.made.agreements]
        told = self.made.testimony.told
        yield "source", source_rows(told)
        yield "testimony", testimony_rows(told, lambda body: self.agency_no[id(body)])
        yield "signing", list(self.signings())
        yield (
            "disagreement",
            disagreements(self.made.testimony.by_body(), self.made.past, self.made.bodies),
        )
        yield "spell", list(self.spells())
        yield "event", list(self.events())
        yield "application", [self.application(a) for a in self.made.applications]
        yield (
            "merge",
            [
                (m.state, m.old, m.new, m.rule, m.why, self._list(m.kind, m.at))
                for m in self.made.identified.merges
            ],
        )
        yield (
            "redating",
            [
                (
                    self.agreement_no[id(a)],
                    _day(r.old),
                    _day(r.new),
                    r.rule,
                    self._list("participating", r.at),
                )
                for a in self.made.agreements
                for r in a.redatings
            ],
        )
        yield (
            "restated",
            [
                (r.state, r.printed, r.name, r.model, _day(r.signed), r.rule, r.span.bit_count())
                for r in self.made.restated
            ],
        )
        yield (
            "candidate",
            [
                (c.state, c.one, c.other, c.why, self._list(c.kind, c.at))
                for c in self.made.identified.candidates
            ],
        )
        yield "redirect", list(self.made.redirects)

    def _list(self, kind: str, at: int | None) -> int | None:
        return None if at is None else self.numbers[kind][at]

    # Evidence ------------------------------------------------------------------------------

    def runs(self) -> Iterator[Row]:
        agreement_of = {r.no: self.agreement_no[id(a)] for a in self.made.agreements for r in a.readings}
        applications = {
            (id(a.body), a.model): [b for b in self.applications_of[id(a.body)] if b.model == a.model]
            for a in self.made.applications
        }
        body_of = {id(u): b for b in self.made.bodies for u in b.units}
        for kind, part in self._kinds().items():
            numbers = self.numbers[kind]
            for run in part.runs:
                unit = self.made.unit_of.get(run.printed_no)
                agreement = application = None
                if kind == "participating":
                    agreement = agreement_of.get(run.printed_no)
                elif unit:
                    model = unit.model_of(self.made.readings[run.printed_no]) or "unstated"
                    application = next(
                        self.application_no[id(a)]
                        for a in applications[id(body_of[id(unit)]), model]
                        if a.span >> run.first & 1
                    )
                yield (
                    agreement, application, run.printed_no, numbers[run.first], numbers[run.last],
                    run.first_row, run.last_row, run.twice,
                )  # fmt: skip

    # Agencies, agreements ---------------------------------------------------------------------

    def _at(self, kind: str, seq: int) -> str:
        return self.moments[kind][seq]

    def agency(self, body: Body) -> Row:
        own = self.of_body.get(id(body), [])
        span, waiting = body.span, body.pending_span
        name, state = self._name(body), body.units[0].state
        readings = [r for u in body.units for r in u.readings]
        signed = [s.day for s in self.made.past.signings[id(body)]]
        unseen = not span and not waiting
        statuses = [self.status(a) for a in own] or ["unlisted" if unseen else "applied"]
        if self._still_pending(body):
            statuses.append("pending")
        status = next(
            s
            for s in ("active", "pending", "not_on_latest", "superseded", "removed", "applied", "unlisted")
            if s in statuses
        )
        return (
            self.agency_no[id(body)], self.made.agency_id[self.agency_no[id(body)]], name, state,
            max(body.units, key=lambda u: (u.span, u.pending_span)).kind,
            commonest(r.type for r in readings), commonest(r.county for r in readings), status,
            ",".join(sorted(a.model for a in own if self.status(a) == "active")),
            _day(min(signed, default=None)),
            self._at("participating", spans.first(span)) if span else None,
            self._at("participating", spans.last(span)) if span else None,
            self._at("pending", spans.first(waiting)) if waiting else None,
            self._at("pending", spans.last(waiting)) if waiting else None,
            *self._place(body),
        )  # fmt: skip

    def _place(self, body: Body) -> Row:
        """Level, the sign of it, municipality, residents policed and sworn officers."""
        if not self.placed:
            return (None,) * 5
        one = self.placed[self.agency_no[id(body)]]
        now = one.match.now if one.match else None
        ground = one.ground
        population, officers = (now.population, now.officers) if now else (None, None)
        return ground.level, ground.level_why, ground.municipality, population, officers

    def _name(self, body: Body) -> str:
        """The name as the newest list that prints the agency spells it."""
        on, waiting = self.made.on.on, self.made.pending.on
        return max(
            (r for u in body.units if id(u) not in body.left for r in u.readings),
            key=lambda r: (on.get(r.no, 0).bit_length(), waiting.get(r.no, 0).bit_length(), r.no),
        ).name

    def _still_pending(self, body: Body) -> bool:
        return any(a.status == "pending" for a in self.applications_of.get(id(body), []))

    def names(self) -> Iterator[Row]:
        # Two agencies may share a spelling that a verdict gave to one of them, so a rule is its unit's.
        rules: dict[tuple[int, str], str] = {}
        for m in self.made.identified.merges:
            rules.setdefault((m.units[0], evened(m.old)), m.rule)
        none = "as printed"
        on, pending = self.made.on.on, self.made.pending.on
        told: dict[int, dict[str, str]] = defaultdict(dict)
        for one in self.made.testimony.told:
            told[id(one.body)].setdefault(tidy(one.printed), one.rule)
        for body in self.made.bodies:
            spellings: dict[str, tuple[int, int, str]] = {}
            for unit in body.units:
                for r in unit.readings:
                    a, b, rule = spellings.get(r.name, (0, 0, none))
                    spellings[r.name] = (
                        a | on.get(r.no, 0),
                        b | pending.get(r.no, 0),
                        rules.get((id(unit), r.evened), none) if rule == none else rule,
                    )
            for name, (span, waiting, rule) in sorted(spellings.items()):
                seen = self._ends("participating", span) + self._ends("pending", waiting)
                if seen:
                    lists = span.bit_count() + waiting.bit_count()
                    yield self.agency_no[id(body)], name, rule, min(seen), max(seen), lists
            for name, rule in sorted(told.get(id(body), {}).items()):
                if name not in spellings or name not in {n for n, (a, b, _) in spellings.items() if a or b}:
                    yield self.agency_no[id(body)], name, f"testimony: {rule}", None, None, 0

    def _ends(self, kind: str, span: int) -> list[str]:
        return [self._at(kind, p) for p in (spans.first(span), spans.last(span))] if span else []

    def status(self, agreement: Agreement) -> str:
        """Absent from the newest list is not ended: removed needs further lists to confirm it."""
        gone = agreement.last + 1
        if gone == len(self.made.on.lists):
            return "active"
        if agreement.superseded_by:
            return "superseded"
        return "removed" if is_confirmed(gone, self.made.on.documents) else "not_on_latest"

    def agreement(self, a: Agreement) -> Row:
        no, first, last = self.agreement_no[id(a)], a.first, a.last
        gone = last + 1 < len(self.made.on.lists)
        on = self.made.on.on
        linked = [r for r in a.readings if r.link]
        newest = max(linked, key=lambda r: (on[r.no].bit_count(), on[r.no]), default=None)
        return (
            no, self.made.agreement_id[no], self.agency_no[id(a.body)], a.model, _day(a.signed),
            "; ".join(sorted({r.rule for r in a.redatings})) or None,
            self._at("participating", first - 1) if first else None,
            self._at("participating", first), self._at("participating", last),
            self._at("participating", last) if gone else None,
            self._at("participating", last + 1) if gone else None,
            self._list("participating", first), self._list("participating", last), self.status(a),
            self.agreement_no[id(a.superseded_by)] if a.superseded_by else None,
            newest.link if newest else None, a.span.bit_count(), len(spans.runs(a.span)) - 1,
        )  # fmt: skip

    def spells(self) -> Iterator[Row]:
        return spell_rows(
            self.made.past,
            self.made.bodies,
            self.moments["participating"],
            self.numbers["participating"],
            lambda agreement: self.made.agreement_id[self.agreement_no[id(agreement)]],
        )

    def signings(self) -> Iterator[Row]:
        for no, body in enumerate(self.made.bodies):
            yield from signing_rows(no, self.made.past.signings[id(body)])

    def events(self) -> Iterator[Row]:
        used: dict[str, int] = defaultdict(int)
        for no, e in enumerate(self.made.events):
            agency = self.agency_no[id(e.body)]
            agreement = self.agreement_no[id(e.agreement)] if e.agreement else None
            thing = self.made.agency_id[agency] if agreement is None else self.made.agreement_id[agreement]
            at = self._at("participating", e.at)
            event_id = f"{thing}@{at}:{e.kind}"
            used[event_id] += 1
            if used[event_id] > 1:
                event_id += f"-{used[event_id]}"
            before = e.at - 1 if e.at else None
            before_at = None if before is None else self._at("participating", before)
            shown, had = self._list("participating", e.at), self._list("participating", before)
            yield (
                no, event_id, e.kind, agency, agreement, at, before_at, shown, had,
                e.detail, int(e.confirmed), DELTA[e.kind],
            )  # fmt: skip

    def application(self, a: Application) -> Row:
        agency, first, last = self.agency_no[id(a.body)], spans.first(a.span), spans.last(a.span)
        begun, ended = self._at("pending", first), self._at("pending", last)
        return (
            self.application_no[id(a)], f"{self.made.agency_id[agency]}/{a.model}/pending/{begun}",
            agency, a.model, begun, ended, self._list("pending", first), self._list("pending", last),
            a.status, self.agreement_no[id(a.became)] if a.became else None,
        )  # fmt: skip


def _grouped(things: Iterable[Any]) -> dict[int, list[Any]]:
    by: dict[int, list[Any]] = defaultdict(list)
    for thing in things:
        by[id(thing.body)].append(thing)
    return by
