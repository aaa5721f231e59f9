"""What happens when, on one clock: the emulator's time is that of its events.

An event that is handled late (the machine was busy) still counts as having happened at its own
time, so that delays of the machine do not add up. The same queue runs without any machine's clock
in the emulator's own tests.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count


class Events:
    """Functions that are called at their times, in order."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    def at(self, time: float, then: Callable[[], None]) -> None:
        """Call `then` at `time`, or as soon as possible when that has passed."""
        heapq.heappush(self._queue, (max(time, self.now), next(self._numbers), then))

    def after(self, seconds: float, then: Callable[[], None]) -> None:
        """Call `then` so many seconds from now."""
        self.at(self.now + seconds, then)

    @property
    def next_time(self) -> float | None:
        """The time of the next event; None when there is none."""
        return self._queue[0][0] if self._queue else None

    def run_until(self, time: float) -> None:
        """Handle all events up to `time`, which is then the present."""
        while self._queue and self._queue[0][0] <= time:
            due, _, then = heapq.heappop(self._queue)
            self.now = max(self.now, due)
            then()
        self.now = max(self.now, time)
