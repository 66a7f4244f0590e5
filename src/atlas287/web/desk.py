"""What the served atlas has at hand: the edition in use, and pages already rendered of it."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..charts import raster
from ..errors import AtlasError
from . import forms, images, machine
from .edition import Edition
from .page import Ask, twin
from .pages import BY_NAME, PAGES, Found
from .render import View, problem
from .site import Site
from .words import LANGUAGES

#: Bytes of rendered pages that are kept.
KEPT = 64 * 2**20
#: Below this, and where it is packed already, an answer is not worth packing.
_WORTH = 600
_PACKED = frozenset({"parquet"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in one form, as it is sent; packed too, where that is worth it."""

    body: bytes
    zipped: bytes | None
    tag: str

    @property
    def size(self) -> int:
        return len(self.body) + len(self.zipped or b"")


Key = tuple[str, str, str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], date, bool]


class Desk:
    """Gives out pages; safe to be asked from several threads."""

    def __init__(self, edition: Edition, site: Site, kept: int = KEPT) -> None:
        self.edition = edition
        self.site = site
        self._kept = kept
        self._sheets: OrderedDict[tuple[str, Key], Sheet] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def open(self) -> None:
        """Make ready what the first readers would wait for: the templates of the pages that are read most."""
        for page in map(BY_NAME.__getitem__, ("home", "state", "county", "agency", "agreement")):
            for lang in LANGUAGES:
                params = next(iter(page.each(self.edition)), None)
                if params is not None:
                    self.sheet(self.edition, Found(page, dict(params), lang, "html"), {})

    def take_up(self, edition: Edition) -> None:
        """Go over to another edition, in one step; what is being answered is answered by the old one."""
        with self._lock:
            self.edition = edition
            self._sheets.clear()
            self._size = 0

    def sheet(self, edition: Edition, found: Found, query: Mapping[str, str]) -> Sheet:
        """A page in a form; raises what the page's data raise."""
        # The age of the newest list is told, so a page is good for a day.
        key = (
            edition.build_id,
            (
                found.page.name,
                found.lang,
                found.form,
                tuple(sorted(found.params.items())),
                tuple(sorted(query.items())),
                date.today(),
                edition.gallery is not None and edition.gallery.ready,
            ),
        )
        with self._lock:
            have = self._sheets.get(key)
            if have is not None:
                self._sheets.move_to_end(key)
                return have
        view = View(found.page, found.params, found.lang, self.site, edition, dict(sorted(query.items())))
        body = forms.write(view, found.page.data(Ask(edition, found.params, query)), found.form)
        return self._keep(key, sheet_of(body, found.form not in _PACKED))

    def made(self, edition: Edition, name: str) -> Sheet:
        """A file for machines (:mod:`.machine`)."""
        key = (edition.build_id, ("", "", name, (), (), date.min, True))
        with self._lock:
            have = self._sheets.get(key)
        if have is not None:
            return have
        made = {
            machine.SITEMAP: lambda: machine.sitemap(edition, self.site),
            machine.INDEX: lambda: machine.search_index(edition),
            machine.MAP_DAYS: lambda: machine.map_days(edition),
        }
        return self._keep(key, sheet_of(made[name]().encode()))

    def card(self, edition: Edition, lang: str, name: str) -> Sheet | None:
        """The card of that name; None if there is none."""
        kind, _, code = name.partition("-")
        page = BY_NAME["state"] if code and kind == "state" else BY_NAME.get(name)
        if page is None or name not in images.card_names(PAGES, edition) or not raster.can_draw():
            return None
        key = (edition.build_id, ("card", lang, name, (), (), date.min, True))
        with self._lock:
            have = self._sheets.get(key)
        if have is not None:
            return have
        view = View(page, {"code": code} if code else {}, lang, self.site, edition)
        return self._keep(key, sheet_of(images.card(view, name), packed=False))

    def now_of(self, edition: Edition, found: Found) -> str | None:
        """The address now of a page asked for by a former one, or in capitals."""
        asked = found.page.address(found.params)
        former = found.page.former(edition) if found.page.former else {}
        now = former.get(asked.lower(), asked.lower())
        if now == asked:
            return None
        address = LANGUAGES[found.lang] + now
        return address if found.form == "html" else twin(address, found.form)

    def problem(self, lang: str, kind: str, error: AtlasError | None) -> bytes:
        """A page that says why there is none."""
        view = View(BY_NAME["home"], {}, lang, self.site, self.edition)
        return problem(view, kind, error).encode()

    def _keep(self, key: tuple[str, Key], sheet: Sheet) -> Sheet:
        with self._lock:
            if key in self._sheets or key[0] != self.edition.build_id or sheet.size > self._kept // 4:
                return sheet
            self._sheets[key] = sheet
            self._size += sheet.size
            while self._size > self._kept:
                _, old = self._sheets.popitem(last=False)
                self._size -= old.size
        return sheet


def sheet_of(body: bytes, packed: bool = True) -> Sheet:
    """A body as it is sent, packed if that is worth it."""
    zipped = gzip.compress(body, 5, mtime=0) if packed and len(body) >= _WORTH else None
    return Sheet(body, zipped, f'W/"{hashlib.sha256(body).hexdigest()[:16]}"')
