"""The tables of one-time codes, and of wrong codes by the address that sent them."""

from __future__ import annotations

import hashlib

from domain.ids import DeviceId
from system.database import Connection

HOUR = 3_600_000
"""Milliseconds."""


def secret_hash(secret: str) -> bytes:
    """The hash that the hub stores of a code or a token; both are long and random, so no salt is
    needed.
    """
    return hashlib.sha256(secret.encode()).digest()


def add(rows: Connection, code: str, expires_at: int) -> None:
    """Store a one-time code; an existing one stays as it is, used or not."""
    rows.execute(
        "INSERT INTO code (hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (secret_hash(code), expires_at),
    )


def use(rows: Connection, code: str, device: DeviceId, now: int) -> bool:
    """Whether the code is valid for this device; this also marks it as used.

    The device that used it may use it again until it expires: its answer may have been lost.
    """
    return bool(
        rows.execute(
            "UPDATE code SET used_by = ? WHERE hash = ? AND expires_at > ?"
            " AND (used_by IS NULL OR used_by = ?) RETURNING 1",
            (str(device), secret_hash(code), now, str(device)),
        ).fetchall()
    )


def failed_attempts(rows: Connection, address: bytes, now: int) -> int:
    """How many wrong codes this address sent in the last hour."""
    rows.execute("DELETE FROM attempt WHERE at < ?", (now - HOUR,))
    found = rows.execute("SELECT count(*) FROM attempt WHERE address = ?", (address,)).fetchone()
    return int(found[0])


def add_attempt(rows: Connection, address: bytes, now: int) -> None:
    """Count a wrong code."""
    rows.execute("INSERT INTO attempt (address, at) VALUES (?, ?)", (address, now))
