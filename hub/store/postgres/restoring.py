"""Restores a backup to a PostgreSQL database: all rows in one transaction."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.words import mark
from hub.errors import CannotServe
from hub.store.postgres.database import PostgresDatabase, database_exists
from hub.store.postgres.rows import PostgresRows
from hub.store.restoring import PresentRows, present_rows
from hub.store.sqlite.copy import CopiedTable, Put, copy_all, listed, tables_in
from hub.store.sqlite.database import SqliteDatabase
from system.database import Connection, Row

NUMBERED = """
    SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND is_identity = 'YES'
"""


class PostgresTarget:
    """The database at the address; with `create` its tables are made when they are missing."""

    def __init__(self, url: str, *, create: bool) -> None:
        self._database = (
            PostgresDatabase(url, create=create) if create or database_exists(url) else None
        )
        self.about = url.partition("?")[0]

    @contextmanager
    def hold(self) -> Iterator[None]:
        """No hub serves the database. Raises `CannotServe`."""
        if self._database is None:
            yield
            return
        try:
            with self._database.alone():
                yield
        finally:
            self._database.close()

    def present(self) -> PresentRows | None:
        """The rows that are there; None when there are none."""
        if self._database is None:
            return None
        with self._database.reading() as rows:
            return present_rows(rows)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A path in a temporary folder, which `TMPDIR` names."""
        with tempfile.TemporaryDirectory(prefix="tidewaiter-restore-") as folder:
            yield Path(folder) / "hub.sqlite"

    def put(self, scratch: Path) -> None:
        """Copy all rows in one transaction."""
        assert self._database is not None
        source = SqliteDatabase(scratch)
        try:
            with source.reading() as rows, self._database.writing(("hub",)) as target:
                if present_rows(target) is not None:
                    raise CannotServe(
                        mark("somebody began a hub in this database meanwhile"),
                        about=self.about,
                        hint=mark("Name an empty database with --database."),
                    )
                copy_all(rows, tables_in(rows), _by_copy(target))
                _number_on(target)
        finally:
            source.close()


def open_target(url: str, *, create: bool) -> PostgresTarget:
    """The database at the address. Raises `CannotServe`."""
    return PostgresTarget(url, create=create)


def _by_copy(target: PostgresRows) -> Put:
    """Writes rows by COPY."""

    def put(table: CopiedTable, pages: Iterable[list[Row]]) -> None:
        target.copy_in(f'"{table.name}" ({listed(table.columns)})', pages)

    return put


def _number_on(rows: Connection) -> None:
    """New rows get numbers after the restored ones."""
    for table, column in rows.execute(NUMBERED).fetchall():
        rows.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"
            f' greatest(max("{column}"), 1), max("{column}") IS NOT NULL) FROM "{table}"'
        ).fetchall()
