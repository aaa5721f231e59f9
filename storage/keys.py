"""The workstation's master key: 32 random bytes, stored only encrypted, in slots.

Three kinds of slot: a post passphrase (argon2id), the system's key store, and the recovery key that
the administrator keeps. Each slot encrypts the same master key with AES-256-GCM. A PIN is not
offered: six digits are guessed in minutes. A key store protects a stolen disk, but not a shared
user account. The format is described in docs/storage.md.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.words import mark
from storage.errors import WrongSecret
from storage.first_look import FILE
from storage.key_file import (
    ITERATIONS,
    LANES,
    MEMORY_KIB,
    SALT_BYTES,
    VERSION,
    KeyFile,
    Slot,
    SlotKind,
    damaged,
    key_file,
    make_key_file,
)
from storage.recovery import has_recovery_shape, recovery_bytes, recovery_text
from system.errors import CannotOpen

Random = Callable[[int], bytes]
COST_LIMIT = 64 * ITERATIONS * MEMORY_KIB
"""Iterations times KiB, about half a minute: a slot with a higher cost is damaged."""
MEMORY_LIMIT_KIB, LANES_LIMIT = 4 * 1024 * 1024, 64
PASSPHRASE_LEAST = 12
_ONE_AT_A_TIME = Lock()
"""OpenSSL's argon2 with several lanes waits for ever, or fails, when threads derive at once."""


class PassphraseCost(NamedTuple):
    """What argon2id costs whoever guesses; the usual one is described in docs/storage.md."""

    iterations: int = ITERATIONS
    memory_kib: int = MEMORY_KIB
    lanes: int = LANES


USUAL_COST = PassphraseCost()


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Opens the passphrase slot."""

    text: str
    cost: PassphraseCost = USUAL_COST
    """Of a slot that is made for it; one that is there says its own."""

    def __repr__(self) -> str:
        return "Passphrase(hidden)"


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """Opens the recovery slot."""

    text: str

    def __repr__(self) -> str:
        return "RecoveryKey(hidden)"


@dataclass(frozen=True, slots=True)
class SystemKeyStore:
    """Opens the key-store slot; `read` and `write` reach the system's store by entry name."""

    read: Callable[[str], str | None]
    write: Callable[[str, str], None]


Unlock = Passphrase | RecoveryKey | SystemKeyStore
_KINDS: dict[type, SlotKind] = {
    Passphrase: SlotKind.PASSPHRASE,
    RecoveryKey: SlotKind.RECOVERY,
    SystemKeyStore: SlotKind.KEYSTORE,
}


_HAS_NONE = {
    SlotKind.PASSPHRASE: mark("this workstation has no passphrase"),
    SlotKind.RECOVERY: mark("this workstation has no recovery key"),
    SlotKind.KEYSTORE: mark("this workstation has no key in the system's key store"),
}
_ANOTHER_WAY = mark("Open it in another way: by the key store, a passphrase or the recovery key.")
_DOES_NOT_OPEN = {
    SlotKind.PASSPHRASE: (
        mark("the passphrase does not open this workstation"),
        mark("Try again, or open it with the recovery key that the administrator keeps."),
    ),
    SlotKind.RECOVERY: (
        mark("the recovery key does not open this workstation"),
        mark("It is another workstation's, or `main.py rekey` made a newer one."),
    ),
    SlotKind.KEYSTORE: (
        mark("what the system's key store holds does not open this workstation"),
        mark("Open it with the passphrase or with the recovery key."),
    ),
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one workstation, one for each purpose, derived from the master key."""

    database: bytes
    files: bytes
    salt: bytes = b""
    """SQLCipher's salt of the database; empty when the key file does not hold it yet."""

    def __repr__(self) -> str:
        return "Keys(hidden)"


def make_keys(home: Path, ways: tuple[Unlock, ...], name: str, random: Random) -> tuple[Keys, str]:
    """Make the folder's keys, with a slot for each of `ways` and for the returned recovery key.

    The recovery key is shown once; the administrator keeps it. Raises `WrongSecret` for a
    passphrase that is too short.
    """
    master, recovery = random(32), new_recovery_key(random)
    slots = tuple(make_slot(way, master, name, random) for way in (*ways, recovery))
    file = KeyFile(VERSION, slots, random(SALT_BYTES))
    make_key_file(home, file)
    return _derive(master, file), recovery.text


def new_recovery_key(random: Random) -> RecoveryKey:
    """A new random recovery key."""
    return RecoveryKey(recovery_text(random(32)))


def way_of(text: str) -> Passphrase | RecoveryKey:
    """The recovery key in `text`, recognised by its checksum, else `text` as a passphrase."""
    return Passphrase(text) if recovery_bytes(text) is None else RecoveryKey(text)


def open_keys(home: Path, unlock: Unlock) -> Keys:
    """The keys of the folder.

    Raises `CannotOpen` when they are missing, `WrongSecret` when `unlock` does not open them.
    """
    file = key_file(home)
    return _derive(open_master(home, file, unlock), file)


def open_master(home: Path, file: KeyFile, unlock: Unlock) -> bytes:
    """The master key in the slots of `file`. Raises `WrongSecret` when `unlock` opens no slot."""
    path = home / FILE
    kind = _KINDS[type(unlock)]
    slots = [slot for slot in file.slots if slot.kind == kind]
    if not slots:
        raise WrongSecret(_HAS_NONE[kind], about=str(home), hint=_ANOTHER_WAY)
    for slot in slots:
        try:
            return open_slot(unlock, slot)
        except InvalidTag:
            continue
        except (
            ValueError,
            MemoryError,
        ) as error:  # lengths or costs that this program never writes
            raise damaged(path) from error
    if isinstance(unlock, Passphrase) and has_recovery_shape(unlock.text):
        raise _wrong_letter()
    what, hint = _DOES_NOT_OPEN[kind]
    raise WrongSecret(what, about=str(home), hint=hint)


def open_slot(unlock: Unlock, slot: Slot) -> bytes:
    """What the slot wraps.

    Raises `InvalidTag` when `unlock` does not open it, `ValueError` or `MemoryError` for lengths or
    costs that this program never writes.
    """
    wrapping = _wrapping_key(unlock, slot)
    return AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _bound_to(slot.kind))


