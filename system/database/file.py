"""The file of a database before it is opened: whether it is there, and whose it may be."""

from __future__ import annotations

import os
from pathlib import Path

from domain.words import mark
from system.errors import CannotOpen

DATABASE = "workstation.db"
"""The workstation's, in its folder."""
SALT_BYTES = 16
"""SQLCipher's salt: the first bytes of the file, and of what a key with its salt is given as."""
NO_LOCKS = "win32-none" if os.name == "nt" else "unix-none"
"""SQLite's way to files without locks and without shared memory, both of which need writing."""


def expect(path: Path, create: bool) -> None:
    """Raises `CannotOpen` when a file to be made is there, or one to be opened is not."""
    if path.exists() and create:
        raise CannotOpen(mark("there is a database already"), about=str(path))
    if not path.exists() and not create:
        raise CannotOpen(mark("there is no database here"), about=str(path))


def make_private(path: Path) -> None:
    """An empty file that only its owner can read; SQLite gives its log files the same rights.

    Raises `CannotOpen`.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise _no_file(error, path) from error


def _no_file(error: OSError, path: Path) -> CannotOpen:
    return CannotOpen(
        mark("the file of the database cannot be opened: {cause}"),
        about=str(path),
        cause=error.strerror,
    )


def refuse_foreign(path: Path) -> bytes:
    """The first bytes of the file, where SQLCipher has its salt.

    SQLCipher would make a new database of an empty file, and read a plain one without a key: such
    a file raises `CannotOpen`.
    """
    try:
        with path.open("rb") as file:
            start = file.read(SALT_BYTES)
    except OSError as error:
        raise _no_file(error, path) from error
    if len(start) < SALT_BYTES or start == b"SQLite format 3\x00":
        raise CannotOpen(
            mark("this is not the encrypted database of this workstation"),
            about=str(path),
            hint=mark("Restore the folder from a backup."),
        )
    return start


def to_read(path: Path) -> str:
    """The file as SQLite reads it without writing beside it.

    A log that holds something is read through its index in own memory. Where there is none, all
    is in the file itself: SQLite would make an empty log, were the file not called immutable.
    """
    log = path.with_name(f"{path.name}-wal")
    whole = not log.exists() or log.stat().st_size == 0
    return f"{path.absolute().as_uri()}?mode=ro&vfs={NO_LOCKS}" + "&immutable=1" * whole
