"""Who signed a pack: the key of an operation, and the file that holds a pack with its signature.

The signature is over the bytes of the pack as they are, so signing changes neither the pack nor its
SHA-256, which records name. docs/pack-format.md describes both files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Annotated

import msgspec

from domain.encoding import from_json, to_json
from domain.errors import PackUntrusted
from domain.letters import as_typed, in_groups, letters_of
from domain.pack.part import ID_PATTERN
from domain.signing import SigningKey, VerifyKey
from domain.words import mark, one_line

SIGNED_FORMAT = "tidewaiter-signed-pack/1"
KEY_FORMAT = "tidewaiter-operation-key/1"
PACK = "tidewaiter pack 1"
"""Label of the signature over a pack."""
KEY_STEP = "tidewaiter operation key change 1"
"""Label of the signature with which a key names the one that follows it."""
LETTERS = 24
"""Letters of a fingerprint: 120 bits."""
STEPS_LIMIT = 100
_FAMILY = "tidewaiter-signed-pack/"

OperationName = Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]
"""The name of an operation: capitals, digits and hyphens, like the id of a pack."""


class KeyStep(msgspec.Struct, frozen=True, kw_only=True):
    """`before` names `after` as the key that signs from now on; both are of one operation."""

    before: VerifyKey
    after: VerifyKey
    signature: str
    """By `before`, hexadecimal."""

    def holds(self, operation: str) -> bool:
        """Whether the key before signed this."""
        return _signed(self.before, KEY_STEP, self.words(operation), self.signature)

    def words(self, operation: str) -> bytes:
        """What is signed."""
        return f"{operation}\n{self.before}\n{self.after}".encode()


class OperationKey(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    tag_field="format",
    tag=KEY_FORMAT,
):
    """The public half of the key with which an operation signs its packs."""

    operation: OperationName
    key: VerifyKey
    former: Annotated[tuple[KeyStep, ...], msgspec.Meta(max_length=STEPS_LIMIT)] = ()
    """The steps from the first key of the operation to this one, the oldest first."""

    @property
    def fingerprint(self) -> str:
        """What people compare: letters for the first 120 bits of a SHA-256 over name and key."""
        found = hashlib.sha256(self.operation.encode() + b"\n" + self.key.raw).digest()
        return in_groups(letters_of(found, LETTERS))

    def is_confirmed_by(self, typed: str) -> bool:
        """Whether a person typed the fingerprint, with or without dashes."""
        return as_typed(typed) == as_typed(self.fingerprint)

    @property
    def line(self) -> tuple[VerifyKey, ...]:
        """This key, and before it each one that named the next, as far as the steps hold."""
        keys = [self.key]
        for step in reversed(self.former):
            if step.after != keys[-1] or not step.holds(self.operation):
                break
            keys.append(step.before)
        return tuple(keys)

    def is_of_one_line_with(self, other: OperationKey) -> bool:
        """Whether both are keys of one operation, and one of them leads to the other."""
        return self.operation == other.operation and (
            self.key in other.line or other.key in self.line
        )


class PackSignature(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who signed a pack, without its bytes."""

    operation: OperationName
    key: VerifyKey
    signature: str
    """Hexadecimal."""
    former: Annotated[tuple[KeyStep, ...], msgspec.Meta(max_length=STEPS_LIMIT)] = ()

    @property
    def signer(self) -> OperationKey:
        """The key that signed."""
        return OperationKey(operation=self.operation, key=self.key, former=self.former)

    def is_over(self, pack: bytes) -> bool:
        """Whether this is a signature over exactly these bytes of a pack."""
        words = self.operation.encode() + b"\n" + pack
        return _signed(self.key, PACK, words, self.signature)


