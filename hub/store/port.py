"""The two ports of the hub's store: a database for rows, and a store for the bytes of photos.

The SQL in `hub/store/sql` is written once, in the syntax that SQLite and PostgreSQL share: `?` for
a parameter, `INSERT ... ON CONFLICT`, row values, no function that only one of them has. What
differs between engines (opening, locking, migrations, copies, messages to other hubs) is behind the
port.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from enum import Enum, StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from domain.ids import HubId, PhotoHash
from hub.errors import NotHere
from system.database import Connection


class Database(Protocol):
    """Rows of the hub. Safe to use from any thread."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A consistent view of what is committed."""

    def writing(self, about: Sequence[str] = ()) -> AbstractContextManager[Connection]:
        """One transaction: all of it is durable when the block ends, or none of it happened.

        Two transactions with the same `about` run one after the other; an engine with a single
        writer runs all of them one after the other.
        """

    @property
    def for_one_hub(self) -> bool:
        """Whether only one hub may serve these rows at a time."""

    def hold(self) -> AbstractContextManager[None]:
        """A lock against other hubs that want these rows, where only one may serve them. Raises
        `CannotServe`.
        """

    def alone(self) -> AbstractContextManager[None]:
        """Nobody serves these rows while the block runs. Raises `CannotServe`."""

    def listening(self, heard: Callable[[], None]) -> AbstractContextManager[None]:
        """Call `heard`, from another thread, when another hub on these rows told of an arrival.

        It is a hint: it may come late, without an arrival, or not at all.
        """

    def tell(self) -> None:
        """Tell the other hubs on these rows that something arrived. Raises nothing."""

    def copied_to(
        self, path: Path, progress: Callable[[int], None] = lambda _: None
    ) -> AbstractContextManager[Database]:
        """A consistent copy as a SQLite file, made while the hub runs, and open in the block.

        It appears at `path` only when the block ends without an error; otherwise nothing is left.
        `progress` is told how many rows are copied, by an engine that copies rows.
        """

    def close(self) -> None:
        """Close all connections."""


class Derived(StrEnum):
    """What is made from a photo for the pages; it can be deleted and made again."""

    THUMBNAIL = "thumbnail"
    """JPEG, 256 pixels at most."""
    PREVIEW = "preview"
    """JPEG, 1600 pixels at most."""
    SENT_THUMBNAIL = "sent-thumbnail"
    """As `THUMBNAIL`, made from the preview that a workstation sent ahead of the photo."""
    SENT_PREVIEW = "sent-preview"
    VERDICT = "verdict"
    """The decoder's reason why there are no pictures."""


class Condition(Enum):
    """The condition of the bytes under a hash, after all of them were read."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    MISSING = "missing"


class Objects(Protocol):
    """Bytes of photos. Write-once: bytes that are stored under a hash are never changed."""

    @property
    def folder(self) -> Path | None:
        """The folder on this machine that contains the bytes; None when they are elsewhere."""

    @property
    def where(self) -> str:
        """The name of the folder or bucket in messages; it contains no secret."""

    def owner(self) -> HubId | None:
        """The id of the hub that owns the photos; None when no owner is written."""

    def claim(self, hub: HubId) -> None:
        """Write the id of the owner `hub`, durably; from now on photos of another hub are not
        touched.

        When the owner is no longer `hub`, `expect_own`, `append` and `keep` raise `PhotosAway`, and
        so do `size` and `read` for a missing photo.
        """

    def expect_own(self) -> None:
        """Raises `PhotosAway` when these are no longer the photos of the hub that claimed them."""

    def hold(self) -> AbstractContextManager[None]:
        """A lock against other hubs that want these photos. Raises `CannotServe`."""

    def names(self) -> Iterator[PhotoHash]:
        """Every photo with stored bytes, also a damaged one."""

    def sizes(self) -> Iterator[tuple[PhotoHash, int]]:
        """As `names`, each with its stored size in bytes, in the order of the hashes."""

    def staged(self, upload: str) -> int:
        """How many bytes of the upload are stored durably."""

    def append(self, upload: str, offset: int, data: bytes) -> int:
        """Add `data` at `offset`, durably; the new size.

        Raises `RequestRefused` (409) when `offset` is not the present size.
        """

    def open_staged(self, upload: str) -> BinaryIO:
        """The stored bytes of the upload, to read. Raises `NotHere`."""

    def digest(self, upload: str) -> tuple[PhotoHash, bytes]:
        """The SHA-256 of the upload's bytes, and its first 16 bytes."""

    def keep(self, upload: str, photo: PhotoHash) -> None:
        """Store the upload's bytes under their hash, durably; a photo that is already stored
        stays.
        """

    def drop(self, upload: str) -> None:
        """Delete the upload's bytes."""

    def arriving(self) -> Iterator[tuple[str, int]]:
        """The unfinished uploads, each with the time of its last change in milliseconds since
        1970.
        """

    def size(self, photo: PhotoHash) -> int | None:
        """How many bytes are stored under this hash; None when there is no such photo."""

    def read(self, photo: PhotoHash) -> Iterator[bytes]:
        """The bytes in pieces. Raises `NotHere`."""

    def set_aside(self, photo: PhotoHash) -> None:
        """Move damaged bytes away, so that intact ones can be stored; nothing is deleted."""

    def derived(self, photo: PhotoHash, what: Derived) -> bytes | None:
        """The picture made from the photo; None when there is none."""

    def put_derived(self, photo: PhotoHash, what: Derived, data: bytes) -> None:
        """Store a picture made from the photo, atomically; an existing one stays."""

    def drop_derived(self, photo: PhotoHash, what: Derived) -> None:
        """Delete a picture made from the photo."""

    def write(self, photo: PhotoHash, pieces: Iterator[bytes]) -> None:
        """Store bytes that come from elsewhere (a backup's folder), durably."""


def condition(objects: Objects, photo: PhotoHash) -> Condition:
    """Read all bytes under the hash; bytes that cannot be read count as damaged."""
    found = hashlib.sha256()
    try:
        for piece in objects.read(photo):
            found.update(piece)
    except NotHere:
        return Condition.MISSING
    except OSError:
        return Condition.DAMAGED
    return Condition.WHOLE if found.digest() == photo.raw else Condition.DAMAGED
