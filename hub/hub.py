"""The parts of a hub, in objects that are passed to the code that needs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from domain.instant import Instant
from hub.pictures import Pictures
from hub.store.port import Database, Objects
from hub.store.sql.identity import HubIdentity, Random


@dataclass(frozen=True, slots=True)
class Registry:
    """The hub's database and identity, without the photos: enough to enrol and to list.

    At the end of a `with` block it is closed.
    """

    database: Database
    identity: HubIdentity
    now: Callable[[], Instant]
    random: Random

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Hub(Registry):
    """The parts of a running hub; safe to use from any thread."""

    objects: Objects
    pictures: Pictures

    def close(self) -> None:
        """Close the database and end the decoder processes."""
        self.pictures.close()
        self.database.close()
