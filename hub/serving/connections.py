"""Connections that ask nothing cost the others nothing: counted, timed, and closed first.

A line is open from its acceptance (before any TLS) until its socket is closed. It waits while it
has not sent the whole head of a request, and is busy while it is answered. Where too many are
open, the one that has waited longest is closed in favour of a new one.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections import Counter
from contextlib import suppress
from typing import Any

import h11
import msgspec
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 15.0
"""From acceptance, the handshake of TLS included, to the end of a request's head."""
DESCRIPTORS = 8_192
"""Files and connections that the process asks the system for, if it may have so many."""
RESERVED = 384
"""Descriptors that are not lines: databases, photos, decoders, and lines that are closing."""
PER_ADDRESS = 256
"""Lines from one address; a proxy on this machine is one address too."""
BACKLOG = 100
"""Lines accepted at once, and so beyond the mark for a moment."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How many lines may be open, and for how long one may wait, in seconds."""

    lines: int
    per_address: int = PER_ADDRESS
    head_seconds: float = HEAD_SECONDS


def raise_limits() -> Limits:
    """Ask the system for enough descriptors; what it gives decides how many lines there are."""
    if sys.platform == "win32":
        return Limits(lines=DESCRIPTORS - RESERVED)
    import resource  # Windows has no such limits and no such module

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = DESCRIPTORS if hard == unlimited else min(DESCRIPTORS, hard)
    if soft != unlimited and soft < wanted:
        with suppress(OSError, ValueError):  # macOS allows less than it names
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    have = DESCRIPTORS if soft == unlimited else soft
    return Limits(lines=max(32, have - RESERVED))


class Lines:
    """All open lines of the hub's sockets; used from the event loop only."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: dict[Any, Line] = {}
        """By the address and port at the other end."""
        self._waiting: dict[Line, asyncio.TimerHandle | None] = {}
        """In the order in which they began to wait; without a timer: between two requests."""
        self._addresses: Counter[str] = Counter()

    def accepted(self, line: Line) -> bool:
        """Whether the new line may stay; another one may have to go for it."""
        crowded = self._addresses[line.address] >= self._limits.per_address
        if crowded and not self._close_one(line.address):
            return False
        if len(self._open) >= self._limits.lines and not self._close_one():
            return False
        line.lines = self
        self._open[line.peer] = line
        self._addresses[line.address] += 1
        self.waits(line.peer)
        return True

    def waits(self, peer: Any) -> None:
        """The line has not sent the whole head of a request, and time runs."""
        line = self._open.get(peer)
        if line is not None and self._waiting.get(line) is None:
            loop = asyncio.get_running_loop()
            self._waiting[line] = loop.call_later(self._limits.head_seconds, line.end)

    def asks(self, peer: Any) -> None:
        """The line sent the whole head of a request."""
        if (line := self._open.get(peer)) is not None:
            self._wake(line)

    def rests(self, peer: Any) -> None:
        """The line was answered, and may ask again."""
        if (line := self._open.get(peer)) is not None:
            self._waiting[line] = None

    def gone(self, line: Line) -> None:
        """The line is closed."""
        self._wake(line)
        if self._open.pop(line.peer, None) is not None:
            self._addresses[line.address] -= 1
            if not self._addresses[line.address]:
                del self._addresses[line.address]

    def _wake(self, line: Line) -> None:
        timer = self._waiting.pop(line, None)
        if timer is not None:
            timer.cancel()

    def _close_one(self, address: str | None = None) -> bool:
        """End the line (of that address) that waited longest; one that never asked goes first."""
        some = [line for line in self._waiting if address in (None, line.address)]
        chosen = next((line for line in some if self._waiting[line] is not None), None)
        chosen = chosen or next(iter(some), None)
        if chosen is None:
            return False
        chosen.end()
        self.gone(chosen)
        return True


class Line(socket.socket):
    """One accepted connection; whoever closes it, it is counted no more."""

    lines: Lines | None = None
    peer: Any = None

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
        if self.lines is not None:
            self.lines.gone(self)
        super().close()


class Listening(socket.socket):
    """A listening socket whose accepted connections are lines, once `lines` is set.

    asyncio asks a socket's own `accept`, except on Windows, where nothing is counted.
    """

    lines: Lines | None = None

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection that may stay. Raises `BlockingIOError` when there is none."""
        while True:
            plain, peer = super().accept()
            if self.lines is None:
                return plain, peer
            line = Line(plain.family, plain.type, plain.proto, fileno=plain.detach())
            line.peer = peer
            if self.lines.accepted(line):
                return line, peer
            line.close()


class Guarded(H11Protocol):
    """HTTP on a line, which hears when a head is whole and when a request is answered."""

    def __init__(self, lines: Lines, **given: Any) -> None:
        super().__init__(**given)
        self._lines = lines

    def data_received(self, data: bytes) -> None:
        """Time runs as long as a head is not whole."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._lines.waits(self._peer())
        else:
            self._lines.asks(self._peer())

    def on_response_complete(self) -> None:
        """From here on the line may be closed in favour of another one."""
        self._lines.rests(self._peer())
        super().on_response_complete()

    def _peer(self) -> Any:
        return self.transport.get_extra_info("peername")
