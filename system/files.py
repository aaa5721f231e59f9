"""Writes files durably: a file is complete and on the disk, or it does not exist."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from pathlib import Path

from domain.words import mark
from system.errors import CannotWrite, Damaged, MachineError


def write_once(path: Path, data: bytes) -> None:
    """Write `data` to `path` durably. Success when the same bytes are there already.

    Raises `CannotWrite` (no partial file stays), or `Damaged` when the file has other bytes.
    """
    try:
        held = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise cannot_write(error, path) from error
    if held is None:
        write_durably(path, data)
    elif held != data:
        raise Damaged(mark("a file with other content is already there"), about=str(path))


def write_durably(path: Path, data: bytes) -> None:
    """Replace the file at `path` with `data`, atomically and durably; only its owner can read it.

    Raises `CannotWrite`; the old file is unchanged then.
    """
    write_whole(path, data, flushed=True)


def write_whole(path: Path, data: bytes, *, flushed: bool = False) -> None:
    """Replace the file at `path` with `data`, atomically; only its owner can read it.

    Unless it is `flushed`, a power cut may leave no file, or a damaged one: for what can be made
    again. Raises `CannotWrite`; the old file is unchanged then.
    """
    # two threads may write the same file, so each uses its own temporary file
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        _make_folder(path.parent)
        with open(temporary, "wb", opener=_private) as file:
            file.write(data)
            file.flush()
            if flushed:
                os.fsync(file.fileno())
        temporary.replace(path)
        if flushed:
            flush_folder(path.parent)
    except OSError as error:
        # After the first error of fsync the data may be lost, so the file is deleted.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise cannot_write(error, path) from error


def move_durably(part: Path, path: Path) -> None:
    """Flush `part` to the disk, then rename it to `path`, replacing a file of that name.

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
    """Replace the file at `path`; only its owner can read it. Not durable: a crash may damage it.

    Raises `OSError`.
    """
    with open(path, "wb", opener=_private) as file:
        file.write(data)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _make_folder(folder: Path) -> None:
    """Make the folder and its missing parents, durably."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        flush_folder(folder.parent)


def cannot_write(error: OSError, path: Path) -> MachineError:
    """Our error for an error of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = mark("Make room on the disk; what was saved is safe.")
        return CannotWrite(mark("the disk is full"), about=str(path), hint=hint)
    hint = mark("Check the disk and the rights on the folder; what was saved is safe.")
    return CannotWrite(
        mark("cannot be written: {cause}"), about=str(path), hint=hint, cause=error.strerror
    )


def put_in_place(made: Path, folder: Path) -> None:
    """Give a finished folder its name, durably; an empty folder of that name is replaced. Raises
    `OSError`, also when the folder is not empty.
    """
    if folder.exists():
        folder.rmdir()
    made.replace(folder)
    flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in the folder durable."""
    if os.name == "nt":
        return  # Windows cannot open a folder; its file system journals a rename
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
