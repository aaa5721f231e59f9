"""A relay between clients and a server on this machine that behaves like a bad link.

    with Link(AWFUL, ("127.0.0.1", 8080)) as link:
        ...  # clients connect to link.url

The relay ends both connections itself, so two things differ from a real link: a client's `connect`
succeeds at once (its bytes leave one round trip later), and its kernel sees every byte
acknowledged. A dead line is therefore silent only to programs; `benchmarks/links/dead.py` makes one
that is silent to the kernel too.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from types import TracebackType
from typing import Self, TypeVar

from tests.link.events import Events
from tests.link.pipe import NearEnd, Pipe
from tests.link.profiles import Profile
from tests.link.tcp import Line

T = TypeVar("T")
KERNEL_BUFFER = 8_192
"""Bytes that the relay's kernel takes ahead; the system may double it."""
SLICE = 0.1
"""Seconds: whether the link was used is kept for slices of time this long."""


@dataclass
class Counts:
    """What passed since the first connection; bytes are payload unless `wire` says otherwise."""

    seconds: float = 0.0
    connections: int = 0
    turns: int = 0
    """Times that a connection's bytes changed from up to down: questions with an answer."""
    cuts: int = 0
    up: int = 0
    down: int = 0
    up_wire: int = 0
    down_wire: int = 0
    up_arrived: int = 0
    up_dropped: int = 0
    """Bytes that were on the line to the server when their connection was cut."""
    open_seconds: float = 0.0
    """Time in which at least one connection was open."""
    busy_slices: set[int] = field(default_factory=set)
    """Numbers of the slices of time in which bytes reached the server."""

    def arrived_at(self, seconds: float) -> None:
        """Bytes reached the server."""
        self.busy_slices.add(int(seconds / SLICE))

    def busy_share(self, begin: float, end: float) -> float:
        """The share of the time from `begin` to `end` in which bytes reached the server."""
        slices = range(int(begin / SLICE), int(end / SLICE))
        return len(self.busy_slices.intersection(slices)) / max(1, len(slices))


class Link:
    """The relay, in a thread of its own; its clock starts with the first connection."""

    def __init__(
        self,
        profile: Profile,
        target: tuple[str, int],
        *,
        seed: int = 1,
        silent_cuts: bool = False,
        host: str = "127.0.0.1",
    ) -> None:
        self.profile, self.target = profile, target
        self._silent_cuts = silent_cuts
        self.events = Events()
        self.up = Line(profile, self.events, Random(f"up {seed}"))
        self.down = Line(profile, self.events, Random(f"down {seed}"))
        self.pipes: set[Pipe] = set()
        self.counts = Counts()
        self._first: float | None = None
        self._open_since = 0.0
        self.loop = asyncio.new_event_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)
        self._listening = socket.create_server((host, 0))
        # a small buffer, so that what is not on the line yet stays with its sender
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KERNEL_BUFFER)
        self.port: int = self._listening.getsockname()[1]

    @property
    def url(self) -> str:
        """The address for clients, over plain http."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self._listening.close()

    @property
    def seconds(self) -> float:
        """Seconds since the first connection; 0 before it."""
        return 0.0 if self._first is None else time.monotonic() - self._first

    def counted(self) -> Counts:
        """What passed until now."""
        return self._in_loop(self._counted)

    def cut(self) -> None:
        """Cut all connections now."""
        self._in_loop(self._cut)

    def freeze(self) -> None:
        """The line is dead: nothing passes any more, and nobody is told."""
        self._in_loop(self._freeze)

    def thaw(self) -> None:
        """The line is back."""
        self._in_loop(self._thaw)

    # in the thread of the link

    def _in_loop(self, work: Callable[[], T]) -> T:
        async def call() -> T:
            self.poke()
            done = work()
            self.poke()
            return done

        return asyncio.run_coroutine_threadsafe(call(), self.loop).result()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(
            self.loop.create_server(lambda: NearEnd(self), sock=self._listening)
        )
        self.loop.run_forever()
        for pipe in list(self.pipes):
            pipe.break_off()
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()

    def poke(self) -> None:
        """Handle what is due, and wake up for what is next."""
        self.events.run_until(self.seconds)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        following = self.events.next_time
        if following is not None:
            delay = max(0.0, following - self.seconds)
            self._timer = self.loop.call_later(delay, self.poke)

    def connected(self) -> None:
        """A client connected; the first one starts the clock and the cuts."""
        if self._first is None:
            self._first = time.monotonic()
            if self.profile.cut_every:
                self.events.at(self.profile.cut_every, self._cut_and_again)
        self.counts.connections += 1

    def enter(self, pipe: Pipe) -> None:
        """A connection is open."""
        if not self.pipes:
            self._open_since = self.events.now
        self.pipes.add(pipe)

    def leave(self, pipe: Pipe) -> None:
        """A connection is over."""
        self.pipes.discard(pipe)
        if not self.pipes:
            self.counts.open_seconds += self.events.now - self._open_since

    def _cut_and_again(self) -> None:
        self._cut()
        self.events.after(self.profile.cut_every, self._cut_and_again)

    def _cut(self) -> None:
        self.counts.cuts += 1
        self.up.clear()
        self.down.clear()
        for pipe in list(self.pipes):
            if self._silent_cuts:
                pipe.forget()
            else:
                pipe.break_off()
        if self.profile.outage:
            self._freeze()
            self.events.after(self.profile.outage, self._thaw)

    def _freeze(self) -> None:
        self.up.freeze()
        self.down.freeze()

    def _thaw(self) -> None:
        self.up.thaw()
        self.down.thaw()
        for pipe in self.pipes:
            pipe.begin()

    def _counted(self) -> Counts:
        for pipe in self.pipes:
            pipe.count()
        if self.pipes:
            self.counts.open_seconds += self.events.now - self._open_since
            self._open_since = self.events.now
        counts = self.counts
        counts.seconds = self.seconds
        counts.up_wire, counts.down_wire = self.up.bytes_on_wire, self.down.bytes_on_wire
        counts.up_dropped = self.up.bytes_dropped
        return counts
