"""The lock of a workstation's folder: one program at a time works on it."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from domain.words import mark
from system.errors import AlreadyOpen
from system.files import cannot_write, write_private


class FolderLock:
    """Held while the folder is open; the operating system frees it when the program dies.

    `writable` is False when the lock could not be taken for writing, because of the disk. Then
    several programs may read the folder, and no program may write.
    """

    def __init__(self, home: Path, *, reading: bool = False) -> None:
        """Take the lock. Raises `AlreadyOpen`, naming the program that holds it.

        Raises `CannotWrite` where the lock cannot be written, unless `reading` is enough.
        """
        self._home = home
        self._lock = FileLock(home / "lock", mode=0o600, thread_local=False)
        self._who = home / "lock.who"
        self._reader: int | None = None
        self.writable = True
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise self._already_open() from error
        except OSError as error:
            if not reading:
                raise cannot_write(error, home / "lock") from error
            self.writable = False
            self._hold_for_reading()
        else:
            with contextlib.suppress(OSError):  # on a full disk the process id cannot be written
                write_private(self._who, str(os.getpid()).encode())

    def release(self) -> None:
        """Release the lock."""
        self._lock.release()
        if self._reader is not None:
            os.close(self._reader)
            self._reader = None

    def _hold_for_reading(self) -> None:
        """Share the lock with other readers; a writer (by another mount) takes it exclusively."""
        if sys.platform == "win32":
            return  # Windows can lock only a file that can be written
        import fcntl  # not on Windows

        try:
            self._reader = os.open(self._home / "lock", os.O_RDONLY)
        except OSError:
            return  # without a lock file no program has the folder open
        try:
            fcntl.flock(self._reader, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.release()
            raise self._already_open() from error
        except OSError:
            return  # a file system without locks

    def _already_open(self) -> AlreadyOpen:
        return AlreadyOpen(
            mark("this workstation is open in another program (process {pid})"),
            about=str(self._home),
            hint=mark("Use that one, or close it first."),
            pid=self._holder(),
        )

    def _holder(self) -> str:
        try:
            return self._who.read_text(encoding="ascii").strip()[:10] or "?"
        except OSError:
            return "?"
