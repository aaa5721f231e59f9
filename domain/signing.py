"""Ed25519 signatures over bytes, with a different label for each kind of statement.

Because of the label, a signature made for one purpose is invalid for another: the signed bytes are
`label`, a line feed, and the bytes.
"""

from __future__ import annotations

import re
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from domain.errors import Malformed
from domain.fault import FaultKind
from domain.value import Value
from domain.words import mark

ENTRY = "tidewaiter entry 1"
ACKNOWLEDGEMENT = "tidewaiter acknowledgement 1"
SEAL = "tidewaiter seal 1"
KEY_CHANGE = "tidewaiter key change 1"
NO_PUBLIC_KEY = FaultKind("no_public_key", mark("not a public key in 64 hexadecimal digits"))


class VerifyKey(Value):
    """The public half, 32 bytes; as text 64 lower-case hexadecimal digits."""

    __slots__ = ("raw",)
    __match_args__ = ("raw",)
    raw: bytes

    def __init__(self, raw: bytes) -> None:
        self._hold(raw)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that `text` (64 hexadecimal digits) names. Raises `Malformed`."""
        if not re.fullmatch(r"[0-9a-f]{64}", text):
            raise Malformed(NO_PUBLIC_KEY, about=text[:80])
        return cls(bytes.fromhex(text))

    def __str__(self) -> str:
        return self.raw.hex()

    def verifies(self, label: str, data: bytes, signature: bytes) -> bool:
        """Whether the private half made `signature` (64 bytes) over `data` with `label`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(
                signature, label.encode() + b"\n" + data
            )
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """The private half; its `repr` does not show the key."""

    def __init__(self, seed: bytes) -> None:
        """The key of a 32-byte random seed."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def verify_key(self) -> VerifyKey:
        """The public half."""
        return VerifyKey(self._key.public_key().public_bytes_raw())

    def sign(self, label: str, data: bytes) -> bytes:
        """The signature (64 bytes) over `data` with `label`."""
        return self._key.sign(label.encode() + b"\n" + data)

    def __repr__(self) -> str:
        return "SigningKey(hidden)"
