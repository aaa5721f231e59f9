"""The only opener of databases, for the desk and for the embedded hub.

Databases are opened through the bundled SQLCipher alone (never the system's SQLite, which may be
old enough to have the WAL-reset bug).
"""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from domain.words import mark
from system.database import Connection
from system.database.errors import errors_as_ours
from system.database.file import SALT_BYTES, expect, make_private, refuse_foreign, to_read
from system.database.header import application_id, schema_version, set_schema_version
from system.errors import CannotOpen

OLDEST_SQLITE = (3, 51, 3)
BUSY_SECONDS = 10.0


def open_encrypted(
    path: Path, key: bytes, salt: bytes = b"", *, create: bool = False, read_only: bool = False
) -> Connection:
    """The encrypted database at `path`, with its raw 32-byte `key` and SQLCipher's 16-byte `salt`.

    With the salt, the file opens even when its first bytes, where SQLCipher stores the salt, are
    damaged; they are repaired then. Without the salt, or when it is wrong, the salt in the file is
    used. `read_only` writes nothing, not even beside the file, and takes no lock: the caller makes
    sure that nobody writes meanwhile.

    A wrong key, an unencrypted file or a missing file raises `CannotOpen`, and no file is made.
    Only `create` makes a new file, and only where there is none.
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
    with errors_as_ours(path):
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


def open_plain(path: Path, *, create: bool = False, cache_mb: int = 0) -> Connection:
    """The unencrypted database of the embedded hub; only its owner can read a new one.

    The connection has up to `cache_mb` megabytes of the file in memory; SQLite's default, 2, with
    0.
    """
    expect(path, create)
    if create:
        make_private(path)
    with errors_as_ours(path):
        connection = _connect(path)
        if not _first_page_opens(connection):
            connection.close()
            raise CannotOpen(
                mark("this is not a database, or its first page is damaged"),
                about=str(path),
                hint=mark("Restore it from a backup."),
            )
        prepared = _prepared(connection)
        if cache_mb:
            prepared.execute(f"PRAGMA cache_size = {-1024 * cache_mb}")
        return prepared


def look_into(path: Path) -> tuple[int, frozenset[str]] | None:
    """The application id and the tables of the plain database at `path`, which is not changed.

    None when the file is no plain database.
    """
    with errors_as_ours(path):
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


def broken_tables(path: Path) -> tuple[str, ...]:
    """What SQLite finds wrong in the plain database at `path`, which is not changed; () when its
    tables and indexes are whole.
    """
    with errors_as_ours(path):
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = connection.execute("PRAGMA integrity_check(20)").fetchall()
            return tuple(str(row[0]) for row in found if row[0] != "ok")
        finally:
            connection.close()


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


def _keyed(path: Path, key: bytes, salt: bytes, read_only: bool) -> Connection:
    connection = _connect(path, read_only)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        connection.close()
        raise CannotOpen(mark("the library cannot encrypt"), about=str(path))
    if read_only:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # the log's index in own memory
    return connection


def _first_page_opens(connection: Connection) -> bool:
    """False when the first page cannot be read; raises any other error of the database."""
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except dbapi2.DatabaseError as error:
        if error.sqlite_errorcode == dbapi2.SQLITE_NOTADB:
            return False
        connection.close()
        raise
    return True


def _write_first_page(connection: Connection) -> None:
    """Let SQLCipher write the first page, and its salt, again; the content is unchanged."""
    set_schema_version(connection, schema_version(connection))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _connect(path: Path, read_only: bool = False) -> Connection:
    version = tuple(int(part) for part in dbapi2.sqlite_version.split("."))
    if version < OLDEST_SQLITE:
        raise CannotOpen(
            mark("SQLite {version} can lose data and is not used"),
            about=str(path),
            version=dbapi2.sqlite_version,
        )
    connection: Connection = dbapi2.connect(
        to_read(path) if read_only else str(path),
        uri=read_only,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    return connection


def _prepared(connection: Connection, read_only: bool = False) -> Connection:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        # without it INSERT OR REPLACE deletes a row of the journal without starting a trigger
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection
