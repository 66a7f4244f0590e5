"""Pictures as pixels: the cards shown where a page is shared, and the map to take away, still and as a film.

They need the extra ``charts``; without it pages have none, and say nothing of them. A card has to be found
from elsewhere, so a site that does not know its address has none either.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..atlas import Atlas
from ..charts import film, maps, poster, raster, shades
from ..home import Current, Home
from ..panel.mapping import day_of
from .edition import Edition
from .page import Ask, Page, Params
from .pictures import TURNS, Pictures, drawn_words
from .words import LANGUAGES, Words, words

if TYPE_CHECKING:
    from .render import View

#: Where they lie.
CARDS, TAKE = "cards", "pictures"
#: The map to take away, in each language.
STILL, FILMS = "map.png", {"webp": "surge.webp", "gif": "surge.gif"}
#: All of it, below :data:`TAKE`.
TAKEN = tuple(f"{lang}/{name}" for lang in LANGUAGES for name in (STILL, *FILMS.values()))
#: Pages of a state that show its card.
_OF_STATE = frozenset({"state", "state_changes", "embed"})


def card_of(page: Page, params: Params) -> str:
    """The name of the card of a page: one a state, and one for each other kind of page."""
    return f"state-{params['code']}" if page.name in _OF_STATE else page.name


def card_names(pages: Iterable[Page], edition: Edition) -> list[str]:
    """Every card there is, in one language."""
    kinds = [p.name for p in pages if p.name not in _OF_STATE and not p.live]
    return [*kinds, *(f"state-{code.lower()}" for code in edition.states)]


def card(view: View, name: str) -> bytes:
    """A card as PNG; ``view`` is of the page that it is of, or of one of its kind.

    Raises:
        ChartsError: the extra ``charts`` is not installed.
    """
    own, page, edition = words(view.lang), view.page, view.edition
    pictures = Pictures(view)
    of_kind = bool(page.pattern.groups) and not name.startswith("state-")
    picture: str | None
    if name.startswith("state-"):
        code = view.params["code"].upper()
        picture = pictures.state(code, own.state(code), own.say("state_page.map_desc"))
    else:
        picture = pictures.nation(own.say("home.title"), own.say("map.desc"))
    if of_kind:
        about = own.say("home.title")
        headline, note = (own.word("card", name), about) if f"card.{name}" in own.messages else (about, "")
    else:
        data = page.data(Ask(edition, view.params))
        headline, note = page.title(data, own), page.quote(data, own) if page.quote else ""
    return poster.card_png(
        headline=headline,
        note=note,
        kicker="Atlas287",
        credit=own.say("picture.credit_lists", day=own.day(edition.at)),
        picture=None if picture is None else str(picture),
    )


def take(edition: Edition, folder: Path) -> list[str]:
    """Write the map to take away, in every language; the names of the files, from the folder.

    Raises:
        ChartsError: the extra ``charts`` is not installed.
    """
    days = edition.atlas.map_days()
    last = date.fromisoformat(days["last"])
    begins = max(TURNS["second_wave"], date.fromisoformat(days["first"]))
    weeks = [begins + timedelta(7 * n) for n in range(max(0, (last - begins).days) // 7 + 1)]
    names = []
    for lang in LANGUAGES:
        own = words(lang)
        key = [(f"shade:{s}", drawn_words(lang).shades[s]) for s in shades.SHADES["exposure"]]
        frames = [_frame(days, on, own) for on in dict.fromkeys((*weeks, last))]
        made = {STILL: raster.png(film.still(frames[-1], key), 1200)}
        made |= {FILMS[form]: content for form, content in film.film(frames, key).items()}
        for name, content in made.items():
            path = folder / lang / name
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{name}")
            temporary.write_bytes(content)
            temporary.replace(path)
            names.append(f"{lang}/{name}")
    return names


def take_quietly(home: Path, current: Current, folder: Path) -> None:
    """:func:`take` in a process of its own that lets every other go first."""
    if hasattr(os, "nice"):
        os.nice(19)
    take(Edition(Atlas(Home(home), current)), folder)


def _frame(days: Mapping[str, Any], on: date, own: Words) -> film.Frame:
    day = day_of(days, on)
    counties = tuple(maps.shaded(day["counties"], day["wide"]))
    states = own.say("count.states", n=day["states"])
    if day["territories"]:
        states = own.all_of([states, own.say("count.territories", n=day["territories"])])
    heading = own.say("map.frame", agreements=own.say("count.agreements", n=day["agreements"]), where=states)
    credit = own.say("picture.credit", day=own.day(days["last"]))
    return film.Frame(on, counties, heading, own.day(on.isoformat()), credit)


class Gallery:
    """The map to take away, drawn for one build in a process of its own while its pages are served.

    Drawing begins when the page of the map is first opened: it takes half a minute, and many who start
    a server never look at that page.
    """

    def __init__(self, edition: Edition) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="atlas287-pictures-", ignore_cleanup_errors=True)
        self._wanted = (edition.atlas.home.root, edition.atlas.current, Path(self._folder.name))
        self._process: BaseProcess | None = None
        self._lock = threading.Lock()
        self._ready = False

    def begin(self) -> None:
        """Draw, if nobody has begun."""
        with self._lock:
            if self._process is None:
                # Spawned, not forked: polars' threads do not survive a fork.
                start = multiprocessing.get_context("spawn").Process
                self._process = start(target=take_quietly, args=self._wanted, daemon=True)
                self._process.start()

    @property
    def ready(self) -> bool:
        """Whether all of it has been drawn."""
        self._ready = self._ready or all(self.path(name) for name in TAKEN)
        return self._ready

    def path(self, name: str) -> Path | None:
        """One file of it; None if there is none, or not yet."""
        path = Path(self._folder.name, name)
        return path if name in TAKEN and path.is_file() else None

    def stop(self) -> None:
        """Leave off drawing."""
        with self._lock:
            if self._process is not None:
                self._process.terminate()
                self._process.join()

    def close(self) -> None:
        """Leave off, and take away what was drawn."""
        self.stop()
        self._folder.cleanup()
