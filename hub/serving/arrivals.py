"""Tells open pages when something arrived, in this process or in another one.

Whoever follows arrivals is woken by those in this process and by those that another hub on the same
database tells of. It also looks from time to time, because such a message may be lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from hub.store.port import Database

LOOK_SECONDS = 5.0


class Arrivals:
    """Wakes those who follow arrivals; used from the event loop, `notify` from any thread."""

    def __init__(self, database: Database, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._database = database
        self._look_seconds = look_seconds
        self._following: set[Follower] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening = ExitStack()
        self._telling: asyncio.Task[None] | None = None
        self._tell_again = False
        self.watchers = 0
        """How many lines to open pages there are; the pages count them."""
        self.closing = False

    def begin(self) -> None:
        """Begin to listen to the other hubs on the database."""
        self._loop = asyncio.get_running_loop()
        self._listening.enter_context(self._database.listening(self._from_thread(self._wake)))

    def notify(self) -> None:
        """Something arrived here: wake all followers, and tell the other hubs."""
        self._from_thread(self._arrived)()

    def _from_thread(self, call: Callable[[], None]) -> Callable[[], None]:
        """`call` in the event loop; nothing before it began and after its end."""

        def called() -> None:
            if self._loop is not None:
                with suppress(RuntimeError):  # the loop was closed in this moment
                    self._loop.call_soon_threadsafe(call)

        return called

    def _arrived(self) -> None:
        self._wake()
        self._tell_again = True
        if self._telling is None:
            self._telling = asyncio.ensure_future(self._tell())

    async def _tell(self) -> None:
        """Tell the others, once for all that arrived meanwhile."""
        while self._tell_again:
            self._tell_again = False
            await asyncio.to_thread(self._database.tell)
        self._telling = None

    def _wake(self) -> None:
        for follower in self._following:
            follower.wake()

    def close(self) -> None:
        """Wake all followers: the hub stops."""
        self.closing = True
        self._wake()
        self._listening.close()

    @contextmanager
    def followed(self) -> Iterator[Follower]:
        """A follower, woken by each arrival while the block runs."""
        follower = Follower(self._look_seconds)
        self._following.add(follower)
        try:
            yield follower
        finally:
            self._following.discard(follower)


class Follower:
    """Waits for arrivals; one that comes while nobody waits ends the next wait at once."""

    def __init__(self, look_seconds: float) -> None:
        self._look_seconds = look_seconds
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something arrived."""
        self._woken.set()

    async def wait(self) -> None:
        """Return when something arrived since the last return, or when it is time to look."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), self._look_seconds)
        self._woken.clear()
