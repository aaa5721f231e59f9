"""The table of the audit: who saw, exported or changed what. Rows are only added."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from hub.store.sql.entries import clean
from system.database import Connection

SIGNED_IN = "signed in"
"""The event of a sign-in."""
SUBJECT_LIMIT = 120
DETAIL_LIMIT = 200
"""Characters of what comes from outside."""


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was seen or done; `at` in milliseconds since 1970."""

    at: int
    account: str = ""
    """Who; empty at the hub's machine, and for a name that the hub does not know."""
    event: str
    """`GET` and the address of a page, or words for another event."""
    subject: str = ""
    """The record, photo, workstation or account."""
    detail: str = ""
    status: int = 0
    """Of the answer (HTTP); 0 for what is no request."""
    address: str = ""
    """Where the request came from."""
    number: int = 0
    """Its running number, once it is stored."""


def add(rows: Connection, added: Iterable[AuditRow]) -> None:
    """Add rows."""
    rows.executemany(
        "INSERT INTO audit (at, account, event, subject, detail, status, address)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row.at,
                row.account,
                row.event,
                clean(row.subject)[:SUBJECT_LIMIT],
                clean(row.detail)[:DETAIL_LIMIT],
                row.status,
                row.address,
            )
            for row in added
        ],
    )


def page(
    rows: Connection, *, before: int, limit: int, account: str = "", subject: str = ""
) -> tuple[AuditRow, ...]:
    """Rows with a number less than `before`, newest first: all, or those of an account, those
    about a subject, or both.
    """
    where, values = "", []
    for column, value in (("account", account), ("subject", subject)):
        if value:
            where += f" AND {column} = ?"
            values.append(clean(value))
    found = rows.execute(
        f"{_SELECT} WHERE number < ?{where} ORDER BY number DESC LIMIT ?", (before, *values, limit)
    )
    return tuple(_row(row) for row in found)


def after(rows: Connection, number: int, limit: int, account: str) -> tuple[AuditRow, ...]:
    """Rows with a number greater than `number`, oldest first: all, or those of an account."""
    where, values = (" AND account = ?", (account,)) if account else ("", ())
    found = rows.execute(
        f"{_SELECT} WHERE number > ?{where} ORDER BY number LIMIT ?", (number, *values, limit)
    )
    return tuple(_row(row) for row in found)


def addresses_of_sign_ins(rows: Connection, account: str, newest: int) -> frozenset[str]:
    """From where the account signed in, as far as its `newest` rows tell."""
    found = rows.execute(
        "SELECT DISTINCT address FROM (SELECT event, address FROM audit WHERE account = ?"
        " ORDER BY number DESC LIMIT ?) AS newest WHERE event = ?",
        (account, newest, SIGNED_IN),
    )
    return frozenset(address for (address,) in found)


_SELECT = "SELECT number, at, account, event, subject, detail, status, address FROM audit"


def _row(row: tuple[int, int, str, str, str, str, int, str]) -> AuditRow:
    number, at, account, event, subject, detail, status, address = row
    return AuditRow(
        number=number,
        at=at,
        account=account,
        event=event,
        subject=subject,
        detail=detail,
        status=status,
        address=address,
    )
