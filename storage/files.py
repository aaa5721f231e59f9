"""Files that are written once and durably: whole and on the disk, or not there at all."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from domain.words import mark
from storage.errors import CannotWrite, Damaged, StorageError


def write_once(path: Path, data: bytes) -> None:
    """`data` at `path`, durably. The same bytes twice is success.

    Raises `CannotWrite` (nothing is left behind) or `Damaged` when other bytes stand there.
    """
    if path.exists():
        if path.read_bytes() != data:
            raise Damaged(mark("other bytes stand where these belong"), about=str(path))
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        # The first error of fsync is final: what was written may be gone, so it goes.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise cannot_write(error, path) from error


def cannot_write(error: OSError, path: Path) -> StorageError:
    """The error of the operating system in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = mark("Make room on the disk; what was saved is safe.")
        return CannotWrite(mark("the disk is full"), about=str(path), hint=hint)
    hint = mark("Check the disk and the rights on the folder; what was saved is safe.")
    return CannotWrite(
        mark("cannot be written: {cause}"), about=str(path), hint=hint, cause=error.strerror
    )


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle for a folder; its rename is journalled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
