"""Fetching documents from publishers: the one HTTP client of the package.

It says who it is, asks one thing at a time with a pause between, tries again when a server is
busy or failing (and waits as long as the server says), and takes no more than it can hold: each
answer is bounded in size, time and redirects. Only https is spoken; plain http only with this very
machine, for tests. What comes back is a :class:`Fetched`: the bytes as published, and where and
when they were had, ready for the archive.

Keys are given as ``secret``: they are sent, and stand in no address that is kept or shown.
"""

from __future__ import annotations

import ipaddress
import random
import re
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import quote, quote_plus, urlencode, urljoin, urlsplit

import httpx2

from ..archive import Archive, Sighting
from ..archive.intake import MAX_BYTES
from ..errors import FetchError

AGENT = f"atlas287/{version('atlas287')} (research on public records; asks one thing at a time)"

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})  # may go well the next time
_MOVED = frozenset({301, 302, 303, 307, 308})
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/([0-9]{14})")
_LATER = "try again later: the publisher's server is busy or failing"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer of a publisher.

    Attributes:
        asked: the address asked for, without secrets.
        url: the address that answered, after redirects, without secrets.
        status: 200, or 304 where the document is unchanged and `body` is empty.
        body: the document's bytes, unpacked if they were sent compressed.
        fetched: the moment of the answer, ``YYYYMMDDhhmmss`` in UTC.
        etag: what to give as `etag` the next time, if the publisher says it.
        last_modified: what to give as `last_modified` the next time, likewise.
        content_type: as the publisher says it.
    """

    asked: str
    url: str
    status: int
    body: bytes
    fetched: str
    etag: str | None
    last_modified: str | None
    content_type: str | None

    @property
    def unchanged(self) -> bool:
        """Whether the publisher says that the document is still the one that was had before."""
        return self.status == HTTPStatus.NOT_MODIFIED

    @property
    def captured(self) -> str:
        """The moment the document speaks for: the Wayback Machine's capture, else when it was fetched."""
        capture = _WAYBACK.match(self.url)
        return capture[1] if capture else self.fetched

    def keep(self, archive: Archive, *, folder: str, file: str, publisher: str) -> Sighting:
        """Put the document into the archive, with its address and moment of capture.

        Raises:
            ArchiveError: the archive cannot be written, or a name is not valid.
            FetchError: there is no document, because it is unchanged.
        """
        if self.unchanged:
            raise FetchError(
                f"{self.url} is unchanged, so there is nothing to keep",
                "keep the document that was had before",
                url=self.url,
                status=self.status,
            )
        return archive.add(
            self.body,
            folder=folder,
            file=file,
            captured=self.captured,
            publisher=publisher,
            address=self.url,
        )


