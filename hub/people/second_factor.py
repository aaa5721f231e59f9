"""The second factor: codes that change every half minute (TOTP, RFC 6238), and recovery codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from urllib.parse import quote

from hub.store.sql.codes import secret_hash

STEP = 30
"""Seconds that a code is shown."""
DIGITS = 6
SECRET_BYTES = 20
"""As many as SHA-1 has (RFC 4226, section 4)."""
AROUND = (0, -1, 1)
"""Steps before and after the present one whose codes are accepted: clocks differ."""
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
"""Random bytes of a recovery code: 80 bits, so that its hash needs no salt."""


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of a time step (RFC 4226, section 5.3)."""
    made = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    at = made[-1] & 0xF
    number = int.from_bytes(made[at : at + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_of(seconds: int) -> int:
    """The time step of a time in seconds since 1970."""
    return seconds // STEP


def matching_step(secret: bytes, typed: str, seconds: int) -> int | None:
    """The time step near `seconds` whose code was typed; None when it is none of them.

    The caller marks it as used, because a code counts once.
    """
    digits = re.sub(r"\s", "", typed)
    now = step_of(seconds)
    found = None
    for step in (now + around for around in AROUND):
        if step >= 0 and hmac.compare_digest(code_at(secret, step).encode(), digits.encode()):
            found = step
    return found


def secret_text(secret: bytes) -> str:
    """The secret as people type it into their authenticator, in groups of four letters."""
    text = base64.b32encode(secret).decode("ascii").rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def otpauth_uri(secret: bytes, name: str, hub: str) -> str:
    """The address that authenticators read from a QR code."""
    text = base64.b32encode(secret).decode("ascii").rstrip("=")
    issuer = quote(f"Tidewaiter {hub}", safe="")
    return f"otpauth://totp/{issuer}:{quote(name, safe='')}?secret={text}&issuer={issuer}"


def new_recovery_codes(random: Callable[[int], bytes]) -> tuple[str, ...]:
    """Ten codes, each good once in place of one from the authenticator."""
    return tuple(grouped(random(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))


def grouped(random: bytes) -> str:
    """Random bytes as letters and digits in groups of four."""
    text = base64.b32encode(random).decode("ascii").rstrip("=")
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def typed_hash(typed: str) -> bytes:
    """The hash of a recovery code or an invitation as a person typed it: case and dashes do not
    matter.
    """
    return secret_hash(re.sub(r"[\s-]", "", typed).upper())
