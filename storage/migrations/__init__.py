"""The steps by which a workstation's database came to its present shape, one file each.

A step is registered with sqlite-utils' `Migrations` and runs in one transaction. Before a step
runs on a database that holds anything, the file is copied beside itself.
"""

from __future__ import annotations

from pathlib import Path

from domain.words import mark
from storage.database import (
    Connection,
    schema_version,
    set_schema_version,
    tables,
    transaction,
)
from storage.errors import CannotOpen

CURRENT = 1
"""How many steps there are; the number is kept in the file, so that a start needs no look-up."""


def bring_up_to_date(connection: Connection, path: Path) -> bool:
    """Apply the steps that the database has not seen; True when there were any.

    Raises `CannotOpen` when a newer program made the database.
    """
    found = schema_version(connection)
    if found == CURRENT:
        return False
    if found > CURRENT:
        raise CannotOpen(
            mark("a newer Tidewaiter made this database"),
            about=str(path),
            hint=mark("Install that version; nothing was changed."),
        )
    # sqlite-utils is imported only on the rare start that has steps to apply
    from storage.migrations.m0001_begin import migrations

    if found:
        connection.execute("VACUUM INTO ?", (f"{path}.before-{CURRENT}",))
    migrations.apply(tables(connection))
    with transaction(connection):
        set_schema_version(connection, CURRENT)
    return True
