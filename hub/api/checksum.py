"""The tus extension checksum: `Upload-Checksum: ALGORITHM BASE64` of one piece of an upload."""

from __future__ import annotations

import base64
import binascii
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from domain.words import mark
from hub.errors import ApiCode, RequestRefused

ALGORITHMS = ("sha1", "sha256", "md5")
"""They find damage on the way, not forgery; tus wants sha1 of every server."""
IN_MEMORY = 4 << 20
"""Bytes of a piece that are held in memory at most; the rest waits in a file without a name."""
BLOCK = 1 << 20
MISMATCH = 460
"""The status that tus uses for bytes with a wrong checksum."""


class Checksum:
    """A checksum that the sender named. Raises `RequestRefused` when the header is not one."""

    def __init__(self, header: str) -> None:
        algorithm, _, value = header.strip().partition(" ")
        if algorithm not in ALGORITHMS:
            raise RequestRefused(
                mark("the hub cannot check this kind of checksum"),
                code=ApiCode.UNKNOWN_CHECKSUM,
                about=algorithm[:40],
                hint=mark("It knows {known}."),
                known=", ".join(ALGORITHMS),
            )
        try:
            self.digest = base64.b64decode(value.strip(), validate=True)
        except (binascii.Error, ValueError) as error:
            raise RequestRefused(mark("the checksum is not base64")) from error
        self.algorithm = algorithm


def named_checksum(header: str | None) -> Checksum | None:
    """The checksum in the header; None without a header."""
    return None if header is None else Checksum(header)


class CheckedPiece:
    """A piece that is not added to its upload before its checksum is right.

    Use it in a `with` block; its temporary file lies in `folder`.
    """

    def __init__(self, checksum: Checksum, folder: Path | None) -> None:
        self._wanted = checksum.digest
        self._found = hashlib.new(checksum.algorithm, usedforsecurity=False)
        # closed by `__exit__`
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115
            IN_MEMORY, dir=str(folder) if folder else None
        )

    def __enter__(self) -> CheckedPiece:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        """Add received bytes."""
        self._found.update(data)
        self._file.write(data)

    def expect_right(self) -> None:
        """Raises `RequestRefused` (460) when the bytes do not have the checksum."""
        if self._found.digest() != self._wanted:
            raise RequestRefused(
                mark("the received bytes do not have the checksum; they were discarded"),
                status=MISMATCH,
                code=ApiCode.WRONG_CHECKSUM,
                hint=mark("Send the same piece again."),
            )

    def blocks(self) -> Iterator[bytes]:
        """The bytes, in blocks."""
        self._file.seek(0)
        while block := self._file.read(BLOCK):
            yield block
