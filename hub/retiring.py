"""Retires the old database of a hub that is restored elsewhere, so that nobody serves it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from domain.words import mark
from hub.errors import CannotServe
from hub.store.addresses import open_database
from hub.store.port import Database
from hub.store.restoring import PresentRows, present_rows
from hub.store.sql.identity import RETIRED, retire


class OldHub:
    """The old database, which nobody serves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def retire(self) -> None:
        """Refuse whoever wants to serve it from now on."""
        retire(self._database)


@contextmanager
def old_hub(url: str, restored: PresentRows) -> Iterator[OldHub]:
    """The old database at the address, open and held in the block.

    Raises `CannotServe` while it is served, when it is another hub's, and when it has entries that
    came after the backup.
    """
    database = open_database(url, create=False)
    try:
        with database.alone():
            with database.reading() as rows:
                old = present_rows(rows)
            if old is None or old.hub != restored.hub:
                raise CannotServe(
                    mark("the database to retire is not of the hub in the backup"),
                    about=url.partition("?")[0],
                    hint=mark("Name the old database of this hub with --retire."),
                )
            if old.last_arrival > restored.last_arrival and old.is_copy != RETIRED:
                raise CannotServe(
                    mark("the database to retire has entries that came after this backup"),
                    about=url.partition("?")[0],
                    hint=mark("Make another backup while it is not served, then restore that."),
                )
            yield OldHub(database)
    finally:
        database.close()
