"""A run of synchronisation: sends and fetches step by step, over any carrier, until both ends are
equal. An entry or a photo counts as delivered only when the hub has signed for it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from acts.hub.acknowledge import acknowledge
from acts.hub.take_back import take_back
from acts.session import Session
from acts.station.adopt_pack import adopt_pack
from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.ids import PhotoHash
from domain.interception.record import PackRef
from domain.statement import Acknowledgement, GivenTwice
from domain.words import mark
from storage import hub_memory, journal
from storage.finding import Finding
from storage.forks import forks
from storage.hub_memory import HubSummary
from storage.workstation import Workstation
from sync.carrier import Carrier
from sync.errors import HubFailed, HubRefused, HubUnintelligible, NoLink
from sync.pace import FOREGROUND, Pace
from sync.plan import (
    PHOTOS_ASKED_AT_ONCE,
    PHOTOS_SENT_AT_ONCE,
    FetchEntries,
    NothingToSend,
    Step,
    in_groups,
    next_step,
)
from system.errors import MachineError

HUB = Session("hub")
"""The actor in the journal when a pack from the hub is adopted."""
SIDE_BY_SIDE = 4
"""Photos sent at the same time: one stream cannot fill a link that is slow to answer or loses
packets."""


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """The progress of a run: what it sends now, and the counts that the hub signed last."""

    sending: str
    """`records` or `photos`."""
    summary: HubSummary


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

    @property
    def complete(self) -> bool:
        """Whether the hub signed for everything."""
        return self.waiting == 0


def synchronise(
    ws: Workstation,
    connect: Callable[[], Carrier],
    *,
    tries: int,
    progress: Callable[[SyncProgress], None] = lambda _: None,
    trying_again: Callable[[NoLink | HubFailed], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
    chance: Callable[[], float] = random.random,
) -> SyncOutcome:
    """Bring the hub up to date, in at most `tries` runs with growing pauses between them.

    `connect` opens a new carrier for each run, which continues from what the hub stores then;
    `trying_again` is called with the error before each pause. Raises `SyncError`: `NoLink` and
    `HubFailed` after the last try, every other error at once.
    """
    pace = Pace(FOREGROUND)
    while True:
        try:
            with closing(connect()) as carrier:
                return SyncRun(ws, carrier, progress=progress).go()
        except (NoLink, HubFailed) as error:
            pace = pace.failed(ws.now())
            if pace.failures >= tries:
                raise
            trying_again(error)
            sleep(pace.pause(chance()))


class SyncRun:
    """One run of synchronisation. It can be cancelled and repeated at any point."""

    def __init__(
        self,
        ws: Workstation,
        carrier: Carrier,
        *,
        progress: Callable[[SyncProgress], None] = lambda _: None,
        changed: Callable[[Changes], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._ws = ws
        self._carrier = carrier
        self._progress = progress
        self._changed = changed
        self._cancelled = cancelled
        self._problems: list[TidewaiterError] = []
        self._link_error: NoLink | HubFailed | None = None
        self._came_back = 0
        self._given_twice: tuple[GivenTwice, ...] = ()

    def go(self) -> SyncOutcome:
        """Bring the hub up to date. Raises `SyncError` when the link fails."""
        self._bring_entries()
        self._send_photos()
        if self._adopt_packs():
            self._bring_entries()
        db = self._ws.db
        return SyncOutcome(
            hub_memory.summary(db),
            tuple(self._problems),
            hub_memory.count_waiting(db),
            self._given_twice,
            self._came_back,
            tuple(forks(db, self._ws.device)),
        )

    def _bring_entries(self) -> None:
        """Fetch and send entries until the hub stores all entries of our journal."""
        statement = self._note(self._carrier.tips())
        before: Step | None = None
        fetches = True
        while not self._cancelled():
            step = self._next_step(statement, fetches)
            if isinstance(step, NothingToSend):
                return
            if step == before:
                self._problems.append(_does_not_take())
                return
            before = step
            self._report(mark("records"))
            if isinstance(step, FetchEntries):
                fetches = self._fetch(step)
                statement = self._note(self._carrier.tips())
            else:
                statement = self._note(self._carrier.send(step.entries))

    def _next_step(self, statement: Acknowledgement, fetches: bool) -> Step:
        db, device = self._ws.db, self._ws.device
        ours = [name for name, _ in journal.tips(db, device)]
        named = [tip.hash for tip in statement.tips]
        known = [name for name in named if journal.holds(db, name)]
        lacking = (journal.entry(db, name) for name in journal.lacking(db, device, known))
        return next_step(ours, named, known, lacking, fetches=fetches)

    def _fetch(self, step: FetchEntries) -> bool:
        """Put our entries from the hub into the journal; False when the hub returned none."""
        taken = take_back(self._ws, self._carrier.fetch(step.held))
        self._changed(taken)
        self._came_back += len(taken.entries)
        if not taken.entries:
            self._problems.append(_not_given_out())
        return bool(taken.entries)

    def _send_photos(self) -> None:
        """Ask about waiting and about delivered photos, then send those that the hub lacks."""
        db = self._ws.db
        asked = hub_memory.waiting_photos(db) + hub_memory.held_photos(db)
        for group in in_groups(asked, PHOTOS_ASKED_AT_ONCE):
            self._note(self._carrier.photos(group), group)
        for group in in_groups(hub_memory.waiting_photos(db), PHOTOS_SENT_AT_ONCE):
            if self._cancelled():
                return
            self._report(mark("photos"))
            sent = tuple(self._send_side_by_side(group))
            if self._link_error is not None:
                raise self._link_error
            if sent:
                statement = self._note(self._carrier.photos(sent), sent)
                held = {photo.hash for photo in statement.photos}
                self._problems += [_not_signed_for(photo) for photo in sent if photo not in held]

    def _send_side_by_side(self, photos: tuple[PhotoHash, ...]) -> Iterator[PhotoHash]:
        """Send the photos in several threads; returns those whose bytes were all sent."""
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            for photo, sent in zip(photos, pool.map(self._send_photo, photos), strict=True):
                if isinstance(sent, TidewaiterError):
                    self._problems.append(sent)
                elif sent:
                    yield photo

    def _send_photo(self, photo: PhotoHash) -> bool | TidewaiterError:
        """True when all its bytes were sent. A photo that fails does not stop the others."""
        if self._link_error is not None:
            return False
        try:
            data = self._ws.photos.original(photo)
            return self._carrier.send_photo(photo, data, cancelled=self._cancelled)
        except (NoLink, HubFailed) as error:
            self._link_error = error
            return False
        except (HubUnintelligible, HubRefused, MachineError) as error:
            return error

    def _adopt_packs(self) -> bool:
        """Adopt offered packs that are not here yet; True when the journal has new entries."""
        if self._cancelled():
            return False
        before = journal.head_hash(self._ws.db)
        for offered in self._carrier.packs():
            if self._ws.checklist(PackRef(id=offered.id, version=offered.version)) is not None:
                continue
            name = f"{offered.id} {offered.version}"
            try:
                self._changed(adopt_pack(self._ws, self._carrier.pack(offered), name, HUB))
            except TidewaiterError as error:
                self._problems.append(error)
        return journal.head_hash(self._ws.db) != before

    def _note(
        self, statement: Acknowledgement, asked: tuple[PhotoHash, ...] = ()
    ) -> Acknowledgement:
        """Store what the hub signed; `asked` are the photos of the question."""
        self._changed(acknowledge(self._ws, statement, asked))
        self._given_twice = statement.given_twice
        return statement

    def _report(self, sending: str) -> None:
        self._progress(SyncProgress(sending, hub_memory.summary(self._ws.db)))


def _does_not_take() -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub does not accept the next entries of the journal"),
        hint=mark("Everything waits here; tell the hub's administrator."),
    )


def _not_given_out() -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub lists entries of this workstation but does not return them"),
        hint=mark("Nothing is lost here; tell the hub's administrator."),
    )


def _not_signed_for(photo: PhotoHash) -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub received all bytes of a photo but does not sign for it"),
        about=photo.short,
        hint=mark("The photo waits here; tell the hub's administrator."),
    )
