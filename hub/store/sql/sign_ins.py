"""The tables of sign-ins of people, of tokens of programs, and of failures to sign in."""

from __future__ import annotations

import msgspec

from hub.store.sql.codes import secret_hash
from hub.store.sql.people import COLUMNS, Account, account_of
from system.database import Connection

SEEN_STEP = 60_000
"""Milliseconds: the time of the last request is stored once a minute."""


class OpenSignIn(msgspec.Struct, frozen=True, kw_only=True):
    """A browser in which a person has signed in; times in milliseconds since 1970."""

    hash: bytes
    """Of the secret in its cookie."""
    account: str
    begun_at: int
    seen_at: int
    address: str
    browser: str


def add(rows: Connection, made: OpenSignIn, epoch: str) -> None:
    """Store a sign-in of this epoch of the hub."""
    rows.execute(
        "INSERT INTO sign_in (hash, account, epoch, begun_at, seen_at, address, browser)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            made.hash,
            made.account,
            epoch,
            made.begun_at,
            made.seen_at,
            made.address,
            made.browser,
        ),
    )


def holder(
    rows: Connection, secret: str, epoch: str, *, seen_since: int, begun_since: int
) -> tuple[Account, OpenSignIn] | None:
    """The account and the sign-in of a cookie's secret; None when the sign-in is not of this
    epoch, too old, or of a disabled account.
    """
    row = rows.execute(
        f"SELECT {COLUMNS}, s.hash, s.begun_at, s.seen_at, s.address, s.browser"
        " FROM sign_in AS s JOIN account ON account.id = s.account WHERE s.hash = ?"
        " AND s.epoch = ? AND s.seen_at > ? AND s.begun_at > ? AND account.disabled_at IS NULL",
        (secret_hash(secret), epoch, seen_since, begun_since),
    ).fetchone()
    if row is None:
        return None
    account = account_of(row[:11])
    return account, _sign_in((row[11], account.id, *row[12:]))


def of_account(
    rows: Connection, account: str, epoch: str, *, seen_since: int, begun_since: int
) -> tuple[OpenSignIn, ...]:
    """The sign-ins of an account that are open, newest first."""
    found = rows.execute(
        "SELECT hash, account, begun_at, seen_at, address, browser FROM sign_in"
        " WHERE account = ? AND epoch = ? AND seen_at > ? AND begun_at > ?"
        " ORDER BY begun_at DESC, hash",
        (account, epoch, seen_since, begun_since),
    )
    return tuple(_sign_in(row) for row in found)


def note_seen(rows: Connection, made: OpenSignIn, now: int) -> None:
    """Store the time of the last request."""
    rows.execute(
        "UPDATE sign_in SET seen_at = ? WHERE hash = ? AND seen_at < ?",
        (now, made.hash, now - SEEN_STEP),
    )


def end(rows: Connection, account: str, sign_in_hash: bytes) -> bool:
    """End one sign-in of the account; False when it has no such."""
    return bool(
        rows.execute(
            "DELETE FROM sign_in WHERE account = ? AND hash = ? RETURNING 1",
            (account, sign_in_hash),
        ).fetchall()
    )


def end_all(rows: Connection, account: str, *, besides: bytes = b"") -> int:
    """End all sign-ins of the account but one; how many there were."""
    found = rows.execute(
        "DELETE FROM sign_in WHERE account = ? AND hash <> ? RETURNING 1", (account, besides)
    )
    return len(found.fetchall())


def drop_old(rows: Connection, *, seen_before: int, begun_before: int) -> None:
    """Delete sign-ins that are over."""
    rows.execute(
        "DELETE FROM sign_in WHERE seen_at <= ? OR begun_at <= ?", (seen_before, begun_before)
    )


class ProgramToken(msgspec.Struct, frozen=True, kw_only=True):
    """The token of a program, without its secret; times in milliseconds since 1970."""

    account: str
    ends_at: int
    used_at: int | None


def give_token(rows: Connection, account: str, token: str, ends_at: int) -> None:
    """Give the program its token."""
    rows.execute(
        "INSERT INTO program_token (hash, account, ends_at) VALUES (?, ?, ?)",
        (secret_hash(token), account, ends_at),
    )


def bearer(rows: Connection, token: str, now: int) -> tuple[Account, ProgramToken] | None:
    """The program with this token; None when the token has expired or the program is disabled."""
    row = rows.execute(
        f"SELECT {COLUMNS}, t.ends_at, t.used_at FROM program_token AS t"
        " JOIN account ON account.id = t.account"
        " WHERE t.hash = ? AND t.ends_at > ? AND account.disabled_at IS NULL",
        (secret_hash(token), now),
    ).fetchone()
    if row is None:
        return None
    account = account_of(row[:11])
    return account, ProgramToken(account=account.id, ends_at=row[11], used_at=row[12])


def token_of(rows: Connection, account: str) -> ProgramToken | None:
    """The token of a program."""
    row = rows.execute(
        "SELECT account, ends_at, used_at FROM program_token WHERE account = ?", (account,)
    ).fetchone()
    return ProgramToken(account=row[0], ends_at=row[1], used_at=row[2]) if row else None


def note_used(rows: Connection, account: str, now: int) -> None:
    """Store when the token was last used, to the minute."""
    rows.execute(
        "UPDATE program_token SET used_at = ? WHERE account = ?"
        " AND (used_at IS NULL OR used_at < ?)",
        (now, account, now - SEEN_STEP),
    )


def failures(rows: Connection, key: bytes, since: int) -> tuple[int, int]:
    """How often it failed under this key, and when last; none when that was before `since`."""
    row = rows.execute(
        "SELECT count, last_at FROM sign_in_failure WHERE key = ? AND last_at >= ?", (key, since)
    ).fetchone()
    return (row[0], row[1]) if row else (0, 0)


def add_failure(rows: Connection, key: bytes, now: int, since: int) -> None:
    """Count a failure; those before `since` are forgotten."""
    rows.execute(
        "INSERT INTO sign_in_failure (key, count, last_at) VALUES (?1, 1, ?2)"
        " ON CONFLICT (key) DO UPDATE SET last_at = ?2, count ="
        " CASE WHEN sign_in_failure.last_at >= ?3 THEN sign_in_failure.count + 1 ELSE 1 END",
        (key, now, since),
    )


def forget_failures(rows: Connection, keys: tuple[bytes, ...], since: int) -> None:
    """Forget the failures under these keys, and all before `since`."""
    rows.executemany("DELETE FROM sign_in_failure WHERE key = ?", [(key,) for key in keys])
    rows.execute("DELETE FROM sign_in_failure WHERE last_at < ?", (since,))


def take_back(rows: Connection, key: bytes) -> None:
    """Count one failure less under this key."""
    rows.execute("UPDATE sign_in_failure SET count = count - 1 WHERE key = ?", (key,))


def _sign_in(row: tuple[bytes, str, int, int, str, str]) -> OpenSignIn:
    return OpenSignIn(
        hash=bytes(row[0]),
        account=row[1],
        begun_at=row[2],
        seen_at=row[3],
        address=row[4],
        browser=row[5],
    )
