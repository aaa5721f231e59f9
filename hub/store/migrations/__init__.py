"""The steps by which a hub's database came to its present shape, one file each."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Migrations

from domain.words import mark
from hub.store.migrations.m0001_begin import begin
from storage.database import Connection, schema_version, set_schema_version, tables, transaction
from storage.errors import CannotOpen

STEPS = (begin,)


def bring_up_to_date(connection: Connection, path: Path) -> None:
    """Apply the steps that the database has not seen.

    Raises `CannotOpen` when a newer program made the database; nothing is changed then.
    """
    found = schema_version(connection)
    if found == len(STEPS):
        return
    if found > len(STEPS):
        raise CannotOpen(
            mark("a newer Tidewaiter made this database"),
            about=str(path),
            hint=mark("Install that version; nothing was changed."),
        )
    migrations = Migrations("hub")
    for step in STEPS:
        migrations()(step)
    migrations.apply(tables(connection))
    with transaction(connection):
        set_schema_version(connection, len(STEPS))
