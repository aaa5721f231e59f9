"""Checklists that come down from a hub of protocol 1, which has no feed."""

from __future__ import annotations

from acts.hub.take_feed_item import HUB
from acts.station.adopt_pack import adopt_pack
from domain.errors import TidewaiterError
from domain.interception.record import PackRef
from sync.context import RunContext
from sync.errors import HubFailed, NoLink
from sync.wire.enrolment import OfferedPack


class PackLane:
    """Asks once in a run which packs the hub offers, and adopts those that are not here."""

    def __init__(self, run: RunContext) -> None:
        self._run = run
        self._missing: list[OfferedPack] | None = None
        self._busy = False

    @property
    def waits(self) -> bool:
        """Whether the list or a pack is still to come."""
        return self._busy or self._missing is None or bool(self._missing)

    def begin(self) -> None:
        """Start what is next, if anything is."""
        if self._busy or not self.waits:
            return
        self._busy = True
        carrier = self._run.carrier
        if self._missing is None:
            self._run.start(lambda _: carrier.packs(), self._sort, self._failed)
        else:
            offered = self._missing[0]
            self._run.start(
                lambda _: carrier.pack(offered),
                lambda data: self._adopt(offered, data),
                self._failed,
            )

    def _sort(self, offered: tuple[OfferedPack, ...]) -> None:
        self._busy = False
        find = self._run.ws.checklist
        self._missing = [
            pack for pack in offered if find(PackRef(id=pack.id, version=pack.version)) is None
        ]

    def _adopt(self, offered: OfferedPack, data: bytes) -> None:
        try:
            name = f"{offered.id} {offered.version}"
            self._run.changed(adopt_pack(self._run.ws, data, name, HUB).changes)
        except TidewaiterError as error:
            self._run.problems.append(error)
        self._busy = False
        assert self._missing
        self._missing.pop(0)

    def _failed(self, error: TidewaiterError) -> None:
        """Tried again after a cut; a pack that cannot be had does not stop the others."""
        self._busy = False
        if isinstance(error, NoLink | HubFailed):
            return
        self._run.problems.append(error)
        if self._missing is None:
            self._missing = []
        else:
            self._missing.pop(0)
