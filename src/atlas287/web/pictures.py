"""The pictures of pages: what :mod:`atlas287.charts` draws, told in the page's language.

Each comes as markup; a template shows it in a figure, with a table of the same beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from babel.dates import get_month_names
from markupsafe import Markup

from ..charts import growth, lanes, maps, shades
from ..charts import words as chart_words
from ..panel.figures import FIELD_MODELS, JAIL_MODELS
from . import story_pictures
from .words import Words, words

if TYPE_CHECKING:
    from .render import View

#: What time axes mark, by the catalogue's name of it.
TURNS = {"tfm_end": date(2012, 12, 31), "second_wave": date(2025, 1, 20)}
#: Events that the signing days tell already.
_SIGNED = frozenset({"listed", "model_added", "resigned"})
_KINDS = {
    "returned": "listed",
    "removed": "removed",
    "superseded": "changed",
    "switched": "changed",
    "redated": "changed",
    "renamed": "other",
}


@cache
def drawn_words(lang: str) -> chart_words.Words:
    """The words inside pictures, from the site's catalogue."""
    own = words(lang)

    def group(name: str, keys: Iterable[str]) -> dict[str, str]:
        return {key: own.word(name, key) for key in keys}

    names = get_month_names("abbreviated", locale=own.locale)
    return chart_words.Words(
        language=lang,
        months=tuple(names[n].rstrip(".") for n in range(1, 13)),
        day_form="{d} {m} {y}",
        thousands=",",
        models=group("model", lanes.MODELS),
        short=group("model_short", lanes.MODELS),
        shades=group("shade", ("none", "wide", "field", "jail", "both", "unknown")),
        field_shades=group("field_shade", shades.SHADES["field"]),
        reaches=group("reach", maps.REACHES),
        turns={day: own.word("turn", name) for name, day in TURNS.items()},
        in_force=own.say("growth.in_force"),
        listed=own.say("growth.listed"),
        magnified=own.say("growth.magnified"),
        all_years=own.say("growth.all_years"),
        total=own.say("growth.total"),
    )


