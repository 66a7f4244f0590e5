"""From a page's data to its text: HTML by the page's template, JSON as it stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .. import charts
from ..charts import raster
from ..errors import AtlasError
from ..registry.questions.asked import STATUSES
from ..registry.text import MODELS, STATE_NAMES
from . import images
from .dataset import described
from .edition import Edition
from .events import sentence
from .page import Data, Page, Params, twin
from .pages import BY_NAME, agencies, claims, counties
from .pictures import Pictures, anchor, event_anchor, spell_anchor
from .site import Site
from .words import LANGUAGES, SCRIPT_LOCALES, Words, words

#: Files of ours that lie elsewhere in the package.
_OTHERS = {"css/charts.css": charts.CSS}
STATIC = Path(__file__).with_name("static")


@dataclass(frozen=True, slots=True)
class View:
    """What a template needs beside the page's data: who is asking, in which language, from where.

    ``query``: what was asked of the page, which goes along to its twins and to other languages.
    """

    page: Page
    params: Params
    lang: str
    site: Site
    edition: Edition
    query: Params = field(default_factory=dict)

    @property
    def here(self) -> str:
        """The address of this page."""
        return self.in_language(self.lang)

    def in_language(self, lang: str) -> str:
        return LANGUAGES[lang] + self.page.address(self.params)

    def link(self, name: str, anchor: str = "", query: Params | None = None, **params: str) -> str:
        """A link to a page of this name, in this language."""
        to = LANGUAGES[self.lang] + BY_NAME[name].address({k: quote(v, safe="") for k, v in params.items()})
        to += f"?{urlencode(query)}" if query else ""
        return self.to(f"{to}#{quote(anchor, safe='/:')}" if anchor else to)

    def address(self, name: str) -> str:
        """The address of the one page of a name, in this language."""
        return LANGUAGES[self.lang] + BY_NAME[name].address({})

    def to(self, address: str) -> str:
        """A link to an address of this site."""
        return self.site.href(self.here, address)

    def agreement(self, agreement_id: str) -> str:
        """A link to the page of an agreement."""
        agency_id, model, day = agreement_id.split("/")
        return self.link("agreement", agency_id=agency_id, model=model, day=day)

    def pattern(self, name: str) -> str:
        """A link to any page of a name, with its ``{parameter}`` left to fill in."""
        return self.to(LANGUAGES[self.lang] + BY_NAME[name].path)

    def twin(self, form: str) -> str:
        """A link to this page in another form, as it stands."""
        return self.to(twin(self.here, form) + self.asked)

    def switch(self, lang: str) -> str:
        """A link to this page in another language, as it stands."""
        return self.to(self.in_language(lang) + self.asked)

    @property
    def asked(self) -> str:
        """What was asked of the page, as an address ends with it."""
        return f"?{urlencode(self.query)}" if self.query else ""

    @property
    def permanent(self) -> str:
        """The permanent address of this page as it stands."""
        return self.site.address(self.here + self.asked)

    def alternate(self, lang: str) -> str:
        """This page in another language, for search engines: absolute if the site knows its address."""
        return self.site.address(self.in_language(lang)) if self.site.base else self.switch(lang)

    def has(self, name: str) -> bool:
        """Whether there is a page of this name."""
        return name in BY_NAME

    @property
    def card(self) -> str | None:
        """The address of the card that is shown where this page is shared; None if it has none."""
        if not self.site.base or self.page.live or not raster.can_draw():
            return None
        return f"{LANGUAGES[self.lang]}/{images.CARDS}/{images.card_of(self.page, self.params)}.png"

    @property
    def taken(self) -> list[tuple[str, str]]:
        """The map to take away: what each file is, a name of the catalogue's, and a link to it."""
        gallery = self.edition.gallery
        if gallery is not None:
            gallery.begin()
        if not (raster.can_draw() if self.site.static else gallery is not None and gallery.ready):
            return []
        names = {"still": images.STILL, **{f"film_{form}": name for form, name in images.FILMS.items()}}
        return [(what, self.to(f"/{images.TAKE}/{self.lang}/{name}")) for what, name in names.items()]

    def described(self, title: str, quote: str | None, newest: Mapping[str, Any]) -> dict[str, Any]:
        """This page as a schema.org Dataset."""
        return described(self, title, quote, newest)

    def asset(self, name: str) -> str:
        """A link to a file of ours; it changes with the file's contents, so that it may be kept."""
        return self.to(f"/static/{name}") + f"?v={_digest(name)}"