class PackGiving(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How headquarters gives a pack: signed, unsigned on its own word, or from its program."""

    signature: PackSignature | None = None
    unsigned: bool = False
    shipped: bool = False


class SignedPack(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    tag_field="format",
    tag=SIGNED_FORMAT,
):
    """The file: the text of a pack with its signature."""

    operation: OperationName
    key: VerifyKey
    signature: str
    former: Annotated[tuple[KeyStep, ...], msgspec.Meta(max_length=STEPS_LIMIT)] = ()
    pack: str
    """The text; its UTF-8 bytes are the pack."""


class _Probe(msgspec.Struct):
    """As much of a file as says what it is."""

    format: str = ""


def is_operation_name(text: str) -> bool:
    """Whether an operation can have this name."""
    return re.fullmatch(ID_PATTERN, text) is not None


def make_operation_key(
    operation: str, key: SigningKey, before: tuple[OperationKey, SigningKey] | None = None
) -> OperationKey:
    """The public half of a new key; `before` is the operation's key that names it."""
    if before is None:
        return OperationKey(operation=operation, key=key.verify_key)
    known, old = before
    step = KeyStep(before=old.verify_key, after=key.verify_key, signature="")
    signature = old.sign(KEY_STEP, step.words(operation)).hex()
    step = msgspec.structs.replace(step, signature=signature)
    return OperationKey(operation=operation, key=key.verify_key, former=(*known.former, step))


def sign_pack(pack: bytes, signer: OperationKey, key: SigningKey) -> bytes:
    """The signed file of a pack, whose bytes are UTF-8."""
    signature = key.sign(PACK, signer.operation.encode() + b"\n" + pack).hex()
    return to_json(
        SignedPack(
            operation=signer.operation,
            key=signer.key,
            signature=signature,
            former=signer.former,
            pack=pack.decode(),
        )
    )


def opened(data: bytes, file: str) -> tuple[bytes, PackSignature | None]:
    """The pack in a file and its signature; the file itself and None when it is not a signed one.

    Raises `PackUntrusted` when the signature is not over the pack, or the file cannot be read.
    """
    if _FAMILY.encode() not in data or not (format_name := _format_of(data)).startswith(_FAMILY):
        return data, None
    if format_name != SIGNED_FORMAT:
        raise PackUntrusted(
            mark("a newer program signed this pack ('{format}')"),
            about=file,
            hint=mark("Install a newer version of Tidewaiter."),
            format=one_line(format_name)[:80],
        )
    try:
        signed = from_json(data, SignedPack)
        pack = signed.pack.encode()
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise PackUntrusted(
            mark("this signed pack cannot be read: {cause}"),
            about=file,
            hint=mark("Ask headquarters for the file again."),
            cause=one_line(str(error)),
        ) from error
    signature = PackSignature(
        operation=signed.operation, key=signed.key, signature=signed.signature, former=signed.former
    )
    expect_over(signature, pack, file)
    return pack, signature


def expect_over(signature: PackSignature, pack: bytes, file: str) -> None:
    """Raises `PackUntrusted` unless the signature is over these bytes."""
    if not signature.is_over(pack):
        raise PackUntrusted(
            mark("the signature does not belong to this pack: it was changed after it was signed"),
            about=file,
            hint=mark("Ask headquarters for the file again."),
        )


def read_operation_key(data: bytes, file: str) -> OperationKey:
    """The public half of an operation's key. Raises `PackUntrusted`."""
    try:
        found = from_json(data, OperationKey)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise PackUntrusted(
            mark("this is not the public key of an operation"),
            about=file,
            hint=mark("`main.py hub pack key` writes one, with a name that ends in .pub."),
        ) from error
    if len(found.line) != len(found.former) + 1:
        raise PackUntrusted(
            mark("the keys before this one did not name it: the file was changed"), about=file
        )
    return found


def is_trusted(signer: OperationKey, known: Iterable[OperationKey]) -> bool:
    """Whether a known key is the signer's, was named by it, or leads to it."""
    return any(signer.is_of_one_line_with(key) for key in known)


def follows(signer: OperationKey, before: OperationKey, known: Iterable[OperationKey]) -> bool:
    """Whether the signer of a pack may sign a version after one that `before` signed."""
    if signer.is_of_one_line_with(before):
        return True
    keys = {signer.key, before.key}
    same = signer.operation == before.operation
    return same and any(keys <= set(key.line) for key in known if key.operation == signer.operation)


def _format_of(data: bytes) -> str:
    try:
        return from_json(data.removeprefix(b"\xef\xbb\xbf"), _Probe).format
    except (msgspec.MsgspecError, UnicodeError):
        return ""


def _signed(key: VerifyKey, label: str, words: bytes, signature: str) -> bool:
    try:
        return key.verifies(label, words, bytes.fromhex(signature))
    except ValueError:
        return False
