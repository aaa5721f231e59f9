"""Packs that the hub wants, because records name them and it lacks their words."""

from __future__ import annotations

from domain.errors import TidewaiterError
from domain.ids import PackHash
from domain.interception.record import PackRef
from storage import packs
from sync.context import RunContext
from sync.errors import HubFailed, NoLink


class WantedPackLane:
    """Sends each of them once in a run, one at a time; one that is not here is not sent."""

    def __init__(self, run: RunContext) -> None:
        self._run = run
        self._tried: set[PackRef] = set()
        self._busy = False

    @property
    def waits(self) -> bool:
        """Whether a pack is still to be sent."""
        return self._busy or self._next() is not None

    def begin(self) -> None:
        """Start what is next, if anything is."""
        found = None if self._busy else self._next()
        if found is None:
            return
        pack, data = found
        self._busy = True
        self._run.start(
            lambda _: self._run.carrier.send_pack(pack, data),
            lambda _: self._ended(pack),
            lambda error: self._failed(pack, error),
        )

    def _next(self) -> tuple[PackRef, bytes] | None:
        wanted = self._run.statement.packs_wanted if self._run.statement else ()
        for pack in wanted:
            if pack not in self._tried:
                data = packs.file_of(self._run.ws.db, pack)
                if data is not None and PackHash.of(data) == pack.sha256:
                    return pack, data
                self._tried.add(pack)
        return None

    def _ended(self, pack: PackRef) -> None:
        self._busy = False
        self._tried.add(pack)
        self._run.progressed()

    def _failed(self, pack: PackRef, error: TidewaiterError) -> None:
        """Tried again after a cut; a pack that the hub refuses stops nothing else."""
        self._busy = False
        if not isinstance(error, NoLink | HubFailed):
            self._tried.add(pack)
            self._run.problems.append(error)
