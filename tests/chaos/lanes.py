"""Lanes whose work ends in any order: what may happen between threads, without threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from domain.errors import TidewaiterError
from sync.lanes import Call, InlineLanes

T = TypeVar("T")


class ShuffledLanes:
    """`Lanes` in virtual time: work is done while the loop waits, and the loop hears of it late."""

    def __init__(self, random: Random, passes: Callable[[float], None]) -> None:
        self._random, self._passes = random, passes
        self._inner = InlineLanes()
        self._begun: list[Callable[[], None]] = []
        self._due: list[Call] = []
        self._now = 0.0

    def start(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[TidewaiterError], None],
    ) -> None:
        """As `Lanes`."""
        self._begun.append(lambda: self._inner.start(work, then, failed))

    def post(self, call: Call) -> None:
        """As `Lanes`; also called by the work."""
        self._due.append(call)

    def wait(self, seconds: float) -> Sequence[Call]:
        """As `Lanes`."""
        while self._begun and (not self._due or self._random.random() < 0.5):
            self._begun.pop(self._random.randrange(len(self._begun)))()
            self._due += self._inner.wait(0)
        if not self._due:
            self._now += seconds
            self._passes(seconds)
            return ()
        self._random.shuffle(self._due)
        count = self._random.randint(1, len(self._due))
        calls, self._due = self._due[:count], self._due[count:]
        return calls

    def now(self) -> float:
        """As `Lanes`."""
        return self._now