def make_slot(way: Unlock, master: bytes, name: str, random: Random) -> Slot:
    """A slot with which `way` opens `master`; `name` is the entry in the system's key store.

    Raises `WrongSecret` for a passphrase that is too short, or is a recovery key.
    """
    kind = _KINDS[type(way)]
    if isinstance(way, Passphrase) and len(way.text) < PASSPHRASE_LEAST:
        raise WrongSecret(
            mark("the passphrase is shorter than {least} characters"),
            hint=mark("Take five words or more that you did not choose yourself."),
            least=PASSPHRASE_LEAST,
        )
    if isinstance(way, Passphrase) and recovery_bytes(way.text) is not None:
        raise WrongSecret(
            mark("a recovery key cannot be the passphrase"),
            hint=mark("Take five words or more that you did not choose yourself."),
        )
    slot = Slot(kind=kind, salt=random(16), nonce=random(12), wrapped=b"", name=name)
    if isinstance(way, Passphrase):
        slot = msgspec.structs.replace(slot, **way.cost._asdict())
    if isinstance(way, SystemKeyStore):
        way.write(name, base64.b64encode(random(32)).decode())
    wrapped = AESGCM(_wrapping_key(way, slot)).encrypt(slot.nonce, master, _bound_to(kind))
    return msgspec.structs.replace(slot, wrapped=wrapped)


def _wrapping_key(unlock: Unlock, slot: Slot) -> bytes:
    match unlock:
        case Passphrase(text=text):
            if not _can_be_paid(slot):
                raise ValueError("a cost that this program never writes")
            argon = Argon2id(
                salt=slot.salt,
                length=32,
                iterations=slot.iterations,
                lanes=slot.lanes,
                memory_cost=slot.memory_kib,
            )
            with _ONE_AT_A_TIME:
                return argon.derive(text.encode())
        case RecoveryKey(text):
            key = recovery_bytes(text)
            if key is None:
                raise _wrong_letter()
            return _hkdf(key + slot.salt, b"tidewaiter recovery 1")
        case SystemKeyStore():
            held = unlock.read(slot.name)
            if held is None:
                raise CannotOpen(
                    mark("the system's key store does not hold this workstation's key"),
                    about=slot.name,
                    hint=mark("Log in as the user who set it up, or use the passphrase."),
                )
            return _hkdf(base64.b64decode(held) + slot.salt, b"tidewaiter keystore 1")


def _can_be_paid(slot: Slot) -> bool:
    return (
        slot.iterations >= 1
        and 1 <= slot.memory_kib <= MEMORY_LIMIT_KIB
        and 1 <= slot.lanes <= LANES_LIMIT
        and slot.iterations * slot.memory_kib <= COST_LIMIT
    )


def _derive(master: bytes, file: KeyFile) -> Keys:
    database, files = b"tidewaiter database 1", b"tidewaiter files 1"
    return Keys(_hkdf(master, database), _hkdf(master, files), file.database_salt)


def _hkdf(material: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(material)


def _bound_to(kind: str) -> bytes:
    return b"tidewaiter slot 1 " + kind.encode()


def _wrong_letter() -> WrongSecret:
    return WrongSecret(
        mark("the recovery key has a wrong letter or is not complete"),
        hint=mark("It has eight groups of seven letters; check it against the paper."),
    )
