"""One-time codes as people type them: a secret of 60 bits and 60 bits of the hub key's fingerprint.

`ABCD-EFGH-JKLM-NPQR-STUV-WXYZ`: the first twelve letters are the secret, the other twelve name the
key of the hub. Codes of hubs of protocol 1 have only the secret.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from domain.letters import ALPHABET, as_typed, in_groups, letters_of
from domain.signing import VerifyKey

LETTERS = 12
"""Letters of the secret, and letters of the fingerprint."""


class TypedCode(NamedTuple):
    """A code without spaces and dashes, in capital letters."""

    secret: str
    fingerprint: str = ""
    """Of the hub's key; empty in a code of a hub of protocol 1."""


def fingerprint(key: VerifyKey) -> str:
    """Twelve letters for the first 60 bits of the SHA-256 of the key's 32 bytes."""
    return letters_of(hashlib.sha256(key.raw).digest(), LETTERS)


def random_secret(random: bytes) -> str:
    """The secret made of 12 random bytes."""
    return "".join(ALPHABET[byte % 32] for byte in random[:LETTERS])


def write_code(secret: str, key: VerifyKey) -> str:
    """The code for a person, in groups of four letters."""
    return in_groups(secret + fingerprint(key))


def read_code(text: str) -> TypedCode:
    """The code in `text`, with or without dashes, in small or capital letters.

    A text that is not a code of 24 letters is the secret of an older hub.
    """
    letters = as_typed(text)
    if len(letters) == 2 * LETTERS and set(letters) <= set(ALPHABET):
        return TypedCode(letters[:LETTERS], letters[LETTERS:])
    return TypedCode(letters)


def is_code(text: str) -> bool:
    """Whether the text has the form of a code that the hub made, with or without the fingerprint of
    its key.
    """
    letters = as_typed(text)
    return len(letters) in (LETTERS, 2 * LETTERS) and set(letters) <= set(ALPHABET)
