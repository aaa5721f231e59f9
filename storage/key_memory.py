"""What the database remembers of the files beside it that hold keys, so that their rot is seen.

A slot is used only on the day it is needed: a recovery slot that rots unseen opens nothing then.
The database keeps the SHA-256 of each slot. Before the key file changes it also keeps those of
the new slots, so that a program killed between the two leaves nothing that looks like damage.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from domain.encoding import from_json, to_json
from domain.words import mark
from storage import facts
from storage.identity import StationIdentity
from storage.key_file import FILE, SALT_BYTES, VERSION, KeyFile, key_file, write_key_file
from system.database import Connection, transaction
from system.database.header import database_salt
from system.errors import CannotOpen, CannotWrite
from system.files import write_durably

PUBLIC_KEY = "public-key.txt"
"""Not a secret: who has it can verify this workstation's receipts without a network."""
FACT = "key_slots"
"""Its name among the facts that the workstation keeps of itself."""

KeyFileFault = tuple[str, str, tuple[tuple[str, object], ...]]
"""Which file, what is wrong with it (a template) and the values of the template."""


class SlotMark(msgspec.Struct, frozen=True):
    """What is remembered of one slot."""

    kind: str
    sha256: str
    """Of the slot as compact JSON, hexadecimal."""


class Remembered(msgspec.Struct, frozen=True):
    """The slots that the key file has, and those that it is about to get."""

    slots: tuple[SlotMark, ...]
    coming: tuple[SlotMark, ...] = ()


def remember(db: Connection, file: KeyFile) -> None:
    """The key file holds these slots; part of the caller's transaction."""
    _write(db, Remembered(_marks(file)))


def change_key_file(db: Connection, home: Path, file: KeyFile) -> None:
    """`file` in place of the key file and in the database's memory of it.

    Killed at any moment the old or the new key file stands there, and the database knows it.
    Raises `CannotWrite`.
    """
    with transaction(db):
        held = _read(db) or Remembered(_marks(key_file(home)))
        _write(db, Remembered(held.slots, _marks(file)))
    write_key_file(home, file)
    with transaction(db):
        remember(db, file)


def tend(db: Connection, home: Path) -> None:
    """At each opening for writing: keep SQLCipher's salt and a memory of the slots.

    What a folder of an older program has not is added; a change that was cut off is brought to
    its end. A disk that takes no writes leaves it for the next time.
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


def write_public_key(home: Path, identity: StationIdentity) -> None:
    """The public key's file, anew. Raises `CannotWrite`."""
    write_durably(home / PUBLIC_KEY, public_key_line(identity))


def public_key_line(identity: StationIdentity) -> bytes:
    """`tidewaiter-public-key DEVICE HEX`, as `main.py verify --key` reads it."""
    key = identity.signing_key.verify_key.raw.hex()
    return f"tidewaiter-public-key {identity.device} {key}\n".encode()


def key_file_faults(
    db: Connection, home: Path, identity: StationIdentity
) -> Iterator[KeyFileFault]:
    """What is not as it was made: a slot of the key file, the file of the public key."""
    yield from _slot_faults(db, home)
    yield from _public_key_faults(home, identity)


def _slot_faults(db: Connection, home: Path) -> Iterator[KeyFileFault]:
    held = _read(db)
    if held is None:
        return  # opened for reading only, by no newer program before
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


def _public_key_faults(home: Path, identity: StationIdentity) -> Iterator[KeyFileFault]:
    try:
        held = (home / PUBLIC_KEY).read_bytes()
    except FileNotFoundError:
        yield PUBLIC_KEY, mark("is missing; `main.py rebuild` writes it again"), ()
    except OSError as error:
        yield PUBLIC_KEY, mark("cannot be read: {cause}"), (("cause", error.strerror),)
    else:
        if held != public_key_line(identity):
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
