"""Checks the file of a database before it is opened: whether it exists and is one of ours."""

from __future__ import annotations

import os
from pathlib import Path

from domain.words import mark
from system.errors import CannotOpen

SALT_BYTES = 16
"""Length of SQLCipher's salt: the first bytes of the file."""
NO_LOCKS = "win32-none" if os.name == "nt" else "unix-none"
"""The SQLite file system that needs no locks and no shared memory, which both need writing."""


def expect(path: Path, create: bool) -> None:
    """Raises `CannotOpen` when a new file exists already, or when an existing one is missing."""
    if path.exists() and create:
        raise CannotOpen(mark("there is a database already"), about=str(path))
    if not path.exists() and not create:
        raise CannotOpen(mark("there is no database here"), about=str(path))


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite gives its log files the same rights.

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
    """The name with which SQLite opens the file and writes no other file.

    When there is a log with content, SQLite reads it with an index in its own memory. Without a
    log, the file is opened as immutable, since SQLite would otherwise make an empty log.
    """
    log = path.with_name(f"{path.name}-wal")
    whole = not log.exists() or log.stat().st_size == 0
    return f"{path.absolute().as_uri()}?mode=ro&vfs={NO_LOCKS}" + "&immutable=1" * whole
