"""Reads a file that the command line names."""

from __future__ import annotations

from pathlib import Path

from acts.errors import FileUnreadable
from domain.words import mark


def read_bytes(path: Path) -> bytes:
    """The bytes of the file. Raises `FileUnreadable`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(
            mark("it cannot be read: {cause}"), about=str(path), cause=error.strerror
        ) from error
