"""One connection through the link: two sockets of the relay, and a stream each way."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.link.tcp import Stream

if TYPE_CHECKING:
    from tests.link.emulator import Link


class Pipe:
    """One connection through the link: the client's end, the server's end, a stream each way."""

    def __init__(self, link: Link, near: NearEnd) -> None:
        self.link, self.near = link, near
        self.far: FarEnd | None = None
        self._early: list[bytes] = []
        self.up = link.up.stream(self._to_server)
        self.down = link.down.stream(self._to_client)
        self._counted = [0, 0, 0]
        self._last = ""
        self._ended: set[Stream] = set()
        self._passed: set[Stream] = set()
        self.over = False
        link.connected()
        link.enter(self)
        link.events.after(link.profile.round_trip, self.begin)

    def begin(self) -> None:
        """The handshake is done, unless the line is dead."""
        if not (self.over or self.link.up.frozen or self.up.open):
            self.up.begin()
            self.down.begin()

    def passes(self, stream: Stream, data: bytes) -> None:
        """An end handed over bytes."""
        way = "up" if stream is self.up else "down"
        if way == "down" and self._last == "up":
            self.link.counts.turns += 1
        self._last = way
        stream.write(data)

    def _to_server(self, data: bytes) -> None:
        self.link.counts.arrived_at(self.link.events.now)
        if self.far is not None and self.far.transport is not None:
            self.far.transport.write(data)
        else:
            self._early.append(data)
            if self.far is None:
                self.far = FarEnd(self)
                task = self.link.loop.create_task(self._connect(self.far))
                task.add_done_callback(lambda done: done.exception())
        self.near.read_on()

    async def _connect(self, far: FarEnd) -> None:
        try:
            await self.link.loop.create_connection(lambda: far, *self.link.target)
        except OSError:
            self.link.events.after(self.link.profile.one_way, self.break_off)
            self.link.poke()

    def connected(self, transport: asyncio.Transport) -> None:
        """The server accepted."""
        if self.over:
            transport.abort()
            return
        for data in self._early:
            transport.write(data)
        self._early.clear()
        if self.up in self._passed:
            transport.write_eof()

    def _to_client(self, data: bytes) -> None:
        if self.near.transport is not None:
            self.near.transport.write(data)
        if self.far is not None:
            self.far.read_on()

    def ended(self, stream: Stream) -> None:
        """One end sends no more: the other end hears of it after the bytes before."""
        if not self.over and stream not in self._ended:
            self._ended.add(stream)
            stream.end(lambda: self._pass_end(stream))

    def _pass_end(self, stream: Stream) -> None:
        self._passed.add(stream)
        if len(self._passed) == 2:
            self._leave(lambda transport: transport.close())
            return
        end = self.far if stream is self.up else self.near
        if end is None:
            self.break_off()  # the client said nothing, so the server was not asked
        elif end.transport is not None:
            end.transport.write_eof()

    def break_off(self) -> None:
        """Both ends are reset."""
        self._leave(_reset)

    def forget(self) -> None:
        """Nothing passes any more, and neither end hears of it until it gives up."""
        self._leave(lambda transport: transport.pause_reading() if _reads(transport) else None)

    def _leave(self, how: Callable[[asyncio.Transport], object]) -> None:
        if self.over:
            return
        self.over = True
        self.count()
        self.link.up.remove(self.up)
        self.link.down.remove(self.down)
        self.link.leave(self)
        for end in (self.near, self.far):
            if end is not None and end.transport is not None:
                how(end.transport)

    def count(self) -> None:
        """Add what passed since the last count to that of the link."""
        now = [self.up.bytes_sent, self.down.bytes_sent, self.up.bytes_arrived]
        counts = self.link.counts
        counts.up += now[0] - self._counted[0]
        counts.down += now[1] - self._counted[1]
        counts.up_arrived += now[2] - self._counted[2]
        self._counted = now


def _reset(transport: asyncio.Transport) -> None:
    """Close with RST: what the kernel holds is thrown away."""
    handle = transport.get_extra_info("socket")
    with contextlib.suppress(OSError):
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _reads(transport: asyncio.Transport) -> bool:
    return transport.is_reading()


class End(asyncio.Protocol):
    """One end of a pipe, at a socket."""

    pipe: Pipe
    transport: asyncio.Transport | None = None

    @property
    def stream(self) -> Stream:
        """Where what this end sends goes."""
        raise NotImplementedError

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        handle = transport.get_extra_info("socket")
        with contextlib.suppress(OSError):
            handle.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        link = self.pipe.link
        link.poke()
        if not self.pipe.over:
            self.pipe.passes(self.stream, data)
            if self.stream.crowded and self.transport is not None:
                self.transport.pause_reading()
        link.poke()

    def read_on(self) -> None:
        """Take more from the sender when there is room."""
        if self.transport is not None and not self.stream.crowded:
            self.transport.resume_reading()

    def eof_received(self) -> bool:
        link = self.pipe.link
        link.poke()
        self.pipe.ended(self.stream)
        link.poke()
        return True

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        link = self.pipe.link
        link.poke()
        if error is not None and not self.pipe.over:
            link.events.after(link.profile.one_way, self.pipe.break_off)
        else:
            self.pipe.ended(self.stream)
        link.poke()


class NearEnd(End):
    """The client's end."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._link.poke()
        self.pipe = Pipe(self._link, self)
        self._link.poke()

    @property
    def stream(self) -> Stream:
        return self.pipe.up


class FarEnd(End):
    """The server's end."""

    def __init__(self, pipe: Pipe) -> None:
        self.pipe = pipe

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        assert isinstance(transport, asyncio.Transport)
        self.pipe.connected(transport)

    @property
    def stream(self) -> Stream:
        return self.pipe.down
