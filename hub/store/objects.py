"""The port to the bytes of photos: staged while they arrive, then held under their SHA-256."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from domain.ids import PhotoHash


class Derived(StrEnum):
    """What is made of a photo for people to look at; it can be dropped and made again."""

    THUMBNAIL = "thumbnail"
    """JPEG, 256 pixels at most."""
    PREVIEW = "preview"
    """JPEG, 1600 pixels at most."""
    VERDICT = "verdict"
    """Why there is neither, in the words of the decoder."""


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

    def arriving(self) -> Iterator[tuple[str, int]]:
        """What is staged, with the time of its last change in milliseconds since 1970."""

    def size(self, photo: PhotoHash) -> int | None:
        """How many bytes are held under this hash; None when none are."""

    def read(self, photo: PhotoHash) -> Iterator[bytes]:
        """The bytes in pieces. Raises `NotHere`."""

    def set_aside(self, photo: PhotoHash) -> None:
        """Move damaged bytes out of the way, so that whole ones can be held; nothing is deleted."""

    def derived(self, photo: PhotoHash, what: Derived) -> bytes | None:
        """What was made of the photo; None when it was not, or was dropped."""

    def put_derived(self, photo: PhotoHash, what: Derived, data: bytes) -> None:
        """Keep what was made of the photo, whole or not at all; what is kept already stays."""
