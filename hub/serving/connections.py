"""Limits idle connections: they are counted, timed, and closed before all others.

A connection is open from its acceptance (before any TLS) until its socket is closed. It is waiting
until it has sent the whole head of a request, and busy while the request is answered. When too many
are open, the connection that has been waiting longest is closed for a new one.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections import Counter
from contextlib import suppress
from typing import Any, TypeAlias

import h11
import msgspec
from uvicorn.protocols.http.h11_impl import H11Protocol

from hub.config import Config, Network
from hub.serving.proxies import is_trusted

Peer: TypeAlias = Any
"""The address and port of the other end; `socket` has no type for it either."""
HEAD_SECONDS = 15.0
"""Seconds from acceptance (with the TLS handshake) to the end of a request's head."""
DESCRIPTORS = 8_576
"""Open files and connections that the process asks the system for; it may get fewer."""
RESERVED = 384
"""Descriptors reserved for databases, photos, decoders, and connections that are closing."""
PER_ADDRESS = 256
"""Open connections from one address at most; a proxy on this machine counts as one address."""
BACKLOG = 100
"""Connections that are accepted at once; for a moment so many more than the limit may be open."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How many connections may be open, and for how long one may wait, in seconds."""

    connections: int
    per_address: int = PER_ADDRESS
    head_seconds: float = HEAD_SECONDS
    shared: tuple[Network, ...] = ()
    """Addresses that many callers share: those of trusted proxies. `per_address` does not count
    there.
    """


def raise_limits(config: Config | None = None) -> Limits:
    """The limits that the configuration asks for, as far as the system allows: it is asked for more
    descriptors, and all but the reserved ones may be connections.
    """
    config = config or Config()
    asked = config.limits
    return Limits(
        connections=min(asked.connections, _descriptors() - RESERVED),
        per_address=asked.per_address,
        head_seconds=asked.head_seconds,
        shared=config.proxies,
    )


def _descriptors() -> int:
    """How many descriptors this process has, after it asked for more."""
    if sys.platform == "win32":
        return DESCRIPTORS
    import resource  # Windows has no such limits and no such module

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = DESCRIPTORS if hard == unlimited else min(DESCRIPTORS, hard)
    if soft != unlimited and soft < wanted:
        with suppress(OSError, ValueError):  # macOS allows fewer than it reports
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return max(RESERVED + 32, DESCRIPTORS if soft == unlimited else soft)


class OpenConnections:
    """All open connections of the hub's sockets; used from the event loop only."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: dict[Peer, OpenConnection] = {}
        """Keys are the address and port of the other end."""
        self._waiting: dict[OpenConnection, asyncio.TimerHandle | None] = {}
        """Waiting connections, longest first; those without a timer are between two requests."""
        self._addresses: Counter[str] = Counter()

    def accepted(self, connection: OpenConnection) -> bool:
        """Whether the new connection is accepted; this may close another one."""
        crowded = self._addresses[connection.address] >= self._limits.per_address
        crowded = crowded and not is_trusted(connection.address, self._limits.shared)
        if crowded and not self._close_one(connection.address):
            return False
        if len(self._open) >= self._limits.connections and not self._close_one():
            return False
        connection.connections = self
        self._open[connection.peer] = connection
        self._addresses[connection.address] += 1
        self.waits(connection.peer)
        return True

    def waits(self, peer: Peer) -> None:
        """Start the timer: the connection has not sent the whole head of a request."""
        connection = self._open.get(peer)
        if connection is not None and self._waiting.get(connection) is None:
            loop = asyncio.get_running_loop()
            self._waiting[connection] = loop.call_later(self._limits.head_seconds, connection.end)

    def asks(self, peer: Peer) -> None:
        """Stop the timer: the connection has sent the whole head of a request."""
        if (connection := self._open.get(peer)) is not None:
            self._wake(connection)

    def rests(self, peer: Peer) -> None:
        """The connection has its answer and may send another request."""
        if (connection := self._open.get(peer)) is not None:
            self._waiting[connection] = None

    def gone(self, connection: OpenConnection) -> None:
        """Forget the connection: it is closed."""
        self._wake(connection)
        if self._open.pop(connection.peer, None) is not None:
            self._addresses[connection.address] -= 1
            if not self._addresses[connection.address]:
                del self._addresses[connection.address]

    def _wake(self, connection: OpenConnection) -> None:
        timer = self._waiting.pop(connection, None)
        if timer is not None:
            timer.cancel()

    def _close_one(self, address: str | None = None) -> bool:
        """Close the connection that has waited longest, preferably one that never sent a request;
        False when there is none. With `address` only connections from there are considered.
        """
        some = [connection for connection in self._waiting if address in (None, connection.address)]
        chosen = next(
            (connection for connection in some if self._waiting[connection] is not None), None
        )
        chosen = chosen or next(iter(some), None)
        if chosen is None:
            return False
        chosen.end()
        self.gone(chosen)
        return True


class OpenConnection(socket.socket):
    """One accepted connection; closing it always removes it from the count."""

    connections: OpenConnections | None = None
    peer: Peer = None

    @property
    def address(self) -> str:
        """The address of the other end, without its port."""
        return str(self.peer[0])

    def end(self) -> None:
        """Hang up; the event loop then closes the socket as it does when the other end hangs up."""
        with suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the descriptor."""
        if self.connections is not None:
            self.connections.gone(self)
        super().close()


class Listening(socket.socket):
    """A listening socket that counts its connections in `connections`, once that is set. asyncio
    calls the `accept` of the socket, except on Windows, where connections are not counted.
    """

    connections: OpenConnections | None = None

    def accept(self) -> tuple[socket.socket, Peer]:
        """The next accepted connection. Raises `BlockingIOError` when there is none."""
        while True:
            plain, peer = super().accept()
            if self.connections is None:
                return plain, peer
            connection = OpenConnection(
                plain.family, plain.type, plain.proto, fileno=plain.detach()
            )
            connection.peer = peer
            if self.connections.accepted(connection):
                return connection, peer
            connection.close()


class Guarded(H11Protocol):
    """The HTTP protocol of a connection; reports the end of each head and of each answer."""

    def __init__(self, connections: OpenConnections, **given: Any) -> None:
        super().__init__(**given)
        self._connections = connections

    def data_received(self, data: bytes) -> None:
        """The timer runs until the head is complete."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._connections.waits(self._peer())
        else:
            self._connections.asks(self._peer())

    def on_response_complete(self) -> None:
        """From now on the connection may be closed for another one."""
        self._connections.rests(self._peer())
        super().on_response_complete()

    def _peer(self) -> Peer:
        return self.transport.get_extra_info("peername")
