"""A database as sqlite-utils sees it: its shape, and rows off the hot paths."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlcipher3
from sqlcipher3 import dbapi2

from system.database import Connection

if TYPE_CHECKING:
    import sqlite_utils

# sqlite-utils looks for a module `pysqlite3` before the system's `sqlite3`, and catches that
# module's errors. Under this name it finds the library that our connections come from; with the
# system's own it would not recognise a single error of theirs.
sys.modules.setdefault("pysqlite3", sqlcipher3)


def tables(connection: Connection) -> sqlite_utils.Database:
    """The connection as a sqlite-utils database: schema, migrations, queries off the hot path."""
    import sqlite_utils  # costs 100 ms at start, and the window does not need it

    return sqlite_utils.Database(connection)  # type: ignore[arg-type]


def statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would commit the migration's transaction."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if dbapi2.complete_statement(held):
            yield held
            held = ""
