"""The model of the way by stick: what waits is written to one, what one brings is read, and it is
ejected.
"""

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

WRITE, READ, EJECT = "write", "read", "eject"
"""What the model does, as `LongWork.work` names it."""


@dataclass(frozen=True)
class StickWork:
    """The functions behind the buttons; each runs in a thread, and the first two end soon after a
    stop.
    """

    write: Callable[[Workstation, Path, str, Progress, Stop], ExportOutcome]
    """Write what waits, or only what the text names."""
    read: Callable[[Workstation, Path, Progress, Stop], ImportOutcome]
    can_eject: Callable[[Path], bool]
    eject: Callable[[Path], None]


class StickModel(LongWork):
    """`written` and `taken` carry the outcome."""

    written = Signal(object)
    taken = Signal(object)
    ejected = Signal()
    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge, work: StickWork) -> None:
        super().__init__(bridge)
        self._ws, self._work = ws, work
        self.ejectable: Path | None = None
        """The stick that was written or read last, when it can be ejected from here."""

    def write(self, folder: Path, only: str = "") -> None:
        """Write what waits into the folder; `only` names one interception, entry or photo."""
        self._begin(
            WRITE,
            folder,
            lambda progress, stop: self._work.write(self._ws, folder, only, progress, stop),
            lambda outcome: outcome.flushed or outcome.problem is None,
            self.written.emit,
        )

    def read(self, folder: Path) -> None:
        """Take what the folder brings, and carry the bundles of other workstations on."""

        def then(outcome: ImportOutcome) -> None:
            self.bridge.changed.emit(joined((Changes(hub=True), outcome.feed.changes)))
            self.taken.emit(outcome)

        self._begin(
            READ,
            folder,
            lambda progress, stop: self._work.read(self._ws, folder, progress, stop),
            lambda _: True,
            then,
        )

    def eject(self) -> None:
        """Eject the stick. When that fails, it can be tried again."""
        folder = self.ejectable
        if folder is None:
            return

        def then(_: None) -> None:
            self._offer(None)
            self.ejected.emit()

        self.begin_work(
            lambda _progress, _stop: self._work.eject(folder), then, self.refused.emit, EJECT
        )

    def _begin(
        self,
        name: str,
        folder: Path,
        work: Callable[[Progress, Stop], T],
        is_sound: Callable[[T], bool],
        then: Callable[[T], None],
    ) -> None:
        if self.under_way:
            return
        self.ejectable = None

        def and_look(progress: Progress, stop: Stop) -> tuple[T, bool]:
            outcome = work(progress, stop)
            return outcome, is_sound(outcome) and self._work.can_eject(folder)

        def ended(result: tuple[T, bool]) -> None:
            outcome, can_eject = result
            self._offer(folder if can_eject else None)
            then(outcome)

        self.begin_work(and_look, ended, self.refused.emit, name)

    def _offer(self, folder: Path | None) -> None:
        self.ejectable = folder
        self.moved.emit()
