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
BACKGROUND_ASKED, FOREGROUND_ASKED = 300.0, 5.0
"""Seconds that a hub may ask to be left alone (`Retry-After`); a longer wait is cut to these."""
SPREAD = 0.2
"""A random extra of at most this share of the pause, so that the workstations of a post do not all
connect to the hub at the same moment.
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """The number of failures in a row; each event returns a new `Pace`."""

    pauses: tuple[float, ...]
    longest_asked: float
    """Seconds that the hub may ask for at most."""
    failures: int = 0
    failing_since: Instant | None = None
    """When the first failure in a row happened."""

    def failed(self, now: Instant) -> Pace:
        """The pace after one more failure."""
        return replace(self, failures=self.failures + 1, failing_since=self.failing_since or now)

    def succeeded(self) -> Pace:
        """The pace after a success: no failures."""
        return Pace(self.pauses, self.longest_asked)

    def pause(self, chance: float, asked: float = 0.0) -> float:
        """Seconds from the last failure to the next try; `chance` is from 0 to 1.

        `asked` is what the hub asked for with its failure, 0 when it asked for nothing.
        """
        if not self.failures:
            return 0.0
        pause = self.pauses[min(self.failures, len(self.pauses)) - 1]
        return max(pause, min(asked, self.longest_asked)) * (1 + SPREAD * chance)
