"""Whether the hub can take requests now, part by part."""

from __future__ import annotations

from concurrent.futures import Future
from enum import StrEnum
from threading import Lock, Thread

import msgspec

from hub.errors import HubError
from hub.hub import Hub
from hub.space import Space
from hub.store.sql.identity import is_known
from system.errors import MachineError


class PartState(StrEnum):
    """The state of one part; these words never change (docs/protocol.md)."""

    OK = "ok"
    AWAY = "away"
    """It does not answer, or the folder is not this hub's."""
    LOW = "low"
    """Less space is free than its floor: photos wait."""
    FULL = "full"
    """Less space is free than the lower floor: records wait too."""
    STOPPING = "stopping"


FOR_RECORDS = ("database", "disk", "process")
WITHIN, WITHIN_FOR_RECORDS = 3.0, 0.5
"""Seconds in which the store for photos answers, else it counts as away: a store that takes
connections and says nothing must not keep a proxy waiting. Records do not need it at all.
"""
TAKING = (PartState.OK, PartState.LOW)
"""States in which requests are answered: where the disk is low only photos wait."""


class Ready(msgspec.Struct, frozen=True):
    """The answer to `/health/ready`."""

    ready: bool
    parts: dict[str, PartState]


class Readiness:
    """Examines the parts of a hub; `stopping` is set when the hub is told to end."""

    def __init__(self, hub: Hub, space: Space) -> None:
        self._hub = hub
        self.space = space
        self.stopping = False
        self._lock = Lock()
        self._asked: Future[PartState] | None = None

    def examine(self, *, for_records: bool = False) -> Ready:
        """The state of each part; with `for_records` only what records need must be in order. It
        may wait for the database, and three seconds for the photos, so it is called in a thread.
        """
        parts = {
            "database": self._database(),
            "photos": self._photos(WITHIN_FOR_RECORDS if for_records else WITHIN),
            "disk": self._disk(),
            "process": PartState.STOPPING if self.stopping else PartState.OK,
        }
        asked = parts.values() if not for_records else [parts[name] for name in FOR_RECORDS]
        return Ready(all(state in TAKING for state in asked), parts)

    def _database(self) -> PartState:
        try:
            with self._hub.database.reading() as rows:
                is_known(rows)
        except (HubError, MachineError):
            return PartState.AWAY
        return PartState.OK

    def _disk(self) -> PartState:
        if not self.space.records_have_room():
            return PartState.FULL
        return PartState.OK if self.space.photos_have_room() else PartState.LOW

    def _photos(self, seconds: float) -> PartState:
        """Ask in a thread of its own; whoever asks meanwhile waits for the same answer, so that a
        store that hangs costs one thread. It is a daemon: the end of the hub does not wait for it.
        """
        with self._lock:
            asked = self._asked
            if asked is None or asked.done():
                asked = self._asked = Future()
                Thread(target=self._ask_photos, args=(asked,), daemon=True).start()
        try:
            return asked.result(seconds)
        except TimeoutError:
            return PartState.AWAY

    def _ask_photos(self, asked: Future[PartState]) -> None:
        try:
            self._hub.objects.expect_own()
        except (HubError, MachineError, OSError):
            asked.set_result(PartState.AWAY)
        except BaseException as error:
            asked.set_exception(error)
            raise
        else:
            asked.set_result(PartState.OK)
