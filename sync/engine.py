"""What to do next, as a pure step, and the loop around it.

Entries go first, then photos; parents before children; every branch that is held here is offered,
not just the own one. Nothing counts as delivered before the hub signed for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from acts.hub.acknowledge import Statement, acknowledge
from acts.hub.take_back import take_back
from acts.session import Session
from acts.station.adopt_pack import adopt_pack
from domain.changes import Changes
from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.ids import DeviceId, EntryHash, PhotoHash
from domain.interception.record import PackRef
from domain.words import mark
from storage import journal
from storage.finding import Finding
from storage.forks import forks
from storage.projections import hub
from storage.projections.hub import HubSummary
from storage.workstation import Workstation
from sync.errors import HubFailed, HubRefused, HubUnintelligible, NoLink
from sync.http.link import Link
from sync.http.uploads import upload
from system.errors import MachineError

AT_ONCE = 4
"""Uploads side by side: one stream cannot fill a link that is slow to answer or loses packets."""
ROUND = 40
"""Photos between two questions to the hub what it holds."""
ENTRIES, BATCH_BYTES = 500, 4 * 1024 * 1024
"""At most in one batch; a slow link finishes it, and the hub takes it in one go."""


@dataclass(frozen=True, slots=True)
class FetchBack:
    """The hub holds branch ends of ours that we do not: get them first."""

    held: tuple[EntryHash, ...]


@dataclass(frozen=True, slots=True)
class Send:
    """The hub lacks these entries."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The hub holds every entry that we hold."""


Step = FetchBack | Send | Finished


