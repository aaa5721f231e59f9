"""What a run of synchronisation needs of any way to the hub.

`sync/http/` is one such way. The promises below are tested for each of them by
tests/contracts/test_carriers.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from domain.entry import Entry
from domain.ids import EntryHash, PhotoHash
from domain.statement import Acknowledgement
from sync.wire.enrolment import OfferedPack


class Carrier(Protocol):
    """An open way to the hub of one workstation; `send_photo` may run in several threads.

    Every `Acknowledgement` that it returns was signed by that hub, about this workstation. Each
    method may be repeated after an error: the hub takes nothing twice. Each raises

    - `NoLink` when no answer came; whether the question arrived is unknown,
    - `HubFailed` when the hub has a fault of its own,
    - `HubRefused` when the hub will not do it,
    - `HubUnintelligible`, `OldAnswer` or a `WireError` when the answer cannot be believed.
    """

    def tips(self) -> Acknowledgement:
        """What the hub holds of our journal: the ends of its branches."""

    def send(self, entries: Sequence[Entry]) -> Acknowledgement:
        """Send entries, parents before children; the answer says what the hub holds afterwards."""

    def fetch(self, held: Sequence[EntryHash]) -> tuple[Entry, ...]:
        """Entries of ours that the hub holds beyond those in `held`, parents before children."""

    def photos(self, asked: Sequence[PhotoHash]) -> Acknowledgement:
        """Which of these photos the hub holds whole: it has hashed the bytes itself."""

    def send_photo(self, photo: PhotoHash, data: bytes, *, cancelled: Callable[[], bool]) -> bool:
        """Send the bytes that the hub lacks of the photo; False when cancelled before the end.

        True means that all bytes were sent. Only a statement says that the hub holds the photo.
        """

    def packs(self) -> tuple[OfferedPack, ...]:
        """The checklists that the hub hands out."""

    def pack(self, offered: OfferedPack) -> bytes:
        """The file of a checklist. Raises `HubUnintelligible` when it is not the one offered."""

    def close(self) -> None:
        """Give back sockets and files. Nothing may be asked afterwards."""
