"""Files that are written durably: whole and on the disk, or not there at all."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from pathlib import Path

from domain.words import mark
from system.errors import CannotWrite, Damaged, MachineError


def write_once(path: Path, data: bytes) -> None:
    """`data` at `path`, durably. The same bytes twice is success.

    Raises `CannotWrite` (nothing is left behind) or `Damaged` when other bytes stand there.
    """
    try:
        held = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise cannot_write(error, path) from error
    if held is None:
        write_durably(path, data)
    elif held != data:
        raise Damaged(mark("other bytes stand where these belong"), about=str(path))


def write_durably(path: Path, data: bytes) -> None:
    """`data` in place of whatever stands at `path`, whole at any moment, for its owner's eyes only.

    Raises `CannotWrite`; what stood there is untouched then.
    """
    # two threads may write the same file: each has a temporary one of its own
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        _make_folder(path.parent)
        with open(temporary, "wb", opener=_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        # The first error of fsync is final: what was written may be gone, so it goes.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise cannot_write(error, path) from error


def move_durably(part: Path, path: Path) -> None:
    """The bytes of `part` on the disk, then under the name `path`, whatever stood there.

    Raises `CannotWrite`.
    """
    try:
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        raise cannot_write(error, path) from error


def write_private(path: Path, data: bytes) -> None:
    """`data` in place of what stands at `path`, for its owner's eyes only; it may be lost or torn.

    Raises `OSError`.
    """
    with open(path, "wb", opener=_private) as file:
        file.write(data)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _make_folder(folder: Path) -> None:
    """The folder and those above it, their names durable too."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        flush_folder(folder.parent)


def cannot_write(error: OSError, path: Path) -> MachineError:
    """The error of the operating system in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = mark("Make room on the disk; what was saved is safe.")
        return CannotWrite(mark("the disk is full"), about=str(path), hint=hint)
    hint = mark("Check the disk and the rights on the folder; what was saved is safe.")
    return CannotWrite(
        mark("cannot be written: {cause}"), about=str(path), hint=hint, cause=error.strerror
    )


def flush_folder(folder: Path) -> None:
    """The names in the folder are durable when this returns."""
    if os.name == "nt":
        return  # Windows has no handle for a folder; its rename is journalled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