def next_step(ours: tuple[EntryHash, ...], unknown: bool, missing: tuple[Entry, ...]) -> Step:
    """What brings both ends together.

    `ours` are our branch ends; `unknown` whether the hub names one that we do not hold; `missing`
    what the hub lacks, parents first.
    """
    if unknown:
        return FetchBack(ours)
    if missing:
        return Send(missing)
    return Finished()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: what it does, and the hub's counts as last signed."""

    doing: str
    summary: HubSummary


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the hub holds after a run, and what went wrong on the way without ending it."""

    summary: HubSummary
    problems: tuple[TidewaiterError, ...]
    waiting: int
    """Entries (also those that are about no record) and photos the hub has not signed for."""
    given_twice: tuple[tuple[str, DeviceId], ...] = ()
    """Seizure numbers of this workstation that records of others have too, and whose those are."""
    came_back: int = 0
    """Entries of ours that the hub held and this folder did not: they are here again."""
    forks: tuple[Finding, ...] = ()
    """Where two copies of this folder were worked on."""

    @property
    def complete(self) -> bool:
        """Whether the hub signed for everything."""
        return self.waiting == 0


class Run:
    """One run of synchronisation. It can be cancelled and repeated at any point."""

    def __init__(
        self,
        ws: Workstation,
        link: Link,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        changed: Callable[[Changes], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._ws = ws
        self._link = link
        self._progress = progress
        self._changed = changed
        self._cancelled = cancelled
        self._problems: list[TidewaiterError] = []
        self._cut: NoLink | HubFailed | None = None
        self._came_back = 0
        self._given_twice: tuple[tuple[str, DeviceId], ...] = ()

    def go(self) -> Outcome:
        """Bring the hub up to date. Raises `SyncError` when the link fails."""
        self._entries()
        self._photos()
        if self._packs():
            self._entries()
        db = self._ws.db
        return Outcome(
            hub.summary(db),
            tuple(self._problems),
            hub.count_waiting(db),
            self._given_twice,
            self._came_back,
            tuple(forks(db, self._ws.device)),
        )

    def _entries(self) -> None:
        said = self._note(self._link.tips())
        before: Step | None = None
        gives = True
        while not self._cancelled():
            step = self._step(said, gives)
            if isinstance(step, Finished):
                return
            if step == before:
                self._problems.append(
                    HubUnintelligible(
                        mark("the hub does not take what comes next in the journal"),
                        hint=mark("Everything waits here; tell the hub's administrator."),
                    )
                )
                return
            before = step
            self._tell(mark("records"))
            if isinstance(step, FetchBack):
                taken = take_back(self._ws, self._link.fetch(step.held).entries)
                self._changed(taken)
                self._came_back += len(taken.entries)
                gives = bool(taken.entries)
                if not gives:
                    self._problems.append(_not_given_out())
                said = self._note(self._link.tips())
            else:
                said = self._note(self._link.send(step.entries))

    def _step(self, said: Statement, gives: bool) -> Step:
        """The next step; a hub that names what it does not give out is sent the rest."""
        db, device = self._ws.db, self._ws.device
        ours = tuple(name for name, _ in journal.tips(db, device))
        known = [name for name in said.tips if journal.holds(db, name)]
        missing = journal.missing_at(db, device, known, limit=ENTRIES, size=BATCH_BYTES)
        return next_step(ours, gives and len(known) < len(said.tips), missing)

    def _photos(self) -> None:
        """Ask about all that wait and all that were held, then send what is lacking."""
        asked = dict.fromkeys(hub.waiting_photos(self._ws.db) + hub.held_photos(self._ws.db))
        for some in _runs(tuple(asked), 2_000):
            self._note(self._link.photos(some))
        for some in _runs(hub.waiting_photos(self._ws.db), ROUND):
            if self._cancelled():
                return
            self._tell(mark("photos"))
            sent = tuple(self._upload_all(some))
            if self._cut is not None:
                raise self._cut
            if sent:
                held = self._note(self._link.photos(sent)).photos
                self._problems += [_not_signed_for(photo) for photo in sent if photo not in held]

    def _upload_all(self, photos: tuple[PhotoHash, ...]) -> Iterator[PhotoHash]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for photo, arrived in zip(photos, pool.map(self._upload, photos), strict=True):
                if isinstance(arrived, TidewaiterError):
                    self._problems.append(arrived)
                elif arrived:
                    yield photo

    def _upload(self, photo: PhotoHash) -> bool | TidewaiterError:
        """True when all its bytes were sent. A photo that cannot be sent keeps no other waiting."""
        if self._cut is not None:
            return False
        try:
            data = self._ws.photos.original(photo)
            return upload(self._link.client, photo, data, cancelled=self._cancelled)
        except (NoLink, HubFailed) as error:
            self._cut = error
            return False
        except (HubUnintelligible, HubRefused, MachineError) as error:
            return error

    def _packs(self) -> bool:
        """Adopt what the hub hands out and is not here; True when the journal grew by it."""
        if self._cancelled():
            return False
        before = journal.head_hash(self._ws.db)
        for offered in self._link.packs():
            if self._ws.checklist(PackRef(id=offered.id, version=offered.version)) is not None:
                continue
            name = f"{offered.id} {offered.version}"
            try:
                self._changed(adopt_pack(self._ws, self._link.pack(offered), name, Session("hub")))
            except TidewaiterError as error:
                self._problems.append(error)
        return journal.head_hash(self._ws.db) != before

    def _note(self, said: Statement) -> Statement:
        self._changed(acknowledge(self._ws, said))
        self._given_twice = said.given_twice
        return said

    def _tell(self, doing: str) -> None:
        self._progress(Progress(doing, hub.summary(self._ws.db)))


def _not_given_out() -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub names entries of this workstation that it does not give out"),
        hint=mark("Nothing is lost here; tell the hub's administrator."),
    )


def _not_signed_for(photo: PhotoHash) -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub took all bytes of a photo and does not sign for it"),
        about=photo.short,
        hint=mark("The photo waits here; tell the hub's administrator."),
    )


def _runs(photos: tuple[PhotoHash, ...], size: int) -> Iterator[tuple[PhotoHash, ...]]:
    for start in range(0, len(photos), size):
        yield photos[start : start + size]
