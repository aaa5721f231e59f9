"""The plaintext of a bundle: a tar archive (POSIX ustar) of regular files, in stream order.

`TarReader` is written to in pieces of any size. It opens no file: what a member is and how large
it may be, the caller says before its first byte is passed on.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from domain.words import mark
from sync.wire.errors import BundleRefused

BLOCK = 512
PADDING_LIMIT = 1 << 20
"""Zero bytes after the last member at most; GNU tar fills up to 10,240."""
PIECE = 256 * 1024


def header(name: str, size: int) -> bytes:
    """The header of a regular file; the same for the same name and size."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.USTAR_FORMAT)


def padded(size: int) -> int:
    """`size` and the zero bytes that fill its last block."""
    return -(-size // BLOCK) * BLOCK


def archive_size(sizes: Iterable[int]) -> int:
    """The bytes of an archive with members of these sizes."""
    return sum(BLOCK + padded(size) for size in sizes) + 2 * BLOCK


def archive(members: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The archive, in pieces."""
    for name, data in members:
        yield header(name, len(data))
        for start in range(0, len(data), PIECE):
            yield data[start : start + PIECE]
        yield bytes(padded(len(data)) - len(data))
    yield bytes(2 * BLOCK)


class ArchiveSink(Protocol):
    """What takes the members."""

    def begin(self, name: str, size: int) -> None:
        """The next member. Raises `BundleRefused` when it may not be there."""

    def take(self, data: bytes) -> None:
        """The next bytes of the member."""

    def end(self) -> None:
        """The member is whole."""

    def finished(self) -> bool:
        """Whether no member may follow."""


class TarReader:
    """Reads an archive that is written to it, and passes the members to `sink`."""

    def __init__(self, sink: ArchiveSink) -> None:
        self._sink = sink
        self._head = bytearray()
        self._left = self._fill = 0
        self._padding = 0
        self._step: Callable[[memoryview], int] = self._header

    def write(self, data: bytes) -> int:
        """The next bytes of the archive. Raises `BundleRefused`."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._step(rest) :]
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def _header(self, data: memoryview) -> int:
        used = min(BLOCK - len(self._head), len(data))
        self._head += data[:used]
        if len(self._head) == BLOCK:
            block, self._head = bytes(self._head), bytearray()
            self._begin(block)
        return used

    def _begin(self, block: bytes) -> None:
        if not any(block):
            if not self._sink.finished():
                raise BundleRefused(mark("its archive ends before its last member"))
            self._step = self._zeros
            return
        if self._sink.finished():
            raise _after_the_end()
        name, size = _read_header(block)
        self._sink.begin(name, size)
        self._left, self._fill = size, padded(size) - size
        self._step = self._body
        if size == 0:
            self._ended()

    def _body(self, data: memoryview) -> int:
        used = min(self._left, len(data))
        self._sink.take(bytes(data[:used]))
        self._left -= used
        if not self._left:
            self._ended()
        return used

    def _ended(self) -> None:
        self._sink.end()
        self._step = self._filling if self._fill else self._header

    def _filling(self, data: memoryview) -> int:
        used = min(self._fill, len(data))
        if any(data[:used]):
            raise BundleRefused(mark("bytes stand where its archive has none"))
        self._fill -= used
        if not self._fill:
            self._step = self._header
        return used

    def _zeros(self, data: memoryview) -> int:
        self._padding += len(data)
        if self._padding > PADDING_LIMIT or any(data):
            raise _after_the_end()
        return len(data)


def _read_header(block: bytes) -> tuple[str, int]:
    """Name and size of a regular file. Raises `BundleRefused` for anything else."""
    try:
        member = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError) as error:
        raise BundleRefused(mark("its content is not a tar archive")) from error
    if block[257:265] != b"ustar\x0000" or member.type != tarfile.REGTYPE or member.linkname:
        raise BundleRefused(
            mark("its archive contains something else than plain files of the format ustar")
        )
    return member.name, member.size


def _after_the_end() -> BundleRefused:
    return BundleRefused(mark("something follows its last member"))
