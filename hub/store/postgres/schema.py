"""Prepares a PostgreSQL database for a hub, and refuses one that it cannot use.

The schema is the result of numbered steps, as with SQLite. The database stores the number of the
newest step, and the lowest number that a program must know to use it: so an older program goes on
while a newer one is put in place, and a step back stays possible where a step allows it.
"""

from __future__ import annotations

from typing import TypeAlias

import psycopg

from domain.words import mark
from hub.errors import CannotServe
from hub.store.postgres.migrations import STEPS
from system.database import Row

Server: TypeAlias = psycopg.Connection[Row]
OLDEST_SERVER = 150_000
CLASS = 0x5457
"""First number of the advisory locks of a hub, but for those of photos: `TW`."""
OF_PHOTOS = CLASS + 1
MIGRATING, SERVING = 2_000, 2_002
"""Second numbers of the locks of a process that changes the schema, and of one that serves. Another
one is in the rule `losses_in_order`, and names have those below.
"""

UNKNOWN = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples <= 0
        AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 0
    ORDER BY relname
"""


def bring_up_to_date(connection: Server, about: str, *, create: bool) -> None:
    """Apply the new steps; only `create` makes the tables of a new hub.

    Raises `CannotServe` when the server is too old, has another encoding or cannot be written, when
    the database belongs to another program, and when a newer program made it.
    """
    _refuse_server(connection, about)
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock($1, $2)", (CLASS, MIGRATING))
        done, needed = _version(connection, about, create=create)
        if needed > len(STEPS):
            raise CannotServe(
                mark("a newer Tidewaiter made this database"),
                about=about,
                hint=mark("Install that version; nothing was changed."),
            )
        for number, step in enumerate(STEPS[done:], start=done + 1):
            for statement in step.STATEMENTS:
                connection.execute(statement)
            connection.execute(
                "UPDATE hub_schema SET version = $1, needed = $2",
                (number, number if step.NEEDED is None else step.NEEDED),
            )


def make_missing_statistics(connection: Server) -> None:
    """Let the server look at tables in which it knows of no rows though they have some, as after
    `pg_upgrade` and in the first minute after a restore. Without statistics it takes half a table
    for what a hundred keys name, and reads all of it. Later the server looks by itself.
    """
    for (table,) in connection.execute(UNKNOWN).fetchall():
        connection.execute(f'ANALYZE "{table}"'.encode())


def exists(connection: Server) -> bool:
    """Whether the database is a hub's."""
    row = connection.execute("SELECT to_regclass('hub_schema') IS NOT NULL").fetchone()
    return bool(row and row[0])


def _version(connection: Server, about: str, *, create: bool) -> tuple[int, int]:
    """The number of applied steps, and the lowest number that a program must know."""
    if not exists(connection):
        row = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        ).fetchone()
        if row and row[0]:
            raise CannotServe(
                mark("this is not the database of a hub; nothing was changed in it"),
                about=about,
                hint=mark("Name the hub's own with --database, or an empty one for a new hub."),
            )
        if not create:
            raise CannotServe(
                mark("there is no hub here"),
                about=about,
                hint=mark("Start one with: main.py hub serve."),
            )
        connection.execute(
            "CREATE TABLE hub_schema (version bigint NOT NULL, needed bigint NOT NULL)"
        )
        connection.execute("INSERT INTO hub_schema (version, needed) VALUES (0, 0)")
    found = connection.execute("SELECT version, needed FROM hub_schema").fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


def _refuse_server(connection: Server, about: str) -> None:
    if connection.info.server_version < OLDEST_SERVER:
        raise CannotServe(
            mark("this PostgreSQL is too old; the hub needs version 15 or newer"), about=about
        )
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise CannotServe(
            mark("the database does not have the encoding UTF-8"),
            about=about,
            hint=mark("Make it with: createdb --encoding=UTF8 --template=template0 NAME."),
        )
