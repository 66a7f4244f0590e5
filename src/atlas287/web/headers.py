"""What every answer carries, so that a browser lets nothing in that is not ours."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Scripts, styles, pictures and data of this site alone, none of them inline. (A page's description for
#: machines, ``application/ld+json``, is data: it is not run, and this policy does not concern it.)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
ANYBODY, NOBODY = "*", "'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SafeHeaders:
    """Adds them to every answer; a page may stand in a frame only if its answer says so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                framed = headers.get(FRAMED) == "yes"
                if framed:
                    del headers[FRAMED]
                else:
                    headers["X-Frame-Options"] = "DENY"
                headers["Content-Security-Policy"] = (
                    f"{POLICY}; frame-ancestors {ANYBODY if framed else NOBODY}"
                )
            await send(message)

        await self._app(scope, receive, safely)


#: Set by a page that others may frame; taken off before it is sent.
FRAMED = "X-Atlas-Framed"
