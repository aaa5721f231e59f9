"""The interface of every transport to the hub.

`sync/http/` is one implementation. The promises below are tested for each implementation by
tests/contracts/test_carriers.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from domain.entry import Entry
from domain.ids import DeviceId, EntryHash, PhotoHash
from domain.interception.record import PackRef
from domain.statement import Acknowledgement
from sync.wire.enrolment import OfferedPack
from sync.wire.feed import FeedPage


class Carrier(Protocol):
    """An open connection of one workstation to its hub; `send_photo` may run in several threads.

    Every `Acknowledgement` that it returns was signed by that hub, about this workstation. Each
    method may be repeated after an error: the hub stores nothing twice. Each raises

    - `NoLink` when no answer came; whether the request arrived is unknown,
    - `HubFailed` when the hub reports an internal error,
    - `HubRefused` when the hub refuses the request,
    - `HubUnintelligible`, `OldAnswer` or a `WireError` when the answer cannot be trusted.
    """

    def tips(self, losses: int = 0) -> Acknowledgement:
        """The ends of the branches of our journal that the hub stores.

        The statement lists photos that the hub lost after its loss number `losses`, here and in the
        other answers.
        """

    def tips_of(self, device: DeviceId) -> Acknowledgement:
        """The ends of the branches of another workstation, which this folder was before."""

    def send(self, entries: Sequence[Entry], losses: int = 0) -> Acknowledgement:
        """Send entries, parents before children; the statement lists what the hub stores
        afterwards.
        """

    def fetch(self, held: Sequence[EntryHash]) -> tuple[Entry, ...]:
        """Our entries at the hub that follow those in `held`, parents before children."""

    def photos(self, asked: Sequence[PhotoHash], losses: int = 0) -> Acknowledgement:
        """Which of these photos the hub stores completely: the hub has hashed the bytes itself."""

    def send_photo(
        self,
        photo: PhotoHash,
        data: bytes,
        *,
        begun: bool = False,
        sent: Callable[[], None] = lambda: None,
        reached: Callable[[int], None] = lambda _: None,
        cancelled: Callable[[], bool],
    ) -> bool:
        """Send the missing bytes of the photo; False when cancelled before the end.

        `begun`: some bytes may be there already, so the hub is asked where to go on. `sent` is
        called whenever the line took some more bytes, `reached` with each offset that the hub
        confirms. True means that all bytes were sent. Only a
        signed statement proves that the hub stores the photo.
        """

    def send_preview(self, photo: PhotoHash, picture: bytes) -> bool:
        """Send a small JPEG of a photo that goes later; False when the hub takes none."""

    @property
    def piece_limit(self) -> int | None:
        """Bytes of a piece that a proxy before the hub lets through; None while none refused."""

    def packs(self) -> tuple[OfferedPack, ...]:
        """The checklists that the hub offers."""

    def pack(self, offered: OfferedPack) -> bytes:
        """The file of a checklist. Raises `HubUnintelligible` when the file is another one."""

    def send_pack(self, pack: PackRef, data: bytes) -> None:
        """Send the file of a checklist that the hub wants (`Acknowledgement.packs_wanted`)."""

    def knock(self) -> None:
        """Ask for the shortest answer; it says only that the line is alive."""

    def reopen(self) -> None:
        """Use new connections from now on: those that are open lead nowhere. Never waits."""

    def feed(self, after: int) -> FeedPage:
        """The page of the hub's feed after item `after`; a hub of protocol 1 has no feed.

        Raises `FeedRefused` too.
        """

    def close(self) -> None:
        """Close sockets and files. No other method may be called afterwards."""
