"""How long to wait before the next try to reach the hub. Pure: time and chance are arguments.

The only back-off of the product: the command and the desk differ only in their pauses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.instant import Instant

BACKGROUND = (2.0, 5.0, 15.0, 30.0, 60.0)
"""Seconds to wait after the first, second, ... failure in a row; the last one repeats. For the
desk, which tries by itself in the background.
"""
FOREGROUND = (0.25, 1.0, 1.5)
"""The same inside a run. A link that is cut again and again but moves has only the first pause,
because each progress ends the row of failures.
"""
SPREAD = 0.2
"""A random extra of at most this share of the pause, so that the workstations of a post do not all
connect to the hub at the same moment.
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """The number of failures in a row; each event returns a new `Pace`."""

    pauses: tuple[float, ...]
    failures: int = 0
    failing_since: Instant | None = None
    """When the first failure in a row happened."""

    def failed(self, now: Instant) -> Pace:
        """The pace after one more failure."""
        return replace(self, failures=self.failures + 1, failing_since=self.failing_since or now)

    def succeeded(self) -> Pace:
        """The pace after a success: no failures."""
        return Pace(self.pauses)

    def pause(self, chance: float) -> float:
        """Seconds from the last failure to the next try; `chance` is from 0 to 1."""
        if not self.failures:
            return 0.0
        pause = self.pauses[min(self.failures, len(self.pauses)) - 1]
        return pause * (1 + SPREAD * chance)
