"""Writes files to a stick: complete, read back and renamed, or not there.

A stick may be full, read-only, or pulled out at any byte; each error says what is safe.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.words import mark
from system.errors import StickFailed
from system.files import flush_folder

PART = ".part"
"""Ends the name of a file that is not complete yet."""
FLUSH_EVERY = 16 * 1024 * 1024
"""Bytes after which a file is flushed, so that progress is that of the stick, not of the memory."""
PIECE = 1 << 20
FULL = {errno.ENOSPC, errno.EDQUOT}
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


class StickFile:
    """A file that is being written; what `encrypt` writes to."""

    def __init__(self, path: Path, step: Callable[[int], None]) -> None:
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self._step = step
        self._unflushed = 0
        self.size = 0

    def write(self, data: bytes, /) -> int:
        """Write all of `data`."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)
        self._unflushed += len(data)
        if self._unflushed >= FLUSH_EVERY:
            self._flush()
            self._unflushed = 0
        self._step(len(data))
        return len(data)

    def flush(self) -> None:
        """Nothing: the file flushes itself."""

    def _flush(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def finish(self) -> bytes:
        """Flush the file to the stick and close it; the SHA-256 of what was written."""
        self._flush()
        _forget_cached(self._file.fileno())
        self._file.close()
        return self._hash.digest()

    def close(self) -> None:
        """Close the file without promises."""
        with contextlib.suppress(OSError):
            self._file.close()


def _forget_cached(handle: int) -> None:
    """Ask the system to read the file from the stick again, where it can be asked."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def expect_writable(folder: Path) -> None:
    """Raise `StickFailed` when no file can be made in the folder.

    A file is made and removed: of a disk that is read-only some systems say that it is full, and
    others that everybody may write to it.
    """
    probe = folder / f"tidewaiter{PART}"
    with as_stick(probe):
        probe.touch()
        probe.unlink()


def flush_disk(folder: Path) -> None:
    """Flush all that was written to the disk of the folder, with the names of files: not every
    file system of a stick can flush a folder alone. On Windows each file was flushed with its name.

    Raises `StickFailed`.
    """
    if not hasattr(os, "sync"):
        return
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    with as_stick(folder / PART):
        if syncfs is None:
            os.sync()
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            if syncfs(handle) != 0:
                code = ctypes.get_errno()
                raise OSError(code, os.strerror(code))
        finally:
            os.close(handle)


def digest_of(path: Path, step: Callable[[int], None] = lambda _: None) -> bytes:
    """The SHA-256 of a file. Raises `OSError`."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
            step(len(piece))
    return found.digest()


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a small file. Raises `StickFailed`, also when it has more than `limit` bytes."""
    with as_stick(path), path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise StickFailed(
            mark("the file is larger than {limit} bytes"), about=str(path), limit=limit
        )
    return data


def expect_file_or_folder(path: Path) -> None:
    """Raise `StickFailed` for what is neither, as a device or a pipe, which may never end."""
    if not path.exists():
        raise StickFailed(
            mark("there is no such file or folder; is the stick plugged in?"), about=str(path)
        )
    if not (path.is_file() or path.is_dir()):
        raise StickFailed(mark("this is no file and no folder"), about=str(path))


def give_name(path: Path) -> None:
    """Rename the `.part` file of `path` to `path`. Raises `OSError`."""
    part_of(path).replace(path)
    with contextlib.suppress(OSError):  # not every file system of a stick can flush a folder
        flush_folder(path.parent)


def part_of(path: Path) -> Path:
    """The name of the file while it is written."""
    return path.with_name(path.name + PART)


def put(path: Path, data: bytes) -> bool:
    """Write a small file, complete or not at all; False when the same bytes are there already.

    Raises `StickFailed`.
    """
    with as_stick(path):
        if path.exists() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        part = part_of(path)
        file = StickFile(part, lambda _: None)
        try:
            file.write(data)
            file.finish()
        finally:
            file.close()
        give_name(path)
    return True


@contextmanager
def as_stick(path: Path) -> Iterator[None]:
    """Raise errors of the operating system about the stick as `StickFailed`."""
    try:
        yield
    except OSError as error:
        raise failed(error, path) from error


def failed(error: OSError, path: Path) -> StickFailed:
    """Our error for one of the operating system about a file on the stick."""
    if error.errno in FULL:
        what = mark("there is no room left on it")
    elif error.errno in READ_ONLY:
        what = mark("it is read-only")
    elif error.errno == errno.EFBIG:
        what = mark("its file system takes no file so large: give a smaller --size")
    elif error.errno == errno.ENOENT:
        what = mark("there is no such file or folder; is the stick plugged in?")
        return StickFailed(what, about=str(path))
    else:
        what = mark("it was pulled out or it fails: {cause}")
    return StickFailed(what, about=str(path.parent), cause=error.strerror or str(error))
