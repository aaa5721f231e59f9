"""A signed statement: JSON text inside JSON, so that the signed bytes are never changed on the way.

`{"statement": "<JSON text>", "signature": "<128 hexadecimal digits>"}`; the signature covers the
UTF-8 bytes of the text, with the label of the statement's kind (`domain.signing`).
"""

from __future__ import annotations

import binascii
from typing import TypeVar

import msgspec

from domain.encoding import from_json, to_json
from domain.signing import SigningKey, VerifyKey

T = TypeVar("T")
SIZE_LIMIT = 16 * 1024 * 1024


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A statement with its signature, not yet verified."""

    statement: str
    signature: str
    keys: tuple[Envelope, ...] = ()
    """The chain of keys from the one given at enrolment to the signing key; empty when they are the
    same.
    """

    def signed_by(self, key: VerifyKey, label: str) -> bool:
        """Whether `key` signed exactly this text with `label`."""
        try:
            signature = bytes.fromhex(self.signature)
            return key.verifies(label, self.statement.encode(), signature)
        except ValueError:
            return False

    def read(self, kind: type[T]) -> T:
        """The statement as an object of the class `kind`. Raises `UnreadableJson`."""
        return decode(self.statement.encode(), kind)


class UnreadableJson(ValueError):
    """The bytes are not the expected JSON; callers raise a `WireError` instead."""


def sign(statement: object, key: SigningKey, label: str) -> Envelope:
    """The statement, signed with `key` and `label`."""
    text = to_json(statement)
    return Envelope(
        statement=text.decode(), signature=binascii.hexlify(key.sign(label, text)).decode()
    )


def decode(data: bytes, kind: type[T]) -> T:
    """JSON as an object of `kind`; unknown fields are ignored. Raises `UnreadableJson`."""
    if len(data) > SIZE_LIMIT:
        raise UnreadableJson("too large")
    try:
        return from_json(data, kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise UnreadableJson(str(error)) from error
