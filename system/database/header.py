"""The numbers that a database keeps in its first page."""

from __future__ import annotations

from system.database import Connection


def schema_version(connection: Connection) -> int:
    """The number of migrations that were applied to the database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def set_schema_version(connection: Connection, version: int) -> None:
    """Store the number of applied migrations; part of the open transaction."""
    connection.execute(f"PRAGMA user_version = {int(version)}")


def application_id(connection: Connection) -> int:
    """The number of the program that owns the database; 0 when none is set."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def set_application_id(connection: Connection, number: int) -> None:
    """Store the number of the program that owns the database; part of the open transaction."""
    connection.execute(f"PRAGMA application_id = {int(number)}")


def database_salt(connection: Connection) -> bytes:
    """SQLCipher's salt of the open database."""
    return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
