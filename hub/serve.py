"""Runs the hub's application until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from domain.words import mark
from hub.errors import CannotServe
from hub.live import Arrivals

GOODBYE_SECONDS = 5


class _Server(uvicorn.Server):
    """Says when it listens, and sends open pages home when it stops."""

    def __init__(
        self, config: uvicorn.Config, arrivals: Arrivals, listening: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._arrivals = arrivals
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let requests end; pages that wait for news get none."""
        self._arrivals.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop gracefully; a second signal stops at once."""
        super().handle_exit(sig, frame)
        self._captured_signals.clear()  # a stop that was asked for is a success


def listen(address: str) -> socket.socket:
    """A socket bound to `HOST:PORT`; port 0 takes a free one. Raises `CannotServe`."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not port.isdecimal() or int(port) > 65_535:
        raise CannotServe(
            mark("not an address to listen on"),
            about=address[:80],
            hint=mark("Write it like 127.0.0.1:8080."),
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's wait (40 ms an answer) off only where it reads "TCP" on the socket
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, int(port)))
    except OSError as error:
        bound.close()
        raise CannotServe(
            mark("cannot listen: {cause}"), about=address, cause=error.strerror or error
        ) from error
    return bound


def url_of(bound: socket.socket) -> str:
    """The address as people type it."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server(app: Starlette, arrivals: Arrivals, listening: Callable[[], None]) -> uvicorn.Server:
    """A server for the application; `listening` is called once it takes requests."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
        lifespan="off",
        ws="none",
    )
    return _Server(config, arrivals, listening)
