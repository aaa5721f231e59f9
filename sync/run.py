"""A run of synchronisation over any carrier, until both ends are equal.

One loop uses the workstation. What waits for the hub runs in lanes beside it: entries and questions
in one each, so that a new record never waits behind a photo, and up to four photos. An entry or a
photo counts as delivered only when the hub has signed for it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.statement import GivenTwice
from domain.words import mark
from storage import hub_memory, journal
from storage.feed_items import StoredFeedItem
from storage.finding import Finding
from storage.forks import forks
from storage.hub_entries import NotTaken, not_taken
from storage.hub_memory import HubFact, HubSummary
from storage.workstation import Workstation
from sync.carrier import Carrier
from sync.context import RunContext
from sync.earlier import bring_earlier
from sync.entries import EntryLane
from sync.errors import HubFailed, NoLink
from sync.feed_lane import FeedLane
from sync.lanes import Lanes, ThreadLanes
from sync.link import LinkState
from sync.photo_hours import is_time_for_photos
from sync.photos import PhotoLanes
from sync.wanted_packs import WantedPackLane
from sync.watch import LineWatch
from system.database import transaction

TRIES = 3
"""Tries in a row without any progress, after which a run gives up."""
LOOK_AGAIN = 0.25
"""Seconds after which the loop looks again for new entries, and whether it must stop."""
PROGRESS_EVERY = 0.5
"""Seconds between two reports of progress."""


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """The progress of a run: what it sends now, and the counts that the hub signed last."""

    sending: str
    """`records` or `photos`."""
    summary: HubSummary
    bytes_arrived: int = 0
    """Bytes of photos that arrived in this run, ..."""
    bytes_in_all: int = 0
    """... of how many."""
    seconds: float = 0.0
    """By the clock of the lanes: for a reader who wants fewer reports."""


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What the hub stores after a run, and the failures that did not end the run."""

    summary: HubSummary
    problems: tuple[TidewaiterError, ...]
    waiting: int
    """Entries (of all kinds) and photos that the hub has not signed for."""
    given_twice: tuple[GivenTwice, ...] = ()
    """Seizure numbers of this workstation that records of other workstations have too, with the
    other workstation.
    """
    came_back: int = 0
    """Number of our entries that were missing in this folder and came back from the hub."""
    forks: tuple[Finding, ...] = ()
    """Points in the journal after which two copies of this folder were used."""

    not_taken: tuple[NotTaken, ...] = ()
    """What the hub did not take, also in earlier runs."""
    piece_limit: int | None = None
    """Bytes that a proxy before the hub lets through in a request, if it refused larger ones."""
    photos_may_go: bool = True
    """Whether photos may be sent now; else those that wait, wait for their time of day."""
    came: tuple[StoredFeedItem, ...] = ()
    """What headquarters gave out and came down in this run."""

    @property
    def complete(self) -> bool:
        """Whether the hub signed for everything."""
        return self.waiting == 0


def synchronise(
    ws: Workstation,
    connect: Callable[[], Carrier],
    *,
    tries: int = TRIES,
    lanes: Lanes | None = None,
    progress: Callable[[SyncProgress], None] = lambda _: None,
    trying_again: Callable[[NoLink | HubFailed], None] = lambda _: None,
    chance: Callable[[], float] = random.random,
) -> SyncOutcome:
    """Bring the hub up to date; give up after `tries` in a row that brought nothing.

    `connect` opens the carrier; `trying_again` is called with the error before each pause. Raises
    `SyncError`: `NoLink` and `HubFailed` after the last try, every other error at once.
    """
    with closing(connect()) as carrier:
        return SyncRun(
            ws,
            carrier,
            tries=tries,
            lanes=lanes,
            progress=progress,
            trying_again=trying_again,
            chance=chance,
        ).go()


