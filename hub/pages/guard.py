"""Who may look at the pages: people at the hub's own machine, until there is a sign-in."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ANYWHERE = "/api/"
CLOSED = "The pages of this hub open only on the machine where it runs, until it has a sign-in.\n"


class PagesGuard:
    """Lets requests for pages through from this machine only; adds the headers of all answers."""

    def __init__(self, app: ASGIApp, *, for_all: bool) -> None:
        self._app = app
        self._for_all = for_all

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if scope["path"].startswith(ANYWHERE) or self._for_all or at_this_machine(request):
            await self._app(scope, receive, send)
            return
        refusal: Response = PlainTextResponse(CLOSED, 403, headers=HEADERS)
        await refusal(scope, receive, send)


def at_this_machine(request: Request) -> bool:
    """Whether the caller sits at this machine, called it by a name of its own, without a proxy.

    The name is asked because a foreign web page can point its own name at this machine; a proxy
    here would make every caller look local.
    """
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    return _loopback(request.client.host if request.client else "") and _own_name(request)


def _own_name(request: Request) -> bool:
    # the header itself: the framework puts this machine's own name in place of one it cannot read
    try:
        name = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or _loopback(name)


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
