"""The model of the way by stick: what waits is written to one, and what one brings is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal

from domain.changes import Changes, joined
from gui.bridge import Bridge, Progress
from gui.long_work import LongWork
from gui.stop import Stop
from storage.workstation import Workstation

if TYPE_CHECKING:
    from sync.stick.bring import ImportOutcome
    from sync.stick.outcome import ExportOutcome

T = TypeVar("T")


@dataclass(frozen=True)
class StickWork:
    """The functions behind the two buttons; each runs in a thread and ends soon after a stop."""

    write: Callable[[Workstation, Path, str, Progress, Stop], ExportOutcome]
    """Write what waits, or only what the text names."""
    read: Callable[[Workstation, Path, Progress, Stop], ImportOutcome]


class StickModel(LongWork):
    """`written` and `taken` carry the outcome."""

    written = Signal(object)
    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge, work: StickWork) -> None:
        super().__init__(bridge)
        self._ws, self._work = ws, work
        self.writes = False
        """Whether the present work writes."""

    def write(self, folder: Path, only: str = "") -> None:
        """Write what waits into the folder; `only` names one interception, entry or photo."""
        self._begin(
            lambda progress, stop: self._work.write(self._ws, folder, only, progress, stop),
            self.written.emit,
            writes=True,
        )

    def read(self, folder: Path) -> None:
        """Take what the folder brings, and carry the bundles of other workstations on."""

        def then(outcome: ImportOutcome) -> None:
            self.bridge.changed.emit(joined((Changes(hub=True), outcome.feed.changes)))
            self.taken.emit(outcome)

        self._begin(
            lambda progress, stop: self._work.read(self._ws, folder, progress, stop),
            then,
            writes=False,
        )

    def _begin(
        self, work: Callable[[Progress, Stop], T], then: Callable[[T], None], *, writes: bool
    ) -> None:
        if not self.under_way:
            self.writes = writes
        self.begin_work(work, then, self.refused.emit)
