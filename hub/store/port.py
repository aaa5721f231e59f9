"""The port to the hub's rows: a database that gives consistent reads and one-piece writes.

The SQL in this folder is written once, in the words that SQLite and PostgreSQL share: `?` for a
parameter, `INSERT ... ON CONFLICT`, row values, no function that only one of them has. What is an
engine's own (opening, locking, migrations, backup) is behind this port.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from system.database import Connection


class Database(Protocol):
    """Rows of the hub. Safe to use from any thread."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A consistent view of what is committed."""

    def writing(self, about: Sequence[str] = ()) -> AbstractContextManager[Connection]:
        """One transaction: all of it is durable when the block ends, or none of it happened.

        Two transactions about the same name follow one another; an engine with a single writer
        lets all follow one another.
        """

    def hold(self) -> AbstractContextManager[None]:
        """As long as it is open no other hub serves these rows. Raises `CannotServe`."""

    def copy_to(self, path: Path) -> None:
        """A consistent copy in a new file, made while the hub works."""

    def close(self) -> None:
        """Give all connections back."""