def html(view: View, data: Data) -> str:
    """A page as HTML."""
    own = words(view.lang)
    page = view.page
    return (
        _environment(view.lang)
        .get_template(page.template)
        .render(
            d=data,
            **_around(view),
            title=page.title(data, own),
            quote=page.quote(data, own) if page.quote else None,
            newest=data.get("newest_list") or view.edition.newest,
        )
    )


def problem(view: View, kind: str, error: AtlasError | None) -> str:
    """A page that says why there is none: ``kind`` is a message of the catalogue."""
    template = _environment(view.lang).get_template("problem.html")
    return template.render(kind=kind, error=error, **_around(view), newest=view.edition.newest)


def moved(lang: str, site: Site, here: str, to: str) -> bytes:
    """The page of a written site that leads from a former address to the one now."""
    template = _environment(lang).get_template("moved.html")
    return template.render(href=site.href(here, to), address=site.address(to) if site.base else None).encode()


def as_json(view: View, data: Data) -> str:
    """A page's data as JSON, with its address and the sentence to quote in every language."""
    page = view.page
    about = {
        "page": page.name,
        "address": view.site.address(page.address(view.params) + view.asked),
        "title": {lang: page.title(data, words(lang)) for lang in LANGUAGES},
        "quote": {lang: page.quote(data, words(lang)) for lang in LANGUAGES} if page.quote else None,
        "licence": "CC BY 4.0",
    }
    kept = settled(data, view.site)
    return json.dumps({"about": about, **kept}, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def settled(data: Data, site: Site) -> Data:
    """Data without what depends on the day of asking, for a site that is written once."""
    if not site.static or "newest_list" not in data:
        return data
    newest = {k: v for k, v in data["newest_list"].items() if k != "age_days"}
    return {**data, "newest_list": newest}


def _around(view: View) -> dict[str, Any]:
    return {
        "view": view,
        "page": view.page,
        "site": view.site,
        "link": view.link,
        "asset": view.asset,
        "pictures": Pictures(view),
    }


def http_only(address: object) -> str | None:
    """An address that may become a link: http or https alone; None of anything else."""
    if not isinstance(address, str):
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def report_address(address: str) -> str | None:
    """Where to report errors, as the site's owner gave it: a page or a mailbox; None of anything else."""
    return address if address.startswith("mailto:") else http_only(address)


def embedded(data: Mapping[str, Any]) -> Markup:
    """JSON to stand in a page's <script>: no character in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


@cache
def _environment(lang: str) -> Environment:
    own: Words = words(lang)
    env = Environment(
        loader=PackageLoader("atlas287.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals.update(
        lang=lang,
        languages=LANGUAGES,
        script_locale=SCRIPT_LOCALES[lang],
        t=own.t,
        say=own.say,
        word=own.word,
        num=own.num,
        pct=own.pct,
        day=own.day,
        month=own.month,
        when=own.when,
        day_range=own.range,
        state=own.state,
        model=own.model,
        all_of=own.all_of,
        places=own.places,
        words_in=words,
        say_event=sentence,
        anchor=anchor,
        event_anchor=event_anchor,
        spell_anchor=spell_anchor,
        state_options=[(code, own.state(code)) for code in STATE_NAMES],
        status_options=[(s, own.word("status", s)) for s in STATUSES if s != "pending"],
        model_options=[(m, own.word("model", m)) for m in MODELS],
        reached_options=[(r, own.word("reached", r)) for r in counties.REACHED],
        map_words=json.dumps(own.group("map_words"), ensure_ascii=False),
        finding_agency=agencies.finding,
        finding_county=counties.finding,
        claim_figure=claims.shown,
        embedded=embedded,
    )
    env.filters["http"] = http_only
    env.filters["report_address"] = report_address
    env.filters["model_name"] = own.model
    env.filters["day_of"] = own.day
    return env


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(static_files()[name].read_bytes()).hexdigest()[:10]


@cache
def static_files() -> dict[str, Path]:
    """Every file of ours that pages load, by its name below /static/."""
    own = {p.relative_to(STATIC).as_posix(): p for p in sorted(STATIC.rglob("*")) if p.is_file()}
    return {**own, **_OTHERS}
