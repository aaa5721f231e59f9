"""Wakes open pages when something arrived, in this process or in another one.

A page waits on the arrivals of its own process, and looks into the database now and then for
those of other processes behind the same database.
"""

from __future__ import annotations

import asyncio

LOOK_SECONDS = 5.0


class Arrivals:
    """What open pages wait on; used from the event loop only."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self.closing = False

    @property
    def watchers(self) -> int:
        """How many pages wait."""
        return len(self._waiting)

    def notify(self) -> None:
        """Something arrived."""
        for event in self._waiting:
            event.set()

    def close(self) -> None:
        """The hub stops: wake all that wait."""
        self.closing = True
        self.notify()

    async def wait(self) -> None:
        """Return when something arrived, or when it is time to look."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await asyncio.wait_for(event.wait(), LOOK_SECONDS)
        except TimeoutError:
            return
        finally:
            self._waiting.discard(event)
