"""The model of the outbox: what the hub stores, what waits, and runs of synchronisation, one at a
time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
from PySide6.QtCore import QObject, Signal

from acts.hub.try_again import try_again
from acts.station.forked import undecided
from domain.changes import Changes, joined
from domain.errors import TidewaiterError
from domain.given_settings import METERED
from domain.instant import Instant
from gui.bridge import Bridge, Progress
from gui.outbox.network import Network
from gui.outbox.schedule import Schedule, Timer
from gui.stop import Stop
from storage import hub_memory
from storage.finding import Finding
from storage.hub_memory import HubSummary, Waiting
from storage.in_force import in_force
from storage.workstation import Workstation
from sync.photo_hours import is_time_for_photos

Knock = Callable[[str], bool | None]
"""A function that finds out whether the hub's address answers (`sync.http.knock`)."""
SyncNow = Callable[[Progress, Stop, "RunNotes"], None]
"""A function that returns when the hub stores everything or `stop` is set; raises when the link
fails. It writes down what it does.
"""


@dataclass
class RunNotes:
    """What is known of a run while it goes on, and after it."""

    changes: list[Changes] = field(default_factory=list)
    """Each committed change."""
    moved: bool = False
    """Whether the hub took anything."""
    hurry: Callable[[], None] = lambda: None
    """Ends a pause of the run at once; may be called from any thread."""
    line_is_for_photos: Callable[[], bool] = lambda: True
    """Whether the computer's line is one for photos now; called in the run's thread."""
    photos_held_back: bool = False
    """Whether the run ended while photos wait for their time, or for another line."""


class OutboxModel(QObject):
    """`read` is sent when the counts or the state of the runs have changed."""

    read = Signal()
    running = Signal(bool)
    refused = Signal(object)

    def __init__(
        self,
        ws: Workstation,
        bridge: Bridge,
        sync_now: SyncNow,
        knock: Knock,
        *,
        chance: Callable[[], float],
        timer: Timer,
    ) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self._sync_now, self._ask = sync_now, knock
        self.summary: HubSummary | None = None
        self.waiting: tuple[Waiting, ...] = ()
        self.forks: tuple[Finding, ...] = ()
        """Where copies of this folder were used, while nobody has chosen which one goes on."""
        self.schedule = Schedule(
            self._run, self._knock, ws.now, chance, timer, photos_may_go=self._photos_may_go
        )
        self.network = Network()
        self._by_itself = False
        self._stop: Stop | None = None
        self._notes = RunNotes()
        self.network.changed.connect(self._network_changed)
        bridge.changed.connect(self._hear)

    @property
    def under_way(self) -> bool:
        """Whether a run is in progress."""
        return self._stop is not None

    @property
    def enrolled(self) -> bool:
        """Whether the workstation was enrolled at a hub at the last reading."""
        return bool(self.summary and self.summary.hub)

    def start(self) -> None:
        """From now on runs start automatically."""
        self._by_itself = True
        self.refresh()

    def refresh(self) -> None:
        """Read the counts again."""

        def work() -> tuple[tuple[HubSummary, tuple[Waiting, ...]], tuple[Finding, ...]]:
            found = _in_local_time(
                hub_memory.summary(self._ws.db), hub_memory.waiting(self._ws.db), self._ws.now()
            )
            return found, undecided(self._ws)

        def then(
            found: tuple[tuple[HubSummary, tuple[Waiting, ...]], tuple[Finding, ...]],
        ) -> None:
            before = self.summary
            (self.summary, self.waiting), self.forks = found
            if before is not None and before.hub != self.summary.hub:
                self.schedule.deed_done()
            if self._by_itself:
                self.schedule.consider(waits=self.enrolled and bool(self.waiting))
            self.read.emit()

        self._bridge.read(work, then, self.refused.emit)

    def sync(self) -> None:
        """Synchronise now, also during a pause after a failure."""
        self._notes.hurry()
        if not self.under_way:
            self._run()

    def stop(self) -> None:
        """Ask the run to stop; acknowledged entries stay acknowledged."""
        if self._stop is not None:
            self._stop.set()
            # Told at once: a hub that says nothing may keep the run for half a minute.
            self.schedule.stopping = True
            self.read.emit()

    def pause(self) -> None:
        """Stop, and start no run until `go_on`."""
        self.schedule.pause()
        self.stop()
        self.read.emit()

    def go_on(self) -> None:
        """End the pause."""
        self.schedule.go_on()
        self.refresh()

    def try_again(self) -> None:
        """Send what the hub refused once more."""
        self._bridge.write(lambda: try_again(self._ws), lambda _: self.sync())

    def now(self) -> Instant:
        """The time at the workstation."""
        return self._ws.now()

    def _run(self) -> None:
        self.network.watch()  # whether photos may go depends on it
        notes = self._notes = RunNotes(line_is_for_photos=self._line_is_for_photos)

        def work(progress: Progress, stop: Stop) -> None:
            self._sync_now(progress, stop, notes)

        def then(_: None) -> None:
            self.schedule.ended(photos_held_back=notes.photos_held_back)
            self._ended(joined(notes.changes))

        def failed(error: TidewaiterError) -> None:
            self.schedule.failed(error, progressed=notes.moved)
            self._ended(joined(notes.changes))

        self.schedule.began()
        self.schedule.stopping = False
        self._stop = self._bridge.work_with_progress(
            work, then, failed, lambda _done, _all: self.refresh()
        )
        self.running.emit(True)
        self.read.emit()

    def _line_is_for_photos(self) -> bool:
        return not self.network.metered or in_force(self._ws, METERED).value

    def _photos_may_go(self) -> bool:
        return self._line_is_for_photos() and is_time_for_photos(self._ws)

    def _network_changed(self) -> None:
        self._notes.hurry()
        self.schedule.network_changed()

    def _knock(self) -> None:
        url = self.summary.hub if self.summary else ""

        def work(_progress: Progress, stop: Stop) -> bool | None:
            stop.out()
            return self._ask(url)

        def then(answered: bool | None) -> None:
            before = self.schedule.knocking
            self.schedule.knocked(answered)
            if before != self.schedule.knocking:
                self.read.emit()

        self._bridge.work_with_progress(work, then, self.refused.emit, lambda _done, _all: None)

    def _ended(self, changes: Changes) -> None:
        self._stop = None
        self.schedule.stopping = False
        self.refresh()
        self.running.emit(False)
        if changes != Changes():
            self._bridge.changed.emit(changes)

    def _hear(self, changes: Changes) -> None:
        if changes.entries:
            self._notes.hurry()
            self.schedule.deed_done()
        if changes.entries or changes.hub:
            self.refresh()


def _in_local_time(
    summary: HubSummary, waiting: tuple[Waiting, ...], now: Instant
) -> tuple[HubSummary, tuple[Waiting, ...]]:
    """The summary with times in the offset of `now`; stored times have no offset."""

    def local(at: Instant) -> Instant:
        return Instant(at.millis, now.offset_minutes)

    since = summary.waiting_since
    return (
        msgspec.structs.replace(summary, waiting_since=local(since) if since else None),
        tuple(msgspec.structs.replace(item, since=local(item.since)) for item in waiting),
    )
