"""The only opener of databases, for the desk and for the embedded hub.

Databases are opened through the bundled SQLCipher alone (never the system's SQLite, which may be
old enough to have the WAL-reset bug). Nothing else says PRAGMA or knows SQLCipher's error classes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import sqlcipher3
from sqlcipher3 import dbapi2

from domain.words import mark
from storage.errors import CannotOpen, CannotWrite, Damaged, StorageError
from storage.files import move_durably

if TYPE_CHECKING:
    import sqlite_utils

# sqlite-utils looks for a module `pysqlite3` before the system's `sqlite3`, and catches that
# module's errors; under this name it finds the library the connections come from.
sys.modules.setdefault("pysqlite3", sqlcipher3)

OLDEST_SQLITE = (3, 51, 3)
BUSY_SECONDS = 10.0


class Connection(Protocol):
    """What the rooms use of a connection: SQL with parameters, rows as tuples."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...

    def executemany(self, sql: str, parameters: Any, /) -> Any: ...

    def close(self) -> None: ...

    @property
    def in_transaction(self) -> bool: ...


def open_encrypted(path: Path, key: bytes, *, create: bool = False) -> Connection:
    """The encrypted database at `path`, with its raw 32-byte `key`.

    Fails closed: a wrong key, a plain file or a missing file raises `CannotOpen` and makes
    nothing; only `create` makes a new file, and then only where there is none.
    """
    if len(key) != 32:
        raise CannotOpen(mark("the database key has the wrong length"), about=str(path))
    _expect(path, create)
    if create:
        _make_private(path)
    else:
        _refuse_foreign(path)
    with told(path):
        connection = _connect(path)
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            connection.close()
            raise CannotOpen(mark("the library cannot encrypt"), about=str(path))
        return _prepared(connection, path)


def open_plain(path: Path, *, create: bool = False) -> Connection:
    """The unencrypted database at `path` (the embedded hub's); a new one is its owner's alone."""
    _expect(path, create)
    if create:
        _make_private(path)
    with told(path):
        return _prepared(_connect(path), path)


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
    """What SQLite and SQLCipher find wrong with the file; () when nothing."""
    with told(Path(_file_of(connection))):
        rows = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        rows += [r for r in connection.execute("PRAGMA integrity_check(20)") if r[0] != "ok"]
    return tuple(str(row[0]) for row in rows)


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
        _make_private(part)
        with told(part):
            connection.execute("VACUUM INTO ?", (str(part),))
        move_durably(part, path)
    finally:
        part.unlink(missing_ok=True)


def _expect(path: Path, create: bool) -> None:
    if path.exists() and create:
        raise CannotOpen(mark("there is a database already"), about=str(path))
    if not path.exists() and not create:
        raise CannotOpen(mark("there is no database here"), about=str(path))


def _make_private(path: Path) -> None:
    """An empty file that only its owner can read; SQLite gives its log files the same rights."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise _no_file(error, path) from error


def _no_file(error: OSError, path: Path) -> CannotOpen:
    return CannotOpen(
        mark("the file of the database cannot be opened: {cause}"),
        about=str(path),
        cause=error.strerror,
    )


def _refuse_foreign(path: Path) -> None:
    """SQLCipher would make a new database of an empty file, and read a plain one without a key."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise _no_file(error, path) from error
    if len(start) < 16 or start == b"SQLite format 3\x00":
        raise CannotOpen(
            mark("this is not the encrypted database of this workstation"),
            about=str(path),
            hint=mark("Restore the folder from a backup."),
        )


def _connect(path: Path) -> Any:
    version = tuple(int(part) for part in dbapi2.sqlite_version.split("."))
    if version < OLDEST_SQLITE:
        raise CannotOpen(
            mark("SQLite {version} can lose data and is not used"),
            about=str(path),
            version=dbapi2.sqlite_version,
        )
    return dbapi2.connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def _prepared(connection: Any, path: Path) -> Connection:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        connection.close()
        if "locked" in str(error) or "disk" in str(error):
            raise
        raise CannotOpen(
            mark("the key does not open the database"),
            about=str(path),
            hint=mark("Check the passphrase, or restore the folder from a backup."),
        ) from error
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    # without it INSERT OR REPLACE deletes a row of the journal and no trigger hears of it
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    checked: Connection = connection
    return checked


def _file_of(connection: Connection) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def in_words(error: BaseException, about: str = "") -> StorageError | None:
    """SQLCipher's error as ours; None for any other, and for one that is a fault of the program."""
    if isinstance(error, (dbapi2.IntegrityError, dbapi2.ProgrammingError)):
        return None
    if isinstance(error, dbapi2.OperationalError):
        return _operational(error, about)
    if isinstance(error, dbapi2.DatabaseError):
        return Damaged(
            mark("the database is damaged: {cause}"),
            about=about,
            hint=mark("Stop recording here and restore the folder from a backup."),
            cause=error,
        )
    return None


@contextmanager
def told(about: Path) -> Iterator[None]:
    """SQLCipher's errors as ours; all others pass."""
    try:
        yield
    except dbapi2.DatabaseError as error:
        ours = in_words(error, str(about))
        if ours is None:
            raise
        raise ours from error


def _operational(error: Exception, about: str) -> StorageError:
    text = str(error)
    if "full" in text:
        hint = mark("Make room on the disk; what was saved is safe.")
        return CannotWrite(mark("the disk is full"), about=about, hint=hint)
    if "locked" in text:
        hint = mark("Close the other program that works on this folder.")
        return CannotWrite(mark("another program holds the database"), about=about, hint=hint)
    if "unable to open" in text:
        return CannotOpen(mark("the database cannot be opened"), about=about)
    if "readonly" in text or "disk I/O" in text:
        hint = mark("Check the disk; what was saved before is safe.")
        return CannotWrite(mark("the disk does not take writes"), about=about, hint=hint)
    return StorageError(mark("the database says: {cause}"), about=about, cause=text)


DuplicateKey = dbapi2.IntegrityError
"""Raised by `execute` when a unique constraint or an append-only rule forbids a row."""
