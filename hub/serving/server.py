"""Runs the hub's applications until a signal stops them."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from types import FrameType
from typing import Any, NamedTuple

import uvicorn
from starlette.types import ASGIApp

from domain.words import filled, mark
from hub.errors import CannotServe
from hub.log import log
from hub.serving.arrivals import Arrivals
from hub.serving.certificates import Certified, certificate, warn_of_end
from hub.serving.connections import (
    BACKLOG,
    Guarded,
    Listening,
    OpenConnections,
    raise_limits,
)

QUEUE = 1_024
"""Connections that the system queues until they are accepted."""
LOOK_SECONDS = 0.1
"""Between two looks for a second signal while the hub ends, as often as uvicorn looks."""


class Site(NamedTuple):
    """An application with its own socket, with TLS when there is a certificate."""

    app: ASGIApp
    bound: Listening
    certified: Certified | None = None


class Ending(NamedTuple):
    """How the hub ends after the signal TERM; a second signal ends it at once."""

    begun: Callable[[], None] = lambda: None
    """Called at the signal, from a signal handler."""
    drain_seconds: float = 0.0
    """For these the hub still takes requests, so that a proxy learns that it ends."""
    goodbye_seconds: float = 5.0
    """For these it finishes requests that it is answering."""


class _Server(uvicorn.Server):
    """Serves several sites in one process; calls `listening` at the start and ends open pages at
    the end. On the signal HUP it reads its certificate again, so that a renewed one needs no
    restart; once a day it logs that the certificate expires soon.
    """

    def __init__(
        self,
        sites: Sequence[tuple[Site, uvicorn.Config]],
        arrivals: Arrivals,
        listening: Callable[[], None],
        ending: Ending,
    ) -> None:
        super().__init__(sites[0][1])
        self._ending = ending
        self._ends_at: float | None = None
        self._sites = sites
        self._arrivals = arrivals
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002
        """Begin to listen, then call `listening`."""
        loop = asyncio.get_running_loop()
        self.servers = []
        for site, config in self._sites:
            if not config.loaded:
                config.load()
            protocol: Any = config.http_protocol_class
            factory = partial(
                protocol,
                config=config,
                server_state=self.server_state,
                app_state={},
                _loop=loop,
            )
            self.servers.append(
                await loop.create_server(
                    factory, sock=site.bound, ssl=config.ssl, backlog=config.backlog
                )
            )
            # uvicorn's backlog limits how many are accepted at once; the system queues the others
            site.bound.listen(QUEUE)
        if hasattr(signal, "SIGHUP") and threading.current_thread() is threading.main_thread():
            loop.add_signal_handler(signal.SIGHUP, self.renew)
        self.started = True
        self._arrivals.begin()
        self._listening()

    def renew(self) -> None:
        """Use the certificate that is in its files now; an unusable one is ignored."""
        for site, config in self._sites:
            if site.certified is None or config.ssl is None:
                continue
            try:
                certificate(*site.certified)
            except CannotServe as error:
                log("certificate not renewed", why=filled(error.what, error.values))
            else:
                config.ssl.load_cert_chain(*site.certified)
                log("certificate renewed")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish the running requests; end the connections of waiting pages.

        After a second signal all connections end: from Python 3.12 on, the sockets that listen are
        closed only when none is left.
        """
        self._arrivals.close()
        ending = asyncio.create_task(super().shutdown(sockets))
        while not ending.done():
            if self.force_exit:
                for connection in list(self.server_state.connections):
                    connection.transport.abort()
            await asyncio.wait({ending}, timeout=LOOK_SECONDS)
        await ending

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second, with a counter that begins again each day."""
        if counter == 0:
            for chain in {site.certified.certificate for site, _ in self._sites if site.certified}:
                warn_of_end(chain)
        if self._ends_at is not None and time.monotonic() >= self._ends_at:
            self.should_exit = True
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Stop gracefully; a second signal stops at once."""
        if self._ends_at is None:
            self._ends_at = time.monotonic() + self._ending.drain_seconds
            self._ending.begun()
        else:
            self.should_exit = self.force_exit = True


def listen(address: str) -> Listening:
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
    # asyncio disables Nagle's delay (40 ms for each answer) only when the socket's protocol is TCP
    bound = Listening(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, int(port)))
    except OSError as error:
        bound.close()
        raise CannotServe(
            mark("cannot listen: {cause}"), about=address, cause=error.strerror or error
        ) from error
    return bound


def is_loopback(bound: socket.socket) -> bool:
    """Whether only this machine can reach the socket."""
    return ipaddress.ip_address(bound.getsockname()[0]).is_loopback


def url_of(bound: socket.socket, certified: Certified | None = None) -> str:
    """The address as people type it."""
    scheme = "http" if certified is None else "https"
    host, port = bound.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def server(
    sites: Sequence[Site],
    arrivals: Arrivals,
    listening: Callable[[], None],
    connections: OpenConnections | None = None,
    ending: Ending | None = None,
) -> uvicorn.Server:
    """A server for the sites; `listening` is called once it accepts requests.

    Without `connections` only the system limits them.
    """
    ending = ending or Ending()
    connections = connections or OpenConnections(raise_limits())
    for site in sites:
        site.bound.connections = connections
    prepared = [(site, _config(site, connections, ending)) for site in sites]
    return _Server(prepared, arrivals, listening, ending)


def _config(site: Site, connections: OpenConnections, ending: Ending) -> uvicorn.Config:
    return uvicorn.Config(
        site.app,
        loop="asyncio",  # asyncio calls `accept` of our sockets
        backlog=BACKLOG,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=max(1, round(ending.goodbye_seconds)),
        lifespan="off",
        ws="none",
        # h11 limits the size of headers; the faster parser does not
        http=partial(Guarded, connections),  # type: ignore[arg-type]
        ssl_certfile=site.certified.certificate if site.certified else None,
        ssl_keyfile=site.certified.private_key if site.certified else None,
    )
