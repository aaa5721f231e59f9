"""Connections that ask nothing cost the others nothing: counted, timed, and closed first.

A connection is open from its acceptance (before any TLS) until its socket is closed. It waits while
it has not sent the whole head of a request, and is busy while it is answered. When too many are
open, the one that has waited longest is closed to make room for a new one.
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

Peer: TypeAlias = Any
"""The address and port of the other end; `socket` has no type for it either."""
HEAD_SECONDS = 15.0
"""From acceptance, the handshake of TLS included, to the end of a request's head."""
DESCRIPTORS = 8_192
"""Files and connections that the process asks the system for, if it may have so many."""
RESERVED = 384
"""Descriptors for databases, photos, decoders, and connections that are closing."""
PER_ADDRESS = 256
"""Open connections from one address; a proxy on this machine is one address too."""
BACKLOG = 100
"""Connections accepted at once; for a moment so many may be open beyond the limit."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How many connections may be open, and for how long one may wait, in seconds."""

    connections: int
    per_address: int = PER_ADDRESS
    head_seconds: float = HEAD_SECONDS


def raise_limits() -> Limits:
    """Ask the system for descriptors; as many as it gives, less some, may be connections."""
    if sys.platform == "win32":
        return Limits(connections=DESCRIPTORS - RESERVED)
    import resource  # Windows has no such limits and no such module

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = DESCRIPTORS if hard == unlimited else min(DESCRIPTORS, hard)
    if soft != unlimited and soft < wanted:
        with suppress(OSError, ValueError):  # macOS allows less than it names
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    have = DESCRIPTORS if soft == unlimited else soft
    return Limits(connections=max(32, have - RESERVED))


class OpenConnections:
    """All open connections of the hub's sockets; used from the event loop only."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: dict[Peer, OpenConnection] = {}
        """By the address and port at the other end."""
        self._waiting: dict[OpenConnection, asyncio.TimerHandle | None] = {}
        """In the order in which they began to wait; without a timer: between two requests."""
        self._addresses: Counter[str] = Counter()

    def accepted(self, connection: OpenConnection) -> bool:
        """Whether the new connection may stay; another one may have to go for it."""
        crowded = self._addresses[connection.address] >= self._limits.per_address
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
        """The connection has not sent the whole head of a request, and time runs."""
        connection = self._open.get(peer)
        if connection is not None and self._waiting.get(connection) is None:
            loop = asyncio.get_running_loop()
            self._waiting[connection] = loop.call_later(self._limits.head_seconds, connection.end)

    def asks(self, peer: Peer) -> None:
        """The connection sent the whole head of a request."""
        if (connection := self._open.get(peer)) is not None:
            self._wake(connection)

    def rests(self, peer: Peer) -> None:
        """The connection was answered, and may ask again."""
        if (connection := self._open.get(peer)) is not None:
            self._waiting[connection] = None

    def gone(self, connection: OpenConnection) -> None:
        """The connection is closed."""
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
        """End the one that waited longest, first one that never asked; True when there is one.

        With `address` only connections from there count.
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
    """One accepted connection; whoever closes it, it is counted no more."""

    connections: OpenConnections | None = None
    peer: Peer = None

    @property
    def address(self) -> str:
        """The other end's, without its port."""
        return str(self.peer[0])

    def end(self) -> None:
        """Hang up; the event loop then closes the socket as it does when the other end hangs up."""
        with suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the descriptor back."""
        if self.connections is not None:
            self.connections.gone(self)
        super().close()


class Listening(socket.socket):
    """A listening socket whose accepted connections are connections, once `connections` is set.

    asyncio asks a socket's own `accept`, except on Windows, where nothing is counted.
    """

    connections: OpenConnections | None = None

    def accept(self) -> tuple[socket.socket, Peer]:
        """The next connection that may stay. Raises `BlockingIOError` when there is none."""
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
    """HTTP on a connection, which hears when a head is whole and when a request is answered."""

    def __init__(self, connections: OpenConnections, **given: Any) -> None:
        super().__init__(**given)
        self._connections = connections

    def data_received(self, data: bytes) -> None:
        """Time runs as long as a head is not whole."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._connections.waits(self._peer())
        else:
            self._connections.asks(self._peer())

    def on_response_complete(self) -> None:
        """From here on the connection may be closed in favour of another one."""
        self._connections.rests(self._peer())
        super().on_response_complete()

    def _peer(self) -> Peer:
        return self.transport.get_extra_info("peername")
