"""Updates the schema of a database, of the post or of the hub.

The schema is the result of a list of steps, one file each, oldest first. A step has `change(db)`,
which gets a sqlite-utils database inside a transaction. The database stores how many steps were
applied, so a start without new steps reads one number and loads neither the steps nor sqlite-utils.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from domain.words import mark
from system.database import Connection
from system.database.copies import copy_into
from system.database.header import schema_version, set_schema_version
from system.database.tables import tables
from system.errors import CannotOpen

if TYPE_CHECKING:
    from sqlite_utils import Database


def bring_up_to_date(
    connection: Connection, path: Path, package: str, steps: Sequence[str]
) -> bool:
    """Apply the new steps to the database; True when there were any.

    `steps` are the names of the modules in `package`, oldest first. A database with tables is first
    copied to `NAME.before-N` in its folder; N is the number of the next step. Raises `CannotOpen`
    when a newer program made the database; nothing is changed then.
    """
    done = schema_version(connection)
    if done == len(steps):
        return False
    if done > len(steps):
        raise CannotOpen(
            mark("a newer Tidewaiter made this database"),
            about=str(path),
            hint=mark("Install that version; nothing was changed."),
        )
    from sqlite_utils import Migrations  # saves 100 ms at a start without new steps

    if done:
        copy_into(connection, path.with_name(f"{path.name}.before-{done + 1}"))
    migrations = Migrations(package)
    for number, name in enumerate(steps[done:], start=done + 1):
        change = importlib.import_module(f"{package}.{name}").change
        migrations(name=name)(_counted(change, connection, number))
    migrations.apply(tables(connection))
    return True


def _counted(
    change: Callable[[Database], None], connection: Connection, number: int
) -> Callable[[Database], None]:
    """A step that also stores its number, in the same transaction."""

    def step(db: Database) -> None:
        change(db)
        set_schema_version(connection, number)

    return step
