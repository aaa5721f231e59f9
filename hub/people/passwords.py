"""Passwords: what is accepted, and how their hashes are made and compared (argon2id, RFC 9106)."""

from __future__ import annotations

import hmac
import os
import threading
import unicodedata

import msgspec
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from domain.words import mark
from hub.errors import RequestRefused

LENGTH = 12
"""Characters at least; no kind of character is required."""
LONGEST = 256
DIFFERENT = 5
"""Different characters at least, so that no key was just held down."""


class PasswordCost(msgspec.Struct, frozen=True):
    """What one guess costs; it is stored with each hash, so that it can grow."""

    iterations: int = 3
    memory_kib: int = 65_536


USUAL_COST = PasswordCost()
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes its memory, and many sign-ins at once must not take all of the machine's."""


def prepared(password: str) -> bytes:
    """The password in the form that is hashed: the same typed on any keyboard (RFC 8265, NFC)."""
    return unicodedata.normalize("NFC", password[: LONGEST + 1]).encode("utf-8", "replace")


def expect_good(password: str, name: str) -> None:
    """Raises `RequestRefused` when the password is too short, too long or too plain."""
    if len(password) < LENGTH:
        raise RequestRefused(
            mark("the password needs {length} characters or more"),
            hint=mark("Four or five words that have nothing to do with each other are good."),
            length=LENGTH,
        )
    if len(password) > LONGEST:
        raise RequestRefused(
            mark("the password has more than {longest} characters"), longest=LONGEST
        )
    if len(set(password)) < DIFFERENT or name in password.casefold():
        raise RequestRefused(
            mark("the password repeats itself or contains the name of the account"),
            hint=mark("Four or five words that have nothing to do with each other are good."),
        )


def password_hash(password: str, cost: PasswordCost = USUAL_COST) -> str:
    """The hash with its salt and its cost, as text. It takes a fraction of a second."""
    # one lane: OpenSSL's argon2 with several waits for ever when threads derive at once
    argon = Argon2id(
        salt=os.urandom(16),
        length=32,
        iterations=cost.iterations,
        lanes=1,
        memory_cost=cost.memory_kib,
    )
    with _AT_ONCE:
        return argon.derive_phc_encoded(prepared(password))


def is_right(password: str, stored: str, cost: PasswordCost = USUAL_COST) -> bool:
    """Whether it is the password of the stored hash; comparing takes the same time either way.

    Without a stored hash the same work is done for nothing, so that the time does not tell whether
    there is such an account.
    """
    if not stored:
        password_hash(password, cost)
        return False
    try:
        with _AT_ONCE:
            Argon2id.verify_phc_encoded(prepared(password), stored)
    except InvalidKey:
        return False
    return True


def is_outdated(stored: str, cost: PasswordCost = USUAL_COST) -> bool:
    """Whether the hash was made at another cost than is usual now."""
    wanted = f"$argon2id$v=19$m={cost.memory_kib},t={cost.iterations},p=1$"
    return not hmac.compare_digest(stored[: len(wanted)], wanted)
