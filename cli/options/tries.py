"""Tries again when the link is cut, with growing pauses."""

from __future__ import annotations

import random
import sys
import time

from domain.words import filled
from sync.errors import HubFailed, NoLink, SyncError
from sync.pace import FOREGROUND, FOREGROUND_ASKED, Pace
from system.clock import system_clock


class Tries:
    """Counts failures in a row, and waits after each but the last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pace = Pace(FOREGROUND, FOREGROUND_ASKED)

    def progressed(self) -> None:
        """Something arrived: failures before it do not count."""
        self._pace = self._pace.succeeded()

    @staticmethod
    def say(error: SyncError) -> None:
        """Print that the link failed and is tried again."""
        what = filled(error.what, error.values).rstrip(".")
        where = f"{error.about}: " if error.about else ""
        print(f"{where}{what}; trying again", file=sys.stderr)

    def failed(self, error: SyncError) -> bool:
        """Whether to try again; waits before the answer."""
        self._pace = self._pace.failed(system_clock())
        if not isinstance(error, (NoLink, HubFailed)) or self._pace.failures >= self._most:
            return False
        self.say(error)
        time.sleep(self._pace.pause(random.random(), error.retry_after))
        return True
