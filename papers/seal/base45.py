"""Base 45 (RFC 9285): bytes as the 45 characters that a QR code packs two to eleven bits."""

from __future__ import annotations

from domain.errors import Malformed
from domain.fault import FaultKind
from domain.words import mark

CHARACTER_NOT_BASE45 = FaultKind(
    "character_not_base45", mark("a character that base 45 does not have")
)
NOT_BASE45 = FaultKind("not_base45", mark("not base 45"))
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """The text of `data`: three characters for two bytes, two for a last single one."""
    text = []
    for index in range(0, len(data) - 1, 2):
        high, low = divmod(data[index] * 256 + data[index + 1], 45 * 45)
        text += [ALPHABET[low % 45], ALPHABET[low // 45], ALPHABET[high]]
    if len(data) % 2:
        text += [ALPHABET[data[-1] % 45], ALPHABET[data[-1] // 45]]
    return "".join(text)


def decode(text: str) -> bytes:
    """The bytes that `text` encodes.

    Raises `Malformed`, also for a text that `encode` never makes.
    """
    data = bytearray()
    try:
        digits = [_VALUES[character] for character in text]
    except KeyError as error:
        raise Malformed(CHARACTER_NOT_BASE45) from error
    for index in range(0, len(digits), 3):
        group = digits[index : index + 3]
        value = sum(digit * 45**power for power, digit in enumerate(group))
        size = len(group) - 1
        if size == 0 or value >= 256**size:
            raise Malformed(NOT_BASE45)
        data += value.to_bytes(size, "big")
    return bytes(data)
