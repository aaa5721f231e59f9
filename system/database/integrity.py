"""What SQLite and SQLCipher find wrong with the file of an open database."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from domain.words import mark
from system.database import Connection, file_of
from system.database.errors import errors_as_ours
from system.errors import Damaged

NOT_FOLDED_IN = mark("the log could not be folded in: close what reads here")
"""What `integrity_faults` says of a file that it could not judge in full, and that is no damage."""


def integrity_faults(connection: Connection) -> tuple[str, ...]:
    """What SQLite and SQLCipher find wrong with the file; () when nothing.

    SQLCipher reads the raw pages of the file alone: after a power cut one of them may be half
    written while the log beside the file holds it whole. So the log is folded in first. After a
    page that does not decrypt the library gives none of the others to a statement, so that
    SQLite's own judgement would blame them all: it is asked only where all pages decrypt.
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
    """Write what the log holds into the file; why not, when another reader is in the way.

    A disk that is full or takes no writes keeps its log, and is judged with it.
    """
    try:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except dbapi2.OperationalError as error:
        no_writes = (dbapi2.SQLITE_READONLY, dbapi2.SQLITE_FULL, dbapi2.SQLITE_IOERR)
        if error.sqlite_errorcode not in no_writes:
            raise
        return []
    return [(NOT_FOLDED_IN,)] if busy else []
