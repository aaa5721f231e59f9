"""The only opener of databases, for the desk and for the embedded hub.

Databases are opened through the bundled SQLCipher alone (never the system's SQLite, which may be
old enough to have the WAL-reset bug). Nothing else says PRAGMA.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import sqlcipher3
from sqlcipher3 import dbapi2

from domain.words import mark
from system.database_errors import told
from system.database_file import SALT_BYTES, expect, make_private, refuse_foreign, to_read
from system.errors import CannotOpen, Damaged
from system.files import move_durably

if TYPE_CHECKING:
    import sqlite_utils

# sqlite-utils looks for a module `pysqlite3` before the system's `sqlite3`, and catches that
# module's errors; under this name it finds the library the connections come from.
sys.modules.setdefault("pysqlite3", sqlcipher3)

OLDEST_SQLITE = (3, 51, 3)
BUSY_SECONDS = 10.0
NOT_FOLDED_IN = mark("the log could not be folded in: close what reads here")
"""What `integrity_faults` says of a file that it could not judge in full, and that is no damage."""


class Connection(Protocol):
    """What the rooms use of a connection: SQL with parameters, rows as tuples."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...

    def executemany(self, sql: str, parameters: Any, /) -> Any: ...

    def close(self) -> None: ...

    @property
    def in_transaction(self) -> bool: ...


def open_encrypted(
    path: Path, key: bytes, salt: bytes = b"", *, create: bool = False, read_only: bool = False
) -> Connection:
    """The encrypted database at `path`, with its raw 32-byte `key` and SQLCipher's 16-byte `salt`.

    With the salt the file opens even when its first bytes, where SQLCipher has it, are damaged;
    they are mended then. Without, or when the one given is wrong, the salt in the file is used.
    `read_only` writes nothing, not even beside the file, and takes no lock: the caller makes sure
    that nobody writes meanwhile.

    Fails closed: a wrong key, a plain file or a missing file raises `CannotOpen` and makes
    nothing; only `create` makes a new file, and then only where there is none.
    """
    if len(key) != 32:
        raise CannotOpen(mark("the database key has the wrong length"), about=str(path))
    expect(path, create)
    if create:
        make_private(path)
        in_file = salt
    else:
        in_file = refuse_foreign(path)
    known = salt if len(salt) == SALT_BYTES else b""
    with told(path):
        connection = _keyed(path, key, known, read_only)
        if not _first_page_opens(connection) and known:
            connection.close()
            connection, known = _keyed(path, key, b"", read_only), b""
        if not _first_page_opens(connection):
            connection.close()
            raise CannotOpen(
                mark("the first page of the database is damaged, or it is another workstation's"),
                about=str(path),
                hint=mark("The keys are right. Restore the folder from a backup; keep this one."),
            )
        prepared = _prepared(connection, read_only)
        if known and known != in_file and not read_only:
            _write_first_page(prepared)
        return prepared


def database_salt(connection: Connection) -> bytes:
    """SQLCipher's salt of the open database."""
    return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])


def open_plain(path: Path, *, create: bool = False) -> Connection:
    """The unencrypted database at `path` (the embedded hub's); a new one is its owner's alone."""
    expect(path, create)
    if create:
        make_private(path)
    with told(path):
        connection = _connect(path)
        if not _first_page_opens(connection):
            connection.close()
            raise CannotOpen(
                mark("this is not a database, or its first page is damaged"),
                about=str(path),
                hint=mark("Restore it from a backup."),
            )
        return _prepared(connection)


def tables(connection: Connection) -> sqlite_utils.Database:
    """The connection as a sqlite-utils database: schema, migrations, queries off the hot path."""
    import sqlite_utils  # costs 100 ms at start, and the window does not need it

    return sqlite_utils.Database(connection)  # type: ignore[arg-type]


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One durable transaction that takes the write lock at once; all or nothing.

    Raises `CannotWrite` when the disk is full, read-only or broken, `Damaged` when the file is.
    """
    with told(Path(_file_of(connection))):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would commit the migration's transaction."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if dbapi2.complete_statement(held):
            yield held
            held = ""


def schema_version(connection: Connection) -> int:
    """How many migrations the database has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def set_schema_version(connection: Connection, version: int) -> None:
    """Remember how many migrations the database has seen; part of the open transaction."""
    connection.execute(f"PRAGMA user_version = {int(version)}")


