"""Where a backup is restored to: the port for an empty database of any engine."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import msgspec

from domain.ids import HubId
from hub.store.sql import stored_entries
from system.database import Connection


class PresentRows(msgspec.Struct, frozen=True):
    """What is in the database to which a backup is restored."""

    hub: HubId
    is_copy: int
    """As in the table `hub`: 1 when it was restored and nobody served it since."""
    entries: int
    last_arrival: int


class RestoreTarget(Protocol):
    """A database that gets all rows of a backup at once, or none of them."""

    @property
    def about(self) -> str:
        """Its name in messages; it contains no secret."""

    def hold(self) -> AbstractContextManager[None]:
        """Nobody serves it or restores to it while the block runs. Raises `CannotServe`."""

    def present(self) -> PresentRows | None:
        """The rows that are there; None when it is empty.

        Raises `CannotServe` when it is another program's.
        """

    def scratch(self) -> AbstractContextManager[Path]:
        """A path for the copy of the backup that is prepared; what is there then is deleted."""

    def put(self, scratch: Path) -> None:
        """Make the rows of the SQLite file `scratch`, which is closed, those of the database: all
        of them, durably, or none. The file may be gone then. Raises `CannotServe` when the database
        is no longer empty.
        """


def present_rows(rows: Connection) -> PresentRows | None:
    """What the tables of a hub contain; None when no hub was made in them."""
    row = rows.execute("SELECT id, is_copy FROM hub").fetchone()
    if row is None:
        return None
    return PresentRows(
        HubId(row[0]), int(row[1]), stored_entries.count(rows), stored_entries.last_arrival(rows)
    )
