"""Copies rows between the engines: a backup is a SQLite file of all rows, whatever the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import msgspec

from hub.store.sqlite.database import SqliteDatabase, appearing
from system.database import Connection, Row

AT_ONCE = 200
"""Rows that are in memory at the same time."""
LARGE = {"early_batch": 4, "pack": 4}
"""As `AT_ONCE`, for tables with many megabytes in a row."""

SIGN_INS = "sign_in"
"""The table of the sign-ins that are open; a hub has it since it has accounts."""


class CopiedTable(msgspec.Struct, frozen=True):
    """A table of a hub; `key` are the columns of its primary key, in their order."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


Put: TypeAlias = Callable[[CopiedTable, Iterable[list[Row]]], None]
"""Writes the rows of a table, page by page, into an empty one."""


@contextmanager
def copied_rows(
    rows: Connection, path: Path, progress: Callable[[int], None] = lambda _: None
) -> Iterator[SqliteDatabase]:
    """All rows in a new SQLite file, open in the block; at `path` when it ends without error."""
    with appearing(path) as part:
        copy = SqliteDatabase(part)
        try:
            with copy.writing() as target:
                copy_all(rows, tables_in(target), by_insert(target), progress)
            yield copy
        finally:
            copy.close()


def tables_in(rows: Connection) -> list[CopiedTable]:
    """The tables of a hub in SQLite, in the order of their steps, so that a row comes after those
    to which it refers.
    """
    names = rows.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
        " ORDER BY rowid"
    ).fetchall()
    found = []
    for (name,) in names:
        info = rows.execute(
            "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (name,)
        ).fetchall()
        key = tuple(column for column, pk in sorted(info, key=lambda each: each[1]) if pk)
        found.append(CopiedTable(name, tuple(column for column, _ in info), key))
    return found


def copy_all(
    source: Connection,
    tables: list[CopiedTable],
    put: Put,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Copy all rows of the tables, which are empty where `put` writes them; of any engine to any
    engine. Only a page of them is in memory.
    """
    count = 0

    def counted(pages: Iterable[list[Row]]) -> Iterator[list[Row]]:
        nonlocal count
        for found in pages:
            yield found
            count += len(found)
            progress(count)

    for table in tables:
        put(table, counted(_pages(source, table)))


def by_insert(target: Connection) -> Put:
    """Writes rows by statements, which any engine has."""

    def put(table: CopiedTable, pages: Iterable[list[Row]]) -> None:
        marks = ", ".join("?" * len(table.columns))
        into = f'INSERT INTO "{table.name}" ({listed(table.columns)}) VALUES ({marks})'
        for found in pages:
            target.executemany(into, found)

    return put


def end_sign_ins(rows: Connection) -> None:
    """Delete the sign-ins of people from restored rows: whoever ended one after the backup must not
    find it open again.
    """
    if SIGN_INS in {table.name for table in tables_in(rows)}:
        rows.execute(f'DELETE FROM "{SIGN_INS}"')


def _pages(rows: Connection, table: CopiedTable) -> Iterator[list[Row]]:
    """The rows of the table, in the order of its key; a table without one is small."""
    columns = listed(table.columns)
    if not table.key:
        yield rows.execute(f'SELECT {columns} FROM "{table.name}"').fetchall()
        return
    limit, order = LARGE.get(table.name, AT_ONCE), listed(table.key)
    after = f"WHERE ({order}) > ({', '.join('?' * len(table.key))})"
    last: list[object] = []
    while found := rows.execute(
        f'SELECT {columns} FROM "{table.name}" {after if last else ""} ORDER BY {order}'
        f" LIMIT {limit}",
        last,
    ).fetchall():
        yield found
        last = [found[-1][table.columns.index(column)] for column in table.key]


def listed(columns: Iterable[str]) -> str:
    """The names of columns, as a statement has them."""
    return ", ".join(f'"{column}"' for column in columns)
