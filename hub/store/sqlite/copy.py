"""A copy of the rows of any engine as a SQLite file: backups have one format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.store.sqlite.database import SqliteDatabase
from system.database import Connection
from system.files import flush_folder

AT_ONCE = 500
"""Rows that are in memory at the same time."""


@contextmanager
def copied_rows(rows: Connection, path: Path) -> Iterator[SqliteDatabase]:
    """All rows in a new SQLite file, open in the block; at `path` when it ends without error."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    copy = SqliteDatabase(part)
    try:
        with copy.writing() as target:
            for table, (columns, key) in _tables(target).items():
                _copy(rows, target, table, columns, key)
        yield copy
    finally:
        copy.close()
    part.replace(path)
    flush_folder(path.parent)


def _tables(target: Connection) -> dict[str, tuple[list[str], list[str]]]:
    """The tables of a hub in the order of their steps, each with its columns and its key."""
    names = target.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
        " ORDER BY rowid"
    ).fetchall()
    found = {}
    for (name,) in names:
        info = target.execute(
            "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (name,)
        ).fetchall()
        key = [column for column, pk in sorted(info, key=lambda each: each[1]) if pk]
        found[name] = ([column for column, _ in info], key)
    return found


def _copy(
    rows: Connection, target: Connection, table: str, columns: list[str], key: list[str]
) -> None:
    """Copy the rows of one table, in the order of its key; one without a key is small."""
    listed = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    insert = f'INSERT INTO "{table}" ({listed}) VALUES ({marks})'
    if not key:
        target.executemany(insert, rows.execute(f'SELECT {listed} FROM "{table}"').fetchall())
        return
    order = ", ".join(f'"{column}"' for column in key)
    after = f"WHERE ({order}) > ({', '.join('?' * len(key))})"
    last: list[object] = []
    while found := rows.execute(
        f'SELECT {listed} FROM "{table}" {after if last else ""} ORDER BY {order} LIMIT {AT_ONCE}',
        last,
    ).fetchall():
        target.executemany(insert, found)
        last = [found[-1][columns.index(column)] for column in key]
