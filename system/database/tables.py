"""Opens a database with sqlite-utils: for its schema, and for queries that need no speed."""

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
# module's errors. This name gives it the library that our connections use; it could not recognise
# their errors with the system's library.
sys.modules.setdefault("pysqlite3", sqlcipher3)


def tables(connection: Connection) -> sqlite_utils.Database:
    """The connection as a sqlite-utils database: schema, migrations, queries that need no speed."""
    import sqlite_utils  # takes 100 ms at start, and the window does not need it

    return sqlite_utils.Database(connection)  # type: ignore[arg-type]


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one; `executescript` would commit the open transaction."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if dbapi2.complete_statement(held):
            yield held
            held = ""
