"""Wakes open pages when something arrived, in this process or in another one.

A page waits for arrivals in its own process and for those that another hub on the same database
tells of. It also checks the database from time to time, because such a message may be lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, suppress

from hub.store.port import Database

LOOK_SECONDS = 5.0


class Arrivals:
    """Lets open pages wait for arrivals; used from the event loop, `notify` from any thread."""

    def __init__(self, database: Database, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._database = database
        self._look_seconds = look_seconds
        self._waiting: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening = ExitStack()
        self._telling: asyncio.Task[None] | None = None
        self._tell_again = False
        self.closing = False

    def begin(self) -> None:
        """Begin to listen to the other hubs on the database."""
        self._loop = asyncio.get_running_loop()
        self._listening.enter_context(self._database.listening(self._from_thread(self._wake)))

    @property
    def watchers(self) -> int:
        """How many pages wait."""
        return len(self._waiting)

    def notify(self) -> None:
        """Something arrived here: wake all waiting pages, and tell the other hubs."""
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
        for event in self._waiting:
            event.set()

    def close(self) -> None:
        """Wake all waiting pages: the hub stops."""
        self.closing = True
        self._wake()
        self._listening.close()

    async def wait(self) -> None:
        """Return when something arrived, or when it is time to check the database."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await asyncio.wait_for(event.wait(), self._look_seconds)
        except TimeoutError:
            return
        finally:
            self._waiting.discard(event)
