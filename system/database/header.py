"""The numbers that a database keeps in its first page."""

from __future__ import annotations

from system.database import Connection


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


def database_salt(connection: Connection) -> bytes:
    """SQLCipher's salt of the open database."""
    return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
