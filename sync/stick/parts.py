"""What goes into which bundle of an export. Pure: the same items and limit give the same parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.ids import EntryHash, PhotoHash
from storage.hub_memory import Deliverable
from sync.wire.archive import BLOCK, archive_size, padded
from sync.wire.manifest import MEMBERS_LIMIT

MEMBER_BYTES = 200
"""Bytes of one line of the manifest at most."""
LEAST = 100_000
"""Bytes of the smallest file that an export may be divided into."""
FAT_LIMIT = 4 * 1024**3 - 1024**2
"""Bytes of one file at most, unless the caller says otherwise: FAT32, which most sticks have, takes
no larger one.
"""


@dataclass(frozen=True)
class Batched:
    """Entries that travel as one batch, and the bytes of the batch."""

    entries: tuple[EntryHash, ...]
    data: bytes


@dataclass
class Part:
    """The content of one bundle: batches, then photos with their sizes."""

    batches: list[Batched] = field(default_factory=list)
    photos: list[tuple[PhotoHash, int]] = field(default_factory=list)
    size: int = 0
    """Bytes in the archive, with the lines of the manifest."""

    @property
    def items(self) -> tuple[Deliverable, ...]:
        """All items in their order."""
        entries = [name for batch in self.batches for name in batch.entries]
        return (*entries, *(photo for photo, _ in self.photos))

    @property
    def members(self) -> int:
        """How many files the archive has beside the manifest."""
        return len(self.batches) + len(self.photos)

    @property
    def least(self) -> int:
        """About the bytes of the smallest piece that can go alone."""
        entries = (cost(len(batch.data) // len(batch.entries)) for batch in self.batches)
        return min((*entries, *(cost(size) for _, size in self.photos)), default=0)

    def add(self, batch: Batched) -> None:
        """Add a batch."""
        self.batches.append(batch)
        self.size += cost(len(batch.data))

    def add_photo(self, photo: PhotoHash, size: int) -> None:
        """Add a photo of `size` bytes."""
        self.photos.append((photo, size))
        self.size += cost(size)


def content_limit(file: int) -> int:
    """How many bytes of members fit into a file of that size.

    An age file is larger than its content by a header and 16 bytes for each 64 KiB.
    """
    return file - file // 2048 - 4096 - archive_size(())


def file_limit(content: int) -> int:
    """How large a file with so many bytes of members is at most; `content_limit` the other way."""
    return content + content // 2047 + 4098 + archive_size(())


def cost(size: int) -> int:
    """The bytes that a member of that size takes in the archive, its line in the manifest too."""
    return BLOCK + padded(size) + MEMBER_BYTES


def divide(
    batches: Iterable[Batched], photos: Iterable[tuple[PhotoHash, int]], limit: int
) -> tuple[tuple[Part, ...], Part]:
    """The parts of an export with files of at most `limit` bytes, and what is too large for one.

    Batches come first and stay in their order: after one that is too large none follows. A photo
    that does not fit into the present part begins the next one.
    """
    room = content_limit(limit)
    parts: list[Part] = []
    too_large = Part()
    for batch in batches:
        if too_large.batches or cost(len(batch.data)) > room:
            too_large.add(batch)
        else:
            _with_room(parts, cost(len(batch.data)), room).add(batch)
    for photo, size in photos:
        if cost(size) > room:
            too_large.add_photo(photo, size)
        else:
            _with_room(parts, cost(size), room).add_photo(photo, size)
    return tuple(parts), too_large


def _with_room(parts: list[Part], size: int, room: int) -> Part:
    """The last part, or a new one when `size` bytes do not fit into it."""
    if not parts or parts[-1].size + size > room or parts[-1].members >= MEMBERS_LIMIT:
        parts.append(Part())
    return parts[-1]
