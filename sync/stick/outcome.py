"""What a run of the export says: how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import TidewaiterError
from storage.exports import Bundle
from sync.stick.content import SetAside
from system.errors import StickFailed


@dataclass(frozen=True)
class ExportProgress:
    """How far a run is: the file that is written, and bytes of all files of this run."""

    file: str
    part: int
    parts: int
    done: int
    total: int


@dataclass(frozen=True)
class WrittenBundle:
    """A bundle that is complete on the stick."""

    path: Path
    part: int
    parts: int
    entries: int
    photos: int
    size: int


@dataclass
class ExportOutcome:
    """What a run wrote, what it left out, and what is in bundles that were written before."""

    written: list[WrittenBundle] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    before: tuple[Bundle, ...] = ()
    """Bundles of earlier runs whose content the hub has not signed for."""
    left: int = 0
    """Bundles that are still to be written, because the stick failed or the run was cancelled."""
    problem: StickFailed | None = None
    passed_over: TidewaiterError | None = None
    """Why the hub's answer on the stick was not taken."""
    cancelled: bool = False
    flushed: bool = False
    """Whether all that was written is on the stick and no longer in the memory of the computer."""

    @property
    def complete(self) -> bool:
        """Whether everything that waits is in a finished bundle."""
        return not (self.left or self.set_aside or self.problem or self.cancelled)
