"""The key with which an operation signs its packs: a file of its own that a passphrase opens.

Beside the secret file lies its public half (`.pub`), for workstations and hubs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag

from acts.errors import FileUnreadable, InputRefused
from domain.encoding import from_json, to_json
from domain.pack.signature import (
    OperationKey,
    is_operation_name,
    make_operation_key,
    read_operation_key,
)
from domain.signing import SigningKey
from domain.words import mark
from storage.errors import WrongSecret
from storage.key_file import Slot
from storage.keys import Passphrase, make_slot, open_slot
from system.files import write_durably

SECRET_FORMAT = "tidewaiter-operation-secret/1"
PUBLIC_SUFFIX = ".pub"
_SIZE_LIMIT = 64 * 1024


class OperationSecret(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="format", tag=SECRET_FORMAT
):
    """The content of the secret file; the slot wraps the 32 bytes of the Ed25519 seed."""

    public: OperationKey
    slot: Slot


class OpenedKey(msgspec.Struct, frozen=True):
    """A key of an operation that signs."""

    public: OperationKey
    signing: SigningKey


def make_key_file(
    path: Path,
    operation: str,
    passphrase: Passphrase,
    random: Callable[[int], bytes],
    before: OpenedKey | None = None,
) -> OperationKey:
    """Write a new secret key to `path` and its public half beside it; returns the public half.

    `before` is the present key of the operation, which names the new one. Raises `InputRefused` for
    a name that is none or for another operation's key, `WrongSecret` for a passphrase that is too
    short, `CannotWrite`, also when one of the files exists.
    """
    if not is_operation_name(operation):
        raise InputRefused(
            mark("this is not the name of an operation"),
            about=operation[:80],
            hint=mark("2 to 40 capitals, digits and hyphens, like NORTH-SEA-2027."),
        )
    if before is not None and before.public.operation != operation:
        raise InputRefused(
            mark("the key before is of operation {other}"), about=operation,
            hint=mark("A key names the next one of its own operation only."),
            other=before.public.operation,
        )  # fmt: skip
    for file in (path, public_file(path)):
        if file.exists():
            raise InputRefused(
                mark("this file exists"), about=str(file), hint=mark("Choose another name.")
            )
    seed = random(32)
    key = SigningKey(seed)
    earlier = (before.public, before.signing) if before else None
    public = make_operation_key(operation, key, earlier)
    secret = OperationSecret(public=public, slot=make_slot(passphrase, seed, "", random))
    write_durably(path, to_json(secret) + b"\n")
    write_durably(public_file(path), to_json(public) + b"\n")
    return public


def public_file(path: Path) -> Path:
    """Where the public half of a secret file lies."""
    return path.with_name(path.name + PUBLIC_SUFFIX)


def open_key_file(path: Path, passphrase: Callable[[], Passphrase]) -> OpenedKey:
    """The key in the secret file. Raises `FileUnreadable`, or `WrongSecret`."""
    secret = _read_secret(path)
    try:
        signing = SigningKey(open_slot(passphrase(), secret.slot))
    except InvalidTag as error:
        raise WrongSecret(
            mark("the passphrase does not open this key"), about=str(path), hint=mark("Try again.")
        ) from error
    except (ValueError, MemoryError) as error:
        raise _no_secret(path) from error
    if signing.verify_key != secret.public.key:
        raise _no_secret(path)
    return OpenedKey(secret.public, signing)


def public_half(path: Path) -> OperationKey:
    """The public half of a key, from its secret or its public file.

    Raises `FileUnreadable`, or `PackUntrusted` when it is none.
    """
    data = _read(path)
    if SECRET_FORMAT.encode() in data:
        return _read_secret(path).public
    return read_operation_key(data, str(path))


def _read_secret(path: Path) -> OperationSecret:
    try:
        return from_json(_read(path), OperationSecret)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise _no_secret(path) from error


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(_SIZE_LIMIT)
    except OSError as error:
        raise FileUnreadable(
            mark("it cannot be read: {cause}"), about=str(path), cause=error.strerror
        ) from error


def _no_secret(path: Path) -> FileUnreadable:
    return FileUnreadable(
        mark("this is not the secret key of an operation"),
        about=str(path),
        hint=mark("`main.py hub pack key FILE --new OPERATION` makes one."),
    )
