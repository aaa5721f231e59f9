"""Long work beside the window: one piece at a time, with how far it is and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from domain.errors import TidewaiterError
from gui.bridge import Bridge, Progress
from gui.stop import Stop

T = TypeVar("T")


class LongWork(QObject):
    """The base of the models that do it. `moved` is sent when work begins, advances or ends."""

    moved = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        """The background work of the desk."""
        self._stop: Stop | None = None
        self.work = ""
        """The name of the present work, for a model with several kinds; empty while there is
        none.
        """
        self.done = self.total = 0
        """How far the present work is, and of how much; 0 while that is not known."""

    @property
    def under_way(self) -> bool:
        """Whether something is being done."""
        return self._stop is not None

    def stop(self) -> None:
        """Ask the work to stop. What it has completed stays."""
        if self._stop is not None:
            self._stop.set()

    def begin_work(
        self,
        work: Callable[[Progress, Stop], T],
        then: Callable[[T], None],
        failed: Callable[[TidewaiterError], None],
        name: str = "",
    ) -> None:
        """Begin `work`; once it has ended, `then` or `failed` is called. While other work is under
        way nothing is begun.
        """
        if self.under_way:
            return

        def ended(result: T) -> None:
            self._end()
            then(result)

        def refused(error: TidewaiterError) -> None:
            self._end()
            failed(error)

        self.work, self.done, self.total = name, 0, 0
        self._stop = self.bridge.work_with_progress(work, ended, refused, self._advance)
        self.moved.emit()

    def _end(self) -> None:
        self._stop, self.work = None, ""
        self.moved.emit()

    def _advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self.moved.emit()
