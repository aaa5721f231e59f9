"""Decides when the desk synchronises: at the start, after each deed, when the network changes, and
after failures with growing pauses (`sync.pace`). No timer runs while no data waits.

During a pause after a lost link the desk knocks at the hub's address every few seconds. As soon as
a knock is answered after one that was not, the link is back, and the run starts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from domain.errors import TidewaiterError
from domain.instant import Instant
from sync.errors import NoLink, SyncError
from sync.pace import BACKGROUND, BACKGROUND_ASKED, Pace

KNOCK_SECONDS, SLOW_KNOCK_SECONDS = 1.5, 10.0
"""Seconds between two knocks: a link that returns is used within two seconds, and one that is away
for long costs next to nothing.
"""
LOOK_SECONDS = 60.0
"""Seconds after which photos that are held back are looked at again: their time may have come."""
FAST_KNOCKS = 400
"""After so many knocks without an answer (about ten minutes) they slow down."""


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
    """Calls `run` to start a run of synchronisation, and `knock` to knock at the hub's address.

    The caller reports each run, also one that the officer started: with `began`, then `ended` or
    `failed`. It reports the result of each knock with `knocked`.
    """

    def __init__(
        self,
        run: Callable[[], None],
        knock: Callable[[], None],
        now: Callable[[], Instant],
        chance: Callable[[], float],
        timer: Timer,
        *,
        photos_may_go: Callable[[], bool] = lambda: True,
    ) -> None:
        self._run, self._knock, self._photos_may_go = run, knock, photos_may_go
        self._now, self._chance, self._timer = now, chance, timer
        self._fresh = True
        self._pace = Pace(BACKGROUND, BACKGROUND_ASKED)
        self._knocks, self._silent = 0, False
        self._left = 0.0
        """Seconds of the pause that are left; counted, because the computer's clock may jump."""
        self.running = False
        self.stopping = False
        """Whether the officer asked the run to stop, and it has not ended yet."""
        self.paused = False
        self.photos_held_back = False
        """Whether photos wait for their time of day, or for a line that is not metered."""
        self.failure: TidewaiterError | None = None
        self.next_try: Instant | None = None

    @property
    def failing_since(self) -> Instant | None:
        """When the first failure in a row happened."""
        return self._pace.failing_since

    @property
    def knocking(self) -> bool:
        """Whether it waits for a lost link to come back."""
        return self._silent and self.next_try is not None

    def deed_done(self) -> None:
        """Start a run soon, also during a pause: new data may wait for the hub."""
        self._fresh = True

    def network_changed(self) -> None:
        """Start a run at once if a pause is on: the computer has another connection now."""
        if self.next_try is not None or (self.photos_held_back and self._photos_may_go()):
            self._start()

    def consider(self, *, waits: bool) -> None:
        """Start a run if new data `waits` for the hub, unless one is running or paused."""
        if not waits:
            self._cancel_next_try()
        elif self._fresh and not (self.running or self.paused):
            self._run()

    def began(self) -> None:
        """Note that a run began, automatically or by the officer."""
        self.running, self._fresh, self.photos_held_back = True, False, False
        self._cancel_next_try()

    def ended(self, *, photos_held_back: bool = False) -> None:
        """Note that the run ended: all that may go now is sent, or the officer stopped it."""
        self.running, self.failure = False, None
        self._pace = self._pace.succeeded()
        self.photos_held_back = photos_held_back
        if photos_held_back and not self.paused:
            self._timer.call(round(LOOK_SECONDS * 1000), self._look_again)

    def failed(self, error: TidewaiterError, *, progressed: bool = False) -> None:
        """Note that the run failed; the next try starts automatically, unless paused.

        `progressed`: the hub took something in this run, so the pauses begin anew.
        """
        self.running, self.failure = False, error
        if progressed:
            self._pace = self._pace.succeeded()
        self._pace = self._pace.failed(self._now())
        self._knocks, self._silent = 0, False
        if not self.paused:
            asked = error.retry_after if isinstance(error, SyncError) else 0.0
            self._left = self._pace.pause(self._chance(), asked)
            now = self._now()
            self.next_try = Instant(now.millis + round(self._left * 1000), now.offset_minutes)
            self._wait()

    def knocked(self, answered: bool | None) -> None:
        """Note the result of a knock; None when only a run can find out (a proxy is used)."""
        if self.next_try is None or self.running or self.paused:
            return
        self._knocks += 1
        if answered is None:
            self._timer.call(round(self._left * 1000), self._start)
        elif answered and (self._silent or self._left <= 0):
            self._start()
        else:
            self._silent = self._silent or not answered
            self._wait()

    def pause(self) -> None:
        """No run starts automatically until `go_on`."""
        self.paused = True
        self._cancel_next_try()

    def go_on(self) -> None:
        """End the pause, and synchronise at once if data waits."""
        self.paused, self._fresh = False, True

    def _look_again(self) -> None:
        if self._photos_may_go():
            self._start()
        elif self.photos_held_back and not self.paused:
            self._timer.call(round(LOOK_SECONDS * 1000), self._look_again)

    def _wait(self) -> None:
        """Wait for the next try; after a lost link, until the next knock."""
        seconds, then = self._left, self._start
        if isinstance(self.failure, NoLink):
            longest = KNOCK_SECONDS if self._knocks < FAST_KNOCKS else SLOW_KNOCK_SECONDS
            seconds = longest if self._silent else min(seconds, longest)
            then = self._knock
        self._left = max(0.0, self._left - seconds)
        self._timer.call(round(seconds * 1000), then)

    def _start(self) -> None:
        self._cancel_next_try()
        if not (self.running or self.paused):
            self._run()

    def _cancel_next_try(self) -> None:
        self.next_try = None
        self._timer.stop()
