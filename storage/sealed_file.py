"""Encrypted bytes in authenticated chunks of 64 KiB (AES-256-GCM), in an authenticated order.

Layout: `TWF1`, 7 random bytes, then the chunks, each 64 KiB of plain text (the last may be shorter)
with its 16-byte tag. The nonce of a chunk is the 7 random bytes, its number (4 bytes, big endian)
and 1 for the last chunk, 0 for the others (the STREAM construction), so a moved, missing or
shortened chunk is detected.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"TWF1"
CHUNK = 64 * 1024
_TAG = 16
_HEADER = len(MAGIC) + 7


class NotSealed(Exception):
    """The bytes were not encrypted with this key, or were changed; the caller names the file."""


def seal(key: bytes, data: bytes, prefix: bytes) -> bytes:
    """`data` encrypted with the 32-byte `key`; `prefix` are 7 random bytes, never used twice."""
    cipher = AESGCM(key)
    count = max(1, -(-len(data) // CHUNK))
    parts = [MAGIC, prefix]
    for number in range(count):
        chunk = data[number * CHUNK : (number + 1) * CHUNK]
        parts.append(cipher.encrypt(_nonce(prefix, number, number == count - 1), chunk, MAGIC))
    return b"".join(parts)


def unseal(key: bytes, sealed: bytes) -> bytes:
    """The decrypted bytes. Raises `NotSealed` for other or changed bytes."""
    if sealed[: len(MAGIC)] != MAGIC or len(sealed) < _HEADER + _TAG:
        raise NotSealed
    cipher, prefix = AESGCM(key), sealed[len(MAGIC) : _HEADER]
    step = CHUNK + _TAG
    count = -(-(len(sealed) - _HEADER) // step)
    parts = []
    for number in range(count):
        start = _HEADER + number * step
        chunk = sealed[start : start + step]
        try:
            last = number == count - 1
            parts.append(cipher.decrypt(_nonce(prefix, number, last), chunk, MAGIC))
        except InvalidTag as error:
            raise NotSealed from error
    return b"".join(parts)


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")
