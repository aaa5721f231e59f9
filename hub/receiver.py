"""Which packs a workstation gets: those that name its post, and those of its own records."""

from __future__ import annotations

from domain.ids import DeviceId
from hub.hub import Registry
from hub.packs import Library
from hub.store.sql import devices, interceptions
from system.database import Connection


class Receiver:
    """A workstation that asks for the feed; `post` is the code of its post."""

    def __init__(self, device: DeviceId, post: str, library: Library) -> None:
        self._device, self._post, self._library = device, post, library
        self._of_records: frozenset[tuple[str, str]] | None = None

    def is_named_by(self, name: str, version: str) -> bool:
        """Whether the pack names the post of this workstation."""
        return self._library.names_post((name, version), self._post)

    def has_records_of(self, rows: Connection, name: str, version: str) -> bool:
        """Whether records of the workstation were made with this pack."""
        if self._of_records is None:
            self._of_records = interceptions.packs_of(rows, self._device)
        return (name, version) in self._of_records


def receiver(hub: Registry, device: DeviceId, library: Library) -> Receiver:
    """The workstation with this id, which the hub knows."""
    with hub.database.reading() as rows:
        found = devices.device(rows, device)
    return Receiver(device, found.post if found else "", library)
