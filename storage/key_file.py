"""The file keys.json: the slots that wrap the master key. Described in docs/storage.md."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from domain.words import mark
from storage.first_look import DATABASE, FILE
from system.errors import CannotOpen
from system.files import write_durably, write_once

ITERATIONS, MEMORY_KIB, LANES = 3, 256 * 1024, 2
VERSION = 2
"""Version 1 had no `database_salt`; files of both versions can be read."""
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
    """For a key store: the name of the entry in it."""


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of keys.json."""

    v: int
    slots: tuple[Slot, ...]
    database_salt: bytes = b""
    """SQLCipher's 16-byte salt, a copy of the one in the database's first page; b"" in version
    1."""


def make_key_file(home: Path, file: KeyFile) -> None:
    """The key file of a new workstation. Raises `CannotWrite`, also when there is one."""
    write_once(home / FILE, _encoded(file))


def write_key_file(home: Path, file: KeyFile) -> None:
    """Replace the key file: a new file is written and flushed, then renamed.

    If the program is killed, either the old or the new file exists. Raises `CannotWrite`.
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
    """The error for an unusable key file."""
    return CannotOpen(
        mark("the key file is damaged"),
        about=str(path),
        hint=mark("Restore the folder from a backup."),
    )


def _encoded(file: KeyFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(file), indent=1)
