"""The pages as files: a site that any file host can give out, under any path.

The same table of pages and the same templates as the served atlas; links are relative. Processes share
the pages out; each asks the same build, and nothing of the day or the machine goes in, so the same build
gives the same bytes.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..atlas import Atlas
from ..charts import raster
from ..errors import AtlasError
from ..home import Current, Home
from . import forms, images, machine
from .edition import Edition
from .files import FORMATS
from .page import Ask, Params, twin
from .pages import BY_NAME, PAGES
from .render import View, moved, problem, static_files
from .site import Site, file_of
from .words import LANGUAGES

#: The list of all files of a written site: by it another export knows what of the last one to take away.
MANIFEST = "files.txt"
#: Pages that a process takes at a time.
_CHUNK = 50

Job = tuple[str, Params]


class Written(NamedTuple):
    """What an export wrote."""

    pages: int
    files: int
    size: int


def export_site(
    atlas: Atlas,
    folder: Path,
    site: Site,
    processes: int | None = None,
    only: Callable[[Job], bool] = lambda _: True,
    pictures: bool = True,
    progress: Callable[[int, int], object] = lambda done, of: None,
) -> Written:
    """Write the site to a folder.

    A folder that holds anything but an earlier export is refused. What an earlier export wrote
    and this one does not is taken away.

    Args:
        site: with ``static`` set.
        processes: how many work at once; by default as many as there are processors, eight at most.
        only: which pages; all, unless told.
        pictures: whether cards and the map to take away are drawn too, if the extra ``charts`` is there.
        progress: called with how many pages are written, and of how many.

    Raises:
        AtlasError: the folder holds something else, or cannot be written.
    """
    before = _earlier(folder)
    edition = Edition(atlas)
    edition.warm()
    if not before:  # an export that is broken off is taken up by the next
        _write(folder, MANIFEST, b"")
    jobs = [job for job in machine.addresses(edition) if only(job)]
    written = set(_beside(edition, site, folder))
    done = 0
    processes = processes or min(os.cpu_count() or 1, 8)
    tasks = [task for task in _tasks(edition, site, jobs) if task[0] == "pages" or pictures]
    for files, pages in _done(edition, site, folder, tasks, processes):
        written |= set(files)
        done += pages
        progress(done, len(jobs))
    for name in before - written:
        if (folder / name).resolve().is_relative_to(folder.resolve()):
            (folder / name).unlink(missing_ok=True)
    manifest = sorted(written)
    _write(folder, MANIFEST, "".join(f"{name}\n" for name in manifest).encode())
    size = sum((folder / name).stat().st_size for name in manifest)
    return Written(done * len(LANGUAGES), len(manifest) + 1, size)


def _earlier(folder: Path) -> set[str]:
    """The files of an earlier export in a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / MANIFEST).is_file():
            return set((folder / MANIFEST).read_text(encoding="utf-8").split("\n")) - {""}
        empty = next(folder.iterdir(), None) is None
    except OSError as error:
        raise AtlasError(
            f"{folder} cannot be written: {error.strerror}", remedy="name another folder"
        ) from error
    if not empty:
        raise AtlasError(
            f"{folder} holds something, and not a site that atlas287 wrote",
            remedy="name a new or an empty folder",
        )
    return set()


#: What a process is asked to do: write pages, draw cards (of a language and name), or the map to take away.
Task = tuple[str, Any]