class Pictures:
    """The pictures that one page may show."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._own: Words = words(view.lang)

    def nation(self, title: str, desc: str) -> Markup:
        """The counties of the nation, small."""
        return Markup(maps.us_still(self._counties(links=False), title=title, desc=desc))

    def nation_live(self, title: str, desc: str) -> Markup:
        """The counties of the nation and the agencies, each of them, for the map with the slider."""
        return Markup(maps.us_map(self._counties(), self._agencies(), title=title, desc=desc))

    def growth(self, rows: Sequence[Mapping[str, Any]], title: str, desc: str) -> Markup:
        """Agreements over time by model: rows of :meth:`Atlas.growth` by model, with ``uncertain``."""
        stretches: dict[str, list[growth.Point]] = {}
        for r in rows:
            counts = {m: r[m] for m in growth.MODELS if r.get(m) is not None}
            known = r["at"] is not None or r["basis"] == "in-force"
            unsure = (r["unsettled"] or 0) + (r["uncertain"] or 0)
            point = growth.Point(_at(r), counts if known else None, unsure)
            stretches.setdefault(r["basis"], []).append(point)
        drawn = [growth.Stretch(basis, tuple(points)) for basis, points in stretches.items()]
        own = drawn_words(self._view.lang)
        return Markup(growth.both(drawn, title=title, desc=desc, words=own))

    def state(self, code: str, title: str, desc: str) -> Markup | None:
        """One state's counties and agencies, each a link; None where there is no shape of it."""
        if not maps.has_shape(code):
            return None
        counties, agencies = self._counties(code), self._agencies(code)
        return Markup(maps.state_map(code, counties, agencies, title=title, desc=desc))

    def beside(self, code: str | None = None) -> list[dict[str, str]]:
        """Agencies that the map cannot show: statewide ones, and those of no known county."""
        found = maps.beside(self._agencies(code), code)
        return [{"agency_id": a.id, "name": a.name} for a in found]

    def locator(self, state: str, fips: Iterable[str], title: str, desc: str) -> Markup | None:
        """Where in its state some counties lie; None where there is no shape."""
        if not maps.has_shape(state):
            return None
        return Markup(maps.locator(state, fips, title=title, desc=desc))

    def key(self, which: str = "exposure") -> list[tuple[Markup, str]]:
        """The swatches of a map and what they mean."""
        own = drawn_words(self._view.lang)
        said = own.field_shades if which == "field" else own.shades
        return [
            (Markup(maps.swatch(shade, f"key-{which}-{shade}")), said[shade])
            for shade in shades.SHADES[which]
        ]

    def marks(self) -> list[tuple[Markup, str]]:
        """The marks of agencies on a map and what they mean."""
        own = drawn_words(self._view.lang)
        return [(Markup(maps.mark_swatch(reach)), own.reaches[reach]) for reach in maps.REACHES]

    def history(self, d: Mapping[str, Any], title: str, desc: str) -> Markup | None:
        """An agency's history; None if it never had an agreement."""
        bars: dict[str, list[lanes.Bar]] = defaultdict(list)
        marks: dict[str, list[lanes.Mark]] = defaultdict(list)
        anchors = {
            (a["model"], a["signed_on"]): anchor(a["agreement_id"]) for a in d["agreements"] if a["signed_on"]
        }
        for spell in d["spells"]:
            model = spell["model"]
            bars[model].append(self._spell(spell))
            for n, signed in enumerate(spell["signed_days"]):
                kind = "renewed" if n else "signed"
                to = anchors.get((model, signed), spell_anchor(spell))
                marks[model].append(self._mark(signed, kind, to))
        for e in d["events"]:
            if e["model"] and e["kind"] not in _SIGNED and e["before_at"]:
                label = f"{self._own.day(e['at'])}: {self._own.word('event', e['kind'])}"
                kind = _KINDS.get(e["kind"], "other")
                marks[e["model"]].append(
                    lanes.Mark(_day(e["at"]), kind, label, f"#{event_anchor(e['event_id'])}")
                )
        drawn = [lanes.Lane(m, tuple(bars[m]), tuple(marks[m])) for m in lanes.MODELS if bars[m] or marks[m]]
        if not drawn:
            return None
        newest = _day(d["newest_list"]["at"])
        return Markup(lanes.lanes(drawn, newest, title=title, desc=desc, words=drawn_words(self._view.lang)))

    def lane_key(self, d: Mapping[str, Any]) -> list[tuple[Markup, str]]:
        """The marks of :meth:`history` and what they mean: those that it has."""
        kinds = {_KINDS.get(e["kind"], "other") for e in d["events"]
                 if e["model"] and e["before_at"] and e["kind"] not in _SIGNED}  # fmt: skip
        signed = [len(s["signed_days"]) for s in d["spells"]]
        kinds |= {"signed"} if any(signed) else set()
        kinds |= {"renewed"} if any(n > 1 for n in signed) else set()
        return [(Markup(lanes.symbol(k)), self._own.word("lane_mark", k)) for k in lanes.KINDS if k in kinds]

    def timeline(self, d: Mapping[str, Any], title: str, desc: str) -> Markup:
        """The program's story over its growth."""
        return Markup(
            story_pictures.story(dict(d), self._own, drawn_words(self._view.lang), title=title, desc=desc)
        )

    def studies(self, d: Mapping[str, Any]) -> dict[str, Markup]:
        """Figures of studies, by the id of their rows."""
        return {id: Markup(strip) for id, strip in story_pictures.strips(dict(d), self._own).items()}

    def _spell(self, s: Mapping[str, Any]) -> lanes.Bar:
        """A spell as all sources have it."""
        ended = s["end_to"] or s["end_from"]
        return lanes.Bar(
            _day(s["start_from"]) if s["start_from"] else None,
            _day(s["start_to"]),
            _day(s["end_from"]) if s["end_from"] else None,
            _day(s["end_to"]) if s["end_to"] else None,
            open_end=ended is None,
            undocumented=tuple((_day(a), _day(b)) for a, b in s["undocumented"]),
            label=self._label(s["model"], _day(s["start_to"]), ended),
            href=f"#{spell_anchor(s)}",
        )

    def _label(self, model: str, start: date, end: str | None) -> str:
        own = self._own
        if end is None:
            return own.say("lanes.bar_open", model=own.model(model), start=own.day(start.isoformat()))
        return own.say(
            "lanes.bar", model=own.model(model), start=own.day(start.isoformat()), end=own.day(end)
        )

    def _mark(self, on: str, kind: str, href: str) -> lanes.Mark:
        return lanes.Mark(
            _day(on), kind, f"{self._own.day(on)}: {self._own.word('lane_mark', kind)}", f"#{href}"
        )

    def _counties(self, state: str | None = None, links: bool = True) -> list[maps.County]:
        edition, own = self._view.edition, self._own
        shown = edition.map["counties"]
        out = []
        for fips, county in edition.counties.items():
            if state not in (None, county["state"]):
                continue
            here = shown.get(fips, {"jail": False, "step": 0})
            shade = shades.shade(here["jail"], here["step"], county["state"] in edition.map["wide"])
            label = f"{county['name']}, {own.state(county['state'])}: {own.word('shade', shade)}"
            href = self._view.link("county", fips=fips) if links else ""
            out.append(maps.County(fips, shade, label if links else "", href))
        return out

    def _agencies(self, state: str | None = None) -> list[maps.Agency]:
        return [
            maps.Agency(
                a["agency_id"],
                a["name"],
                a["fips"],
                _reach(a["models"]),
                a["residents"],
                f"{a['name']}: {self._own.all_of([self._own.word('model_short', m) for m in a['models']])}",
                self._view.link("agency", agency_id=a["agency_id"]),
            )
            for a in self._view.edition.map["agencies"]
            if state in (None, a["state"])
        ]


def anchor(agreement_id: str) -> str:
    """Where on its agency's page an agreement stands: ``jem-2020-06-09``."""
    return agreement_id.partition("/")[2].replace("/", "-")


def event_anchor(event_id: str) -> str:
    """Where on its agency's page an event stands."""
    return "event-" + event_id.partition("/")[2].replace("/", "-").replace("@", "-").replace(":", "-")


def spell_anchor(spell: Mapping[str, Any]) -> str:
    """Where on its agency's page a spell stands."""
    return f"spell-{spell['model']}-{spell['n']}"


def _at(row: Mapping[str, Any]) -> date:
    """The day that a month's row is of: that of its last list, else the month's last."""
    if row["at"]:
        return _day(row["at"])
    year, month = map(int, row["month"].split("-"))
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _reach(models: Iterable[str]) -> str:
    field, jail = FIELD_MODELS & set(models), JAIL_MODELS & set(models)
    return "both" if field and jail else "field" if field else "jail"


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])
