"""Stores hashes of the key files in the database, so that damage to them is detected.

A recovery slot may not be used for years, and must not be found damaged on the day it is needed.
The database stores the SHA-256 of each slot. Before the key file changes, it also stores those of
the new slots, so that a program killed in between does not look like damage.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from domain.encoding import from_json, to_json
from domain.words import mark
from storage import facts
from storage.first_look import FILE
from storage.identity import (
    EarlierIdentity,
    StationIdentity,
    earlier_identities,
    read_identity,
)
from storage.key_file import SALT_BYTES, VERSION, KeyFile, key_file, write_key_file
from system.database import Connection, transaction
from system.database.header import database_salt
from system.errors import CannotOpen, CannotWrite
from system.files import write_durably

PUBLIC_KEY = "public-key.txt"
"""Not a secret: with it anybody can verify this workstation's receipts without a network."""
FACT = "key_slots"
"""The name of this fact of the workstation (`storage.facts`)."""

KeyFileFault = tuple[str, str, tuple[tuple[str, object], ...]]
"""The file, its fault (a template) and the values of the template."""


class SlotMark(msgspec.Struct, frozen=True):
    """The stored hash of one slot."""

    kind: str
    sha256: str
    """Of the slot as compact JSON, hexadecimal."""


class Remembered(msgspec.Struct, frozen=True):
    """The slots of the key file, and those of a change that is in progress."""

    slots: tuple[SlotMark, ...]
    coming: tuple[SlotMark, ...] = ()


def remember(db: Connection, file: KeyFile) -> None:
    """Store the slots of the key file; part of the caller's transaction."""
    _write(db, Remembered(_marks(file)))


def change_key_file(db: Connection, home: Path, file: KeyFile) -> None:
    """Replace the key file, and its hashes in the database.

    If the program is killed, either the old or the new key file exists, and the database knows it.
    Raises `CannotWrite`.
    """
    with transaction(db):
        held = _read(db) or Remembered(_marks(key_file(home)))
        _write(db, Remembered(held.slots, _marks(file)))
    write_key_file(home, file)
    with transaction(db):
        remember(db, file)


def tend(db: Connection, home: Path) -> None:
    """Store SQLCipher's salt and the hashes of the slots, when a folder is opened for writing.

    In a folder of an older program the missing data is added; an interrupted change is completed.
    On a full or read-only disk this is done the next time.
    """
    with contextlib.suppress(CannotWrite):
        file = key_file(home)
        salt = database_salt(db)
        if file.database_salt != salt and len(salt) == SALT_BYTES:
            file = msgspec.structs.replace(file, v=VERSION, database_salt=salt)
            write_key_file(home, file)
        held = _read(db)
        if held is None or (held.coming and held.coming == _marks(file)):
            with transaction(db):
                remember(db, file)
        _tend_public_key(db, home)


def _tend_public_key(db: Connection, home: Path) -> None:
    """Add the newest key to the file, when the program was killed after it changed the key."""
    expected = public_key_lines(read_identity(db), earlier_identities(db))
    with contextlib.suppress(OSError):
        held = (home / PUBLIC_KEY).read_bytes()
        if held and held != expected and expected.startswith(held):
            write_durably(home / PUBLIC_KEY, expected)


def write_public_key(
    home: Path, identity: StationIdentity, former: Sequence[EarlierIdentity] = ()
) -> None:
    """Write the file of the public keys again. Raises `CannotWrite`."""
    write_durably(home / PUBLIC_KEY, public_key_lines(identity, former))


def public_key_lines(identity: StationIdentity, former: Sequence[EarlierIdentity]) -> bytes:
    """A line `tidewaiter-public-key DEVICE HEX` for each key, as `main.py verify --key` reads it.

    The present key is on the last line; a program that knows one key reads that one.
    """
    keys = (*((one.device, one.public_key) for one in former),
            (identity.device, identity.signing_key.verify_key))  # fmt: skip
    return "".join(f"tidewaiter-public-key {device} {key}\n" for device, key in keys).encode()


def key_file_faults(
    db: Connection, home: Path, identity: StationIdentity
) -> Iterator[KeyFileFault]:
    """Faults of the key file's slots and of the file of the public key."""
    yield from _slot_faults(db, home)
    yield from _public_key_faults(home, public_key_lines(identity, earlier_identities(db)))


def _slot_faults(db: Connection, home: Path) -> Iterator[KeyFileFault]:
    held = _read(db)
    if held is None:
        return  # the folder is read-only and no newer program has opened it before
    try:
        found = _marks(key_file(home))
    except CannotOpen as error:
        yield FILE, error.what, tuple(error.values.items())
        return
    if Counter(found) in (Counter(held.slots), Counter(held.coming)):
        return
    for slot in (Counter(held.slots) - Counter(found)).elements():
        yield (
            FILE,
            mark("the {kind} slot is not as it was made; `main.py rekey` makes a new one"),
            (("kind", slot.kind),),
        )
    strange = Counter(s.kind for s in found) - Counter(s.kind for s in held.slots)
    for kind in strange.elements():
        yield FILE, mark("a {kind} slot was added by another program"), (("kind", kind),)


def _public_key_faults(home: Path, expected: bytes) -> Iterator[KeyFileFault]:
    try:
        held = (home / PUBLIC_KEY).read_bytes()
    except FileNotFoundError:
        yield PUBLIC_KEY, mark("is missing; `main.py rebuild` writes it again"), ()
    except OSError as error:
        yield PUBLIC_KEY, mark("cannot be read: {cause}"), (("cause", error.strerror),)
    else:
        if held != expected:
            yield (
                PUBLIC_KEY,
                mark("is not this workstation's key; `main.py rebuild` writes it again"),
                (),
            )


def _marks(file: KeyFile) -> tuple[SlotMark, ...]:
    return tuple(
        SlotMark(slot.kind, hashlib.sha256(msgspec.json.encode(slot)).hexdigest())
        for slot in file.slots
    )


def _read(db: Connection) -> Remembered | None:
    stored = facts.read(db, FACT)
    return None if stored is None else from_json(stored, Remembered)


def _write(db: Connection, held: Remembered) -> None:
    facts.write(db, FACT, to_json(held))
