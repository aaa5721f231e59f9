"""When to try the hub: at the start, after each deed, and later and later after a failure.

Pure but for the timer that it is given: nothing ticks while nothing waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from domain.errors import TidewaiterError
from domain.instant import Instant

PAUSES = (30, 60, 120, 300, 600)
"""Seconds until the next try after the first, second, ... failure in a row; then the last."""
SPREAD = 0.2
"""Share of a pause that chance adds: a hub that comes back is not met by all posts at once."""


class Timer(Protocol):
    """Calls back once; set anew it forgets what it was set for before."""

    def call(self, milliseconds: int, then: Callable[[], None]) -> None:
        """Call `then` after so long."""

    def stop(self) -> None:
        """Do not call."""


class QtTimer:
    """The timer of the window's thread."""

    def __init__(self) -> None:
        self._timer = QTimer(singleShot=True)
        self._then: Callable[[], None] = lambda: None
        self._timer.timeout.connect(self._ring)

    def call(self, milliseconds: int, then: Callable[[], None]) -> None:
        """As `Timer`."""
        self._then = then
        self._timer.start(milliseconds)

    def stop(self) -> None:
        """As `Timer`."""
        self._timer.stop()

    def _ring(self) -> None:
        self._then()


class Schedule:
    """`run` begins a run of synchronisation; whoever runs it says `began` and how it ended."""

    def __init__(
        self,
        run: Callable[[], None],
        now: Callable[[], Instant],
        chance: Callable[[], float],
        timer: Timer,
    ) -> None:
        self._run, self._now, self._chance, self._timer = run, now, chance, timer
        self._fresh = True
        self._failures = 0
        self.running = False
        self.paused = False
        self.failing_since: Instant | None = None
        """When the first of the failures in a row was met."""
        self.failure: TidewaiterError | None = None
        self.next_try: Instant | None = None

    def deed_done(self) -> None:
        """Something new may wait for the hub."""
        self._fresh = True

    def consider(self, *, waits: bool) -> None:
        """Begin a run if something new `waits` at an enrolled workstation and no pause is on."""
        if not waits:
            self._rest()
        elif self._fresh and not (self.running or self.paused or self.next_try):
            self._run()

    def began(self) -> None:
        """A run began, whoever asked for it."""
        self.running, self._fresh = True, False
        self._rest()

    def ended(self) -> None:
        """The hub took what there was, or the officer stopped the run."""
        self.running, self._failures = False, 0
        self.failing_since, self.failure = None, None

    def failed(self, error: TidewaiterError) -> None:
        """The run failed: it is tried again by itself, unless it is paused."""
        self.running, self.failure = False, error
        self.failing_since = self.failing_since or self._now()
        pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        if not self.paused:
            self._again_in(pause * (1 + SPREAD * self._chance()))

    def pause(self) -> None:
        """No run begins by itself until `go_on`."""
        self.paused = True
        self._rest()

    def go_on(self) -> None:
        """The end of the pause: what waits is tried at once."""
        self.paused, self._fresh = False, True

    def _again_in(self, seconds: float) -> None:
        milliseconds = round(seconds * 1000)
        now = self._now()
        self.next_try = Instant(now.millis + milliseconds, now.offset_minutes)
        self._timer.call(milliseconds, self._try_again)

    def _try_again(self) -> None:
        self.next_try = None
        if not (self.running or self.paused):
            self._run()

    def _rest(self) -> None:
        self.next_try = None
        self._timer.stop()
