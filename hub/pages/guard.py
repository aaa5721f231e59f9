"""Under which names the pages open, and the headers of their answers.

The pages have their own socket. The guard refuses requests that a foreign web page makes a browser
send under a name of its own; `gate` decides who may open which page.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.words import mark
from hub.pages.host import address_in, host_of, is_loopback_name
from hub.pages.language import language_of, say_in

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'{images}; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY.format(images=""),
    "X-Content-Type-Options": "nosniff",
    # to the hub itself alone: without it a browser sends `Origin: null` with a form
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_STORED = {**HEADERS, "Cache-Control": "no-store"}
"""For what no browser keeps."""
CLOSED = mark("The pages of this hub do not open under this name.")
CLOSED_TO_OTHERS = mark(
    "The pages of this hub have no sign-in, so they open only on the machine where it runs."
)


def _with_policy(send: Send) -> Send:
    """Sends an answer with those of `HEADERS` that it lacks: also what no page made, like a 404."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent


class PagesGuard:
    """Gives each answer the policy of the pages, and accepts requests to the names of the hub.

    The name is checked because a foreign web page can point its own name at this machine. `names`
    are further accepted host names; with `for_others` the socket can be reached from other
    machines. Without a sign-in requests through a proxy are refused: they come from other machines.
    """

    def __init__(
        self, app: ASGIApp, *, for_others: bool, sign_in: bool, names: Iterable[str] = ()
    ) -> None:
        self._app = app
        self._for_others = for_others
        self._sign_in = sign_in
        self._names = {"localhost", *(name.lower() for name in names)}
        if for_others:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        why = self._why_not(request)
        text = say_in(language_of(request))(why) + "\n" if why else ""
        answer: ASGIApp = PlainTextResponse(text, 403) if why else self._app
        await answer(scope, receive, _with_policy(send))

    def _why_not(self, request: Request) -> str:
        """Why the request is refused; empty when it is not."""
        proxied = "x-forwarded-for" in request.headers or "forwarded" in request.headers
        if proxied and not self._sign_in:
            return CLOSED_TO_OTHERS
        name = host_of(request)
        if name in self._names or is_loopback_name(name):
            return ""
        return "" if self._for_others and address_in(name) is not None else CLOSED
