"""Letters and digits that people read out and type: one-time codes and fingerprints of keys."""

from __future__ import annotations

import re

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that are not easily confused; each has 5 bits."""


def letters_of(data: bytes, count: int) -> str:
    """`count` letters for the first bits of `data`, which has 5 bits for each or more."""
    bits = int.from_bytes(data, "big") >> (8 * len(data) - 5 * count)
    return "".join(ALPHABET[bits >> 5 * step & 31] for step in reversed(range(count)))


def in_groups(letters: str) -> str:
    """The letters in groups of four: `ABCD-EFGH`."""
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def as_typed(text: str) -> str:
    """Typed letters in capitals, without spaces and dashes."""
    return re.sub(r"[\s-]", "", text).upper()
