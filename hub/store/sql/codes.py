"""The tables of one-time codes, and of wrong codes by the address that sent them."""

from __future__ import annotations

import hashlib

import msgspec

from domain.encoding import from_json, to_json
from domain.ids import DeviceId
from domain.words import mark
from sync.wire.enrolment_file import GivenStation
from system.database import Connection

HOUR = 3_600_000
"""Milliseconds."""


class OneTimeCode(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time code without its secret; times in milliseconds since 1970."""

    hash: bytes
    """Of the secret."""
    made_at: int
    expires_at: int
    station: GivenStation | None = None
    """The station that it gives; None for a workstation that has one."""
    packs: tuple[str, ...] = ()
    used_by: DeviceId | None = None
    used_at: int | None = None
    ended_at: int | None = None

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that name the code in lists; they do not tell its secret."""
        return self.hash.hex()[:8]

    def waits(self, now: int) -> bool:
        """Whether it may still be used for the first time."""
        return self.used_by is None and self.ended_at is None and self.expires_at > now

    def condition(self, now: int) -> str:
        """`waits`, `used`, `ended` or `expired`."""
        if self.used_by is not None:
            return mark("used")
        if self.ended_at is not None:
            return mark("ended")
        return mark("waits") if self.expires_at > now else mark("expired")


def secret_hash(secret: str) -> bytes:
    """The hash that the hub stores of a code or a token; both are long and random, so no salt is
    needed.
    """
    return hashlib.sha256(secret.encode()).digest()


def add(rows: Connection, code: OneTimeCode) -> None:
    """Store a one-time code; an existing one stays as it is, used or not."""
    given = code.station
    rows.execute(
        "INSERT INTO code (hash, expires_at, made_at, post, country, station, name, packs)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            code.hash,
            code.expires_at,
            code.made_at,
            given.post if given else "",
            given.country if given else "",
            given.number if given else 0,
            given.name if given else "",
            to_json(code.packs).decode(),
        ),
    )


def valid(rows: Connection, secret: str, now: int) -> OneTimeCode | None:
    """The code with this secret if it has not expired and was not ended, used or not."""
    found = rows.execute(
        f"{_SELECT} WHERE hash = ? AND expires_at > ? AND ended_at IS NULL",
        (secret_hash(secret), now),
    ).fetchone()
    return _code(found) if found else None


def use(rows: Connection, code: OneTimeCode, device: DeviceId, now: int) -> bool:
    """Whether this device may use the valid `code`; this also marks it as used.

    The device that used it may use it again until it expires: its answer may have been lost.
    """
    return bool(
        rows.execute(
            "UPDATE code SET used_by = ?, used_at = coalesce(used_at, ?)"
            " WHERE hash = ? AND (used_by IS NULL OR used_by = ?) RETURNING 1",
            (str(device), now, code.hash, str(device)),
        ).fetchall()
    )


def codes(rows: Connection) -> tuple[OneTimeCode, ...]:
    """All codes, the newest first."""
    return tuple(_code(row) for row in rows.execute(f"{_SELECT} ORDER BY made_at DESC, hash"))


def end(rows: Connection, code: OneTimeCode, now: int) -> None:
    """End a code: it opens nothing any more."""
    rows.execute(
        "UPDATE code SET ended_at = ? WHERE hash = ? AND ended_at IS NULL", (now, code.hash)
    )


def address(rows: Connection) -> tuple[str, str]:
    """The hub's address and authorities (PEM) for enrolment files; empty when none are stored."""
    found = rows.execute("SELECT url, authority FROM hub_address").fetchone()
    return (found[0], found[1]) if found else ("", "")


def put_address(rows: Connection, url: str, authority: str) -> None:
    """Store them."""
    rows.execute(
        'INSERT INTO hub_address ("only", url, authority) VALUES (1, ?, ?) ON CONFLICT ("only")'
        " DO UPDATE SET url = excluded.url, authority = excluded.authority",
        (url, authority),
    )


def failed_attempts(rows: Connection, address: bytes, now: int) -> int:
    """How many wrong codes this address sent in the last hour."""
    rows.execute("DELETE FROM attempt WHERE at < ?", (now - HOUR,))
    found = rows.execute("SELECT count(*) FROM attempt WHERE address = ?", (address,)).fetchone()
    return int(found[0])


def add_attempt(rows: Connection, address: bytes, now: int) -> None:
    """Count a wrong code."""
    rows.execute("INSERT INTO attempt (address, at) VALUES (?, ?)", (address, now))


_Row = tuple[bytes, int, int, str, str, int, str, str, str | None, int | None, int | None]
_SELECT = (
    "SELECT hash, made_at, expires_at, post, country, station, name, packs, used_by, used_at,"
    " ended_at FROM code"
)


def _code(row: _Row) -> OneTimeCode:
    post, country, number, name = row[3:7]
    station = GivenStation(post=post, country=country, number=number, name=name) if post else None
    return OneTimeCode(
        hash=bytes(row[0]),
        made_at=row[1],
        expires_at=row[2],
        station=station,
        packs=from_json(row[7].encode(), tuple[str, ...]),
        used_by=DeviceId(row[8]) if row[8] else None,
        used_at=row[9],
        ended_at=row[10],
    )
