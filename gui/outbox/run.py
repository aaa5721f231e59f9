"""One run of synchronisation that the desk can abandon while it waits for the hub."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TypeVar

from domain.changes import Changes
from domain.errors import TidewaiterError
from gui.bridge import Progress
from gui.outbox.model import RunNotes
from gui.stop import Stop
from storage.workstation import Workstation
from sync.http.enrol import enrol
from sync.http.knock import is_answered
from sync.lanes import Call, Lanes, ThreadLanes
from sync.open import open_carrier
from sync.run import SyncRun

KNOCK_PATIENCE = 2.0
"""Seconds to wait for the answer to a knock; a satellite link answers within one."""
T = TypeVar("T")


class InterruptibleLanes:
    """Lanes that tell `stop` when the run waits for the hub and when it continues."""

    def __init__(self, lanes: Lanes, stop: Stop) -> None:
        self._lanes, self._stop = lanes, stop

    def start(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[TidewaiterError], None],
    ) -> None:
        """As `Lanes`."""
        self._lanes.start(work, then, failed)

    def post(self, call: Call) -> None:
        """As `Lanes`."""
        self._lanes.post(call)

    def wait(self, seconds: float) -> Sequence[Call]:
        """As `Lanes`. Raises `Left` when the desk was closed meanwhile."""
        self._stop.out()
        try:
            return self._lanes.wait(seconds)
        finally:
            self._stop.back()

    def now(self) -> float:
        """As `Lanes`."""
        return self._lanes.now()


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
            lanes=InterruptibleLanes(ThreadLanes(), stop),
            progress=lambda p: progress(p.summary.photos_held, p.summary.photos),
            changed=committed,
            cancelled=stop.is_set,
        )
        notes.hurry = run.hurry
        try:
            outcome = run.go()
        finally:
            notes.moved = run.moved
    if outcome.problems and not stop.is_set():
        raise outcome.problems[0]


class HubLink:
    """What the desk asks of a hub. Each method may take long and is called in a thread."""

    def run(self, ws: Workstation, progress: Progress, stop: Stop, notes: RunNotes) -> None:
        """As `run_with_hub`."""
        run_with_hub(ws, progress, stop, notes)

    def knock(self, url: str) -> bool | None:
        """Whether the hub's address answers; None when only a run can find out."""
        return is_answered(url, KNOCK_PATIENCE)

    def enrol(self, ws: Workstation, url: str, code: str, stop: Stop) -> Changes:
        """Enrol this workstation at the hub at `url`. Raises `SyncError`, and `Left`."""
        stop.out()
        return enrol(ws, url, code, answered=stop.back)