def application_id(connection: Connection) -> int:
    """The number by which the database says whose it is; 0 when it does not."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def set_application_id(connection: Connection, number: int) -> None:
    """Say whose database it is; part of the open transaction."""
    connection.execute(f"PRAGMA application_id = {int(number)}")


def look_into(path: Path) -> tuple[int, frozenset[str]] | None:
    """The application id and the tables of the plain database at `path`, which stays as it is.

    None when the file is no plain database.
    """
    with told(path):
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            found = frozenset(str(row[0]) for row in names)
            return application_id(connection), found
        except dbapi2.OperationalError:
            raise
        except dbapi2.DatabaseError:
            return None
        finally:
            connection.close()


def integrity_faults(connection: Connection) -> tuple[str, ...]:
    """What SQLite and SQLCipher find wrong with the file; () when nothing.

    SQLCipher reads the raw pages of the file alone: after a power cut one of them may be half
    written while the log beside the file holds it whole. So the log is folded in first. After a
    page that does not decrypt the library gives none of the others to a statement, so that
    SQLite's own judgement would blame them all: it is asked only where all pages decrypt.
    """
    about, found = Path(_file_of(connection)), list[str]()
    for judge in (_fold_in, _rotten_pages, _torn_tables):
        if judge is _torn_tables and set(found) - {NOT_FOLDED_IN}:
            break
        try:
            with told(about):
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


def library_versions() -> dict[str, str]:
    """The bundled SQLite and SQLCipher, and the library inside SQLCipher that encrypts."""
    connection = dbapi2.connect(":memory:")

    def ask(what: str) -> str:
        row = connection.execute(f"PRAGMA {what}").fetchone()
        return str(row[0]) if row else "missing"

    try:
        connection.execute("PRAGMA key = 'no secret'")  # without one it has no cipher to name
        provider = f"{ask('cipher_provider')}: {ask('cipher_provider_version')}"
        return {
            "SQLite": dbapi2.sqlite_version,
            "SQLCipher": ask("cipher_version"),
            "SQLCipher's cipher": provider,
        }
    finally:
        connection.close()


def copy_database(source: Connection, target: Connection) -> None:
    """Copy all pages by SQLite's backup interface; both databases stay usable."""
    source.backup(target)  # type: ignore[attr-defined]


def copy_into(connection: Connection, path: Path) -> None:
    """A consistent copy of the database at `path`, with the same key; what stood there is replaced.

    Raises `CannotWrite` when the disk takes no more; nothing is left behind then.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        make_private(part)
        with told(part):
            connection.execute("VACUUM INTO ?", (str(part),))
        move_durably(part, path)
    finally:
        part.unlink(missing_ok=True)


def _keyed(path: Path, key: bytes, salt: bytes, read_only: bool) -> Any:
    connection = _connect(path, read_only)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        connection.close()
        raise CannotOpen(mark("the library cannot encrypt"), about=str(path))
    if read_only:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # the log's index in own memory
    return connection


def _first_page_opens(connection: Any) -> bool:
    """False when the first page is none; raises any other error of the database."""
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except dbapi2.DatabaseError as error:
        if error.sqlite_errorcode == dbapi2.SQLITE_NOTADB:
            return False
        connection.close()
        raise
    return True


def _write_first_page(connection: Connection) -> None:
    """Let SQLCipher write its first page, and so its salt, anew; the page holds what it held."""
    set_schema_version(connection, schema_version(connection))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _connect(path: Path, read_only: bool = False) -> Any:
    version = tuple(int(part) for part in dbapi2.sqlite_version.split("."))
    if version < OLDEST_SQLITE:
        raise CannotOpen(
            mark("SQLite {version} can lose data and is not used"),
            about=str(path),
            version=dbapi2.sqlite_version,
        )
    return dbapi2.connect(
        to_read(path) if read_only else str(path),
        uri=read_only,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _prepared(connection: Any, read_only: bool = False) -> Connection:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        # without it INSERT OR REPLACE deletes a row of the journal and no trigger hears of it
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    checked: Connection = connection
    return checked


def _file_of(connection: Connection) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


DuplicateKey = dbapi2.IntegrityError
"""Raised by `execute` when a unique constraint or an append-only rule forbids a row."""
