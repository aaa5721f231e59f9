"""One run of synchronisation that the desk can abandon while it waits for the hub."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from threading import get_ident
from typing import ParamSpec, TypeVar

from domain.changes import Changes
from domain.entry import Entry
from domain.ids import EntryHash, PhotoHash
from domain.statement import Acknowledgement
from gui.bridge import Progress
from gui.outbox.model import Changed
from gui.stop import Stop
from storage.workstation import Workstation
from sync.carrier import Carrier
from sync.http.enrol import enrol
from sync.http.knock import is_answered
from sync.open import open_carrier
from sync.run import SyncRun
from sync.wire.enrolment import OfferedPack

KNOCK_PATIENCE = 2.0
"""Seconds to wait for the answer to a knock; a satellite link answers within one."""
P = ParamSpec("P")
T = TypeVar("T")


class InterruptibleCarrier:
    """A carrier that tells `stop` when the run waits for the hub and when it continues.

    It is created in the thread of the run; other threads send the photos.
    """

    def __init__(self, carrier: Carrier, stop: Stop) -> None:
        self._carrier, self._stop, self._thread = carrier, stop, get_ident()

    def tips(self) -> Acknowledgement:
        """As `Carrier`."""
        return self._waiting(self._carrier.tips)

    def send(self, entries: Sequence[Entry]) -> Acknowledgement:
        """As `Carrier`."""
        return self._waiting(self._carrier.send, entries)

    def fetch(self, held: Sequence[EntryHash]) -> tuple[Entry, ...]:
        """As `Carrier`."""
        return self._waiting(self._carrier.fetch, held)

    def photos(self, asked: Sequence[PhotoHash]) -> Acknowledgement:
        """As `Carrier`."""
        return self._waiting(self._carrier.photos, asked)

    def send_photo(self, photo: PhotoHash, data: bytes, *, cancelled: Callable[[], bool]) -> bool:
        """As `Carrier`; the run's own thread only waits until the photos are sent."""
        self._stop.out()
        return self._carrier.send_photo(photo, data, cancelled=cancelled)

    def packs(self) -> tuple[OfferedPack, ...]:
        """As `Carrier`."""
        return self._waiting(self._carrier.packs)

    def pack(self, offered: OfferedPack) -> bytes:
        """As `Carrier`."""
        return self._waiting(self._carrier.pack, offered)

    def close(self) -> None:
        """As `Carrier`."""
        self._carrier.close()

    def cancelled(self) -> bool:
        """Whether the run must stop. The run calls it before it uses the workstation again."""
        if get_ident() == self._thread:
            self._stop.back()
        return self._stop.is_set()

    def _waiting(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self._stop.out()
        try:
            return ask(*args, **kwargs)
        finally:
            self._stop.back()


def run_with_hub(ws: Workstation, progress: Progress, stop: Stop, changed: Changed) -> None:
    """Bring the hub up to date, once.

    `changed` is called with each committed change, also when the run fails later. Raises
    `SyncError` or the first problem, and `Left` when the desk was closed meanwhile.
    """

    def committed(changes: Changes) -> None:
        changed(changes)
        progress(0, 0)

    with closing(InterruptibleCarrier(open_carrier(ws), stop)) as carrier:
        outcome = SyncRun(
            ws,
            carrier,
            progress=lambda p: progress(p.summary.photos_held, p.summary.photos),
            changed=committed,
            cancelled=carrier.cancelled,
        ).go()
    if outcome.problems and not stop.is_set():
        raise outcome.problems[0]


class HubLink:
    """What the desk asks of a hub. Each method may take long and is called in a thread."""

    def run(self, ws: Workstation, progress: Progress, stop: Stop, changed: Changed) -> None:
        """As `run_with_hub`."""
        run_with_hub(ws, progress, stop, changed)

    def knock(self, url: str) -> bool | None:
        """Whether the hub's address answers; None when only a run can find out."""
        return is_answered(url, KNOCK_PATIENCE)

    def enrol(self, ws: Workstation, url: str, code: str, stop: Stop) -> Changes:
        """Enrol this workstation at the hub at `url`. Raises `SyncError`, and `Left`."""
        stop.out()
        return enrol(ws, url, code, answered=stop.back)
