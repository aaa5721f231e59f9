"""Decides when the desk synchronises: at the start, after each deed, and after failures with
growing pauses (`sync.pace`). No timer runs while no data waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from domain.errors import TidewaiterError
from domain.instant import Instant
from sync.pace import BACKGROUND, Pace


class Timer(Protocol):
    """Calls a function once after a delay; a new call replaces the earlier one."""

    def call(self, milliseconds: int, then: Callable[[], None]) -> None:
        """Call `then` after so many milliseconds."""

    def stop(self) -> None:
        """Cancel the call."""


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
    """Calls `run` to start a run of synchronisation.

    The caller reports each run, also one that the officer started: with `began`, then `ended` or
    `failed`.
    """

    def __init__(
        self,
        run: Callable[[], None],
        now: Callable[[], Instant],
        chance: Callable[[], float],
        timer: Timer,
    ) -> None:
        self._run, self._now, self._chance, self._timer = run, now, chance, timer
        self._fresh = True
        self._pace = Pace(BACKGROUND)
        self.running = False
        self.paused = False
        self.failure: TidewaiterError | None = None
        self.next_try: Instant | None = None

    @property
    def failing_since(self) -> Instant | None:
        """When the first failure in a row happened."""
        return self._pace.failing_since

    def deed_done(self) -> None:
        """Start a run soon: new data may wait for the hub."""
        self._fresh = True

    def consider(self, *, waits: bool) -> None:
        """Start a run if new data `waits` for the hub, unless one is running or paused."""
        if not waits:
            self._cancel_next_try()
        elif self._fresh and not (self.running or self.paused or self.next_try):
            self._run()

    def began(self) -> None:
        """Note that a run began, automatically or by the officer."""
        self.running, self._fresh = True, False
        self._cancel_next_try()

    def ended(self) -> None:
        """Note that the run ended: everything is sent, or the officer stopped it."""
        self.running, self.failure = False, None
        self._pace = self._pace.succeeded()

    def failed(self, error: TidewaiterError) -> None:
        """Note that the run failed; the next try starts automatically, unless paused."""
        self.running, self.failure = False, error
        self._pace = self._pace.failed(self._now())
        if not self.paused:
            self._try_in(self._pace.pause(self._chance()))

    def pause(self) -> None:
        """No run starts automatically until `go_on`."""
        self.paused = True
        self._cancel_next_try()

    def go_on(self) -> None:
        """End the pause, and synchronise at once if data waits."""
        self.paused, self._fresh = False, True

    def _try_in(self, seconds: float) -> None:
        milliseconds = round(seconds * 1000)
        now = self._now()
        self.next_try = Instant(now.millis + milliseconds, now.offset_minutes)
        self._timer.call(milliseconds, self._try_again)

    def _try_again(self) -> None:
        self.next_try = None
        if not (self.running or self.paused):
            self._run()

    def _cancel_next_try(self) -> None:
        self.next_try = None
        self._timer.stop()
