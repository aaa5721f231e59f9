"""One run of synchronisation that can be left while it waits for the hub."""

from __future__ import annotations

from threading import get_ident
from typing import Any

import httpx2

from acts.hub.join_hub import HubPlace, hub_place
from domain.changes import Changes
from domain.ids import DeviceId
from gui.bridge import Progress
from gui.outbox.model import Told
from gui.stop import Stop
from storage.workstation import Workstation
from sync.engine import Run
from sync.http.link import Link


class LinkToLeave(Link):
    """Says when the run waits for the hub. Used from the thread that made it, and by uploads."""

    def __init__(self, place: HubPlace, device: DeviceId, stop: Stop) -> None:
        super().__init__(place, device)
        self._stop, self._thread = stop, get_ident()

    def ask(self, method: str, path: str, **parts: Any) -> bytes:
        """As `Link`."""
        self._stop.out()
        try:
            return super().ask(method, path, **parts)
        finally:
            self._stop.back()

    @property
    def client(self) -> httpx2.Client:
        """As `Link`; uploads ask for it while the run itself only waits for them."""
        self._stop.out()
        return super().client

    def cancelled(self) -> bool:
        """Whether to stop here. The run asks before it looks into the workstation again."""
        if get_ident() == self._thread:
            self._stop.back()
        return self._stop.is_set()


def run_with_hub(ws: Workstation, progress: Progress, stop: Stop, told: Told) -> None:
    """Raises `SyncError` or the first problem, `Left` when nobody waits for it any more.

    `told` hears each change as it is committed, also those of a run that fails later.
    """

    def changed(changes: Changes) -> None:
        told(changes)
        progress(0, 0)

    with LinkToLeave(hub_place(ws), ws.device, stop) as link:
        outcome = Run(
            ws,
            link,
            progress=lambda p: progress(p.summary.photos_held, p.summary.photos),
            changed=changed,
            cancelled=link.cancelled,
        ).go()
    if outcome.problems and not stop.is_set():
        raise outcome.problems[0]
