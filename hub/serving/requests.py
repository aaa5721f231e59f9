"""What happens around every request: who called, its id, and its line in the log."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.config import Config, LogConfig, Network
from hub.errors import ApiCode
from hub.log import log
from hub.serving.crowd import Crowd
from hub.serving.proxies import seen_through_proxies

CALLER = "tidewaiter.caller"
NOBODY = "-"
REQUEST_ID = b"x-request-id"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
"""Other methods have no route here; a caller may invent any number of them."""
ID_FORM = re.compile(rb"[A-Za-z0-9._-]{1,64}")
QUIET = frozenset({"/health/live", "/health/ready", "/api/health"})
"""Routes that are asked every few seconds: only their failures are in the log."""


HEADERS_LIMIT = 100
TOO_MANY_HEADERS = {
    "error": f"more than {HEADERS_LIMIT} headers",
    "kind": "RequestRefused",
    "code": ApiCode.TOO_LARGE,
    "curable": False,
}
RUNS_NOTHING = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""For what is refused before the pages, and their policy, see it."""
COMES_LATER = {
    "error": "too many callers at once. Try again in a moment.",
    "kind": "Unavailable",
    "code": ApiCode.UNAVAILABLE,
    "curable": True,
}


class Answered(NamedTuple):
    """One request and its answer."""

    method: str
    route: str
    """The template of its route, like `/api/photos/{upload}`; `-` when there is no such route."""
    status: int
    """0 when the caller left before there was an answer."""
    seconds: float
    bytes_in: int
    bytes_out: int
    caller: str


def note_caller(request: HTTPConnection, caller: object) -> None:
    """Note who calls: the id of a device or of an account, for the log. Never a name."""
    request.scope[CALLER] = str(caller)


def around(
    app: ASGIApp,
    config: Config,
    ended: Callable[[Answered], None] | None = None,
    crowd: Crowd | None = None,
) -> ASGIApp:
    """The application with what the configuration wants around each request; `crowd` turns callers
    away.
    """
    return Requests(app, proxies=config.proxies, logged=config.log, ended=ended, crowd=crowd)


class Requests:
    """Wraps an application; `ended` is called after each answer."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        proxies: Sequence[Network] = (),
        logged: LogConfig | None = None,
        ended: Callable[[Answered], None] | None = None,
        crowd: Crowd | None = None,
    ) -> None:
        self._app = app
        self._crowd = crowd
        self._proxies = proxies
        self._logged = logged
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if len(scope["headers"]) > HEADERS_LIMIT:
            await JSONResponse(TOO_MANY_HEADERS, 431, headers=RUNS_NOTHING)(scope, receive, send)
            return
        ident = _id(scope) if seen_through_proxies(scope, self._proxies) else b""
        ident = ident or secrets.token_hex(8).encode()
        status = bytes_in = bytes_out = 0
        begun = time.perf_counter()

        async def counted() -> Message:
            nonlocal bytes_in
            message = await receive()
            bytes_in += len(message.get("body", b""))
            return message

        async def answer(message: Message) -> None:
            nonlocal status, bytes_out
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID, ident)]
            bytes_out += len(message.get("body", b""))
            await send(message)

        try:
            await self._let_in(scope, counted, answer)
        finally:
            route = getattr(scope.get("route"), "path", NOBODY)
            caller = scope.get(CALLER, NOBODY)
            seconds = time.perf_counter() - begun
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._note(
                Answered(method, route, status, seconds, bytes_in, bytes_out, caller),
                ident.decode(),
                scope,
            )

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or ask the caller to come later. One with a body counts from its last
        byte on: over a slow line that takes a minute in which nothing is done.
        """
        crowd = self._crowd
        if crowd is None or not crowd.counts(scope["path"]):
            await self._app(scope, receive, send)
            return
        later = crowd.comes_later(scope["path"])
        if later is not None:
            refused = JSONResponse(COMES_LATER, 503, headers={"Retry-After": str(later)})
            await refused(scope, receive, send)
            return
        is_there = scope["method"] == "GET"
        if is_there:
            crowd.came()

        async def received() -> Message:
            nonlocal is_there
            message = await receive()
            if not is_there and not message.get("more_body", False):
                is_there = True
                crowd.came()
            return message

        try:
            await self._app(scope, received, send)
        finally:
            if is_there:
                crowd.answered()

    def _note(self, done: Answered, ident: str, scope: Scope) -> None:
        if self._ended is not None:
            self._ended(done)
        logged = self._logged
        if logged is None or not logged.requests:
            return
        if done.route in QUIET and done.status < 400:
            return
        facts: dict[str, object] = {
            "request": ident,
            "method": done.method,
            "route": done.route,
            "status": done.status,
            "ms": round(done.seconds * 1000, 1),
            "in": done.bytes_in,
            "out": done.bytes_out,
            "caller": done.caller,
        }
        client = scope.get("client")
        if logged.addresses and client is not None:
            facts["address"] = client[0]
        log("request", **facts)


def _id(scope: Scope) -> bytes:
    """The id that a proxy gave the request; empty when there is none that fits."""
    for name, value in scope["headers"]:
        if name == REQUEST_ID and ID_FORM.fullmatch(value):
            return bytes(value)
    return b""
