"""The workstation's master key: 32 random bytes, wrapped in slots, never stored bare.

Three kinds of slot: a post passphrase (argon2id), the system's key store, and the recovery key
that the administrator keeps. Each wraps the same master key with AES-256-GCM. A PIN is no slot:
six digits are found in minutes. A key store guards a stolen disk, not a shared account of the
operating system. The format is described in docs/storage.md.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.words import mark
from storage.errors import CannotOpen
from storage.files import write_once

Random = Callable[[int], bytes]
FILE = "keys.json"
ITERATIONS, MEMORY_KIB, LANES = 3, 256 * 1024, 2
PASSPHRASE_LEAST = 12


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wrapping of the master key; bytes in base 64."""

    kind: Literal["passphrase", "keystore", "recovery"]
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


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Opens the passphrase slot."""

    text: str

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


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one workstation, each derived for one purpose."""

    database: bytes
    files: bytes

    def __repr__(self) -> str:
        return "Keys(hidden)"


def make_keys(home: Path, ways: tuple[Unlock, ...], name: str, random: Random) -> tuple[Keys, str]:
    """New keys for the folder, openable in each of `ways` and by the recovery key returned.

    The recovery key is shown once and kept by the administrator. Raises `CannotOpen` for a
    passphrase that is too short.
    """
    master = random(32)
    recovery = random(32)
    text = _recovery_text(recovery)
    slots = tuple(_slot(way, master, name, random) for way in (*ways, RecoveryKey(text)))
    data = msgspec.json.format(msgspec.json.encode(KeyFile(1, slots)), indent=1)
    write_once(home / FILE, data)
    return _derive(master), text


def open_keys(home: Path, unlock: Unlock) -> Keys:
    """The keys of the folder. Raises `CannotOpen` when they are missing or do not open."""
    path = home / FILE
    wanted = {Passphrase: "passphrase", RecoveryKey: "recovery", SystemKeyStore: "keystore"}
    kind = wanted[type(unlock)]
    slots = [slot for slot in key_file(home).slots if slot.kind == kind]
    if not slots:
        raise CannotOpen(
            mark("it cannot be opened this way: no {kind}"), about=str(path), kind=kind
        )
    for slot in slots:
        try:
            wrapping = _wrapping_key(unlock, slot)
            master = AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _bound_to(slot.kind))
            return _derive(master)
        except InvalidTag:
            continue
        except (ValueError, HashingError) as error:  # lengths or costs that no slot of ours has
            raise _damaged(path) from error
    raise CannotOpen(
        mark("the {kind} does not open this workstation"),
        about=str(home),
        hint=mark("Try again, or open it with the recovery key that the administrator keeps."),
        kind=kind,
    )


def key_file(home: Path) -> KeyFile:
    """The slots of the folder. Raises `CannotOpen` when the file is missing or damaged."""
    path = home / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=KeyFile)
    except FileNotFoundError as error:
        raise CannotOpen(
            mark("there is no workstation here"),
            about=str(home),
            hint=mark("Make one with `main.py init`, or name its folder with --home."),
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _damaged(path) from error
    except OSError as error:
        raise CannotOpen(
            mark("the key file cannot be read: {cause}"), about=str(path), cause=error.strerror
        ) from error


def _damaged(path: Path) -> CannotOpen:
    return CannotOpen(
        mark("the key file is damaged"),
        about=str(path),
        hint=mark("Restore the folder from a backup."),
    )


def _slot(way: Unlock, master: bytes, name: str, random: Random) -> Slot:
    kinds: dict[type, Literal["passphrase", "keystore", "recovery"]] = {
        Passphrase: "passphrase",
        RecoveryKey: "recovery",
        SystemKeyStore: "keystore",
    }
    kind = kinds[type(way)]
    if isinstance(way, Passphrase) and len(way.text) < PASSPHRASE_LEAST:
        raise CannotOpen(
            mark("the passphrase is shorter than {least} characters"),
            hint=mark("Take five words or more that you did not choose yourself."),
            least=PASSPHRASE_LEAST,
        )
    slot = Slot(kind=kind, salt=random(16), nonce=random(12), wrapped=b"", name=name)
    if isinstance(way, SystemKeyStore):
        way.write(name, base64.b64encode(random(32)).decode())
    wrapped = AESGCM(_wrapping_key(way, slot)).encrypt(slot.nonce, master, _bound_to(kind))
    return msgspec.structs.replace(slot, wrapped=wrapped)


def _wrapping_key(unlock: Unlock, slot: Slot) -> bytes:
    match unlock:
        case Passphrase(text):
            return hash_secret_raw(
                text.encode(), slot.salt, slot.iterations, slot.memory_kib, slot.lanes, 32, Type.ID
            )
        case RecoveryKey(text):
            return _hkdf(_recovery_bytes(text) + slot.salt, b"tidewaiter recovery 1")
        case SystemKeyStore():
            held = unlock.read(slot.name)
            if held is None:
                raise CannotOpen(
                    mark("the system's key store does not hold this workstation's key"),
                    about=slot.name,
                    hint=mark("Log in as the user who set it up, or use the passphrase."),
                )
            return _hkdf(base64.b64decode(held) + slot.salt, b"tidewaiter keystore 1")


def _derive(master: bytes) -> Keys:
    return Keys(_hkdf(master, b"tidewaiter database 1"), _hkdf(master, b"tidewaiter files 1"))


def _hkdf(material: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(material)


def _bound_to(kind: str) -> bytes:
    return b"tidewaiter slot 1 " + kind.encode()


def _recovery_text(key: bytes) -> str:
    """32 bytes and 3 of their SHA-256 as 56 letters in groups of 7: a wrong letter is noticed."""
    text = base64.b32encode(key + hashlib.sha256(key).digest()[:3]).decode()
    return "-".join(text[place : place + 7] for place in range(0, 56, 7))


def _recovery_bytes(text: str) -> bytes:
    letters = "".join(text.upper().replace("-", "").split())
    letters = letters.replace("0", "O").replace("1", "I")
    try:
        data = base64.b32decode(letters)
    except ValueError:
        data = b""
    if len(data) != 35 or hashlib.sha256(data[:32]).digest()[:3] != data[32:]:
        raise CannotOpen(
            mark("the recovery key has a wrong letter or is not complete"),
            hint=mark("It has eight groups of seven letters; check it against the paper."),
        )
    return data[:32]
