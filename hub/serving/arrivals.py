"""Wakes open pages when something arrived, in this process or in another one.

A page waits for arrivals in its own process, and checks the database from time to time for those
that other processes stored.
"""

from __future__ import annotations

import asyncio

LOOK_SECONDS = 5.0


class Arrivals:
    """Lets open pages wait for arrivals; used from the event loop only."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self.closing = False

    @property
    def watchers(self) -> int:
        """How many pages wait."""
        return len(self._waiting)

    def notify(self) -> None:
        """Wake all waiting pages: something arrived."""
        for event in self._waiting:
            event.set()

    def close(self) -> None:
        """Wake all waiting pages: the hub stops."""
        self.closing = True
        self.notify()

    async def wait(self) -> None:
        """Return when something arrived, or when it is time to check the database."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await asyncio.wait_for(event.wait(), LOOK_SECONDS)
        except TimeoutError:
            return
        finally:
            self._waiting.discard(event)
