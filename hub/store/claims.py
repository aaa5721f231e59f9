"""Which hub owns a folder (a small file with the hub's id), and a lock for the process that uses
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from domain.errors import Malformed
from domain.ids import HubId
from domain.words import mark
from hub.errors import CannotServe
from system.files import write_durably

BACKUP_OWNER = "backup-of.json"
"""Contains the id of the hub whose backups are in a folder.

It is on the disk of the backups, so that the file is missing when that disk is not mounted.
"""


class Owner(msgspec.Struct, frozen=True):
    """The content of `hub.json`, which lies beside the photos of a hub."""

    hub: str


def owner_in(file: Path) -> HubId | None:
    """The hub's id in the file; None when there is no file.

    Raises `CannotServe` when the file cannot be read.
    """
    try:
        return HubId.parse(msgspec.json.decode(file.read_bytes(), type=Owner).hub)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, msgspec.MsgspecError, Malformed) as error:
        raise CannotServe(
            mark("the file that says whose folder this is cannot be read"),
            about=str(file),
            hint=mark("Restore it from another copy, or remove it if the folder is this hub's."),
        ) from error


def write_owner(file: Path, hub: HubId) -> None:
    """Write the id `hub` to the file, durably. Raises `CannotWrite`."""
    write_durably(file, msgspec.json.encode(Owner(str(hub))) + b"\n")


@contextmanager
def held_alone(
    file: Path,
    taken: str = mark("another hub is serving from here"),
    hint: str = mark("Stop that one first, or give this one files of its own."),
) -> Iterator[None]:
    """Hold the lock while the block runs; other processes are refused, in the words `taken` and
    `hint`. Raises `CannotServe`.
    """
    lock = FileLock(file, timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise CannotServe(taken, about=str(file.parent), hint=hint) from error
    except OSError as error:
        raise CannotServe(
            mark("the folder cannot be locked: {cause}"),
            about=str(file.parent),
            cause=error.strerror,
        ) from error
    try:
        yield
    finally:
        lock.release()