class SyncRun:
    """One run of synchronisation. It can be cancelled and repeated at any point."""

    def __init__(
        self,
        ws: Workstation,
        carrier: Carrier,
        *,
        tries: int = TRIES,
        lanes: Lanes | None = None,
        progress: Callable[[SyncProgress], None] = lambda _: None,
        changed: Callable[[Changes], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        trying_again: Callable[[NoLink | HubFailed], None] = lambda _: None,
        photos_may_go: Callable[[], bool] = lambda: True,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`photos_may_go`: whether the line is one for photos now; records always go."""
        self._lanes = lanes or ThreadLanes()
        self._link = LinkState(tries, chance=chance, failed=trying_again)
        self._run = RunContext(ws, carrier, self._lanes, self._link, changed, cancelled)
        self._progress = progress
        self._entries = EntryLane(self._run)
        self._photos_may_go = photos_may_go
        self._photos = PhotoLanes(self._run, self._photos_are_allowed)
        self._watch = LineWatch(self._run)
        self._feed = FeedLane(self._run)
        self._wanted_packs = WantedPackLane(self._run)
        self._opened = False
        self._noticed: object = None
        self._reported: object = None
        self._reported_at = float("-inf")

    @property
    def moved(self) -> bool:
        """Whether anything arrived at the hub in this run."""
        return self._link.moved

    def hurry(self) -> None:
        """End a pause at once; may be called from any thread."""
        self._lanes.post(self._link.hurry)

    def go(self) -> SyncOutcome:
        """Bring the hub up to date. Raises `SyncError` when the link fails too often."""
        while not self._run.cancelled():
            if self._link.error and self._link.exhausted and not self._run.busy:
                raise self._link.error
            pause = self._link.pause(self._lanes.now())
            if not pause and not self._link.exhausted:
                self._begin()
                if self._is_finished():
                    break
            self._watch.look()
            self._report()
            for call in self._lanes.wait(min(pause or LOOK_AGAIN, LOOK_AGAIN)):
                call()
        if self._run.ws.earlier() and not self._run.cancelled():
            bring_earlier(self._run.ws, self._run.carrier)
        return self._outcome()

    def _begin(self) -> None:
        """Start all work that may start now; records first."""
        run = self._run
        self._entries.begin()
        state = (journal.head_hash(run.ws.db), run.statement)
        if state != self._noticed:
            self._noticed = state
            self._photos.look()
        if run.may_ask():
            self._photos.ask()
        if run.asks_more and not run.asking and not self._entries.busy:
            self._entries.ask()
        if self._opened or not self._entries.busy:
            self._photos.begin()
        # a moment later than the first batch, which the photos would slow down
        self._opened = True
        self._feed.begin()
        self._wanted_packs.begin()

    def _photos_are_allowed(self) -> bool:
        """Whether it is the time of day for photos, and the line is one for them."""
        return is_time_for_photos(self._run.ws) and self._photos_may_go()

    def _is_finished(self) -> bool:
        return not (
            self._run.busy
            or self._entries.waits
            or self._photos.waits
            or self._feed.waits
            or self._wanted_packs.waits
            or self._run.asks_more
        )

    def _outcome(self) -> SyncOutcome:
        db = self._run.ws.db
        return SyncOutcome(
            hub_memory.summary(db),
            tuple(self._run.problems),
            hub_memory.count_waiting(db),
            self._run.given_twice,
            self._entries.came_back,
            tuple(forks(db, self._run.ws.device)),
            not_taken(db),
            self._note_piece_limit(),
            self._photos_are_allowed(),
            self._feed.came,
        )

    def _note_piece_limit(self) -> int | None:
        limit = self._run.carrier.piece_limit
        if limit is not None:
            db, today = self._run.ws.db, self._run.ws.now().local_date.isoformat()
            with transaction(db):
                hub_memory.remember(db, HubFact.PIECE, f"{limit} {today}".encode())
        return limit

    def _report(self) -> None:
        state = (self._run.statement, self._photos.bytes_arrived)
        now = self._lanes.now()
        if self._run.statement is None or state == self._reported:
            return
        if now < self._reported_at + PROGRESS_EVERY:
            return
        self._reported, self._reported_at = state, now
        sending = mark("records") if self._entries.waits else mark("photos")
        summary = hub_memory.summary(self._run.ws.db)
        self._progress(SyncProgress(sending, summary, *self._photos.bytes_arrived, now))
