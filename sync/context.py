"""What the parts of a run share: the workstation, the carrier, the lanes and the link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

from acts.hub.acknowledge import acknowledge
from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.ids import PhotoHash
from domain.statement import Acknowledgement, GivenTwice
from storage import hub_memory
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from sync.carrier import Carrier
from sync.errors import HubFailed, NoLink
from sync.lanes import Lanes
from sync.link import LinkState

T = TypeVar("T")


@dataclass(eq=False)
class _Work:
    """A piece of work in a lane."""

    broke: Callable[[TidewaiterError], None]
    abandoned: Event = field(default_factory=Event)


@dataclass
class RunContext:
    """One run; only its loop calls these methods."""

    ws: Workstation
    carrier: Carrier
    lanes: Lanes
    link: LinkState
    changed: Callable[[Changes], None]
    cancelled: Callable[[], bool]
    problems: list[TidewaiterError] = field(default_factory=list)
    """Failures that did not end the run."""
    statement: Acknowledgement | None = None
    """The newest statement of the hub about entries in this run."""
    given_twice: tuple[GivenTwice, ...] = ()
    last_sign: float = 0.0
    """When the line last gave a sign of life, by the clock of the lanes."""
    asking: int = 0
    """Questions whose answer is a statement, on their way."""
    fetches: bool = True
    """Whether entries that are missing here can be fetched from the hub."""
    asks_more: bool = True
    """Whether the hub must be asked for a statement: it gave none yet, or it lost more photos."""
    _under_way: list[_Work] = field(default_factory=list)
    _heard: int = 0
    """Number of answers about entries."""

    @property
    def losses(self) -> int:
        """The number of the hub's last loss that is noted here, for the next question."""
        return hub_memory.number(self.ws.db, HubFact.LOSSES)

    @property
    def protocol(self) -> int | None:
        """The protocol that the hub speaks; None before its first statement."""
        known = hub_memory.number(self.ws.db, HubFact.PROTOCOL)
        return known or None

    @property
    def acquainted(self) -> bool:
        """Whether the hub answered before, with nonces: then its answers may overtake each other.

        A hub without nonces is believed only in the order in which it signs.
        """
        db = self.ws.db
        return all(
            hub_memory.remembered(db, fact) is not None
            for fact in (HubFact.EPOCH, HubFact.KNOWS_NONCES)
        )

    def start(
        self,
        work: Callable[[Callable[[], bool]], T],
        then: Callable[[T], None],
        failed: Callable[[TidewaiterError], None],
    ) -> None:
        """Give work to a lane. `failed` hears of every error; the link's are counted before.

        The work is given a function that says whether it must stop.
        """
        attempt = self.link.attempt
        if not self._under_way:
            self.sign()

        def broke(error: TidewaiterError) -> None:
            if isinstance(error, NoLink | HubFailed):
                self.link.failed(error, attempt, self.lanes.now(), self.ws.now())
            failed(error)

        one = _Work(broke)
        self._under_way.append(one)

        def over(call: Callable[[], None]) -> None:
            if one in self._under_way:
                self._under_way.remove(one)
                self.sign()
                call()

        def stops() -> bool:
            return one.abandoned.is_set() or self.cancelled()

        self.lanes.start(
            lambda: work(stops),
            lambda result: over(lambda: then(result)),
            lambda error: over(lambda: broke(error)),
        )

    @property
    def busy(self) -> bool:
        """Whether any work has not ended."""
        return bool(self._under_way)

    def sign(self) -> None:
        """The line gave a sign of life."""
        self.last_sign = self.lanes.now()

    def abandon(self, error: NoLink) -> None:
        """Give up all work under way, whose connections are dead; what it still says is passed
        over.
        """
        self.carrier.reopen()
        left, self._under_way = self._under_way, []
        for one in left:
            one.abandoned.set()
            one.broke(error)

    def ask(
        self,
        question: Callable[[], Acknowledgement],
        then: Callable[[Acknowledgement], None],
        failed: Callable[[TidewaiterError], None],
        photos: tuple[PhotoHash, ...] | None = None,
    ) -> None:
        """Put a question to the hub and store what it signs before `then` is called.

        `photos` are those of a question about photos, which may be on its way together with one
        about entries. When that was answered meanwhile, this answer may be the older one.
        """
        heard, losses = self._heard, self.losses
        self.asking += 1

        def answered(statement: Acknowledgement) -> None:
            self.asking -= 1
            self.asks_more = bool(statement.lost) and statement.losses > losses
            overtaken = photos is not None and heard != self._heard
            self.changed(
                acknowledge(
                    self.ws,
                    statement,
                    photos or (),
                    overtaken=overtaken,
                    fetchable=self.fetches,
                )
            )
            if photos is None:
                self._heard += 1
            if not overtaken:
                self.statement = statement
                self.given_twice = statement.given_twice
            then(statement)

        def broke(error: TidewaiterError) -> None:
            self.asking -= 1
            failed(error)

        self.start(lambda _: question(), answered, broke)

    def may_ask(self) -> bool:
        """Whether a question about photos may be put now."""
        return self.acquainted or not self.asking

    def progressed(self) -> None:
        """Something arrived at the hub."""
        self.link.progressed(self.lanes.now())
