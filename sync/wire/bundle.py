"""A bundle: entries and photos of one workstation in one encrypted file, for the way by hand.

The file is an age file of a tar archive: the manifest, batches as they are sent over HTTP, photos.
docs/bundle-format.md describes it. Whoever carries it cannot read it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from domain.ids import HubId
from domain.words import mark, one_line
from sync.wire import age, manifest
from sync.wire.archive import TarReader, archive
from sync.wire.errors import BundleRefused
from sync.wire.manifest import KeysOf, Manifest, Member, read_manifest


def write_bundle(
    target: age.Target, signed: bytes, members: Iterable[tuple[str, bytes]], recipient: str
) -> None:
    """Write the signed manifest and the members, encrypted to `recipient`.

    Raises `RecipientRefused`, and every error of `target` and of the members as it is.
    """

    def content() -> Iterator[tuple[str, bytes]]:
        yield manifest.NAME, signed
        yield from members

    age.encrypt(_Pieces(archive(content())), target, recipient)


class BundleSink(Protocol):
    """What takes the content of a bundle, each member once it is verified."""

    def begun(self, manifest: Manifest) -> None:
        """The manifest is signed by an enrolled workstation."""

    def batch(self, member: Member, data: bytes) -> None:
        """A whole batch; its bytes are those that the manifest lists."""

    def photo_begins(self, member: Member) -> None:
        """A photo follows."""

    def photo_piece(self, data: bytes) -> None:
        """The next bytes of the photo, not yet verified."""

    def photo_whole(self, member: Member) -> None:
        """All bytes of the photo came, and have the SHA-256 that the manifest lists."""

    def photo_refused(self, member: Member) -> None:
        """The photo's bytes are not those that the manifest lists: forget them."""


class BundleContent:
    """Reads a bundle into a sink; knows afterwards what came whole and what is missing."""

    def __init__(self, hub: HubId, keys_of: KeysOf, sink: BundleSink) -> None:
        self._hub = hub
        self._keys_of = keys_of
        self._sink = sink
        self._held = bytearray()
        self._hash = hashlib.sha256()
        self._member: Member | None = None
        self.manifest: Manifest | None = None
        self.whole = 0
        """How many members came whole."""

    @property
    def missing(self) -> tuple[Member, ...]:
        """The listed members that did not come whole."""
        return self.manifest.members[self.whole :] if self.manifest else ()

    def read(self, source: age.Source, identities: Sequence[str]) -> None:
        """Read the whole file.

        Raises `BundleRefused`: the members that came whole before were taken. Errors of `source`
        and of the sink are raised as they are.
        """
        age.decrypt(source, TarReader(self), identities)
        if self.manifest is None or self.missing:
            raise BundleRefused(mark("its archive ends before its last member"))

    def begin(self, name: str, size: int) -> None:
        """As `ArchiveSink`."""
        self._held = bytearray()
        self._hash = hashlib.sha256()
        if self.manifest is None:
            if name != manifest.NAME or size > manifest.SIZE_LIMIT:
                raise BundleRefused(mark("it does not begin with a manifest"))
            return
        self._member = self.manifest.members[self.whole]
        if (name, size) != (self._member.name, self._member.size):
            raise BundleRefused(
                mark("its archive contains another file than its manifest lists: {name}"),
                name=one_line(name[:80]),
            )
        if self._member.photo is not None:
            self._sink.photo_begins(self._member)

    def take(self, data: bytes) -> None:
        """As `ArchiveSink`."""
        self._hash.update(data)
        if self._member is None or self._member.photo is None:
            self._held += data
        else:
            self._sink.photo_piece(data)

    def end(self) -> None:
        """As `ArchiveSink`."""
        if self.manifest is None:
            self._begin_manifest(bytes(self._held))
            return
        member = self._member
        assert member is not None
        same = self._hash.digest() == member.sha256.raw
        if member.photo is not None:
            (self._sink.photo_whole if same else self._sink.photo_refused)(member)
        elif same:
            self._sink.batch(member, bytes(self._held))
        if not same:
            raise BundleRefused(
                mark("the bytes of {name} are not those that its manifest lists"), name=member.name
            )
        self.whole += 1
        self._member = None

    def finished(self) -> bool:
        """As `ArchiveSink`."""
        return self.manifest is not None and self.whole == len(self.manifest.members)

    def _begin_manifest(self, data: bytes) -> None:
        self.manifest = read_manifest(data, self._hub, self._keys_of)
        self._sink.begun(self.manifest)


class _Pieces(io.RawIOBase):
    """Pieces of bytes as something to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        used = len(self._rest) if size < 0 else size
        data, self._rest = bytes(self._rest[:used]), self._rest[used:]
        return data
