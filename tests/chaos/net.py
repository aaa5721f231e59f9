"""A network without sockets: requests of httpx2 reach the hub's real application in this process.

The product runs unchanged, its HTTP client and the hub's routes included. Only what belongs to
others is replaced: the transport of httpx2, and the threads in which anyio runs the hub's database
work. Between client and hub stands a `Fate`, which loses, cuts, repeats, delays and changes what
passes.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import anyio.to_thread
import httpx2

import hub.feed
import hub.packs
import storage.packs
from domain.pack.read import read_pack

App = Callable[..., Awaitable[None]]
"""An ASGI application."""
PIECE = 64 * 1024


@dataclass(frozen=True)
class Asked:
    """One request, whole."""

    port: int
    method: str
    path: str
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def route(self) -> tuple[str, str]:
        """Method and path, without the query."""
        return self.method, self.path


@dataclass(frozen=True)
class Answered:
    """One answer, whole."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


Fate = Callable[["Net", Asked], Answered]
"""What becomes of a request: delivers it or not, returns an answer or raises a
`httpx2.TransportError`.
"""


def passes(net: Net, asked: Asked) -> Answered:
    """Nothing happens on the way."""
    return net.deliver(asked)


@dataclass
class Net:
    """All hubs that can be reached, by the port in their address."""

    apps: dict[int, App] = field(default_factory=dict)
    fate: Fate = passes
    requests: int = 0

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def close(self) -> None:
        """End the loop in which the applications run."""
        self._loop.close()

    def ask(self, asked: Asked) -> Answered:
        """The answer that comes back to a client. Raises `httpx2.TransportError`."""
        self.requests += 1
        return self.fate(self, asked)

    def deliver(self, asked: Asked, *, cut_at: int | None = None) -> Answered:
        """The hub's answer; with `cut_at` the line ends after so many bytes of the body.

        Raises `httpx2.ConnectError` when there is no hub.
        """
        app = self.apps.get(asked.port)
        if app is None:
            raise httpx2.ConnectError("nobody listens there")
        return self._loop.run_until_complete(_call(app, asked, cut_at))


async def _call(app: App, asked: Asked, cut_at: int | None) -> Answered:
    body = asked.body if cut_at is None else asked.body[:cut_at]
    pieces = [body[start : start + PIECE] for start in range(0, len(body), PIECE)] or [b""]
    status, answer = 0, bytearray()
    headers: tuple[tuple[bytes, bytes], ...] = ()

    async def receive() -> MutableMapping[str, Any]:
        if not pieces:
            return {"type": "http.disconnect"}
        piece = pieces.pop(0)
        more = bool(pieces) or cut_at is not None
        return {"type": "http.request", "body": piece, "more_body": more}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = tuple((bytes(k), bytes(v)) for k, v in message.get("headers", ()))
        else:
            answer.extend(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": asked.path,
        "raw_path": asked.path.encode(),
        "query_string": asked.query,
        "root_path": "",
        "headers": asked.headers,
        "client": ("127.0.0.1", 40_000),
        "server": ("127.0.0.1", asked.port),
    }
    await app(scope, receive, send)
    return Answered(status, headers, b"" if asked.method == "HEAD" else bytes(answer))


@cache
def _context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


read_once = cache(read_pack)


@contextmanager
def installed(net: Net) -> Iterator[Net]:
    """All HTTP clients of this process use this network meanwhile."""

    def handle_request(_: httpx2.HTTPTransport, request: httpx2.Request) -> httpx2.Response:
        target, *queries = request.url.raw_path.split(b"?", 1)
        headers = tuple((name.lower(), value) for name, value in request.headers.raw)
        port, body = request.url.port or 80, request.read()
        asked = Asked(port, request.method, target.decode(), b"".join(queries), headers, body)
        try:
            found = net.ask(asked)
        except httpx2.TransportError as error:
            error.request = request
            raise
        return httpx2.Response(
            found.status, headers=list(found.headers), stream=httpx2.ByteStream(found.body)
        )

    async def run_sync(work: Callable[..., Any], *given: Any, **_: Any) -> Any:
        return work(*given)

    with ExitStack() as stack:
        stack.callback(net.close)
        for owner, name, other in (
            (httpx2.HTTPTransport, "handle_request", handle_request),
            (anyio.to_thread, "run_sync", run_sync),
            # the system's authorities are read once, not for every client: nothing here uses TLS
            (ssl, "create_default_context", lambda *_, **__: _context()),
            # a checklist follows from its bytes: the same bytes are read once
            (storage.packs, "read_stored", read_once),
            (hub.packs, "read_pack", read_once),
            (hub.feed, "read_pack", read_once),
        ):
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, other)
        yield net
