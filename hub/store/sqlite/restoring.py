"""Restores a backup to a SQLite file, which appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.words import mark
from hub.errors import CannotServe
from hub.store.claims import held_alone
from hub.store.restoring import PresentRows, present_rows
from hub.store.sqlite.database import delete_database, make_folder_of, refuse_foreign
from system.database.opener import look_into, open_plain
from system.files import move_durably


class SqliteTarget:
    """The file at `path`, which is not there yet; with `create` its folder is made."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self._path, self._create = path, create
        self.about = str(path)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """The lock of a hub that serves this file. Raises `CannotServe`."""
        if not self._create and not self._path.parent.exists():
            yield
            return
        make_folder_of(self._path)
        with held_alone(self._path.with_name(self._path.name + ".lock")):
            yield

    def present(self) -> PresentRows | None:
        """The rows that are there; None when there is no file, or one without tables."""
        if not self._path.exists():
            self._refuse_log()
            return None
        found = look_into(self._path)
        if found is not None and not found[1]:
            self._refuse_log()
            return None
        refuse_foreign(self._path)
        connection = open_plain(self._path)
        try:
            return present_rows(connection)
        finally:
            connection.close()

    def _refuse_log(self) -> None:
        """SQLite would apply the log of an older file of this name to the restored one."""
        log = self._path.with_name(self._path.name + "-wal")
        if log.exists():
            raise CannotServe(
                mark("the log of an older database is there, and the database is not"),
                about=str(log),
                hint=mark("Move it away, or name another file with --database."),
            )

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A path beside the file, so that the file only needs another name."""
        path = self._path.with_name(self._path.name + ".restoring")
        delete_database(path)
        yield path
        delete_database(path)

    def put(self, scratch: Path) -> None:
        """Give the prepared file its name."""
        move_durably(scratch, self._path)
