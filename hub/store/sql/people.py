"""The tables of accounts, of invitations to set a password, and of recovery codes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from hub.people.roles import Role
from hub.store.sql.scope import EVERYTHING, Scope
from system.database import Connection


class AccountKind(StrEnum):
    """Who uses the account."""

    PERSON = "person"
    PROGRAM = "program"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A person or a program that may use the pages; times in milliseconds since 1970."""

    id: str
    kind: AccountKind
    name: str
    """What is typed to sign in."""
    shown: str
    """What people call the person or the program."""
    role: Role
    all_regions: bool
    """Whether it sees all regions; else those in the table of its regions."""
    password: str = ""
    """Argon2id with its parameters; empty until the person has set one."""
    secret: bytes | None = None
    """Of the second factor; None until the person has set it up."""
    last_step: int = 0
    """The time step of the newest code that was used."""
    made_at: int = 0
    disabled_at: int | None = None

    @property
    def scope(self) -> Scope:
        """What it may see."""
        return EVERYTHING if self.all_regions else Scope(self.id)

    @property
    def is_ready(self) -> bool:
        """Whether the person has set a password and a second factor."""
        return bool(self.password) and self.secret is not None


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time code with which a person sets a password and a second factor."""

    hash: bytes
    account: str
    secret: bytes
    """Of the second factor."""
    made_at: int
    expires_at: int


def add(rows: Connection, account: Account) -> bool:
    """Store a new account; False when another one has its name."""
    return bool(
        rows.execute(
            "INSERT INTO account (id, kind, name, shown, role, all_regions, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING RETURNING 1",
            (
                account.id,
                account.kind,
                account.name,
                account.shown,
                account.role,
                int(account.all_regions),
                account.made_at,
            ),
        ).fetchall()
    )


def named(rows: Connection, name: str) -> Account | None:
    """The account with this name in its one form."""
    row = rows.execute(f"{SELECT} WHERE account.name = ?", (name,)).fetchone()
    return account_of(row) if row else None


def find(rows: Connection, wanted: str) -> Account | None:
    """The account with this id."""
    row = rows.execute(f"{SELECT} WHERE account.id = ?", (wanted,)).fetchone()
    return account_of(row) if row else None


def accounts(rows: Connection, kind: AccountKind) -> tuple[Account, ...]:
    """All accounts of people, or all of programs, by name."""
    found = rows.execute(f"{SELECT} WHERE account.kind = ? ORDER BY account.name", (kind,))
    return tuple(account_of(row) for row in found)


def exist(rows: Connection) -> bool:
    """Whether there is any account of a person."""
    found = rows.execute("SELECT 1 FROM account WHERE kind = ? LIMIT 1", (AccountKind.PERSON,))
    return found.fetchone() is not None


def count_administrators(rows: Connection, *, besides: str) -> int:
    """How many other people are administrators who can sign in."""
    row = rows.execute(
        "SELECT count(*) FROM account WHERE kind = ? AND role = ? AND disabled_at IS NULL"
        " AND secret IS NOT NULL AND id <> ?",
        (AccountKind.PERSON, Role.ADMINISTRATOR, besides),
    ).fetchone()
    return int(row[0])


def put_role(rows: Connection, account: str, role: Role) -> None:
    """Give the account another role."""
    rows.execute("UPDATE account SET role = ? WHERE id = ?", (role, account))


def put_disabled(rows: Connection, account: str, at: int | None) -> None:
    """Disable the account since `at`, or enable it (None)."""
    rows.execute("UPDATE account SET disabled_at = ? WHERE id = ?", (at, account))


def put_password(rows: Connection, account: str, password: str) -> None:
    """Store the hash of a password; an empty one lets nobody in."""
    rows.execute("UPDATE account SET password = ? WHERE id = ?", (password, account))


def put_secret(rows: Connection, account: str, secret: bytes | None) -> None:
    """Store the secret of a second factor; codes of the one before are void."""
    rows.execute("UPDATE account SET secret = ?, last_step = 0 WHERE id = ?", (secret, account))


def use_step(rows: Connection, account: str, step: int) -> bool:
    """Mark the code of a time step as used; False when it or a later one was used before."""
    return bool(
        rows.execute(
            "UPDATE account SET last_step = ? WHERE id = ? AND last_step < ? RETURNING 1",
            (step, account, step),
        ).fetchall()
    )


def invite(rows: Connection, invitation: Invitation) -> None:
    """Store an invitation, in place of an earlier one for the same account."""
    rows.execute("DELETE FROM invitation WHERE account = ?", (invitation.account,))
    rows.execute(
        "INSERT INTO invitation (hash, account, secret, made_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            invitation.hash,
            invitation.account,
            invitation.secret,
            invitation.made_at,
            invitation.expires_at,
        ),
    )


def invitation(rows: Connection, code_hash: bytes, now: int) -> Invitation | None:
    """The invitation with this hash, while it is valid."""
    row = rows.execute(
        "SELECT hash, account, secret, made_at, expires_at FROM invitation"
        " WHERE hash = ? AND expires_at > ?",
        (code_hash, now),
    ).fetchone()
    if row is None:
        return None
    return Invitation(
        hash=bytes(row[0]),
        account=row[1],
        secret=bytes(row[2]),
        made_at=row[3],
        expires_at=row[4],
    )


def end_invitation(rows: Connection, account: str) -> bool:
    """Delete the invitation of an account; False when there is none."""
    return bool(
        rows.execute("DELETE FROM invitation WHERE account = ? RETURNING 1", (account,)).fetchall()
    )


def put_recovery_codes(rows: Connection, account: str, hashes: Iterable[bytes]) -> None:
    """Store the hashes of new recovery codes, in place of those before."""
    rows.execute("DELETE FROM recovery_code WHERE account = ?", (account,))
    rows.executemany(
        "INSERT INTO recovery_code (hash, account) VALUES (?, ?)",
        [(each, account) for each in hashes],
    )


def use_recovery_code(rows: Connection, account: str, code_hash: bytes, now: int) -> bool:
    """Mark a recovery code of the account as used; False when it is none or was used before."""
    return bool(
        rows.execute(
            "UPDATE recovery_code SET used_at = ?"
            " WHERE hash = ? AND account = ? AND used_at IS NULL RETURNING 1",
            (now, code_hash, account),
        ).fetchall()
    )


def count_recovery_codes(rows: Connection, account: str) -> int:
    """How many recovery codes the account has left."""
    row = rows.execute(
        "SELECT count(*) FROM recovery_code WHERE account = ? AND used_at IS NULL", (account,)
    ).fetchone()
    return int(row[0])


COLUMNS = (
    "account.id, account.kind, account.name, account.shown, account.role, account.all_regions,"
    " account.password, account.secret, account.last_step, account.made_at, account.disabled_at"
)
SELECT = f"SELECT {COLUMNS} FROM account"
AccountRow = tuple[str, str, str, str, str, int, str, bytes | None, int, int, int | None]


def account_of(row: AccountRow) -> Account:
    """The account in the values of `COLUMNS`."""
    return Account(
        id=row[0],
        kind=AccountKind(row[1]),
        name=row[2],
        shown=row[3],
        role=Role(row[4]),
        all_regions=bool(row[5]),
        password=row[6],
        secret=bytes(row[7]) if row[7] is not None else None,
        last_step=row[8],
        made_at=row[9],
        disabled_at=row[10],
    )
