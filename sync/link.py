"""The state of the link during a run: whether it may be used now, and whether to give up."""

from __future__ import annotations

from collections.abc import Callable

from domain.instant import Instant
from sync.errors import HubFailed, NoLink
from sync.pace import FOREGROUND, FOREGROUND_ASKED, Pace


class LinkState:
    """Counts the tries in a row that brought no progress, and pauses after each.

    Progress is an entry that the hub took, or an upload whose offset moved. Several lanes fail
    together when the link is cut: that is one failure.
    """

    def __init__(
        self,
        tries: int,
        *,
        chance: Callable[[], float],
        failed: Callable[[NoLink | HubFailed], None] = lambda _: None,
    ) -> None:
        self._tries = tries
        self._chance = chance
        self._failed = failed
        self._pace = Pace(FOREGROUND, FOREGROUND_ASKED)
        self._resumes = 0.0
        self.attempt = 0
        """Number of the present try; work notes it when it starts."""
        self.moved = False
        """Whether there was any progress in this run."""
        self.error: NoLink | HubFailed | None = None
        """The last failure that no progress followed."""

    def pause(self, now: float) -> float:
        """Seconds until the link may be used again; 0 when it may be used now."""
        return max(0.0, self._resumes - now)

    @property
    def exhausted(self) -> bool:
        """Whether all tries were used."""
        return self._pace.failures >= self._tries

    def failed(self, error: NoLink | HubFailed, attempt: int, now: float, at: Instant) -> None:
        """Work that started in the try `attempt` failed; `now` is the clock of the lanes."""
        if attempt != self.attempt:
            return
        self.attempt += 1
        self.error = error
        self._pace = self._pace.failed(at)
        self._resumes = now + self._pace.pause(self._chance(), error.retry_after)
        if not self.exhausted:
            self._failed(error)

    def progressed(self, now: float) -> None:
        """Something arrived at the hub: the row of failures ends, and a long pause too."""
        self.moved = True
        self._pace = self._pace.succeeded()
        self.error = None
        self._resumes = min(self._resumes, now + FOREGROUND[0])

    def hurry(self) -> None:
        """End the pause: there is news, a new network, or a person who does not want to wait."""
        self._resumes = 0.0
