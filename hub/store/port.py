"""The two ports of the hub's store: a database for rows, and a store for the bytes of photos.

The SQL in `hub/store/sql` is written once, in the words that SQLite and PostgreSQL share: `?` for a
parameter, `INSERT ... ON CONFLICT`, row values, no function that only one of them has. What an
engine does in its own way (opening, locking, migrations, copies) is behind the port.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from enum import Enum, StrEnum
from pathlib import Path
from typing import Protocol

from domain.ids import HubId, PhotoHash
from hub.errors import NotHere
from system.database import Connection


class Database(Protocol):
    """Rows of the hub. Safe to use from any thread."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A consistent view of what is committed."""

    def writing(self, about: Sequence[str] = ()) -> AbstractContextManager[Connection]:
        """One transaction: all of it is durable when the block ends, or none of it happened.

        Two transactions about the same name follow one another; an engine with a single writer
        lets all follow one another.
        """

    def hold(self) -> AbstractContextManager[None]:
        """As long as it is open no other hub serves these rows. Raises `CannotServe`."""

    def copied_to(self, path: Path) -> AbstractContextManager[Database]:
        """A consistent copy, made while the hub works and open to be read back.

        It is at `path` once the block ended without an error, and not before.
        """

    def close(self) -> None:
        """Give all connections back."""


class Derived(StrEnum):
    """What is made of a photo for people to look at; it can be dropped and made again."""

    THUMBNAIL = "thumbnail"
    """JPEG, 256 pixels at most."""
    PREVIEW = "preview"
    """JPEG, 1600 pixels at most."""
    VERDICT = "verdict"
    """Why there is neither, in the words of the decoder."""


class Condition(Enum):
    """What the bytes under a hash are, once all of them were read."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    MISSING = "missing"


class Objects(Protocol):
    """Bytes of photos. Write-once: what is held under a hash is never written again."""

    @property
    def folder(self) -> Path | None:
        """The folder of this machine where the bytes lie; None when they lie elsewhere."""

    def owner(self) -> HubId | None:
        """The hub whose photos these are; None when nothing says so."""

    def claim(self, hub: HubId) -> None:
        """Say, durably, that these are the photos of `hub`; from now on no other's are touched.

        Where they are no longer that hub's, `expect_own`, `append` and `keep` raise `PhotosAway`,
        and so do `size` and `read` for what is not found.
        """

    def expect_own(self) -> None:
        """Raises `PhotosAway` when these are no longer the photos of the hub that claimed them."""

    def hold(self) -> AbstractContextManager[None]:
        """As long as it is open no other hub holds these photos. Raises `CannotServe`."""

    def names(self) -> Iterator[PhotoHash]:
        """Every photo that there are bytes for, whatever they are."""

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

    def write(self, photo: PhotoHash, pieces: Iterator[bytes]) -> None:
        """Hold bytes that come from elsewhere (a backup's own folder), durably."""


def condition(objects: Objects, photo: PhotoHash) -> Condition:
    """Read all bytes under the hash; what the disk does not give out counts as damaged."""
    found = hashlib.sha256()
    try:
        for piece in objects.read(photo):
            found.update(piece)
    except NotHere:
        return Condition.MISSING
    except OSError:
        return Condition.DAMAGED
    return Condition.WHOLE if found.digest() == photo.raw else Condition.DAMAGED
