"""One program at a time works on a workstation's folder."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

from domain.words import mark
from storage.errors import AlreadyOpen
from storage.files import cannot_write


class FolderLock:
    """Held from opening to closing; the operating system frees it when the program dies."""

    def __init__(self, home: Path) -> None:
        """Take the lock. Raises `AlreadyOpen`, naming the program that holds it."""
        self._lock = FileLock(home / "lock", thread_local=False)
        self._who = home / "lock.who"
        try:
            self._lock.acquire(timeout=0)
            self._who.write_text(str(os.getpid()), encoding="ascii")
        except Timeout as error:
            raise AlreadyOpen(
                mark("this workstation is open in another program (process {pid})"),
                about=str(home),
                hint=mark("Use that one, or close it first."),
                pid=self._holder(),
            ) from error
        except OSError as error:
            raise cannot_write(error, home / "lock") from error

    def release(self) -> None:
        """Let another program in."""
        self._lock.release()

    def _holder(self) -> str:
        try:
            return self._who.read_text(encoding="ascii").strip()[:10] or "?"
        except OSError:
            return "?"
