"""The file keys.json: the slots that wrap the master key. Described in docs/storage.md."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from domain.words import mark
from system.database.file import DATABASE
from system.errors import CannotOpen
from system.files import write_durably, write_once

FILE = "keys.json"
ITERATIONS, MEMORY_KIB, LANES = 3, 256 * 1024, 2
VERSION = 2
"""1 had no `database_salt`; files of both are read."""
SALT_BYTES = 16


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"
    KEYSTORE = "keystore"
    RECOVERY = "recovery"


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wrapping of the master key; bytes in base 64."""

    kind: SlotKind
    salt: bytes
    nonce: bytes
    wrapped: bytes
    iterations: int = ITERATIONS
    memory_kib: int = MEMORY_KIB
    lanes: int = LANES
    name: str = ""
    """For a key store: the entry's name there."""


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What keys.json holds."""

    v: int
    slots: tuple[Slot, ...]
    database_salt: bytes = b""
    """SQLCipher's 16 bytes, which the database has in its first sector alone; b"" in version 1."""


def make_key_file(home: Path, file: KeyFile) -> None:
    """The key file of a new workstation. Raises `CannotWrite`, also when there is one."""
    write_once(home / FILE, _encoded(file))


def write_key_file(home: Path, file: KeyFile) -> None:
    """`file` in place of the key file: written beside it, flushed, then renamed.

    Killed at any moment, the old or the new one stands there. Raises `CannotWrite`.
    """
    write_durably(home / FILE, _encoded(file))


def key_file(home: Path) -> KeyFile:
    """The slots of the folder. Raises `CannotOpen` when the file is missing or damaged."""
    path = home / FILE
    try:
        file = msgspec.json.decode(path.read_bytes(), type=KeyFile)
    except FileNotFoundError as error:
        if (home / DATABASE).exists():
            raise CannotOpen(
                mark("the key file is missing, and without it nothing opens the database"),
                about=str(path),
                hint=mark("Restore keys.json from a backup of this folder."),
            ) from error
        raise CannotOpen(
            mark("there is no workstation here"),
            about=str(home),
            hint=mark("Make one with `main.py init`, or name its folder with --home."),
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged(path) from error
    except OSError as error:
        raise CannotOpen(
            mark("the key file cannot be read: {cause}"), about=str(path), cause=error.strerror
        ) from error
    if file.v > VERSION:
        raise CannotOpen(
            mark("a newer Tidewaiter made the key file"),
            about=str(path),
            hint=mark("Install that version; nothing was changed."),
        )
    return file


def damaged(path: Path) -> CannotOpen:
    """The error that says that the key file is not one."""
    return CannotOpen(
        mark("the key file is damaged"),
        about=str(path),
        hint=mark("Restore the folder from a backup."),
    )


def _encoded(file: KeyFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(file), indent=1)
