"""The model of the way by stick: what waits is written to one, and what one brings is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from domain.changes import Changes, joined
from domain.errors import TidewaiterError
from gui.bridge import Bridge, Progress
from gui.stop import Stop
from storage.workstation import Workstation

if TYPE_CHECKING:
    from sync.stick.bring import ImportOutcome
    from sync.stick.outcome import ExportOutcome


@dataclass(frozen=True)
class StickWork:
    """The functions behind the two buttons; each runs in a thread and ends soon after a stop."""

    write: Callable[[Workstation, Path, str, Progress, Stop], ExportOutcome]
    """Write what waits, or only what the text names."""
    read: Callable[[Workstation, Path, Progress, Stop], ImportOutcome]


class StickModel(QObject):
    """One piece of work at a time. `written` and `taken` carry the outcome; `moved` is sent when
    the work begins, advances or ends.
    """

    moved = Signal()
    written = Signal(object)
    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge, work: StickWork) -> None:
        super().__init__()
        self._ws, self._bridge, self._work = ws, bridge, work
        self._stop: Stop | None = None
        self.done = self.total = 0
        """Bytes of the present work, and of how many; 0 while that is not known."""
        self.writes = False
        """Whether the present work writes."""

    @property
    def under_way(self) -> bool:
        """Whether a stick is being written or read."""
        return self._stop is not None

    def write(self, folder: Path, only: str = "") -> None:
        """Write what waits into the folder; `only` names one interception, entry or photo."""

        def then(outcome: ExportOutcome) -> None:
            self._ended(Changes())
            self.written.emit(outcome)

        self._begin(
            writes=True,
            work=lambda progress, stop: self._work.write(self._ws, folder, only, progress, stop),
            then=then,
        )

    def read(self, folder: Path) -> None:
        """Take what the folder brings, and carry the bundles of other workstations on."""

        def then(outcome: ImportOutcome) -> None:
            self._ended(joined((Changes(hub=True), outcome.feed.changes)))
            self.taken.emit(outcome)

        self._begin(
            writes=False,
            work=lambda progress, stop: self._work.read(self._ws, folder, progress, stop),
            then=then,
        )

    def stop(self) -> None:
        """Ask the work to stop. What is complete on the stick, or at the hub, stays."""
        if self._stop is not None:
            self._stop.set()

    def _begin(
        self,
        *,
        writes: bool,
        work: Callable[[Progress, Stop], object],
        then: Callable[..., None],
    ) -> None:
        if self.under_way:
            return

        def failed(error: TidewaiterError) -> None:
            self._ended(Changes())
            self.refused.emit(error)

        self.writes, self.done, self.total = writes, 0, 0
        self._stop = self._bridge.work_with_progress(work, then, failed, self._advance)
        self.moved.emit()

    def _advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self.moved.emit()

    def _ended(self, changes: Changes) -> None:
        self._stop = None
        self.moved.emit()
        if changes != Changes():
            self._bridge.changed.emit(changes)