def _tasks(edition: Edition, site: Site, jobs: Sequence[Job]) -> list[Task]:
    """The whole work in parts, what takes longest first."""
    tasks: list[Task] = []
    if raster.can_draw():
        tasks.append(("take", None))
        if site.base:
            names = [(lang, name) for name in images.card_names(PAGES, edition) for lang in LANGUAGES]
            tasks += [("cards", names[n : n + _CHUNK // 5]) for n in range(0, len(names), _CHUNK // 5)]
    return tasks + [("pages", jobs[n : n + _CHUNK]) for n in range(0, len(jobs), _CHUNK)]


def _done(
    edition: Edition, site: Site, folder: Path, tasks: Sequence[Task], processes: int
) -> Iterator[tuple[list[str], int]]:
    """The tasks, done in any order: the files of each, and how many pages they are."""
    if processes == 1:
        for task in tasks:
            yield _do(edition, site, folder, task)
        return
    # Spawned, not forked: polars' threads do not survive a fork.
    home, current = edition.atlas.home.root, edition.atlas.current
    with multiprocessing.get_context("spawn").Pool(processes, _begin, (home, current, site, folder)) as pool:
        yield from pool.imap_unordered(_take, tasks)


_mine: tuple[Edition, Site, Path]


def _begin(home: Path, current: Current, site: Site, folder: Path) -> None:
    global _mine
    edition = Edition(Atlas(Home(home), current))
    edition.warm()
    _mine = edition, site, folder


def _take(task: Task) -> tuple[list[str], int]:
    return _do(*_mine, task)


def _do(edition: Edition, site: Site, folder: Path, task: Task) -> tuple[list[str], int]:
    kind, what = task
    if kind == "pages":
        return _write_pages(edition, site, folder, what)
    if kind == "take":
        return [f"{images.TAKE}/{name}" for name in images.take(edition, folder / images.TAKE)], 0
    files = []
    for lang, name in what:
        code = name.partition("-")[2]
        page = BY_NAME["state"] if code else BY_NAME[name]
        view = View(page, {"code": code} if code else {}, lang, site, edition)
        to = f"{LANGUAGES[lang]}/{images.CARDS}/{name}.png".lstrip("/")
        files.append(_write(folder, to, images.card(view, name)))
    return files, 0


def _write_pages(edition: Edition, site: Site, folder: Path, chunk: Iterable[Job]) -> tuple[list[str], int]:
    files, pages = [], 0
    for name, params in chunk:
        page = BY_NAME[name]
        data = page.data(Ask(edition, params))
        pages += 1
        for lang in LANGUAGES:
            view = View(page, params, lang, site, edition)
            files.append(_write(folder, file_of(view.here), forms.write(view, data, "html")))
        # The twins that are the same in every language are made once, and stand beside each page.
        for form in page.forms:
            made: dict[str, bytes] = {}
            for lang in LANGUAGES:
                view = View(page, params, lang, site, edition)
                key = lang if form in forms.IN_WORDS else ""
                if key not in made:
                    made[key] = forms.write(view, data, form)
                files.append(_write(folder, file_of(twin(view.here, form)), made[key]))
    return files, pages


def _beside(edition: Edition, site: Site, folder: Path) -> Iterator[str]:
    """What is no page: redirects, our own files, the data set, what is for machines."""
    for page in PAGES:
        if page.former is None or page.live:
            continue
        for old, now in sorted(page.former(edition).items()):
            for lang, start in LANGUAGES.items():
                yield _write(folder, file_of(start + old), moved(lang, site, start + old, start + now))
    for lang, start in LANGUAGES.items():
        view = View(BY_NAME["home"], {}, lang, site, edition)
        yield _write(folder, f"{start}/404.html".lstrip("/"), problem(view, "missing", None).encode())
    yield _write(folder, machine.ROBOTS, machine.robots(site).encode())
    yield _write(folder, machine.SITEMAP, machine.sitemap(edition, site).encode())
    yield _write(folder, machine.INDEX, machine.search_index(edition).encode())
    for name, path in static_files().items():
        yield _write(folder, f"static/{name}", path.read_bytes())
    yield _write(folder, machine.MAP_DAYS, machine.map_days(edition).encode())
    for path in edition.atlas.export_data(folder / "data", formats=FORMATS):
        yield path.relative_to(folder).as_posix()


def _write(folder: Path, name: str, body: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return name
