"""Adds photos in the background, two side by side, and reports them in the order they came in."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from acts.interception.add_photo import add_photo
from domain.errors import TidewaiterError
from domain.ids import RecordId
from domain.interception.media import Photo
from gui.bridge import Bridge
from storage.workstation import Workstation

SIDE_BY_SIDE = 2
"""How many photos are read at a time: as many as there are decoders."""


@dataclass(slots=True, eq=False)
class Incoming:
    """A photo on its way into a draft; `outcome` is empty until it was added or refused.

    `source` returns the bytes, so that no photo is held in memory while it waits.
    """

    source: Callable[[], bytes]
    name: str
    role: str | None
    way: str
    record: RecordId
    keep: bool = False
    outcome: Photo | TidewaiterError | None = None


class PhotoQueue:
    """Calls `ended` with each photo, in order, in the window's thread."""

    def __init__(self, ws: Workstation, bridge: Bridge, ended: Callable[[Incoming], None]) -> None:
        self._ws, self._bridge, self._ended = ws, bridge, ended
        self._waiting: deque[Incoming] = deque()
        self._begun: deque[Incoming] = deque()

    def add(self, incoming: Incoming) -> None:
        """Add the photo when those before it have begun."""
        self._waiting.append(incoming)
        self._begin()

    def _begin(self) -> None:
        """Begin in reading threads, so that the writing thread can save typed text."""
        while self._waiting and len(self._begun) < SIDE_BY_SIDE:
            incoming = self._waiting.popleft()
            self._begun.append(incoming)
            self._start(incoming)

    def _start(self, incoming: Incoming) -> None:
        def work() -> Photo:
            return add_photo(
                self._ws, incoming.source(), file_name=incoming.name, role=incoming.role,
                source=incoming.way, keep=incoming.keep,
            )  # fmt: skip

        def then(outcome: Photo | TidewaiterError) -> None:
            incoming.outcome = outcome
            while self._begun and self._begun[0].outcome is not None:
                self._ended(self._begun.popleft())
            self._begin()

        self._bridge.read(work, then, then)
