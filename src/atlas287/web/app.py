"""The served atlas: an ASGI application that answers with pages, their twins and downloads.

It reads one build, keeps what it has rendered of it, and takes up another build while it runs: the
new edition is made ready beside the old one, which answers until then.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import re
from collections.abc import AsyncIterator
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ..atlas import Atlas
from ..errors import AskedError, AtlasError, NoListError, NotFoundError
from . import images, limits, machine
from .desk import Desk, Sheet, sheet_of
from .edition import Edition
from .forms import DOWNLOADS, TYPES
from .headers import FRAMED, SafeHeaders
from .images import Gallery
from .page import Elsewhere, twin
from .pages import Found, find, language_of
from .render import static_files
from .site import VERSION, Site
from .words import LANGUAGES, words

#: The files of ours that pages load.
_STATIC = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}
log = logging.getLogger(__name__)
#: Seconds between looks at which build is current.
EVERY = 1.0
#: Searches, and downloads, that one reader may ask for: a burst, and so many a second after it.
SEARCHES, TAKEN = (5.0, 30), (2.0, 40)


def create_app(atlas: Atlas, site: Site | None = None, every: float = EVERY, draw: bool = False) -> Starlette:
    """The application.

    Args:
        atlas: the register to serve; its home is watched for another build every so many seconds.
        site: what is known of the site's address.
        draw: whether the map to take away is drawn, once its page is opened (half a minute of a process).
    """
    edition = _ready(atlas)
    desk = Desk(edition, site or Site())
    desk.open()

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        if draw:
            desk.edition.gallery = Gallery(desk.edition)
        following = asyncio.create_task(_follow(desk, atlas, every, draw))
        yield
        following.cancel()
        # A signal ends the process without further ado: nothing else would take these folders away.
        desk.edition.files.close()
        if desk.edition.gallery is not None:
            desk.edition.gallery.close()

    app = Starlette(
        routes=[
            Route("/-/health", _health),
            Route("/-/version", _version),
            Route(f"/{machine.ROBOTS}", _robots),
            Route(f"/{machine.SITEMAP}", _sitemap),
            Route(f"/{machine.INDEX}", _index),
            Route(f"/{machine.MAP_DAYS}", _map_days),
            Route("/static/{name:path}", _static),
            Route("/data/{name}", _data),
            *(
                Route(f"{start}/{images.CARDS}/{{name}}.png", partial(_card, lang=lang))
                for lang, start in LANGUAGES.items()
            ),
            Route(f"/{images.TAKE}/{{name:path}}", _taken),
            Route("/{path:path}", _answer),
        ],
        middleware=[Middleware(SafeHeaders)],
        exception_handlers={405: _refused},
        lifespan=life,
    )
    app.state.desk = desk
    app.state.searches = limits.Meter(*SEARCHES)
    app.state.taken = limits.Meter(*TAKEN)
    return app


def _ready(atlas: Atlas) -> Edition:
    """The edition of an atlas's build, made ready to be shown."""
    edition = Edition(atlas)
    edition.warm()
    # What an edition holds lives as long as it is shown, and is much: to look through it for cycles again and
    # again would stop every reader for a tenth of a second. It is looked through when the next one comes.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return edition


async def _follow(desk: Desk, atlas: Atlas, every: float, draw: bool) -> None:
    """Take up another build when it becomes the current one; a build that cannot be read is left."""
    refused = None
    while True:
        await asyncio.sleep(every)
        try:
            current = await run_in_threadpool(atlas.home.current)
            if current is None or current.build_id in (desk.edition.build_id, refused):
                continue
            refused = current.build_id
            edition = await run_in_threadpool(_ready, Atlas(atlas.home, current))
            before = desk.edition.gallery
            if draw:
                edition.gallery = Gallery(edition)
            desk.take_up(edition)
            if before is not None:
                before.stop()
            refused = None
        except Exception:
            log.exception("another build could not be taken up; the one before it goes on")


