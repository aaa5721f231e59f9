"""The recovery key as text, which the administrator writes down and types.

The text is the base 32 (RFC 4648) of 35 bytes: the key's 32 and the first 3 of their SHA-256.
"""

from __future__ import annotations

import base64
import hashlib

LETTERS = 56
_GROUP = 7
_CHECK = 3


def recovery_text(key: bytes) -> str:
    """The 32 bytes of `key` as 56 letters in eight groups of seven with hyphens."""
    text = base64.b32encode(key + _check(key)).decode()
    return "-".join(text[start : start + _GROUP] for start in range(0, LETTERS, _GROUP))


def recovery_bytes(text: str) -> bytes | None:
    """The 32 bytes of the recovery key `text`; None when a letter is wrong or missing.

    Small letters count as capitals, `0` as `O` and `1` as `I`; spaces and hyphens are ignored.
    """
    try:
        data = base64.b32decode(_letters(text))
    except ValueError:
        return None
    key = data[:32]
    return key if len(data) == len(key) + _CHECK and _check(key) == data[32:] else None


def has_recovery_shape(text: str) -> bool:
    """Whether `text` has as many letters as a recovery key, right or wrong."""
    letters = _letters(text)
    return len(letters) == LETTERS and all(c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" for c in letters)


def _letters(text: str) -> str:
    letters = "".join(text.upper().replace("-", "").split())
    return letters.replace("0", "O").replace("1", "I")


def _check(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:_CHECK]
