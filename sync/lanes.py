"""Lanes: work that waits for the hub, beside the loop that alone uses the workstation.

The loop of a run gives work to lanes and waits only in `wait`. Work on a dead line is never waited
for: a run that is stopped leaves it, and the program may end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol, TypeVar

from domain.errors import TidewaiterError
from system.decoders import build_decoders

T = TypeVar("T")
Call = Callable[[], None]
"""A call that the loop makes in its own thread."""


class Lanes(Protocol):
    """Runs work beside the loop. Only `post` may be called from the work itself."""

    def start(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[TidewaiterError], None],
    ) -> None:
        """Run `work`; `wait` returns the call of `then(result)` or `failed(error)` when it ends."""

    def post(self, call: Call) -> None:
        """Let `wait` return this call too."""

    def wait(self, seconds: float) -> Sequence[Call]:
        """The calls that are due: at once when there are some, else after at most so many seconds,
        or as soon as there is one.
        """

    def now(self) -> float:
        """Seconds since any fixed moment; the clock of pauses."""


class ThreadLanes:
    """Each piece of work has a thread of its own, which does not keep the program from ending."""

    def __init__(self) -> None:
        build_decoders()  # lanes read answers of the hub at the same moment
        self._due: SimpleQueue[Call] = SimpleQueue()

    def start(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[TidewaiterError], None],
    ) -> None:
        """As `Lanes`."""
        Thread(
            target=lambda: self._due.put(_ended(work, then, failed)), name="lane", daemon=True
        ).start()

    def post(self, call: Call) -> None:
        """As `Lanes`."""
        self._due.put(call)

    def wait(self, seconds: float) -> Sequence[Call]:
        """As `Lanes`."""
        calls: list[Call] = []
        try:
            calls.append(self._due.get(timeout=max(0.0, seconds)))
            while True:
                calls.append(self._due.get_nowait())
        except Empty:
            return calls

    def now(self) -> float:
        """As `Lanes`."""
        return time.monotonic()


class InlineLanes:
    """Runs each piece of work at once, in the thread of the loop, and has a clock of its own.

    The clock moves only in `wait`, and only when nothing is due: so pauses take no time, and two
    runs with the same input are equal.
    """

    def __init__(self) -> None:
        self._due: list[Call] = []
        self._now = 0.0

    def start(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[TidewaiterError], None],
    ) -> None:
        """As `Lanes`."""
        self._due.append(_ended(work, then, failed))

    def post(self, call: Call) -> None:
        """As `Lanes`."""
        self._due.append(call)

    def wait(self, seconds: float) -> Sequence[Call]:
        """As `Lanes`."""
        calls, self._due = self._due, []
        if not calls:
            self._now += max(0.0, seconds)
        return calls

    def now(self) -> float:
        """As `Lanes`."""
        return self._now


def _ended(
    work: Callable[[], T], then: Callable[[T], None], failed: Callable[[TidewaiterError], None]
) -> Call:
    """Run the work; the call with which the loop hears of its end."""
    try:
        result = work()
    except TidewaiterError as error:
        caught = error
        return lambda: failed(caught)
    except Exception as error:  # a fault of the program belongs to the loop's thread too
        fault = error
        return lambda: _raise(fault)
    return lambda: then(result)


def _raise(fault: Exception) -> None:
    raise fault
