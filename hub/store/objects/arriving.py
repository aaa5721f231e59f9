"""Uploads that are not finished: each a file in a folder of this machine."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from domain.ids import HubId, PhotoHash
from domain.words import mark
from hub.errors import ApiCode, CannotServe, NotHere, PhotosAway, RequestRefused
from system.errors import CannotWrite
from system.files import flush_folder

UPLOAD = re.compile(r"[0-9a-f][0-9a-f-]{15,99}")
WRITE_ANYWHERE = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
"""Opens a file as it is, or a new one; Python's own modes cut it or write at its end alone."""


class ArrivingPhotos(ABC):
    """The part of a store for photos that is the same wherever the whole photos are stored."""

    def __init__(self, arriving: Path) -> None:
        self._arriving = arriving
        self._own: HubId | None = None
        """Who claimed the photos; None for a folder of backups, and before `claim`."""

    @abstractmethod
    def owner(self) -> HubId | None:
        """The id of the hub that owns the photos. Raises `CannotServe` when it cannot be read."""

    @abstractmethod
    def away(self) -> PhotosAway:
        """The error for photos that are no longer those of the hub that claimed them."""

    def expect_own(self) -> None:
        """Raises `PhotosAway` when the photos are no longer those of the hub that claimed them."""
        if self._own is None:
            return
        try:
            found = self.owner()
        except CannotServe:
            found = None
        if found != self._own:
            raise self.away()

    @abstractmethod
    def keep(self, upload: str, photo: PhotoHash) -> None:
        """Store the upload's bytes under their hash."""

    @abstractmethod
    def sizes(self) -> Iterator[tuple[PhotoHash, int]]:
        """Every photo with stored bytes and their size, in the order of the hashes."""

    def names(self) -> Iterator[PhotoHash]:
        """Every photo with stored bytes, also a damaged one."""
        return (photo for photo, _ in self.sizes())

    def staged(self, upload: str) -> int:
        """How many bytes of the upload are stored durably."""
        try:
            return self._part(upload).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, upload: str, offset: int, data: bytes) -> int:
        """Add `data` at `offset`, durably; the new size.

        Hubs that get the same bytes at the same moment write them to the same offset, not one
        after the other.
        """
        self.expect_own()
        path = self._part(upload)
        with as_ours(path):
            new = not path.exists()
            with os.fdopen(os.open(path, WRITE_ANYWHERE, 0o666), "wb") as file:
                size = os.fstat(file.fileno()).st_size
                if size != offset:
                    raise RequestRefused(
                        mark("the upload is at {size}, not at {offset}"),
                        status=409,
                        code=ApiCode.WRONG_OFFSET,
                        size=size,
                        offset=offset,
                    )
                file.seek(offset)
                file.write(data)
                file.flush()
                _flush_or_drop(file.fileno(), path)
            if new:
                flush_folder(path.parent)
        return offset + len(data)

    def open_staged(self, upload: str) -> BinaryIO:
        """The stored bytes of the upload, to read. Raises `NotHere`."""
        try:
            return self._part(upload).open("rb")
        except FileNotFoundError as error:
            raise NotHere(mark("there is no such upload")) from error

    def digest(self, upload: str) -> tuple[PhotoHash, bytes]:
        """The SHA-256 of the upload's bytes, and its first 16 bytes."""
        path = self._part(upload)
        if not path.exists():  # a photo of no bytes
            return PhotoHash.of(b""), b""
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").digest()
            file.seek(0)
            return PhotoHash(found), file.read(16)

    def drop(self, upload: str) -> None:
        """Delete the upload's bytes."""
        self._part(upload).unlink(missing_ok=True)

    def arriving(self) -> Iterator[tuple[str, int]]:
        """The unfinished uploads, each with the time of its last change in milliseconds since
        1970.
        """
        for path in sorted(self._arriving.iterdir()):
            if not UPLOAD.fullmatch(path.name):
                continue  # not our file
            with suppress(FileNotFoundError):  # it was stored or deleted meanwhile
                yield path.name, path.stat().st_mtime_ns // 1_000_000

    def write(self, photo: PhotoHash, pieces: Iterator[bytes]) -> None:
        """Store bytes that come from elsewhere (a backup's folder), durably."""
        part = f"{photo}-{os.getpid()}"
        self.drop(part)
        path = self._part(part)
        with as_ours(path), path.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        self.keep(part, photo)

    def _part(self, upload: str) -> Path:
        if not UPLOAD.fullmatch(upload):
            raise NotHere(mark("there is no such upload"), code=ApiCode.NO_UPLOAD)
        return self._arriving / upload


def _flush_or_drop(handle: int, path: Path) -> None:
    """Flush the file. After an error of fsync its bytes may be lost, so the upload begins again."""
    try:
        os.fsync(handle)
    except OSError:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def as_ours(path: Path) -> Iterator[None]:
    """Raise the operating system's errors as `CannotWrite`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CannotWrite(
                mark("the disk of the hub is full"),
                hint=mark("Make room on it; stored data is safe."),
            ) from error
        raise CannotWrite(
            mark("the hub cannot write: {cause}"), about=str(path), cause=error.strerror
        ) from error