async def _answer(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    path = "/" + request.path_params["path"]
    if len(request.url.query) > limits.QUERY:
        return await _problem(request, 414, "long")
    found = find(path)
    if found is None:
        moved = _elsewhere(path)
        return _redirect(request, desk, moved) if moved else await _problem(request, 404, "missing")
    if wait := _metered(request, found):
        return await _problem(request, 429, "often", wait=wait)
    query = {k: request.query_params[k] for k in found.page.takes if request.query_params.get(k)}
    if any(len(value) > found.page.takes[k] for k, value in query.items()):
        return await _problem(request, 400, "long")
    edition = desk.edition
    try:
        sheet = await run_in_threadpool(desk.sheet, edition, found, query)
    except (NotFoundError, NoListError) as error:
        now = await run_in_threadpool(desk.now_of, edition, found)
        if now is not None:
            return _redirect(request, desk, now)
        kind = "early" if isinstance(error, NoListError) else "missing"
        return await _problem(request, 404, kind, error)
    except Elsewhere as other:
        page = LANGUAGES[found.lang] + other.address
        meant = page if found.form == "html" else twin(page, found.form)
        return _redirect(request, desk, meant if find(meant) else page, status=303)
    except AskedError as error:
        return await _problem(request, 400, "asked", error)
    except Exception:
        log.exception("%s could not be answered", path)
        return await _problem(request, 500, "broken")
    return _sent(request, found, sheet)


def _sent(request: Request, found: Found, sheet: Sheet) -> Response:
    headers = {"ETag": sheet.tag, "Cache-Control": "no-cache"}
    if found.form != "html":
        # Public data, read by anybody's page; nothing here depends on who asks.
        headers["Access-Control-Allow-Origin"] = "*"
    if found.form in DOWNLOADS:
        name = (found.page.address(found.params).strip("/") or "index").replace("/", "-")
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{found.form}"
    if found.page.frame and found.form == "html":
        headers[FRAMED] = "yes"
    return _packed(request, sheet, TYPES[found.form], headers)


def _packed(request: Request, sheet: Sheet, media_type: str, headers: dict[str, str]) -> Response:
    """A sheet as the reader can take it: nothing if it is known there, else packed if it may be."""
    headers["Vary"] = "Accept-Encoding"
    if sheet.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = sheet.body
    if sheet.zipped is not None and _unpacks(request):
        headers["Content-Encoding"] = "gzip"
        body = sheet.zipped
    return Response(body, media_type=media_type, headers=headers)


def _unpacks(request: Request) -> bool:
    """Whether the reader takes gzip; ``gzip;q=0`` says no."""
    takes = request.headers.get("accept-encoding", "").replace(" ", "").lower().split(",")
    return any(re.fullmatch(r"gzip(;q=(1.*|0\.0*[1-9]\d*))?", one) for one in takes)


def _reader(request: Request) -> str:
    return request.client.host if request.client else ""


def _metered(request: Request, found: Found) -> float:
    reader = _reader(request)
    if found.form in DOWNLOADS:
        return float(request.app.state.taken.wait(reader))
    return float(request.app.state.searches.wait(reader)) if found.page.limited else 0.0


def _elsewhere(path: str) -> str | None:
    """The address that is meant by one without its last slash, in capitals, or of a written site."""
    for end in ("/index.html", ".html"):
        if path.endswith(end):
            return path.removesuffix(end) + "/" if find(path.removesuffix(end) + "/") else None
    for meant in (path + "/", path.lower(), path.lower() + "/"):
        if meant != path and find(meant):
            return meant
    return None


def _redirect(request: Request, desk: Desk, to: str, status: int = 301) -> Response:
    """To another address of ours; a permanent move takes the question along."""
    query = f"?{request.url.query}" if status == 301 and request.url.query else ""
    return RedirectResponse(desk.site.root + quote(to, safe="/:") + query, status_code=status)


async def _problem(
    request: Request, status: int, kind: str, error: AtlasError | None = None, wait: float = 0
) -> Response:
    """A page, or JSON for a twin of it, that says why there is none."""
    headers = {"Retry-After": str(int(wait) + 1)} if wait else None
    path = "/" + request.path_params.get("path", "")
    if path.endswith(".json"):
        own = words("en")
        told = (
            {"error": error.message, "remedy": error.remedy}
            if error
            else {"error": own.word("problem.title", kind), "remedy": own.word("problem.text", kind)}
        )
        return JSONResponse(told, status_code=status, headers=headers)
    lang = language_of(path)
    body = await run_in_threadpool(request.app.state.desk.problem, lang, kind, error)
    return Response(body, status_code=status, headers=headers, media_type=TYPES["html"])


async def _refused(request: Request, error: Exception) -> Response:
    return Response("This atlas is only read: GET and HEAD.\n", 405, {"Allow": "GET, HEAD"}, "text/plain")


async def _health(request: Request) -> Response:
    edition: Edition = request.app.state.desk.edition
    told = {"status": "ok", "build": edition.build_id, "newest_list": edition.newest}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


async def _version(request: Request) -> Response:
    current = request.app.state.desk.edition.atlas.current
    told = {
        "version": VERSION,
        "build": current.build_id,
        "digest": current.digest,
        "code": current.code,
    }
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


async def _robots(request: Request) -> Response:
    return Response(machine.robots(request.app.state.desk.site), media_type="text/plain")


async def _sitemap(request: Request) -> Response:
    return await _made(request, machine.SITEMAP, "application/xml")


async def _index(request: Request) -> Response:
    return await _made(request, machine.INDEX, "application/json")


async def _map_days(request: Request) -> Response:
    return await _made(request, machine.MAP_DAYS, "application/json")


async def _made(request: Request, name: str, media_type: str) -> Response:
    desk: Desk = request.app.state.desk
    sheet = await run_in_threadpool(desk.made, desk.edition, name)
    return _packed(request, sheet, media_type, {"ETag": sheet.tag, "Cache-Control": "no-cache"})


async def _data(request: Request) -> Response:
    """A file of the whole data set."""
    if wait := request.app.state.taken.wait(_reader(request)):
        return await _problem(request, 429, "often", wait=wait)
    edition: Edition = request.app.state.desk.edition
    path = await run_in_threadpool(edition.files.path, request.path_params["name"])
    if path is None:
        return await _problem(request, 404, "missing")
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
    return FileResponse(path, headers=headers, filename=path.name)


async def _card(request: Request, lang: str) -> Response:
    """What is shown where a page is shared."""
    if wait := request.app.state.taken.wait(_reader(request)):
        return await _problem(request, 429, "often", wait=wait)
    desk: Desk = request.app.state.desk
    sheet = await run_in_threadpool(desk.card, desk.edition, lang, request.path_params["name"])
    if sheet is None:
        return await _problem(request, 404, "missing")
    return _packed(request, sheet, "image/png", {"ETag": sheet.tag, "Cache-Control": "no-cache"})


async def _taken(request: Request) -> Response:
    """The map to take away."""
    gallery = request.app.state.desk.edition.gallery
    path = gallery.path(request.path_params["name"]) if gallery else None
    if path is None:
        return await _problem(request, 404, "missing")
    return FileResponse(path, headers={"Cache-Control": "no-cache"})


async def _static(request: Request) -> Response:
    """A file of ours; its address changes with its contents, so it may be kept for ever."""
    path = static_files().get(request.path_params["name"])
    if path is None:
        return Response("There is no such file.\n", 404, media_type="text/plain")
    sheet = await run_in_threadpool(_file, path)
    kind = _STATIC[path.suffix]
    kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    return _packed(request, sheet, kind, {"ETag": sheet.tag, "Cache-Control": kept})


@cache
def _file(path: Path) -> Sheet:
    return sheet_of(path.read_bytes())


__all__ = ["create_app"]
