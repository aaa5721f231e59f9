"""Tells a dead line from a slow one while work waits for the hub.

No timeout of a request can: an upload over a slow line is silent for minutes. When no lane gave a
sign for a while, the hub is asked a question of a few bytes on the side. A slow line brings the
answer; on a dead one all connections are given up, and the work begins anew.
"""

from __future__ import annotations

from domain.errors import TidewaiterError
from domain.words import mark
from sync.context import RunContext
from sync.errors import NoLink

SILENCE = 10.0
"""Seconds without a sign from any lane before the question."""
PATIENCE = 10.0
"""Seconds that the question waits for its answer."""


class LineWatch:
    """Only the loop of the run calls it."""

    def __init__(self, run: RunContext) -> None:
        self._run = run
        self._asked_at: float | None = None

    def look(self) -> None:
        """Ask whether the line is alive when it is time to, and act when nobody answers."""
        now = self._run.lanes.now()
        if not self._run.busy:
            self._asked_at = None
        elif self._asked_at is None:
            if now - self._run.last_sign >= SILENCE:
                self._ask(now)
        elif self._run.last_sign > self._asked_at:
            self._asked_at = None
        elif now - self._asked_at >= PATIENCE:
            self._give_up()

    def _ask(self, now: float) -> None:
        self._asked_at = now

        def answered(_: None) -> None:
            if self._asked_at == now:
                self._asked_at = None
                self._run.sign()

        def failed(error: TidewaiterError) -> None:
            if self._asked_at != now:
                return
            if isinstance(error, NoLink):
                self._give_up()
            else:
                answered(None)

        self._run.lanes.start(self._run.carrier.knock, answered, failed)

    def _give_up(self) -> None:
        self._asked_at = None
        self._run.abandon(
            NoLink(
                mark("the line is dead: nothing comes back from the hub"),
                hint=mark("Everything waits here and is sent when the link is back."),
            )
        )
