"""Headquarters ends workstations, and people let in what was held apart of them."""

from __future__ import annotations

from collections import defaultdict

from domain.entry import Entry
from domain.ids import DeviceId
from hub.devices import accept, revoke
from hub.store.sql import apart, devices
from tests.chaos.parts import HubSite


class Headquarters:
    """Knows which entries of ended workstations may be at the hub."""

    def __init__(self, site: HubSite) -> None:
        self._site = site
        self._may_be_held: defaultdict[DeviceId, set[bytes]] = defaultdict(set)

    def end(self, device: DeviceId) -> None:
        """The workstation is stolen, or out of use: what arrived stays. Raises `NotHere`."""
        if device not in self.ended():
            revoke(self._site.hub, device, "stolen")
            self._note(device)

    def accept(self, device: DeviceId) -> None:
        """A person lets in what was held apart. Raises `NotHere`."""
        accept(self._site.hub, device)
        self._note(device)

    def ended(self) -> frozenset[DeviceId]:
        """Workstations that are ended; a hub that was set back forgets the later ends."""
        with self._site.hub.database.reading() as rows:
            return devices.ended(rows)

    def held_apart(self) -> dict[bytes, Entry]:
        """The entries that the hub holds apart, by hash; all are of ended workstations."""
        with self._site.hub.database.reading() as rows:
            found = [
                each.entry for one in apart.counts(rows) for each in apart.of_device(rows, one)
            ]
        assert {entry.head.device for entry in found} <= self.ended()
        return {entry.hash.raw: entry for entry in found}

    def nothing_slipped_in(self) -> None:
        """Of an ended workstation the hub holds only what arrived before, or was let in."""
        for device in self.ended():
            late = self._held_of(device) - self._may_be_held[device]
            assert not late, f"the hub took {len(late)} entries of a workstation that was ended"

    def _note(self, device: DeviceId) -> None:
        self._may_be_held[device] |= self._held_of(device)

    def _held_of(self, device: DeviceId) -> set[bytes]:
        entries = self._site.entries()
        return {name for name, entry in entries.items() if entry.head.device == device}
