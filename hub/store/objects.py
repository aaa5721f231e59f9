"""The port to the bytes of photos: staged while they arrive, then held under their SHA-256."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from domain.ids import PhotoHash


class Objects(Protocol):
    """Bytes of photos. Write-once: what is held under a hash is never written again."""

    def staged(self, upload: str) -> int:
        """How many bytes of the upload are durably here; 0 when none."""

    def append(self, upload: str, offset: int, data: bytes) -> int:
        """The new size after `data` was added at `offset`, durably.

        Raises `RequestRefused` (409) when `offset` is not the present size.
        """

    def digest(self, upload: str) -> tuple[PhotoHash, bytes]:
        """The SHA-256 of the staged bytes, and the first 16 of them."""

    def keep(self, upload: str, photo: PhotoHash) -> None:
        """Hold the staged bytes under their hash, durably; held twice is held once."""

    def drop(self, upload: str) -> None:
        """Give up the staged bytes."""

    def size(self, photo: PhotoHash) -> int | None:
        """How many bytes are held under this hash; None when none are."""

    def read(self, photo: PhotoHash) -> Iterator[bytes]:
        """The bytes in pieces. Raises `NotHere`."""

    def set_aside(self, photo: PhotoHash) -> None:
        """Move damaged bytes out of the way, so that whole ones can be held; nothing is deleted."""
