"""What SQLite and SQLCipher find wrong with the file of an open database."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from domain.words import mark
from system.database import Connection, file_of
from system.database.errors import errors_as_ours
from system.errors import Damaged

NOT_FOLDED_IN = mark(
    "the log could not be written into the database: close other programs that read it"
)
"""The text of `integrity_faults` for a file that could not be checked completely; not a damage."""


def integrity_faults(connection: Connection) -> tuple[str, ...]:
    """What SQLite and SQLCipher find wrong with the file; () when nothing.

    SQLCipher reads the raw pages of the file alone: after a power cut one of them may be half
    written while the log beside the file holds it whole. So the log is written into the file first.
    When one page cannot be decrypted, the library returns none of the other pages either, and
    SQLite's own check would report them all. So that check runs only when all pages can be
    decrypted.
    """
    about, found = Path(file_of(connection)), list[str]()
    for judge in (_fold_in, _rotten_pages, _torn_tables):
        if judge is _torn_tables and set(found) - {NOT_FOLDED_IN}:
            break
        try:
            with errors_as_ours(about):
                found += [str(row[0]) for row in judge(connection)]
        except Damaged as error:
            found.append(str(error.values["cause"]))
    return tuple(dict.fromkeys(found))


def _rotten_pages(connection: Connection) -> list[tuple[str]]:
    rows: list[tuple[str]] = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return rows


def _torn_tables(connection: Connection) -> list[tuple[str]]:
    return [row for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]


def _fold_in(connection: Connection) -> list[tuple[str]]:
    """Write the log into the file. Returns the reason when another reader prevents that.

    On a full or read-only disk the log stays, and the file is checked with its log.
    """
    try:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except dbapi2.OperationalError as error:
        no_writes = (dbapi2.SQLITE_READONLY, dbapi2.SQLITE_FULL, dbapi2.SQLITE_IOERR)
        if error.sqlite_errorcode not in no_writes:
            raise
        return []
    return [(NOT_FOLDED_IN,)] if busy else []
