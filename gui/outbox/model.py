"""What the hub holds and what waits for it; a run of synchronisation with a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, Signal

from domain.changes import Changes
from domain.errors import TidewaiterError
from gui.bridge import Bridge, Progress
from storage.projections import hub
from storage.projections.hub import HubSummary, Waiting
from storage.workstation import Workstation

SyncNow = Callable[[Progress, Event], Changes]
"""Runs until all is at the hub, the link fails (an error), or the event is set."""


class OutboxModel(QObject):
    """`read` says that the numbers are new."""

    read = Signal()
    running = Signal(bool)
    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge, sync_now: SyncNow) -> None:
        super().__init__()
        self._ws, self._bridge, self._sync_now = ws, bridge, sync_now
        self.summary: HubSummary | None = None
        self.waiting: tuple[Waiting, ...] = ()
        self._cancelled: Event | None = None
        bridge.changed.connect(self._hear)

    @property
    def under_way(self) -> bool:
        """Whether a run goes on."""
        return self._cancelled is not None

    def refresh(self) -> None:
        """Read what waits."""

        def work() -> tuple[HubSummary, tuple[Waiting, ...]]:
            return hub.summary(self._ws.db), hub.waiting(self._ws.db)

        def then(found: tuple[HubSummary, tuple[Waiting, ...]]) -> None:
            self.summary, self.waiting = found
            self.read.emit()

        self._bridge.read(work, then, self.refused.emit)

    def sync(self) -> None:
        """Bring the hub up to date."""
        if self.under_way:
            return

        def then(changes: Changes) -> None:
            self._ended()
            self._bridge.changed.emit(changes)

        self._cancelled = self._bridge.work_with_progress(
            self._sync_now, then, self._failed, lambda _done, _all: self.refresh()
        )
        self.running.emit(True)

    def stop(self) -> None:
        """Ask the run to stop; what was acknowledged stays so."""
        if self._cancelled is not None:
            self._cancelled.set()

    def _failed(self, error: TidewaiterError) -> None:
        self._ended()
        self.refused.emit(error)

    def _ended(self) -> None:
        self._cancelled = None
        self.refresh()
        self.running.emit(False)

    def _hear(self, changes: Changes) -> None:
        if changes.entries or changes.hub:
            self.refresh()
