"""One run of synchronisation that the desk can abandon while it waits for the hub."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from domain.changes import Changes
from domain.words import mark
from gui.bridge import Progress
from gui.errors import StickStopped
from gui.outbox.model import RunNotes
from gui.stop import Stop
from storage.workstation import Workstation
from sync.errors import ItemRefused
from sync.http.enrol import enrol, file_text
from sync.http.knock import is_answered
from sync.lanes import Call, ThreadLanes
from sync.open import open_carrier
from sync.run import SyncRun
from sync.stick.bring import ImportOutcome, import_stick
from sync.stick.export import export
from sync.stick.outcome import ExportOutcome
from system.eject import can_eject, eject

KNOCK_PATIENCE = 2.0
"""Seconds to wait for the answer to a knock; a satellite link answers within one."""


class InterruptibleLanes(ThreadLanes):
    """Lanes that tell `stop` when the run waits for the hub and when it continues."""

    def __init__(self, stop: Stop) -> None:
        super().__init__()
        self._stop = stop

    def wait(self, seconds: float) -> Sequence[Call]:
        """As `Lanes`. Raises `Left` when the desk was closed meanwhile."""
        self._stop.out()
        try:
            return super().wait(seconds)
        finally:
            self._stop.back()


def run_with_hub(ws: Workstation, progress: Progress, stop: Stop, notes: RunNotes) -> None:
    """Bring the hub up to date, once.

    `notes` is kept up to date with each committed change, also when the run fails later. Raises
    `SyncError` or the first problem, and `Left` when the desk was closed meanwhile.
    """

    def committed(changes: Changes) -> None:
        notes.changes.append(changes)
        progress(0, 0)

    with closing(open_carrier(ws)) as carrier:
        run = SyncRun(
            ws,
            carrier,
            lanes=InterruptibleLanes(stop),
            progress=lambda p: progress(p.summary.photos_held, p.summary.photos),
            changed=committed,
            cancelled=stop.is_set,
            photos_may_go=notes.line_is_for_photos,
        )
        notes.hurry = run.hurry
        try:
            outcome = run.go()
        finally:
            notes.moved = run.moved
    late = outcome.summary.photos > outcome.summary.photos_held
    notes.photos_held_back = late and not outcome.photos_may_go
    failures = [error for error in outcome.problems if not isinstance(error, ItemRefused)]
    if failures and not stop.is_set():
        raise failures[0]


class HubLink:
    """What the desk asks of a hub. Each method may take long and is called in a thread."""

    def run(self, ws: Workstation, progress: Progress, stop: Stop, notes: RunNotes) -> None:
        """As `run_with_hub`."""
        run_with_hub(ws, progress, stop, notes)

    def knock(self, url: str) -> bool | None:
        """Whether the hub's address answers; None when only a run can find out."""
        return is_answered(url, KNOCK_PATIENCE)

    def enrol(self, ws: Workstation, url: str, given: str | Path, stop: Stop) -> Changes:
        """Enrol this workstation at the hub at `url`. Raises `SyncError`, and `Left`."""
        stop.out()
        text = file_text(given) if isinstance(given, Path) else given
        return enrol(ws, url, text, answered=stop.back)

    def write_stick(
        self, ws: Workstation, folder: Path, only: str, progress: Progress, stop: Stop
    ) -> ExportOutcome:
        """Write what waits to a stick. Raises `StickFailed` or `NotFound`."""
        return export(
            ws,
            folder,
            only=only,
            progress=lambda step: progress(step.done, step.total),
            cancelled=stop.is_set,
        )

    def read_stick(
        self, ws: Workstation, folder: Path, progress: Progress, stop: Stop
    ) -> ImportOutcome:
        """Take what a stick brings. Raises `StickFailed` or `NotFound`."""

        def shown(_file: Path, done: int, total: int) -> None:
            if stop.is_set():
                raise StickStopped(
                    mark("stopped; what is not at the hub yet stays on the stick"),
                    hint=mark("Read the stick again: it goes on where it stopped."),
                )
            progress(done, total)

        return import_stick(ws, folder, shown=shown)

    def can_eject(self, folder: Path) -> bool:
        """As `system.eject`."""
        return can_eject(folder)

    def eject(self, folder: Path) -> None:
        """As `system.eject`. Raises `StickFailed`."""
        eject(folder)