class Fetcher:
    """The client. Use it as a context manager, in one thread.

    Args:
        timeout: seconds until a connection must stand, or the next bytes come.
        deadline: seconds until a whole answer must be had.
        tries: how often one address is asked before it is given up.
        max_bytes: the largest answer taken, unpacked; by default what the archive takes.
        redirects: how many in a row are followed.
        pause: seconds between any two requests.
        patience: the longest wait in seconds between two tries; a publisher that says to wait longer
            is not asked again.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        *,
        timeout: float = 30.0,
        deadline: float = 300.0,
        tries: int = 5,
        max_bytes: int = MAX_BYTES,
        redirects: int = 5,
        pause: float = 1.0,
        patience: float = 120.0,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._deadline, self._tries, self._max_bytes = deadline, max(1, tries), max_bytes
        self._redirects, self._pause, self._patience, self._sleep = redirects, pause, patience, sleep
        self._last: float | None = None
        self._client = httpx2.Client(
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*"},
            timeout=timeout,
            follow_redirects=False,
            # A proxy of the environment is for the world, never for this machine.
            mounts={f"all://{host}": None for host in ("localhost", "127.0.0.1", "[::1]")},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of open connections."""
        self._client.close()

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        secret: Mapping[str, str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        max_bytes: int | None = None,
    ) -> Fetched:
        """Fetch one document.

        Args:
            params: added to the address's query; ``,``, ``:`` and ``*`` stay as they are.
            secret: added as well, and neither kept nor shown.
            etag, last_modified: as of the answer that was had before; then the answer may be `unchanged`.
            max_bytes: the largest answer taken, if another than the client's.

        Raises:
            FetchError: there is no such document, the publisher refuses or fails, the answer is cut off,
                too large, too slow, or leads in circles, or the address is not one that is asked.
        """
        asked = _with_query(url, params or {})
        ask = _Ask(
            asked,
            _with_query(asked, secret or {}),
            tuple(value for value in (secret or {}).values() if value),
            {k: v for k, v in {"If-None-Match": etag, "If-Modified-Since": last_modified}.items() if v},
            self._max_bytes if max_bytes is None else max_bytes,
            _is_this_machine(asked),
        )
        for failed in range(1, self._tries + 1):
            try:
                return self._follow(ask)
            except _Passing as passing:
                if failed == self._tries:
                    times = f", {failed} times" if failed > 1 else ""
                    raise ask.error(passing.what + times, _LATER, passing.status) from passing.__cause__
                wait = passing.wait
                if wait is None:  # doubled each time, and spread, so that clients do not come back at once
                    wait = min(2.0 ** (failed - 1) * random.uniform(1, 1.5), self._patience)
                if wait > self._patience:
                    remedy = f"try again in {wait:,.0f} seconds, as the publisher says"
                    raise ask.error(passing.what, remedy, passing.status) from None
            self._sleep(wait)
        raise AssertionError  # the last try returns or raises

    def _follow(self, ask: _Ask) -> Fetched:
        """One try: the answer, through its redirects."""
        url = ask.url
        for _ in range(self._redirects + 1):
            ask.check(url)
            self._wait_a_little()
            answer = self._one(ask, url)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(url, answer)
        raise ask.error(f"leads on more than {self._redirects} times", "look at the address in a browser")

    def _wait_a_little(self) -> None:
        now = time.monotonic()
        if self._last is not None and (rest := self._last + self._pause - now) > 0:
            self._sleep(rest)
        self._last = time.monotonic()

    def _one(self, ask: _Ask, url: str) -> Fetched | str:
        """One request: the document, or where it leads on to."""
        until = time.monotonic() + self._deadline
        try:
            with self._client.stream("GET", url, headers=ask.headers) as response:
                status = response.status_code
                if status in _MOVED and (location := response.headers.get("Location")):
                    return location
                if status in _AGAIN:
                    raise _Passing(f"answered {_called(status)}", status, _retry_after(response))
                if status not in (200, 304) or (status == 304 and not ask.headers):
                    raise ask.error(f"answered {_called(status)}", _remedy(status), status)
                body = self._body(ask, response, until) if status == 200 else b""
                return Fetched(
                    asked=ask.shown,
                    url=ask.without_secrets(url),
                    status=status,
                    body=body,
                    fetched=datetime.now(UTC).strftime("%Y%m%d%H%M%S"),
                    etag=response.headers.get("ETag"),
                    last_modified=response.headers.get("Last-Modified"),
                    content_type=response.headers.get("Content-Type"),
                )
        except httpx2.TimeoutException as error:
            raise _Passing("did not answer in time") from error
        except httpx2.TransportError as error:
            what = ask.without_secrets(str(error)) or type(error).__name__
            raise _Passing(f"gave no whole answer ({what})") from error
        except httpx2.InvalidURL as error:
            raise ask.error(f"is no address ({error})", "mend the address") from None

    def _body(self, ask: _Ask, response: httpx2.Response, until: float) -> bytes:
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in ("identity", "gzip", "x-gzip", ""):
            raise ask.error(f"is packed in a way that was not asked for ({coding})", "report it", 200)
        unpack = zlib.decompressobj(wbits=31) if coding.endswith("gzip") else None
        body, most = bytearray(), ask.max_bytes
        for chunk in response.iter_raw():
            if time.monotonic() > until:
                raise _Passing(f"took more than {self._deadline:,.0f} seconds", 200)
            if unpack is None:
                body += chunk
            else:
                try:
                    body += unpack.decompress(chunk, most + 1 - len(body))  # never more than fits
                except zlib.error as error:
                    raise _Passing(f"gave no whole answer ({error})", 200) from error
            if len(body) > most:
                remedy = "see that it is the document meant; a larger one needs a larger max_bytes"
                raise ask.error(f"is larger than the {most:,} bytes that are taken", remedy, 200)
        if unpack is not None and not unpack.eof:
            raise _Passing("gave no whole answer (the packed document is cut off)", 200)
        return bytes(body)


class _Passing(Exception):  # noqa: N818 - a reason to try again, not yet an error
    """A failure that may pass; `wait` is how many seconds the publisher says to wait."""

    def __init__(self, what: str, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(what)
        self.what, self.status, self.wait = what, status, wait


class _Ask(NamedTuple):
    """What is asked for, and what may be shown of it."""

    shown: str
    url: str  # with secrets
    secrets: tuple[str, ...]
    headers: dict[str, str]
    max_bytes: int
    this_machine: bool

    def without_secrets(self, text: str) -> str:
        if text == self.url:
            return self.shown
        for value in self.secrets:
            for form in (quote_plus(value), quote(value, safe=""), value):
                text = text.replace(form, "…")
        return text

    def error(self, what: str, remedy: str, status: int | None = None) -> FetchError:
        return FetchError(f"{self.shown} {what}", remedy, url=self.shown, status=status)

    def check(self, url: str) -> None:
        """Refuse an address that is not asked: every hop of a redirect comes by here."""
        here = _is_this_machine(url)
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise self.error(f"is or leads to no address ({error})", "mend the address") from None
        shown = self.without_secrets(url)
        way = "is" if url == self.url else f"leads to {shown}, which is"
        if here and not self.this_machine:
            raise self.error(f"{way} on this very machine", "look at the address in a browser")
        if parts.scheme != "https" and not (here and parts.scheme == "http"):
            raise self.error(f"{way} not https", "give the address that begins with https://")
        if not parts.hostname:
            raise self.error(f"{way} no whole address", "give the address with its host")
        if parts.username or parts.password:
            raise self.error(f"{way} an address with a password", "leave the password out")


def _with_query(url: str, params: Mapping[str, str]) -> str:
    if not params:
        return url
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}{urlencode(params, safe=',:*')}"


def _is_this_machine(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _called(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _remedy(status: int) -> str:
    if status in (404, 410):
        return "see whether the publisher moved or withdrew the document"
    if status in (401, 403):
        return "see whether the publisher asks for a key, or turns programs away"
    if 400 <= status < 500:
        return "see whether the publisher changed how it wants to be asked"
    return "look at the address in a browser"


def _retry_after(response: httpx2.Response) -> float | None:
    """How many seconds the server says to wait: a number, or until a date."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, OverflowError):  # not a date, or of a year that no date has
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
