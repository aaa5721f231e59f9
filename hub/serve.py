"""Runs the hub's application until it is told to stop."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

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


class Certified(NamedTuple):
    """The files with which the hub shows who it is."""

    certificate: Path
    private_key: Path


def certificate(chain: Path | None, key: Path | None) -> Certified | None:
    """The two files, tried; None when neither is named. Raises `CannotServe`."""
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        raise CannotServe(
            mark("a certificate and its private key belong together"),
            about=str(chain or key),
            hint=mark("Name both: --certificate FILE --private-key FILE."),
        )
    try:
        # a key under a passphrase is refused here; nobody is there to type it
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key, password=lambda: b"")
    except ssl.SSLError as error:
        raise CannotServe(
            mark("the certificate and its private key cannot be used: {cause}"),
            about=f"{chain}, {key}",
            hint=mark("Both must be PEM, belong together, and the key without a passphrase."),
            cause=error.reason or "not PEM",
        ) from error
    except OSError as error:
        raise CannotServe(
            mark("the certificate or its private key cannot be read: {cause}"),
            about=f"{chain}, {key}",
            cause=error.strerror or error,
        ) from error
    return Certified(chain, key)


def is_loopback(bound: socket.socket) -> bool:
    """Whether only this machine can reach the socket."""
    return ipaddress.ip_address(bound.getsockname()[0]).is_loopback


def url_of(bound: socket.socket, certified: Certified | None = None) -> str:
    """The address as people type it."""
    scheme = "http" if certified is None else "https"
    host, port = bound.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def server(
    app: Starlette,
    arrivals: Arrivals,
    listening: Callable[[], None],
    certified: Certified | None = None,
) -> uvicorn.Server:
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
        http="h11",  # it refuses headers without end; the faster one keeps them all
        ssl_certfile=certified.certificate if certified else None,
        ssl_keyfile=certified.private_key if certified else None,
    )
    return _Server(config, arrivals, listening)
