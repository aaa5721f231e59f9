"""How long to wait before the hub is tried again. Pure: time and chance are given.

The one back-off of the product: the command and the desk differ only in their pauses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.instant import Instant

BACKGROUND = (30.0, 60.0, 120.0, 300.0, 600.0)
"""Seconds after the first, second, ... failure in a row; then always the last. The desk tries by
itself, and nobody waits for it."""
FOREGROUND = (0.5, 1.0, 2.0, 4.0, 5.0)
"""The same for a command: a person waits for it."""
SPREAD = 0.2
"""Part of a pause that chance adds at most, so that not all workstations of a post come back to
the hub at the same moment."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The failures in a row so far; each event gives a new value."""

    pauses: tuple[float, ...]
    failures: int = 0
    failing_since: Instant | None = None
    """When the first of the failures in a row was met."""

    def failed(self, now: Instant) -> Pace:
        """After one more failure."""
        return replace(self, failures=self.failures + 1, failing_since=self.failing_since or now)

    def succeeded(self) -> Pace:
        """After a success: the earlier failures count no more."""
        return Pace(self.pauses)

    def pause(self, chance: float) -> float:
        """Seconds from the last failure to the next try; `chance` is from 0 to 1."""
        if not self.failures:
            return 0.0
        pause = self.pauses[min(self.failures, len(self.pauses)) - 1]
        return pause * (1 + SPREAD * chance)
