"""Who may open the pages: people at the hub's own machine, until there is a sign-in.

The pages have their own socket, which only this machine reaches unless the owner chooses otherwise.
The guard refuses requests that a foreign web page makes a browser send.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CLOSED = (
    "The pages of this hub open only on the machine where it runs, under its own name, until it"
    " has a sign-in.\n"
)


class PagesGuard:
    """Accepts requests to this machine's name that, unless `for_all`, came without a proxy.

    The name is checked because a foreign web page can point its own name at this machine. `names`
    are further accepted host names.
    """

    def __init__(self, app: ASGIApp, *, for_all: bool = False, names: Iterable[str] = ()) -> None:
        self._app = app
        self._for_all = for_all
        self._names = {"localhost", *(name.lower() for name in names)}
        if for_all:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._may(Request(scope)):
            await self._app(scope, receive, send)
            return
        refusal: Response = PlainTextResponse(CLOSED, 403, headers=HEADERS)
        await refusal(scope, receive, send)

    def _may(self, request: Request) -> bool:
        name = _host(request)
        if self._for_all:
            return name in self._names or _address(name) is not None
        if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
            return False  # a request through a proxy comes from another machine
        address = _address(name)
        return name in self._names or (address is not None and address.is_loopback)


def _host(request: Request) -> str:
    # read the header itself: the framework replaces an unreadable name by this machine's name
    try:
        return (urlsplit(f"//{request.headers.get('host', '')}").hostname or "").lower()
    except ValueError:
        return ""


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
