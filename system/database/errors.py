"""Converts errors of the database library to our errors, by the library's error codes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from domain.words import mark
from system.errors import CannotOpen, CannotWrite, Damaged, MachineError

LEAST_ROOM = 64 * 1024
"""Bytes; SQLite reports a disk without room for its shared memory (32 KiB) as an I/O error."""


def as_our_error(error: BaseException, about: str = "") -> MachineError | None:
    """Our error for an error of SQLCipher; None for other errors and for faults of the program."""
    if isinstance(error, (dbapi2.IntegrityError, dbapi2.ProgrammingError)):
        return None
    if isinstance(error, dbapi2.OperationalError):
        return _operational(error, about)
    if isinstance(error, dbapi2.DatabaseError):
        return Damaged(
            mark("the database is damaged: {cause}"),
            about=about,
            hint=mark("Stop recording here and restore the folder from a backup."),
            cause=error,
        )
    return None


@contextmanager
def errors_as_ours(about: Path) -> Iterator[None]:
    """Raises our errors in place of SQLCipher's; other errors pass unchanged."""
    try:
        yield
    except dbapi2.DatabaseError as error:
        ours = as_our_error(error, str(about))
        if ours is None:
            raise
        raise ours from error


def _operational(error: dbapi2.OperationalError, about: str) -> MachineError:
    """The error by the library's code, because its texts may change."""
    code = error.sqlite_errorcode
    full = code == dbapi2.SQLITE_FULL or (code == dbapi2.SQLITE_IOERR and not _has_room(about))
    if full:
        hint = mark("Make room on the disk; what was saved is safe.")
        return CannotWrite(mark("the disk is full"), about=about, hint=hint)
    if code in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED):
        hint = mark("Close the other program that works on this folder.")
        return CannotWrite(mark("another program uses the database"), about=about, hint=hint)
    if code == dbapi2.SQLITE_CANTOPEN:
        hint = mark("Check the rights on the folder and its files; nothing was changed.")
        return CannotOpen(mark("the database cannot be opened"), about=about, hint=hint)
    if code == dbapi2.SQLITE_READONLY:
        hint = mark("Check the disk and the rights on the folder; what was saved is safe.")
        return CannotWrite(mark("the disk or the folder is read-only"), about=about, hint=hint)
    if code == dbapi2.SQLITE_IOERR:
        hint = mark("Check the disk; what was saved before is safe.")
        return CannotWrite(mark("the disk reports an error"), about=about, hint=hint)
    return MachineError(mark("the database reports: {cause}"), about=about, cause=error)


def _has_room(about: str) -> bool:
    """Whether the disk of that file has free space; True when that is not known."""
    if not about:
        return True
    path = Path(about)
    try:
        return shutil.disk_usage(path if path.is_dir() else path.parent).free >= LEAST_ROOM
    except OSError:
        return True
