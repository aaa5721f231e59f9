"""How hard a passphrase is to guess: an estimate that only warns, made while it is typed."""

from __future__ import annotations

import re
from enum import StrEnum

BITS_A_WORD = 11
"""Of a word out of a list of two thousand; five of them give the 55 bits of a good passphrase."""
BITS_A_SIGN = 4
"""Of a letter, digit or other sign that is not part of a word; people choose them unevenly."""
LETTERS_A_WORD = 9
"""A longer run of letters counts as several words written together."""
FAIR, STRONG = 44, 55
"""Bits. One guess costs an attacker half a second of a computer (argon2id), so that 44 bits stand
for some hundred thousand years of one computer, and 55 for a thousand computers.
"""
_PARTS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop",
         "qsdfghjklm", "wxcvbn", "qwertzuiop", "01234567890")  # fmt: skip
_FIRST_TRIED = (
    "password", "passphrase", "passwort", "motdepasse", "secret", "admin", "letmein", "welcome",
    "tidewaiter", "customs", "douane", "workstation",
)  # fmt: skip


class Strength(StrEnum):
    """From short, which is refused, to strong."""

    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(text: str, least: int) -> Strength:
    """The strength of a passphrase that must have `least` characters."""
    if len(text) < least:
        return Strength.SHORT
    bits = 0
    before: set[str] = set()
    for part in _PARTS.findall(text.casefold()):
        # the same word again, a row of keys or a word that is tried first adds nearly nothing
        easy = part in before or _is_a_row(part) or any(word in part for word in _FIRST_TRIED)
        bits += 1 if easy else _bits(part)
        before.add(part)
    if bits >= STRONG:
        return Strength.STRONG
    return Strength.FAIR if bits >= FAIR else Strength.WEAK


def _bits(part: str) -> int:
    if not part.isalpha() or len(part) < 3:
        return 3 * len(part) if part.isdigit() else BITS_A_SIGN * len(part)
    return min(BITS_A_SIGN * len(set(part)), BITS_A_WORD * -(-len(part) // LETTERS_A_WORD))


def _is_a_row(part: str) -> bool:
    """Whether the keys stand beside each other, or one key is held."""
    if len(part) > 1 and len(set(part)) == 1:
        return True
    return len(part) > 2 and any(part in row or part in row[::-1] for row in _ROWS)
