"""Whether the hub can take requests now, part by part."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.errors import HubError
from hub.hub import Hub
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


class Ready(msgspec.Struct, frozen=True):
    """The answer to `/health/ready`."""

    ready: bool
    parts: dict[str, PartState]


class Readiness:
    """Examines the parts of a hub; `stopping` is set when the hub is told to end."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.stopping = False

    def examine(self) -> Ready:
        """The state of each part; it may wait for the database, so it is called in a thread."""
        parts = {
            "database": self._database(),
            "photos": self._photos(),
            "process": PartState.STOPPING if self.stopping else PartState.OK,
        }
        return Ready(all(state is PartState.OK for state in parts.values()), parts)

    def _database(self) -> PartState:
        try:
            with self._hub.database.reading() as rows:
                is_known(rows)
        except (HubError, MachineError):
            return PartState.AWAY
        return PartState.OK

    def _photos(self) -> PartState:
        try:
            self._hub.objects.expect_own()
        except (HubError, MachineError, OSError):
            return PartState.AWAY
        return PartState.OK
