"""Brings a database to its present shape; the post's and the hub's alike.

The shape of a database is a list of steps, one file each, in the order in which they were made. A
step has `change(db)`, which gets a sqlite-utils database inside a transaction. The file itself
holds how many steps it has seen, so that a start without news reads one number and loads neither
the steps nor sqlite-utils.
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
    """Apply the steps that the database has not seen; True when there were any.

    `steps` are the names of the modules in `package`, oldest first. A database that holds anything
    is copied beside itself first, as `NAME.before-N`, N being the step that follows. Raises
    `CannotOpen` when a newer program made the database; nothing is changed then.
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
    from sqlite_utils import Migrations  # 100 ms that a start without news does not spend

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
    """The step, and its number in the file, in the one transaction of the step."""

    def step(db: Database) -> None:
        change(db)
        set_schema_version(connection, number)

    return step
