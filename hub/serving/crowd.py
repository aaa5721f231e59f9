"""Turns callers away while too many are there, each with a time of its own at which to come again.

A workstation that hears nothing for twenty seconds comes again with the same question. When
thousands return at once, a hub that let all of them wait would answer callers who left long ago,
and take in next to nothing. So only few wait. The others are given times one after another, as far
apart as the hub's answers are, and so they come as fast as it works.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil

MOST = 120
"""Requests that are answered or wait for it at most: 40 threads, and a second or two of work."""
BATCHES, DEVICES = "/api/batches", "/api/devices/"
"""What is counted: not photos, which have threads of their own and come slowly. For a batch, whose
sender was let in for the question before, there is twice the room.
"""
ASKED = 2
"""Requests of a caller that comes: a question, and a batch."""
LEAST, LONGEST = 2.0, 300.0
"""Seconds that a caller is asked to stay away; no workstation stays away longer."""
FIRST_GAP, WEIGHT = 0.02, 0.05
"""Seconds between two answers before any was measured, and the weight of each new measurement."""


class Crowd:
    """Who is there, and who comes later; used from the event loop only."""

    def __init__(self, most: int = MOST, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._now = most, now
        self._there = 0
        self._gap = FIRST_GAP
        self._answered_at = 0.0
        self._next = 0.0
        """The time at which the next caller who is turned away should come."""

    def counts(self, path: str) -> bool:
        """Whether requests to this address are counted, and turned away."""
        return path == BATCHES or path.startswith(DEVICES)

    def comes_later(self, path: str) -> int | None:
        """Whole seconds after which this caller should come again; None when it is answered now."""
        most = self._most * 2 if path == BATCHES else self._most
        if self._there < most:
            return None
        now = self._now()
        self._next = min(max(self._next, now + LEAST) + ASKED * self._gap, now + LONGEST)
        return ceil(self._next - now)

    def came(self) -> None:
        """A whole request is there."""
        self._there += 1

    def answered(self) -> None:
        """It was answered: while many are there, the time since the last answer is a measure."""
        now = self._now()
        if self._there > self._most // 2 and self._answered_at:
            self._gap += WEIGHT * (now - self._answered_at - self._gap)
        self._answered_at = now
        self._there -= 1
